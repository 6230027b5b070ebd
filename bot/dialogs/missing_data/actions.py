from __future__ import annotations

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery, Contact
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.consents.actions import start_of
from bot.dialogs.documents import is_spelt_as_snils
from bot.dialogs.given import given
from bot.dialogs.listening import refused_document
from bot.dialogs.missing_data.states import MissingDataForm, StaffNeed
from bot.dialogs.refusing import say_bad_value, say_refusal
from bot.dialogs.stack import answers, forget_answers
from core import words
from core.domain.birth import read_birth_date
from core.domain.certificates import CertificateState, NeededData
from core.domain.names import ChildName, read_child_name
from core.domain.refusals import AlreadyDecided, BadValue, NotAllowed, NotFound, Refusal
from core.domain.snils import read_snils
from core.domain.staff import read_refusal_note
from core.services.certificates.missing_data import GivenData
from core.services.certificates.views import CertificateView
from core.services.people.phones import read_phone

NEEDED = "needed"
_ASKED_IN = {
    NeededData.SNILS.value: MissingDataForm.snils,
    NeededData.PHONE.value: MissingDataForm.phone,
}


async def begin(start: dict[str, Any], manager: DialogManager) -> None:
    """The question as it stands now; where nothing is asked any more, it is said so."""
    found = await asked_about(manager, int(start["child_id"]))
    if found is None:
        await manager.switch_to(MissingDataForm.nothing)
        return
    manager.dialog_data[NEEDED] = str(found.needed)
    manager.dialog_data["certificate_id"] = found.id
    manager.dialog_data["version"] = found.version
    await _ask(manager)


async def asked_about(manager: DialogManager, child_id: int) -> CertificateView | None:
    """The child's request, if something is asked about it."""
    surroundings = given(manager)
    try:
        found = await surroundings.services.certificate_requests.of_child(
            surroundings.actor, child_id
        )
    except NotFound:
        return None
    waits = found is not None and found.state is CertificateState.NEEDS_DATA
    return found if waits else None


async def take_text(manager: DialogManager, text: str) -> None:
    """What is asked is read strictly; what is asked in words is taken as it is."""
    needed = NeededData(manager.dialog_data[NEEDED])
    try:
        answers(manager).update(_read(manager, needed, text))
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await manager.switch_to(MissingDataForm.check)


async def take_number(manager: DialogManager, text: str) -> None:
    """A number of another kind than the one that is asked for goes as everywhere."""
    needed = NeededData(manager.dialog_data[NEEDED])
    spelt = needed is NeededData.PHONE and is_spelt_as_snils(text)
    if not spelt or not await refused_document(manager, text):
        await take_text(manager, text)


async def take_contact(manager: DialogManager, contact: Contact) -> None:
    number = contact.phone_number
    await take_text(manager, number if number.startswith("+") else f"+{number}")


async def send(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await send_by_word(manager)


async def send_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        await surroundings.services.missing_data.answer(
            surroundings.actor,
            int(manager.dialog_data["certificate_id"]),
            _given(answers(manager)),
            version=int(manager.dialog_data["version"]),
        )
    except (AlreadyDecided, NotFound):
        forget_answers(manager)
        await manager.switch_to(MissingDataForm.nothing, show_mode=ShowMode.SEND)
        return
    except Refusal as refusal:
        say_refusal(manager, refusal)
        await _ask(manager)
        return
    forget_answers(manager)
    await manager.switch_to(MissingDataForm.receipt, show_mode=ShowMode.SEND)


async def change(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await change_by_word(manager)


async def change_by_word(manager: DialogManager) -> None:
    await _ask(manager)


async def take_need(manager: DialogManager, text: str) -> None:
    """What the family is asked for, as staff typed it."""
    surroundings = given(manager)
    start = start_of(manager)
    try:
        await surroundings.services.missing_data.ask(
            surroundings.actor,
            int(start["id"]),
            version=int(start["version"]),
            needed=NeededData.OTHER,
            note=read_refusal_note(text),
        )
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
    except (AlreadyDecided, NotFound, NotAllowed):
        await manager.switch_to(StaffNeed.nothing, show_mode=ShowMode.SEND)
    else:
        await manager.switch_to(StaffNeed.done, show_mode=ShowMode.SEND)


def shown_value(form: dict[str, Any]) -> str:
    """The answer as it is checked."""
    return str(next(iter(form.get("shown", [])), ""))


async def _ask(manager: DialogManager) -> None:
    """The window that asks, by what is asked."""
    needed = str(manager.dialog_data[NEEDED])
    await manager.switch_to(_ASKED_IN.get(needed, MissingDataForm.answer))


def _read(manager: DialogManager, needed: NeededData, text: str) -> dict[str, Any]:
    """Raises BadValue."""
    surroundings = given(manager)
    if needed is NeededData.NAME:
        name = read_child_name(text, words.name_particles())
        return {
            "name": [name.last, name.first, name.patronymic],
            "shown": [name.full],
        }
    if needed is NeededData.BORN:
        born = read_birth_date(text, words.months(), surroundings.today)
        return {"born": born.isoformat(), "shown": [surroundings.speech.short_day(born)]}
    if needed is NeededData.SNILS:
        return {"snils": read_snils(text), "shown": [text.strip()]}
    if needed is NeededData.PHONE:
        phone = read_phone(text)
        return {"phone": phone, "shown": [phone]}
    note = read_refusal_note(text)
    return {"words": note, "shown": [note]}


def _given(form: dict[str, Any]) -> GivenData:
    name = form.get("name")
    return GivenData(
        name=ChildName(last=name[0], first=name[1], patronymic=name[2]) if name else None,
        born=date.fromisoformat(form["born"]) if form.get("born") else None,
        snils=form.get("snils"),
        phone=form.get("phone"),
        words=form.get("words"),
    )
