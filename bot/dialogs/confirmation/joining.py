"""A family on paper follows its slip: a consent of its own, then the child is there."""

from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.confirmation.states import SlipJoining
from bot.dialogs.consents.actions import GIVEN, start_of
from bot.dialogs.consents.states import ConsentAct
from bot.dialogs.given import given
from core.domain.confirmation import SlipInvalid
from core.domain.consents import ConsentKind, ConsentNeeded

CODE = "code"
_FIRST = "first"


async def begin(_start: Any, manager: DialogManager) -> None:
    """Nothing is asked of who holds junk."""
    surroundings = given(manager)
    try:
        await surroundings.services.join_slips.check(surroundings.actor, _code(manager))
    except SlipInvalid:
        await manager.switch_to(SlipJoining.invalid)


async def join(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await join_by_word(manager)


async def join_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        joined = await surroundings.services.join_slips.join(surroundings.actor, _code(manager))
    except ConsentNeeded:
        await manager.start(ConsentAct.ask, data={"kind": ConsentKind.PROCESSING.value})
    except SlipInvalid:
        await manager.switch_to(SlipJoining.invalid)
    else:
        manager.dialog_data[_FIRST] = joined.child_name.first
        await manager.switch_to(SlipJoining.joined, show_mode=ShowMode.SEND)


async def after_consent(_start: Any, result: Any, manager: DialogManager) -> None:
    if isinstance(result, dict) and GIVEN in result:
        await join_by_word(manager)


async def joined(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    return {"first": dialog_manager.dialog_data[_FIRST]}


def _code(manager: DialogManager) -> str:
    return str(start_of(manager).get(CODE, ""))
