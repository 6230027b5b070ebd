from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.given import given
from bot.dialogs.refusing import say_bad_value, say_refusal
from bot.dialogs.registry_tasks.states import StaffTasks
from core.domain.refusals import AlreadyDecided, BadValue, NotFound, Refusal
from core.domain.registry_tasks import read_registry_number
from core.domain.staff import read_refusal_note

TASK = "task_id"
VERSION = "version"
NUMBER = "number"
NOTE = "note"


def task_of(manager: DialogManager) -> int:
    """The chosen task. Raises NotFound when the conversation was opened with nothing."""
    chosen = manager.dialog_data.get(TASK)
    if chosen is None and isinstance(manager.start_data, dict):
        chosen = manager.start_data.get(TASK)
    if chosen is None:
        raise NotFound()
    return int(chosen)


async def choose(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, chosen: int
) -> None:
    manager.dialog_data[TASK] = chosen
    await manager.switch_to(StaffTasks.task)


async def take_number(manager: DialogManager, text: str) -> None:
    """The number the other registry gave, to be checked before the family hears of it."""
    try:
        manager.dialog_data[NUMBER] = read_registry_number(text)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await manager.switch_to(StaffTasks.number_check)


async def take_reason(manager: DialogManager, text: str) -> None:
    try:
        manager.dialog_data[NOTE] = read_refusal_note(text)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await manager.switch_to(StaffTasks.reason_check)


async def enter_number(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await enter_number_by_word(manager)


async def enter_number_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    await _answer(
        manager,
        surroundings.services.registry_tasks.enter_number(
            surroundings.actor,
            task_of(manager),
            version=_version(manager),
            number=str(manager.dialog_data[NUMBER]),
        ),
    )


async def mark_entered(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    await _answer(
        manager,
        surroundings.services.registry_tasks.mark_entered(
            surroundings.actor, task_of(manager), version=_version(manager)
        ),
    )


async def refuse(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await refuse_by_word(manager)


async def refuse_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    await _answer(
        manager,
        surroundings.services.registry_tasks.refuse(
            surroundings.actor,
            task_of(manager),
            version=_version(manager),
            note=str(manager.dialog_data[NOTE]),
        ),
    )


async def type_number_again(manager: DialogManager) -> None:
    await manager.switch_to(StaffTasks.number)


async def type_reason_again(manager: DialogManager) -> None:
    await manager.switch_to(StaffTasks.reason)


async def _answer(manager: DialogManager, answering: Awaitable[None]) -> None:
    """A receipt; an answer that came first stands, a number that cannot be is typed again."""
    try:
        await answering
    except AlreadyDecided:
        await manager.switch_to(StaffTasks.late, show_mode=ShowMode.SEND)
    except BadValue as refusal:
        await manager.switch_to(StaffTasks.number)
        say_bad_value(manager, refusal, str(manager.dialog_data.get(NUMBER, "")))
    except Refusal as refusal:
        say_refusal(manager, refusal)
        await manager.switch_to(StaffTasks.listing)
    else:
        await manager.switch_to(StaffTasks.done, show_mode=ShowMode.SEND)


def _version(manager: DialogManager) -> int:
    return int(manager.dialog_data[VERSION])
