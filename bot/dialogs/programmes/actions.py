from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.applications.states import Apply
from bot.dialogs.given import given
from bot.dialogs.paging import turn_to_first
from bot.dialogs.programmes.states import ProgrammePage, Programmes
from bot.dialogs.refusing import say_refusal
from bot.dialogs.stack import go_home
from bot.dialogs.widgets import hint
from core.domain.refusals import NotFound, Refusal

AMONG = "among"
"""Ids of the list a programme was opened from: what it may be compared with."""
CHOSEN_BY_LINK = "chosen_by_link"
"""Set where this card made its district the person's own: they have not heard its name yet."""


async def choose_direction(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, direction: str
) -> None:
    manager.dialog_data["direction"] = direction
    turn_to_first(manager, Programmes.listing)
    await manager.switch_to(Programmes.listing)


async def choose_programme(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, programme_id: int
) -> None:
    """From any list: its getter has left the ids it shows under `among`."""
    await manager.start(
        ProgrammePage.card,
        data={"programme_id": programme_id, AMONG: manager.dialog_data.get(AMONG, [])},
    )


async def open_card(start: dict[str, Any], manager: DialogManager) -> None:
    """The card may be opened by a link before any municipality is chosen: then it is this one."""
    surroundings = given(manager)
    manager.dialog_data["programme_id"] = start["programme_id"]
    manager.dialog_data[AMONG] = start.get(AMONG, [])
    try:
        card = await surroundings.services.programmes.card(int(start["programme_id"]))
    except NotFound:
        await manager.switch_to(ProgrammePage.gone)
        return
    if surroundings.actor.municipality_id is None:
        manager.dialog_data[CHOSEN_BY_LINK] = True
        manager.middleware_data["actor"] = await surroundings.services.people.choose_municipality(
            surroundings.actor, card.municipality_id
        )


async def apply_by_word(manager: DialogManager) -> None:
    """«Yes» under the card: the only group, if there is one."""
    programme_id = int(manager.dialog_data["programme_id"])
    try:
        card = await given(manager).services.programmes.card(programme_id)
    except NotFound:
        await go_home(manager)
        return
    groups = [group for group in card.groups if group.takes_applications]
    if len(groups) == 1:
        await _apply(manager, groups[0].id)


async def choose_group(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, group_id: int
) -> None:
    await _apply(manager, group_id)


async def watch(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        await surroundings.services.watches.watch(
            surroundings.actor, int(manager.dialog_data["programme_id"])
        )
    except Refusal as refusal:
        say_refusal(manager, refusal)
        return
    hint(manager, surroundings.speech.say("watch-begun"))


async def unwatch(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    await surroundings.services.watches.unwatch(
        surroundings.actor, int(manager.dialog_data["programme_id"])
    )
    hint(manager, surroundings.speech.say("watch-ended"))


async def choose_second(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, programme_id: int
) -> None:
    manager.dialog_data["second_id"] = programme_id
    await manager.switch_to(ProgrammePage.both)


async def open_second(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """The other one's card, on top: the way back leads to the comparison."""
    await manager.start(ProgrammePage.card, data={"programme_id": manager.dialog_data["second_id"]})


async def _apply(manager: DialogManager, group_id: int) -> None:
    await manager.start(
        Apply.child,
        data={"group_id": group_id, "programme_id": manager.dialog_data["programme_id"]},
    )
