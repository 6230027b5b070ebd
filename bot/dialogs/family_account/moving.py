"""The family moves: another district for all its children, with their numbers."""

from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.consents.gate import personal
from bot.dialogs.family.states import Family
from bot.dialogs.family_account.states import FamilyMove
from bot.dialogs.given import given, given_from
from bot.dialogs.listening import Ear
from bot.dialogs.paging import page_turns, part_of
from bot.dialogs.refusing import say_refusal
from bot.dialogs.screens import button, opening, rows, screen, switch
from bot.dialogs.stack import go_back
from bot.dialogs.widgets import T
from bot.views.choices import Choice
from core.domain.refusals import Refusal

_WHERE = "municipality_id"
_MOVED = "moved"


async def choose(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, municipality_id: int
) -> None:
    manager.dialog_data[_WHERE] = municipality_id
    await manager.switch_to(FamilyMove.check)


async def move(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await move_by_word(manager)


async def move_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        moved = await surroundings.services.family_moves.move(
            surroundings.actor, int(manager.dialog_data[_WHERE])
        )
    except Refusal as refusal:
        say_refusal(manager, refusal)
        await manager.switch_to(FamilyMove.where)
        return
    manager.dialog_data[_MOVED] = moved
    await manager.switch_to(FamilyMove.moved, show_mode=ShowMode.SEND)


async def stay(manager: DialogManager) -> None:
    await go_back(manager)


async def where(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    everywhere = await given_from(data).services.municipalities.list_all()
    shown = part_of(everywhere, dialog_manager, FamilyMove.where, whole=6, page=4)
    return {
        "places": [Choice(id=one.id, label=one.name[:30]) for one in shown.items],
        **shown.turns(),
    }


async def check(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    place = await given_from(data).services.municipalities.get(
        int(dialog_manager.dialog_data[_WHERE])
    )
    return {"place": place.name}


async def moved(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    place = await given_from(data).services.municipalities.get(
        int(dialog_manager.dialog_data[_WHERE])
    )
    return {"place": place.name, "children": int(dialog_manager.dialog_data[_MOVED])}


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("family-move-where"),
            rows("place", FamilyMove.where, "places", choose),
            page_turns(FamilyMove.where),
            state=FamilyMove.where,
            getter=where,
            ear=Ear(expects="expects-district"),
        ),
        screen(
            T("family-move-check", "place"),
            button("family-move", FamilyMove.check, move),
            state=FamilyMove.check,
            getter=check,
            back=switch(FamilyMove.where),
            ear=Ear(expects="expects-check", yes=move_by_word, no=stay),
        ),
        screen(
            T("family-moved", "place", "children"),
            button("family", FamilyMove.moved, opening(Family.overview)),
            state=FamilyMove.moved,
            getter=moved,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=personal(),
    )
