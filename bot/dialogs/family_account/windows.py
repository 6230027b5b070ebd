"""A code is shown by the update that made it and by none after."""

from __future__ import annotations

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.consents.actions import GIVEN
from bot.dialogs.consents.gate import personal
from bot.dialogs.consents.states import ConsentAct
from bot.dialogs.family.states import Family
from bot.dialogs.family_account.states import FamilyAccount
from bot.dialogs.given import given
from bot.dialogs.listening import Ear
from bot.dialogs.questions.states import Questions
from bot.dialogs.refusing import say_bad_value, say_refusal
from bot.dialogs.screens import button, opening, screen, switch
from bot.dialogs.widgets import T
from core import words
from core.domain.birth import read_birth_date
from core.domain.consents import ConsentKind, ConsentNeeded
from core.domain.refusals import BadValue, NotFound, Refusal

_CODE = "family_code"
_BORN = "born"
_CHILDREN = "children"


async def make_code(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        code = await surroundings.services.family_recovery.make_code(surroundings.actor)
    except NotFound as refusal:
        say_refusal(manager, refusal)
        return
    manager.middleware_data[_CODE] = code


async def take_code(manager: DialogManager, text: str) -> None:
    manager.dialog_data[_CODE] = text.strip()
    await manager.switch_to(FamilyAccount.born)


async def take_born(manager: DialogManager, text: str) -> None:
    try:
        born = read_birth_date(text, words.months(), given(manager).today)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    manager.dialog_data[_BORN] = born.isoformat()
    await _recover(manager)


async def after_consent(_start: Any, result: Any, manager: DialogManager) -> None:
    if isinstance(result, dict) and GIVEN in result and _BORN in manager.dialog_data:
        await _recover(manager)


async def _recover(manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        moved = await surroundings.services.family_recovery.recover(
            surroundings.actor,
            manager.dialog_data[_CODE],
            date.fromisoformat(manager.dialog_data[_BORN]),
        )
    except ConsentNeeded:
        await manager.start(ConsentAct.ask, data={"kind": ConsentKind.PROCESSING.value})
        return
    except Refusal as refusal:
        say_refusal(manager, refusal)
        await manager.switch_to(FamilyAccount.recover)
        return
    manager.dialog_data.pop(_CODE)
    manager.dialog_data[_CHILDREN] = moved
    await manager.switch_to(FamilyAccount.recovered, show_mode=ShowMode.SEND)


async def shown(**data: Any) -> dict[str, Any]:
    code = str(data.get(_CODE, ""))
    return {"code": code, "fresh": bool(code), "hidden": not code}


async def recovered(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    return {"children": int(dialog_manager.dialog_data[_CHILDREN])}


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("family-code-about"),
            T("family-code-itself", "code", when="fresh"),
            button("family-code-make", FamilyAccount.code, make_code, when="hidden"),
            state=FamilyAccount.code,
            getter=shown,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("family-recover"),
            button("ask", FamilyAccount.recover, opening(Questions.contacts)),
            state=FamilyAccount.recover,
            ear=Ear(expects="expects-family-code", text=take_code),
        ),
        screen(
            T("family-recover-born"),
            state=FamilyAccount.born,
            back=switch(FamilyAccount.recover),
            ear=Ear(expects="expects-born", text=take_born),
        ),
        screen(
            T("family-recovered-here", "children"),
            button("family", FamilyAccount.recovered, opening(Family.overview)),
            state=FamilyAccount.recovered,
            getter=recovered,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=personal(),
        on_process_result=after_consent,
    )
