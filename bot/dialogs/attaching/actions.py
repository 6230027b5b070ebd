from __future__ import annotations

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.attaching.states import AttachForm
from bot.dialogs.certificates.states import Certificates
from bot.dialogs.consents.states import ConsentAct
from bot.dialogs.consents.versions import agreed_to_present_words
from bot.dialogs.given import given
from bot.dialogs.listening import refused_document
from bot.dialogs.refusing import say_bad_value
from bot.dialogs.stack import answers, forget_answers, go_back
from core import words
from core.domain.attaching import CertificateUnknown, TriesSpent, read_number
from core.domain.birth import read_birth_date
from core.domain.consents import ConsentKind, ConsentNeeded
from core.domain.refusals import BadValue

CHILD = "child_id"


async def begin(_start: Any, manager: DialogManager) -> None:
    """Nothing personal is asked before the consent to keep it."""
    if not await agreed_to_present_words(given(manager), ConsentKind.PROCESSING):
        await _ask_consent(manager)


async def after_consent(start: Any, result: Any, manager: DialogManager) -> None:
    """Without the consent there is no form."""
    asked = isinstance(start, dict) and "kind" in start
    if asked and not result and not answers(manager):
        await go_back(manager)


async def take_number(manager: DialogManager, text: str) -> None:
    try:
        answers(manager)["number"] = read_number(text)
    except BadValue as refusal:
        if not await refused_document(manager, text):
            say_bad_value(manager, refusal, text)
        return
    await manager.switch_to(AttachForm.born)


async def take_birth_date(manager: DialogManager, text: str) -> None:
    """The last answer: it is looked for at once."""
    try:
        born = read_birth_date(text, words.months(), given(manager).today)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await _attach(manager, born)


async def again(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.switch_to(AttachForm.number)


async def open_certificate(
    _callback: CallbackQuery, _button: Button, manager: DialogManager
) -> None:
    await manager.start(
        Certificates.status,
        data={CHILD: manager.dialog_data[CHILD]},
        show_mode=ShowMode.SEND,
    )


async def request_one(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(Certificates.start, show_mode=ShowMode.SEND)


async def _attach(manager: DialogManager, born: date) -> None:
    surroundings = given(manager)
    try:
        found = await surroundings.services.attaching.attach(
            surroundings.actor, str(answers(manager)["number"]), born
        )
    except ConsentNeeded:
        await _ask_consent(manager)
        return
    except CertificateUnknown:
        forget_answers(manager)
        await manager.switch_to(AttachForm.unknown, show_mode=ShowMode.SEND)
        return
    except TriesSpent:
        forget_answers(manager)
        await manager.switch_to(AttachForm.later, show_mode=ShowMode.SEND)
        return
    forget_answers(manager)
    manager.dialog_data[CHILD] = found.child_id
    manager.dialog_data["first"] = found.child_name.first
    manager.dialog_data["tail"] = found.number_tail or ""
    await manager.switch_to(AttachForm.found, show_mode=ShowMode.SEND)


async def _ask_consent(manager: DialogManager) -> None:
    await manager.start(ConsentAct.ask, data={"kind": ConsentKind.PROCESSING.value})
