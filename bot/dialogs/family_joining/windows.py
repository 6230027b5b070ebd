from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.consents.actions import GIVEN, start_of
from bot.dialogs.consents.gate import personal
from bot.dialogs.consents.states import ConsentAct
from bot.dialogs.family.states import Family
from bot.dialogs.family_joining.states import FamilyJoining
from bot.dialogs.given import given, given_from
from bot.dialogs.listening import Ear
from bot.dialogs.screens import button, opening, screen
from bot.dialogs.stack import go_home
from bot.dialogs.widgets import T, hint
from core.domain.consents import ConsentKind, ConsentNeeded
from core.domain.family import FamilyInvitationInvalid

_NAMES = "names"


async def begin(_start: Any, manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        await surroundings.services.family_invitations.look(
            surroundings.actor, str(start_of(manager).get("code", ""))
        )
    except FamilyInvitationInvalid:
        await manager.switch_to(FamilyJoining.invalid)


async def accept(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await accept_by_word(manager)


async def accept_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        joined = await surroundings.services.family_invitations.accept(
            surroundings.actor, str(start_of(manager).get("code", ""))
        )
    except ConsentNeeded:
        await manager.start(ConsentAct.ask, data={"kind": ConsentKind.PROCESSING.value})
        return
    except FamilyInvitationInvalid:
        await manager.switch_to(FamilyJoining.invalid)
        return
    manager.dialog_data[_NAMES] = ", ".join(name.first for name in joined.children)
    await manager.switch_to(FamilyJoining.joined, show_mode=ShowMode.SEND)


async def decline(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await decline_by_word(manager)


async def decline_by_word(manager: DialogManager) -> None:
    hint(manager, given(manager).speech.say("family-declined"))
    await go_home(manager)


async def after_consent(_start: Any, result: Any, manager: DialogManager) -> None:
    if isinstance(result, dict) and GIVEN in result:
        await accept_by_word(manager)


async def offer(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    found = given_from(data)
    try:
        offered = await found.services.family_invitations.look(
            found.actor, str(start_of(dialog_manager).get("code", ""))
        )
    except FamilyInvitationInvalid:
        return {"valid": False, "invalid": True, "role": "", "inviter": "", "children": 0}
    return {
        "valid": True,
        "invalid": False,
        "role": offered.role.value,
        "inviter": offered.inviter_name or found.speech.say_plain("family-inviter-unnamed"),
        "children": offered.children,
    }


async def names(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    return {"names": dialog_manager.dialog_data[_NAMES]}


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("family-offer", "role", "inviter", "children", when="valid"),
            T("family-offer-invalid", when="invalid"),
            button("family-accept", FamilyJoining.offer, accept, when="valid"),
            button("family-decline", FamilyJoining.offer, decline, when="valid"),
            state=FamilyJoining.offer,
            getter=offer,
            back_button=False,
            ear=Ear(expects="expects-check", yes=accept_by_word, no=decline_by_word),
        ),
        screen(
            T("family-joined-done", "names"),
            button("family", FamilyJoining.joined, opening(Family.overview)),
            state=FamilyJoining.joined,
            getter=names,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("family-offer-invalid"),
            state=FamilyJoining.invalid,
            back_button=False,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=personal(begin),
        on_process_result=after_consent,
    )
