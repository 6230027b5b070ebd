from __future__ import annotations

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.given import given
from bot.dialogs.refusing import say_bad_value
from bot.dialogs.staff_reason.getters import NOTE, refused_in
from bot.dialogs.staff_reason.states import StaffReason
from core.domain.certificates import CertificateRefusal
from core.domain.enrolment import ApplicationRefusal
from core.domain.refusals import AlreadyDecided, BadValue, NotAllowed, NotFound
from core.domain.staff import CardSubject, read_refusal_note


async def take_note(manager: DialogManager, text: str) -> None:
    """The reason, to be checked before it goes."""
    try:
        manager.dialog_data[NOTE] = read_refusal_note(text)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await manager.switch_to(StaffReason.checking)


async def send(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await send_by_word(manager)


async def send_by_word(manager: DialogManager) -> None:
    """Refuse; a decision that came first stands."""
    try:
        await _refuse(manager)
    except AlreadyDecided:
        await manager.switch_to(StaffReason.late, show_mode=ShowMode.SEND)
    except (NotFound, NotAllowed):
        await manager.switch_to(StaffReason.nothing, show_mode=ShowMode.SEND)
    else:
        await manager.switch_to(StaffReason.done, show_mode=ShowMode.SEND)


async def change(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await change_by_word(manager)


async def change_by_word(manager: DialogManager) -> None:
    await manager.switch_to(StaffReason.typing)


async def _refuse(manager: DialogManager) -> None:
    surroundings = given(manager)
    refused = refused_in(manager)
    note = str(manager.dialog_data[NOTE])
    if refused.subject is CardSubject.CERTIFICATES:
        await surroundings.services.certificate_decisions.refuse(
            surroundings.actor,
            refused.id,
            version=refused.version,
            reason=CertificateRefusal.OTHER,
            note=note,
        )
    else:
        await surroundings.services.application_decisions.refuse(
            surroundings.actor,
            refused.id,
            version=refused.version,
            reason=ApplicationRefusal.OTHER,
            note=note,
        )
