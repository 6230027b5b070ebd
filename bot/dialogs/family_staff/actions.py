from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.kbd.button import OnClick

from bot.dialogs.consents.actions import start_of
from bot.dialogs.family_staff.states import StaffFamilies
from bot.dialogs.given import given
from bot.dialogs.refusing import say_refusal
from bot.dialogs.widgets import hint
from core.domain.family_doubles import PossibleDouble
from core.domain.refusals import NotAllowed, Refusal

CHANGE = "change_id"
PAIR = "pair"


def place_of(manager: DialogManager) -> int:
    return int(start_of(manager).get("municipality_id", 0))


async def choose_change(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, change_id: int
) -> None:
    manager.dialog_data[CHANGE] = change_id
    await manager.switch_to(StaffFamilies.change)


def deciding(*, accepted: bool) -> OnClick:
    async def on_click(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
        surroundings = given(manager)
        try:
            state = await surroundings.services.child_records.decide(
                surroundings.actor, int(manager.dialog_data[CHANGE]), accepted=accepted
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            say_refusal(manager, refusal)
            return
        hint(manager, surroundings.speech.say("staff-change-decided", state=state.value))
        await manager.switch_to(StaffFamilies.changes)

    return on_click


async def keep_in_person(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    await surroundings.services.child_records.keep_in_person(
        surroundings.actor, int(manager.dialog_data[CHANGE]), on=True
    )
    hint(manager, surroundings.speech.say("staff-in-person-set"))


async def choose_pair(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, gone_id: int
) -> None:
    """A pair is named by the record that would go."""
    manager.dialog_data[PAIR] = gone_id
    await manager.switch_to(StaffFamilies.double)


async def find_pair(manager: DialogManager) -> PossibleDouble | None:
    surroundings = given(manager)
    found = await surroundings.services.child_doubles.list_possible(
        surroundings.actor, place_of(manager)
    )
    wanted = manager.dialog_data.get(PAIR)
    return next((one for one in found if one.gone.child_id == wanted), None)


async def propose(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    pair = await find_pair(manager)
    if pair is None:
        return
    await surroundings.services.child_doubles.propose(
        surroundings.actor, pair.kept.child_id, pair.gone.child_id
    )
    hint(manager, surroundings.speech.say("staff-merge-proposed"))


async def confirm(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    pair = await find_pair(manager)
    if pair is None or pair.merge_id is None:
        return
    try:
        await surroundings.services.child_doubles.confirm(surroundings.actor, pair.merge_id)
    except NotAllowed:
        raise
    except Refusal as refusal:
        say_refusal(manager, refusal)
        return
    hint(manager, surroundings.speech.say("staff-merged"))
    await manager.switch_to(StaffFamilies.doubles)


async def part(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    pair = await find_pair(manager)
    if pair is None:
        return
    doubles = surroundings.services.child_doubles
    if pair.merge_id is not None:
        await doubles.refuse(surroundings.actor, pair.merge_id)
    else:
        await doubles.part(surroundings.actor, pair.kept.child_id, pair.gone.child_id)
    hint(manager, surroundings.speech.say("staff-parted"))
    await manager.switch_to(StaffFamilies.doubles)


async def undo(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, merge_id: int
) -> None:
    surroundings = given(manager)
    try:
        await surroundings.services.child_doubles.undo(surroundings.actor, merge_id)
    except NotAllowed:
        raise
    except Refusal as refusal:
        say_refusal(manager, refusal)
        return
    hint(manager, surroundings.speech.say("staff-merge-undone", number=str(merge_id)))
