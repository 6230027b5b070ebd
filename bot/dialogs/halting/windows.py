"""Why, a check, and what came of it; who may not hears what he would of an absent certificate."""

from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.consents.actions import start_of
from bot.dialogs.consents.gate import personal
from bot.dialogs.given import given, given_from
from bot.dialogs.halting.states import StaffHalt
from bot.dialogs.listening import Ear
from bot.dialogs.refusing import say_bad_value, say_refusal
from bot.dialogs.screens import button, picks, screen, switch
from bot.dialogs.widgets import T
from bot.views.choices import Pick
from core.domain.certificates import HaltReason
from core.domain.refusals import AlreadyDecided, BadValue, NotAllowed, NotFound, Refusal
from core.domain.staff import read_refusal_note

_LISTED = (HaltReason.MOVED, HaltReason.DATA, HaltReason.DOUBLE, HaltReason.FAMILY)


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("halt-reason", "id", "deed"),
            picks("why", StaffHalt.reason, "reasons", _choose),
            state=StaffHalt.reason,
            getter=_form,
            ear=Ear(expects="expects-reason", text=_take_note),
        ),
        screen(
            T("halt-check", "id", "deed", "why"),
            button("halt-send", StaffHalt.check, _send),
            state=StaffHalt.check,
            getter=_form,
            back=switch(StaffHalt.reason),
            ear=Ear(expects="expects-check", yes=_send_by_word),
        ),
        screen(
            T("halt-done", "id", "deed"),
            state=StaffHalt.done,
            getter=_form,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("reason-none"),
            state=StaffHalt.nothing,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=personal(_begin),
    )


async def _begin(start: dict[str, Any], manager: DialogManager) -> None:
    """Working again needs no reason."""
    if start["deed"] == "resume":
        manager.dialog_data["reason"] = HaltReason.OTHER.value
        await manager.switch_to(StaffHalt.check)


async def _form(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    speech = given_from(data).speech
    start = start_of(dialog_manager)
    note = dialog_manager.dialog_data.get("note")
    reason = dialog_manager.dialog_data.get("reason", HaltReason.OTHER.value)
    return {
        "id": str(start["id"]),
        "deed": str(start["deed"]),
        "why": note or speech.say_plain("certificate-halt", reason=reason),
        "reasons": [
            Pick(id=one.value, label=speech.say_plain("halt-reason-short", reason=one.value))
            for one in _LISTED
        ],
    }


async def _choose(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, reason: str
) -> None:
    if reason not in {one.value for one in _LISTED}:
        return
    manager.dialog_data["reason"] = reason
    manager.dialog_data.pop("note", None)
    await manager.switch_to(StaffHalt.check)


async def _take_note(manager: DialogManager, text: str) -> None:
    try:
        manager.dialog_data["note"] = read_refusal_note(text)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    manager.dialog_data["reason"] = HaltReason.OTHER.value
    await manager.switch_to(StaffHalt.check)


async def _send(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _send_by_word(manager)


async def _send_by_word(manager: DialogManager) -> None:
    try:
        await _do(manager)
    except (AlreadyDecided, NotFound, NotAllowed):
        await manager.switch_to(StaffHalt.nothing, show_mode=ShowMode.SEND)
    except Refusal as refusal:
        say_refusal(manager, refusal)
    else:
        await manager.switch_to(StaffHalt.done, show_mode=ShowMode.SEND)


async def _do(manager: DialogManager) -> None:
    surroundings, start = given(manager), start_of(manager)
    halting = surroundings.services.halting
    number, version = int(start["id"]), int(start["version"])
    if start["deed"] == "resume":
        await halting.resume(surroundings.actor, number, version=version)
        return
    halt = halting.suspend if start["deed"] == "suspend" else halting.annul
    await halt(
        surroundings.actor,
        number,
        version=version,
        reason=HaltReason(manager.dialog_data["reason"]),
        note=manager.dialog_data.get("note"),
    )
