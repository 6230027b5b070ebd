"""What a tap or a text does in the form of a certificate request.

The insurance number may be missing: whoever checks the papers enters it. The phone comes by a
button under a message of its own, since a message with such a keyboard cannot be edited; the
keyboard goes when the step ends.
"""

from __future__ import annotations

from typing import Any

from aiogram import Bot
from aiogram.types import (
    CallbackQuery,
    Contact,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.certificates.states import CertificateForm
from bot.dialogs.consents.actions import start_of
from bot.dialogs.consents.states import ConsentAct
from bot.dialogs.documents import is_spelt_as_snils
from bot.dialogs.given import given
from bot.dialogs.listening import refused_document
from bot.dialogs.refusing import keep_refusal, say_bad_value, say_refusal
from bot.dialogs.stack import (
    REPLY_KEYBOARD,
    answers,
    drop_draft,
    forget_answers,
    go_back,
    put_reply_keyboard_away,
)
from core.domain.ages import ADULT_YEARS, birthday
from core.domain.certificates import (
    LIVE,
    YOUNGEST_YEARS,
    CertificateExists,
    TooOld,
    TooYoung,
)
from core.domain.consents import ConsentKind, ConsentNeeded
from core.domain.refusals import BadValue, Refusal
from core.domain.snils import read_snils
from core.services.people.phones import read_phone


async def begin(start: dict[str, Any], manager: DialogManager) -> None:
    """What would be refused at the end is said before the first question."""
    surroundings = given(manager)
    services, actor, child_id = surroundings.services, surroundings.actor, int(start["child_id"])
    child = await services.children.get_mine(actor, child_id)
    earlier = await services.certificate_requests.of_child(actor, child_id)
    if earlier is not None and earlier.state in LIVE:
        keep_refusal(manager, CertificateExists(certificate_id=earlier.id))
        await manager.switch_to(CertificateForm.refused)
    elif child.age_years < YOUNGEST_YEARS:
        keep_refusal(
            manager, TooYoung(fifth_birthday=birthday(child.born, YOUNGEST_YEARS).isoformat())
        )
        await manager.switch_to(CertificateForm.refused)
    elif child.age_years >= ADULT_YEARS:
        keep_refusal(manager, TooOld())
        await manager.switch_to(CertificateForm.refused)


async def take_snils(manager: DialogManager, text: str) -> None:
    try:
        snils = read_snils(text)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await _snils_settled(manager, snils)


async def no_snils(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await no_snils_by_word(manager)


async def no_snils_by_word(manager: DialogManager) -> None:
    await _snils_settled(manager, None)


async def take_contact(manager: DialogManager, contact: Contact) -> None:
    number = contact.phone_number
    await take_phone(manager, number if number.startswith("+") else f"+{number}")


async def take_phone(manager: DialogManager, text: str) -> None:
    if is_spelt_as_snils(text) and await refused_document(manager, text):
        return
    try:
        phone = read_phone(text)
    except BadValue as refusal:
        if not await refused_document(manager, text):
            say_bad_value(manager, refusal, text)
        return
    await _phone_settled(manager, phone)


async def no_phone(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await no_phone_by_word(manager)


async def no_phone_by_word(manager: DialogManager) -> None:
    await _phone_settled(manager, None)


async def confirm(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await confirm_by_word(manager)


async def confirm_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    form = answers(manager)
    child_id = int(start_of(manager)["child_id"])
    try:
        certificate = await surroundings.services.certificate_requests.request(
            surroundings.actor,
            child_id,
            snils=form.get("snils"),
            phone=form.get("phone"),
            key=manager.dialog_data["key"],
        )
    except ConsentNeeded:
        await manager.start(ConsentAct.ask, data={"kind": ConsentKind.PROCESSING.value})
        return
    except BadValue as refusal:
        say_refusal(manager, refusal)
        return
    except Refusal as refusal:
        keep_refusal(manager, refusal)
        forget_answers(manager)
        await manager.switch_to(CertificateForm.refused)
        return
    manager.dialog_data["certificate_id"] = certificate.id
    forget_answers(manager)
    await manager.switch_to(CertificateForm.receipt, show_mode=ShowMode.SEND)


async def edit_snils(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.switch_to(CertificateForm.snils)


async def edit_phone(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await _open_phone(manager)


async def edit_by_word(manager: DialogManager) -> None:
    await manager.switch_to(CertificateForm.snils)


async def back_from_snils(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    if "phone" in answers(manager):
        await _open_check(manager)
    else:
        await go_back(manager)


async def back_from_phone(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await put_reply_keyboard_away(manager)
    await manager.switch_to(CertificateForm.snils)


async def drop(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await drop_draft(manager)


async def ask_mailings(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """A consent of its own, offered once the request is in; the receipt stays in the chat."""
    await manager.start(
        ConsentAct.ask, data={"kind": ConsentKind.MAILINGS.value}, show_mode=ShowMode.SEND
    )


async def _snils_settled(manager: DialogManager, snils: str | None) -> None:
    form = answers(manager)
    form["snils"] = snils
    if "phone" in form:
        await _open_check(manager)
    else:
        await _open_phone(manager)


async def _open_phone(manager: DialogManager) -> None:
    await manager.switch_to(CertificateForm.phone)
    bot: Bot = manager.middleware_data["bot"]
    speech = given(manager).speech
    await bot.send_message(
        manager.middleware_data["event_chat"].id,
        speech.say("phone-keyboard"),
        reply_markup=ReplyKeyboardMarkup(
            keyboard=[
                [KeyboardButton(text=speech.say_plain("button-send-contact"), request_contact=True)]
            ],
            resize_keyboard=True,
            one_time_keyboard=True,
        ),
    )
    manager.dialog_data[REPLY_KEYBOARD] = True
    manager.show_mode = ShowMode.SEND


async def _phone_settled(manager: DialogManager, phone: str | None) -> None:
    await put_reply_keyboard_away(manager)
    answers(manager)["phone"] = phone
    await _open_check(manager)


async def _open_check(manager: DialogManager) -> None:
    """The key of the request is stored with the screen that shows what will be sent."""
    manager.dialog_data["key"] = given(manager).chance.token()
    await manager.switch_to(CertificateForm.check)
