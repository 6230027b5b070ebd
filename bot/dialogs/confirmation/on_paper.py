"""What an officer types about a family on paper, field by field; a known field is asked once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from aiogram import Bot
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.confirmation.states import StaffPaper
from bot.dialogs.documents import is_spelt_as_snils
from bot.dialogs.given import given, given_from
from bot.dialogs.listening import refused_document
from bot.dialogs.refusing import say_bad_value, say_refusal
from bot.dialogs.stack import answers, drop_draft, forget_answers
from bot.views.links import slip_link
from core import words
from core.domain.birth import read_birth_date
from core.domain.certificates import CertificateState
from core.domain.codes import CODE_LENGTH
from core.domain.confirmation import read_paper_mark
from core.domain.names import ChildName, read_child_name
from core.domain.refusals import BadValue, NotAllowed, Refusal
from core.domain.snils import read_snils, write_snils
from core.services.confirmation.views import PaperFamily
from core.services.people.phones import read_phone

_ORDER = (
    ("last", StaffPaper.name),
    ("born", StaffPaper.born),
    ("snils", StaffPaper.snils),
    ("guardian", StaffPaper.guardian),
    ("phone", StaffPaper.phone),
    ("consent", StaffPaper.consent),
)
"""The key that says a step is answered, and the step."""
_KEY = "key"
_SLIP = "slip"
_ENTERED = "entered"


async def take_name(manager: DialogManager, text: str) -> None:
    try:
        name = read_child_name(text, words.name_particles())
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await _settled(manager, last=name.last, first=name.first, patronymic=name.patronymic)


async def take_birth_date(manager: DialogManager, text: str) -> None:
    try:
        born = read_birth_date(text, words.months(), given(manager).today)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await _settled(manager, born=born.isoformat())


async def take_snils(manager: DialogManager, text: str) -> None:
    try:
        snils = read_snils(text)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await _settled(manager, snils=snils)


async def no_snils(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await no_snils_by_word(manager)


async def no_snils_by_word(manager: DialogManager) -> None:
    await _settled(manager, snils=None)


async def take_guardian(manager: DialogManager, text: str) -> None:
    try:
        name = read_child_name(text, words.name_particles())
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await _settled(manager, guardian=name.full)


async def take_phone(manager: DialogManager, text: str) -> None:
    if is_spelt_as_snils(text) and await refused_document(manager, text):
        return
    try:
        phone = read_phone(text)
    except BadValue as refusal:
        if not await refused_document(manager, text):
            say_bad_value(manager, refusal, text)
        return
    await _settled(manager, phone=phone)


async def no_phone(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await no_phone_by_word(manager)


async def no_phone_by_word(manager: DialogManager) -> None:
    await _settled(manager, phone=None)


async def take_consent(manager: DialogManager, text: str) -> None:
    try:
        mark = read_paper_mark(text, given(manager).today)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await _settled(manager, consent=mark.number, consent_on=mark.given_on.isoformat())


async def mend(_callback: CallbackQuery, _select: Any, manager: DialogManager, field: str) -> None:
    """One field anew; the rest stays."""
    states = dict(_ORDER)
    if field in states:
        await manager.switch_to(states[field])


async def enter(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await enter_by_word(manager)


async def enter_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    bot: Bot = manager.middleware_data["bot"]
    try:
        entered = await surroundings.services.paper_families.enter(
            surroundings.actor,
            _family(answers(manager)),
            slip_code=manager.dialog_data[_SLIP],
            key=manager.dialog_data[_KEY],
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        say_refusal(manager, refusal)
        return
    username = (await bot.me()).username or ""
    manager.dialog_data[_ENTERED] = {
        "id": entered.certificate_id,
        "first": entered.child_name.first,
        "state": str(entered.state),
        "number": entered.number or "",
        "until": entered.slip_until.isoformat(),
        "link": slip_link(username, manager.dialog_data[_SLIP]),
    }
    forget_answers(manager)
    await manager.switch_to(StaffPaper.done, show_mode=ShowMode.SEND)


async def drop(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await drop_draft(manager)


async def back(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """To the check screen where all is answered, else one step back."""
    steps = [state for _, state in _ORDER]
    here = manager.current_context().state
    if _KEY in manager.dialog_data:
        await _open_check(manager)
    elif here in steps and steps.index(here) > 0:
        await manager.switch_to(steps[steps.index(here) - 1])
    else:
        await drop_draft(manager)


async def next_on_paper(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """The receipt stays in the chat."""
    for key in (_KEY, _SLIP, _ENTERED):
        manager.dialog_data.pop(key, None)
    await manager.switch_to(StaffPaper.name, show_mode=ShowMode.SEND)


async def check(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    speech = given_from(data).speech
    form = answers(dialog_manager)
    none = speech.say_plain("details-none")
    return {
        "child": _name_in(form).full,
        "born": speech.short_day(date.fromisoformat(form["born"])),
        "snils": write_snils(form["snils"]) if form["snils"] else none,
        "guardian": form["guardian"],
        "phone": form["phone"] or none,
        "number": form["consent"],
        "day": speech.short_day(date.fromisoformat(form["consent_on"])),
    }


async def done(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    speech = given_from(data).speech
    entered = dialog_manager.dialog_data[_ENTERED]
    state = CertificateState(entered["state"])
    until = datetime.fromisoformat(entered["until"]).astimezone(speech.zone).date()
    return {
        "first": entered["first"],
        "id": str(entered["id"]),
        "number": entered["number"],
        "link": entered["link"],
        "until": speech.short_day(until),
        "issued": state is CertificateState.ACTIVE,
        "elsewhere": state is CertificateState.TO_ENTER,
        "doubtful": state is CertificateState.UNDER_REVIEW,
    }


async def _settled(manager: DialogManager, **fields: str | None) -> None:
    answers(manager).update(fields)
    form = answers(manager)
    following: State | None = next((state for key, state in _ORDER if key not in form), None)
    if following is None:
        await _open_check(manager)
    else:
        await manager.switch_to(following)


async def _open_check(manager: DialogManager) -> None:
    """The key and the slip's code are stored with the screen that shows what will be entered: a
    second tap enters the same family and shows the same slip."""
    chance = given(manager).chance
    manager.dialog_data[_KEY] = chance.token()
    manager.dialog_data[_SLIP] = chance.token(CODE_LENGTH)
    await manager.switch_to(StaffPaper.check)


def _name_in(form: dict[str, Any]) -> ChildName:
    return ChildName(last=form["last"], first=form["first"], patronymic=form["patronymic"])


def _family(form: dict[str, Any]) -> PaperFamily:
    return PaperFamily(
        name=_name_in(form),
        born=date.fromisoformat(form["born"]),
        snils=form["snils"],
        guardian_name=form["guardian"],
        phone=form["phone"],
        consent_number=form["consent"],
        consent_on=date.fromisoformat(form["consent_on"]),
    )
