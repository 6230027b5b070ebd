"""What the base could not answer: it becomes an example in two taps, a new answer, or nothing."""

from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager
from aiogram_dialog.widgets.kbd import Button, Row

from bot.dialogs.given import Given, given, given_from
from bot.dialogs.knowledge.editing import TYPED, editor, opened_for
from bot.dialogs.knowledge.states import StaffNewEntry, StaffUnanswered
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns, part_of
from bot.dialogs.screens import button, rows, screen, switch
from bot.dialogs.widgets import Label, T, hint
from bot.views.choices import Choice
from bot.views.programmes import label
from bot.views.questions import candidate_choices, candidate_lines
from bot.views.typed import said_back
from core.services.questions.views import MissView

MISS = "miss_id"
WHOLE = 5
PAGE = 4


def unanswered_dialog() -> Dialog:
    return Dialog(
        screen(
            T("unanswered-list", when="something"),
            T("unanswered-none", when="nothing"),
            rows("miss", StaffUnanswered.misses, "misses", _choose),
            page_turns(StaffUnanswered.misses),
            state=StaffUnanswered.misses,
            getter=_misses,
            home=False,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("unanswered-one", "text", "times", "last", when="there"),
            T("unanswered-nearest", "nearest", when="has_nearest"),
            T("unanswered-gone", when="gone"),
            button(
                "nearest",
                StaffUnanswered.miss,
                _add_to_nearest,
                text=Label("button-example-of", "short"),
                when="has_nearest",
            ),
            Row(
                button(
                    "other",
                    StaffUnanswered.miss,
                    switch(StaffUnanswered.found),
                    text=Label("button-example-other"),
                ),
                button(
                    "fresh", StaffUnanswered.miss, _answer_anew, text=Label("button-knowledge-new")
                ),
                when="there",
            ),
            button(
                "settle",
                StaffUnanswered.miss,
                _settle,
                text=Label("button-miss-settle"),
                when="there",
            ),
            state=StaffUnanswered.miss,
            getter=_miss,
            back=switch(StaffUnanswered.misses),
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("unanswered-found", "typed", "lines"),
            rows("entry", StaffUnanswered.found, "entries", _add_to),
            state=StaffUnanswered.found,
            getter=_found,
            back=switch(StaffUnanswered.miss),
            ear=Ear(expects="expects-entry-words", text=_find, question=_find_too),
        ),
    )


async def _misses(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await given.services.knowledge_editing.list_misses(editor(dialog_manager, given))
    shown = part_of(found, dialog_manager, StaffUnanswered.misses, whole=WHOLE, page=PAGE)
    say = given.speech.say_plain
    return {
        "misses": [
            Choice(
                id=one.id,
                label=label(say("unanswered-label", text=one.text, times=one.times)),
            )
            for one in shown.items
        ],
        "something": bool(found),
        "nothing": not found,
        **shown.turns(),
    }


async def _miss(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    one = await _chosen(dialog_manager, given)
    nearest = (one.nearest_question if one else None) or ""
    return {
        "text": one.text if one else "",
        "times": one.times if one else 0,
        "last": given.speech.moment(one.last_at) if one else "",
        "nearest": nearest,
        "short": nearest[:20].rstrip(),
        "has_nearest": bool(nearest),
        "there": one is not None,
        "gone": one is None,
    }


async def _found(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """Entries like the question, or like what staff typed to find the right one."""
    given = given_from(data)
    one = await _chosen(dialog_manager, given)
    typed = str(dialog_manager.dialog_data.get(TYPED) or (one.text if one else ""))
    candidates = await given.services.knowledge.find(editor(dialog_manager, given), typed)
    return {
        "typed": typed,
        "lines": candidate_lines(candidates, given.speech),
        "entries": candidate_choices(candidates, given.speech),
    }


async def _choose(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, miss_id: int
) -> None:
    manager.dialog_data[MISS] = miss_id
    manager.dialog_data.pop(TYPED, None)
    await manager.switch_to(StaffUnanswered.miss)


async def _find(manager: DialogManager, text: str) -> None:
    manager.dialog_data[TYPED] = said_back(text)


async def _find_too(manager: DialogManager, text: str) -> bool:
    await _find(manager, text)
    return True


async def _add_to_nearest(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    one = await _chosen(manager, given(manager))
    if one is not None and one.nearest_id is not None:
        await _add(manager, one.nearest_id)


async def _add_to(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, entry_id: int
) -> None:
    await _add(manager, entry_id)


async def _add(manager: DialogManager, entry_id: int) -> None:
    """The words of the question become an example; whoever asks so again is answered."""
    surroundings = given(manager)
    entry = await surroundings.services.knowledge_editing.add_examples(
        editor(manager), entry_id, (), miss_id=int(manager.dialog_data[MISS])
    )
    hint(manager, surroundings.speech.say("unanswered-added", question=entry.question))
    await manager.switch_to(StaffUnanswered.misses)


async def _answer_anew(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    one = await _chosen(manager, given(manager))
    if one is not None:
        data = {**opened_for(manager), "miss_id": one.id, "text": one.text}
        await manager.start(StaffNewEntry.question, data=data)


async def _settle(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    await surroundings.services.knowledge_editing.settle_miss(
        editor(manager), int(manager.dialog_data[MISS])
    )
    hint(manager, surroundings.speech.say("unanswered-settled"))
    await manager.switch_to(StaffUnanswered.misses)


async def _chosen(manager: DialogManager, surroundings: Given) -> MissView | None:
    wanted = int(manager.dialog_data.get(MISS, 0))
    found = await surroundings.services.knowledge_editing.list_misses(editor(manager, surroundings))
    return next((one for one in found if one.id == wanted), None)
