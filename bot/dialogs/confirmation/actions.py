"""What an officer's tap or text does about one family."""

from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.confirmation.states import StaffPoint
from bot.dialogs.consents.actions import start_of
from bot.dialogs.given import Given, given
from bot.dialogs.refusing import say_bad_value, say_refusal
from bot.dialogs.widgets import hint
from core import words
from core.domain.birth import read_birth_date
from core.domain.certificates import CertificateDouble
from core.domain.confirmation import (
    NamedChild,
    TooManyTries,
    is_a_code,
    read_visit_code,
    split_name_and_date,
)
from core.domain.names import read_child_name
from core.domain.refusals import AlreadyDecided, BadValue, NotFound, Refusal
from core.domain.snils import read_snils
from core.services.confirmation.visits import Mending

FOUND = "certificate_id"
VERSION = "version"
TAIL = "tail"
NAME = "first"


async def begin(start: Any, manager: DialogManager) -> None:
    """A link or a list may have found the family already."""
    if FOUND in start_of(manager):
        manager.dialog_data[FOUND] = start_of(manager)[FOUND]
        await manager.switch_to(StaffPoint.compare)


async def take_found_by(manager: DialogManager, text: str) -> None:
    """A code, or a name with the birth date: one or nothing."""
    surroundings = given(manager)
    try:
        number = await _find(surroundings, text)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
    except TooManyTries as refusal:
        say_refusal(manager, refusal)
    except NotFound:
        hint(manager, surroundings.speech.say("point-nobody"))
    else:
        manager.dialog_data[FOUND] = number
        await manager.switch_to(StaffPoint.compare)


async def confirm(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await confirm_by_word(manager)


async def confirm_by_word(manager: DialogManager) -> None:
    await _confirm(manager, None)


async def take_number(manager: DialogManager, text: str) -> None:
    """The number the registry gave: ten digits."""
    await _confirm(manager, text)


async def hand_on(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await hand_on_by_word(manager)


async def hand_on_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        await surroundings.services.point_visits.hand_to_specialist(
            surroundings.actor, found_in(manager), version=int(manager.dialog_data[VERSION])
        )
    except AlreadyDecided:
        hint(manager, surroundings.speech.say("point-changed"))
        await manager.switch_to(StaffPoint.compare)
        return
    hint(manager, surroundings.speech.say("point-handed-on", id=str(found_in(manager))))
    await manager.switch_to(StaffPoint.find)


async def back_to_compare(manager: DialogManager) -> None:
    await manager.switch_to(StaffPoint.compare)


async def take_name(manager: DialogManager, text: str) -> None:
    try:
        name = read_child_name(text, words.name_particles())
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await _mend(manager, Mending(name=name), text)


async def take_birth_date(manager: DialogManager, text: str) -> None:
    try:
        born = read_birth_date(text, words.months(), given(manager).today)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await _mend(manager, Mending(born=born), text)


async def take_snils(manager: DialogManager, text: str) -> None:
    try:
        snils = read_snils(text)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await _mend(manager, Mending(snils=snils), text)


async def next_family(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    """The receipt stays in the chat."""
    for key in (FOUND, VERSION, TAIL, NAME):
        manager.dialog_data.pop(key, None)
    await manager.switch_to(StaffPoint.find, show_mode=ShowMode.SEND)


def found_in(manager: DialogManager) -> int:
    """The request that was found; the service asks again whether it is open to this officer."""
    return int(manager.dialog_data[FOUND])


async def _find(surroundings: Given, text: str) -> int:
    visits = surroundings.services.point_visits
    if is_a_code(text):
        return await visits.find_by_code(surroundings.actor, read_visit_code(text))
    name, born = split_name_and_date(text)
    child = NamedChild(
        name=read_child_name(name, words.name_particles()),
        born=read_birth_date(born, words.months(), surroundings.today),
    )
    return await visits.find_by_name(surroundings.actor, child)


async def _confirm(manager: DialogManager, number: str | None) -> None:
    surroundings = given(manager)
    speech = surroundings.speech
    try:
        confirmed = await surroundings.services.certificate_decisions.confirm(
            surroundings.actor,
            found_in(manager),
            version=int(manager.dialog_data[VERSION]),
            number=number,
        )
    except BadValue as refusal:
        say_refusal(manager, refusal)
    except CertificateDouble:
        hint(manager, speech.say("point-double"))
        await manager.switch_to(StaffPoint.differ)
    except AlreadyDecided:
        hint(manager, speech.say("point-changed"))
        await manager.switch_to(StaffPoint.compare)
    else:
        manager.dialog_data[TAIL] = confirmed.number_tail
        manager.dialog_data[NAME] = confirmed.child_name.first
        await manager.switch_to(StaffPoint.done, show_mode=ShowMode.SEND)


async def _mend(manager: DialogManager, mending: Mending, typed: str) -> None:
    surroundings = given(manager)
    try:
        await surroundings.services.point_visits.mend(
            surroundings.actor,
            found_in(manager),
            mending,
            version=int(manager.dialog_data[VERSION]),
        )
    except BadValue as refusal:
        say_bad_value(manager, refusal, typed)
        return
    except AlreadyDecided:
        hint(manager, surroundings.speech.say("point-changed"))
    except NotFound:
        raise
    except Refusal as refusal:
        say_refusal(manager, refusal)
    else:
        hint(manager, surroundings.speech.say("point-mended"))
    await manager.switch_to(StaffPoint.compare)
