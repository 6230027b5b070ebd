"""Twins and triplets in one go: the first names only, and one write for all of them."""

from __future__ import annotations

import re
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.children.actions import REGISTERED
from bot.dialogs.children.states import ChildForm
from bot.dialogs.family.states import Family
from bot.dialogs.given import given, given_from
from bot.dialogs.listening import Ear
from bot.dialogs.refusing import say_bad_value, say_refusal
from bot.dialogs.screens import button, opening, screen, switch
from bot.dialogs.widgets import Label, T
from core import words
from core.domain.names import read_name_part
from core.domain.refusals import BadValue, Refusal

_NAMES = "twins"
_MOST = 4
_BETWEEN = re.compile(r"[,;\n]+")


async def begin(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.switch_to(ChildForm.twins, show_mode=ShowMode.SEND)


async def take_names(manager: DialogManager, text: str) -> None:
    typed = [part for part in _BETWEEN.split(text) if part.strip()]
    try:
        if not typed or len(typed) > _MOST:
            raise BadValue(field="first-names", reason="count", most=_MOST)
        names = [read_name_part(part, words.name_particles()) for part in typed]
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    manager.dialog_data[_NAMES] = names
    manager.dialog_data["key"] = given(manager).chance.token()
    await manager.switch_to(ChildForm.twins_check)


async def confirm(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await confirm_by_word(manager)


async def confirm_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        await surroundings.services.children.register_twins(
            surroundings.actor,
            int(manager.dialog_data[REGISTERED]),
            manager.dialog_data[_NAMES],
            key=manager.dialog_data["key"],
        )
    except Refusal as refusal:
        say_refusal(manager, refusal)
        await manager.switch_to(ChildForm.twins)
        return
    await manager.switch_to(ChildForm.twins_done, show_mode=ShowMode.SEND)


async def again(manager: DialogManager) -> None:
    await manager.switch_to(ChildForm.twins)


async def shown(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    found = given_from(data)
    child = await found.services.children.get_mine(
        found.actor, int(dialog_manager.dialog_data[REGISTERED])
    )
    names: list[str] = dialog_manager.dialog_data.get(_NAMES, [])
    return {
        "first": child.name.first,
        "last": child.name.last,
        "born": found.speech.short_day(child.born),
        "names": ", ".join(names),
        "count": len(names),
    }


def windows() -> list[Window]:
    return [
        screen(
            T("child-twins", "first", "born"),
            state=ChildForm.twins,
            getter=shown,
            back=switch(ChildForm.receipt),
            ear=Ear(expects="expects-first-names", text=take_names),
        ),
        screen(
            T("child-twins-check", "last", "names", "born"),
            button("confirm", ChildForm.twins_check, confirm),
            button(
                "edit-twins",
                ChildForm.twins_check,
                switch(ChildForm.twins),
                text=Label("button-edit-name"),
            ),
            state=ChildForm.twins_check,
            getter=shown,
            back=switch(ChildForm.twins),
            ear=Ear(expects="expects-check", yes=confirm_by_word, no=again),
        ),
        screen(
            T("child-twins-done", "names", "count"),
            button("family", ChildForm.twins_done, opening(Family.overview)),
            state=ChildForm.twins_done,
            getter=shown,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
    ]
