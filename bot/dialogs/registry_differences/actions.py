from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.given import given
from bot.dialogs.refusing import say_refusal
from bot.dialogs.registry_differences.states import StaffDifferences
from bot.dialogs.widgets import hint
from core.domain.refusals import AlreadyDecided, NotFound, Refusal

CHOSEN = "difference_id"
VERSION = "version"


def chosen_in(manager: DialogManager) -> int:
    """Raises NotFound when nothing was chosen."""
    chosen = manager.dialog_data.get(CHOSEN)
    if chosen is None:
        raise NotFound()
    return int(chosen)


async def choose(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, chosen: int
) -> None:
    manager.dialog_data[CHOSEN] = chosen
    await manager.switch_to(StaffDifferences.one)


async def take_theirs(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await take_theirs_by_word(manager)


async def take_theirs_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    await _answer(
        manager,
        "registry-theirs-taken",
        surroundings.services.registry_differences.take_theirs(
            surroundings.actor, chosen_in(manager), version=int(manager.dialog_data[VERSION])
        ),
    )


async def keep_ours(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    await _answer(
        manager,
        "registry-ours-kept",
        surroundings.services.registry_differences.keep_ours(
            surroundings.actor, chosen_in(manager), version=int(manager.dialog_data[VERSION])
        ),
    )


async def put_off(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    await _answer(
        manager,
        "registry-put-off",
        surroundings.services.registry_differences.put_off(surroundings.actor, chosen_in(manager)),
    )


async def back_to_both(manager: DialogManager) -> None:
    await manager.switch_to(StaffDifferences.one)


async def _answer(manager: DialogManager, done: str, answering: Awaitable[None]) -> None:
    """The list again, with what has become of it above."""
    speech = given(manager).speech
    try:
        await answering
    except AlreadyDecided:
        hint(manager, speech.say("registry-difference-late"))
    except Refusal as refusal:
        say_refusal(manager, refusal)
    else:
        hint(manager, speech.say(done))
    await manager.switch_to(StaffDifferences.listing)
