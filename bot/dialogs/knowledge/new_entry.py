"""A new entry of the municipality: the question, the answer, for whom; a check before it counts."""

from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.given import given
from bot.dialogs.knowledge.editing import editor
from bot.dialogs.knowledge.states import StaffNewEntry
from bot.dialogs.listening import Ear
from bot.dialogs.refusing import refusal_text, say_bad_value
from bot.dialogs.screens import button, screen, switch
from bot.dialogs.widgets import Label, T, hint
from core.domain.knowledge import (
    VARIABLES,
    Audience,
    UnknownVariable,
    read_answer_text,
    read_question,
)
from core.domain.refusals import BadValue

QUESTION = "question"
ANSWER = "answer"
KEY = "key"


def new_entry_dialog() -> Dialog:
    return Dialog(
        screen(
            T("new-entry-asked", "asked", when="asked"),
            T("new-entry-question"),
            state=StaffNewEntry.question,
            getter=_form,
            ear=Ear(
                expects="expects-entry-question", text=_take_question, question=_take_question_too
            ),
        ),
        screen(
            T("new-entry-answer", "question", "variables"),
            state=StaffNewEntry.answer,
            getter=_form,
            back=switch(StaffNewEntry.question),
            ear=Ear(expects="expects-answer-text", text=_take_answer, question=_take_answer_too),
        ),
        screen(
            T("new-entry-check", "question", "answer"),
            button(
                "parents", StaffNewEntry.check, _add_for_parents, text=Label("button-for-parents")
            ),
            button(
                "organisers",
                StaffNewEntry.check,
                _add_for_organisers,
                text=Label("button-for-organisers"),
            ),
            state=StaffNewEntry.check,
            getter=_form,
            back=switch(StaffNewEntry.answer),
            ear=Ear(expects="expects-buttons", yes=_add_by_word),
        ),
        screen(
            T("new-entry-done", "question"),
            state=StaffNewEntry.done,
            getter=_form,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
    )


async def _form(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    held = dialog_manager.dialog_data
    return {
        "asked": _start(dialog_manager).get("text", ""),
        "question": held.get(QUESTION, ""),
        "answer": held.get(ANSWER, ""),
        "variables": ", ".join(f"{{{name}}}" for name in VARIABLES),
    }


async def _take_question(manager: DialogManager, text: str) -> None:
    try:
        manager.dialog_data[QUESTION] = read_question(text)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await manager.switch_to(StaffNewEntry.answer)


async def _take_question_too(manager: DialogManager, text: str) -> bool:
    await _take_question(manager, text)
    return True


async def _take_answer(manager: DialogManager, text: str) -> None:
    try:
        manager.dialog_data[ANSWER] = read_answer_text(text).text
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    except UnknownVariable as refusal:
        hint(manager, refusal_text(refusal, given(manager).speech))
        return
    manager.dialog_data[KEY] = given(manager).chance.token()
    await manager.switch_to(StaffNewEntry.check)


async def _take_answer_too(manager: DialogManager, text: str) -> bool:
    await _take_answer(manager, text)
    return True


async def _add_for_parents(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await _add(manager, Audience.PARENTS)


async def _add_for_organisers(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await _add(manager, Audience.ORGANISERS)


async def _add_by_word(manager: DialogManager) -> None:
    await _add(manager, Audience.PARENTS)


async def _add(manager: DialogManager, audience: Audience) -> None:
    held = manager.dialog_data
    miss_id = _start(manager).get("miss_id")
    await given(manager).services.knowledge_editing.add(
        editor(manager),
        question=held[QUESTION],
        answer=read_answer_text(held[ANSWER]),
        key=held[KEY],
        audience=audience,
        miss_id=int(miss_id) if miss_id is not None else None,
    )
    await manager.switch_to(StaffNewEntry.done, show_mode=ShowMode.SEND)


def _start(manager: DialogManager) -> dict[str, Any]:
    start = manager.start_data
    return start if isinstance(start, dict) else {}
