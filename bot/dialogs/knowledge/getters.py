"""Every look asks for the right again; without it the errors' handler says so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.given import Given, given_from
from bot.dialogs.knowledge.editing import ANSWER, NUMBER, TOPIC, TYPED, editor, entry_of
from bot.dialogs.knowledge.states import StaffKnowledge
from bot.dialogs.paging import part_of
from bot.views.choices import Choice
from bot.views.knowledge import (
    answer_page,
    entry_page,
    terms_line,
    topic_name,
    topics_of,
    version_line,
)
from bot.views.programmes import label
from core.domain.knowledge import VARIABLES
from core.services.questions.views import EntryLine

WHOLE = 5
PAGE = 4


async def overview(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    actor, editing = editor(dialog_manager, given), given.services.knowledge_editing
    return {
        "entries": len(await editing.list_lines(actor)),
        "misses": len(await editing.list_misses(actor)),
    }


async def topics(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = topics_of(await _lines(dialog_manager, given))
    shown = part_of(found, dialog_manager, StaffKnowledge.topics, whole=WHOLE, page=PAGE)
    return {
        "topics": [
            Choice(
                id=shown.offset + number,
                label=label(
                    given.speech.say_plain(
                        "knowledge-topic-label",
                        name=topic_name(topic, given.speech),
                        entries=count,
                    )
                ),
            )
            for number, (topic, count) in enumerate(shown.items)
        ],
        **shown.turns(),
    }


async def entries(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    topic = str(dialog_manager.dialog_data.get(TOPIC, ""))
    found = [line for line in await _lines(dialog_manager, given) if line.topic == topic]
    shown = part_of(found, dialog_manager, StaffKnowledge.entries, whole=WHOLE, page=PAGE)
    return {
        "topic": topic_name(topic, given.speech),
        "lines": _numbered(shown.items, given),
        "entries": _choices(shown.items),
        **shown.turns(),
    }


async def found(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    typed = str(dialog_manager.dialog_data.get(TYPED, ""))
    candidates = await given.services.knowledge.find(editor(dialog_manager, given), typed)
    lines = [EntryLine(id=one.entry_id, question=one.question, topic="") for one in candidates]
    return {
        "typed": typed,
        "lines": _numbered(lines, given),
        "entries": _choices(lines),
        "something": bool(lines),
        "nothing": not lines,
    }


async def entry(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    one = await entry_of(dialog_manager, given)
    return {
        "page": entry_page(one, given.speech),
        "examples": len(one.examples),
        "answers": len(one.answers),
        "whole": one.whole and not one.ended,
        "told": not one.ended,
        "foreign": not one.whole,
    }


async def question(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    one = await entry_of(dialog_manager, given_from(data))
    return {"question": one.question}


async def examples(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    one = await entry_of(dialog_manager, given)
    shown = part_of(one.examples, dialog_manager, StaffKnowledge.examples, whole=WHOLE, page=PAGE)
    return {
        "question": one.question,
        "examples": [
            Choice(id=shown.offset + number, label=label(example))
            for number, example in enumerate(shown.items)
        ],
        "something": bool(one.examples) and one.whole,
        **shown.turns(),
    }


async def answers(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    one = await entry_of(dialog_manager, given)
    place = await _place(dialog_manager, given)
    shown = part_of(one.answers, dialog_manager, StaffKnowledge.answers, whole=WHOLE, page=PAGE)
    own = any(answer.terms.municipality_id is not None for answer in one.answers)
    return {
        "question": one.question,
        "answers": [
            Choice(id=answer.id, label=label(terms_line(answer.terms, place, given.speech)))
            for answer in shown.items
        ],
        "may_add": one.municipality_id is None and not own and not one.ended,
        **shown.turns(),
    }


async def answer(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    one = await entry_of(dialog_manager, given)
    chosen = int(dialog_manager.dialog_data.get(ANSWER, 0))
    held = next((answer for answer in one.answers if answer.id == chosen), None)
    place = await _place(dialog_manager, given)
    mine = held is not None and (one.whole or held.terms.municipality_id is not None)
    return {
        "page": answer_page(held, place, given.speech) if held else "",
        "there": held is not None,
        "gone": held is None,
        "mine": mine and not one.ended,
        "pictured": mine
        and held is not None
        and bool(held.text.picture or held.text.file)
        and not one.ended,
        "removable": mine and not one.ended and len(one.answers) > 1,
    }


async def typing(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """Of windows that wait for a text."""
    one = await answer(dialog_manager, **data)
    return {**one, "variables": ", ".join(f"{{{name}}}" for name in VARIABLES)}


async def versions(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    one = await entry_of(dialog_manager, given)
    found = await given.services.knowledge_editing.list_versions(
        editor(dialog_manager, given), one.id
    )
    shown = part_of(found, dialog_manager, StaffKnowledge.versions, whole=WHOLE, page=PAGE)
    return {
        "question": one.question,
        "lines": "\n".join(version_line(version, given.speech) for version in shown.items),
        "versions": [
            Choice(
                id=version.number,
                label=given.speech.say_plain("knowledge-version", number=str(version.number)),
            )
            for version in shown.items
        ],
        **shown.turns(),
    }


async def version(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    one = await entry_of(dialog_manager, given)
    chosen = int(dialog_manager.dialog_data.get(NUMBER, 0))
    found = await given.services.knowledge_editing.list_versions(
        editor(dialog_manager, given), one.id
    )
    held = next((version for version in found if version.number == chosen), None)
    return {
        "line": version_line(held, given.speech) if held else "",
        "question": held.question if held else "",
        "restorable": held is not None and held.number != one.version and one.whole,
    }


async def _lines(manager: DialogManager, given: Given) -> list[EntryLine]:
    return await given.services.knowledge_editing.list_lines(editor(manager, given))


async def _place(manager: DialogManager, given: Given) -> str:
    municipality_id = editor(manager, given).municipality_id
    if municipality_id is None:
        return ""
    return (await given.services.municipalities.get(municipality_id)).name


def _numbered(lines: Sequence[EntryLine], given: Given) -> str:
    return "\n".join(
        given.speech.say("questions-candidate", number=str(number), question=line.question)
        for number, line in enumerate(lines, 1)
    )


def _choices(lines: Sequence[EntryLine]) -> list[Choice]:
    return [
        Choice(id=line.id, label=label(f"{number}. {line.question}"))
        for number, line in enumerate(lines, 1)
    ]
