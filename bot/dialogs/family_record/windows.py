from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, ShowMode
from aiogram_dialog.widgets.kbd import Button

from bot.dialogs.certificates.states import Certificates
from bot.dialogs.consents.actions import start_of
from bot.dialogs.consents.gate import personal
from bot.dialogs.documents import Document
from bot.dialogs.family.states import Family
from bot.dialogs.family_record.states import ChildRecord
from bot.dialogs.given import given, given_from
from bot.dialogs.listening import Ear
from bot.dialogs.refusing import say_bad_value, say_refusal
from bot.dialogs.screens import button, opening, screen, switch
from bot.dialogs.widgets import T
from core import words
from core.domain.birth import read_birth_date
from core.domain.children import LOCKED
from core.domain.family_records import Correction, as_stored, from_stored
from core.domain.names import read_child_name
from core.domain.refusals import BadValue, Refusal
from core.domain.snils import read_snils, write_snils

_WANTED = "wanted"
_ASKED = "asked"


def child_of(manager: DialogManager) -> int:
    return int(start_of(manager)["child_id"])


async def take_name(manager: DialogManager, text: str) -> None:
    try:
        name = read_child_name(text, words.name_particles())
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await _open_check(manager, Correction(name=name))


async def take_born(manager: DialogManager, text: str) -> None:
    try:
        born = read_birth_date(text, words.months(), given(manager).today)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await _open_check(manager, Correction(born=born))


async def take_snils(manager: DialogManager, text: str) -> None:
    try:
        snils = read_snils(text)
    except BadValue as refusal:
        say_bad_value(manager, refusal, text)
        return
    await _open_check(manager, Correction(snils=snils))


async def _open_check(manager: DialogManager, correction: Correction) -> None:
    """The key of the change is stored with the screen that shows it."""
    manager.dialog_data[_WANTED] = as_stored(correction)
    manager.dialog_data["key"] = given(manager).chance.token()
    await manager.switch_to(ChildRecord.check)


async def confirm(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await confirm_by_word(manager)


async def confirm_by_word(manager: DialogManager) -> None:
    surroundings = given(manager)
    try:
        made = await surroundings.services.child_records.change(
            surroundings.actor,
            child_of(manager),
            from_stored(manager.dialog_data[_WANTED]),
            key=manager.dialog_data["key"],
        )
    except Refusal as refusal:
        say_refusal(manager, refusal)
        await manager.switch_to(ChildRecord.fields)
        return
    manager.dialog_data[_ASKED] = made is not None
    manager.dialog_data.pop(_WANTED)
    await manager.switch_to(ChildRecord.done, show_mode=ShowMode.SEND)


async def back_to_fields(manager: DialogManager) -> None:
    await manager.switch_to(ChildRecord.fields)


async def show_places(_callback: CallbackQuery, _button: Button, manager: DialogManager) -> None:
    await manager.start(Certificates.places, data={"child_id": child_of(manager)})


async def fields(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    found = given_from(data)
    child = await found.services.children.get_mine(found.actor, child_of(dialog_manager))
    return {
        "name": child.name.full,
        "born": found.speech.short_day(child.born),
        "locked": child.state in LOCKED and not child.changes_in_person,
        "free": child.state not in LOCKED and not child.changes_in_person,
        "in_person": child.changes_in_person,
        "changeable": not child.changes_in_person,
    }


async def check(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    found = given_from(data)
    child = await found.services.children.get_mine(found.actor, child_of(dialog_manager))
    correction = from_stored(dialog_manager.dialog_data[_WANTED])
    if correction.name is not None:
        value = correction.name.full
    elif correction.born is not None:
        value = found.speech.short_day(correction.born)
    else:
        value = write_snils(correction.snils or "")
    return {
        "field": correction.field.value,
        "value": value,
        "locked": child.state in LOCKED,
        "free": child.state not in LOCKED,
    }


async def done(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    asked = bool(dialog_manager.dialog_data.get(_ASKED))
    return {"asked": asked, "mended": not asked}


def dialog() -> Dialog:
    return Dialog(
        screen(
            T("record-fields", "name", "born"),
            T("record-locked", when="locked"),
            T("record-free", when="free"),
            T("record-in-person", when="in_person"),
            button("edit-name", ChildRecord.fields, switch(ChildRecord.name), when="changeable"),
            button("edit-born", ChildRecord.fields, switch(ChildRecord.born), when="changeable"),
            button("edit-snils", ChildRecord.fields, switch(ChildRecord.snils), when="changeable"),
            button("places", ChildRecord.fields, show_places, when="in_person"),
            state=ChildRecord.fields,
            getter=fields,
            ear=Ear(expects="expects-buttons"),
        ),
        screen(
            T("record-name"),
            state=ChildRecord.name,
            back=switch(ChildRecord.fields),
            ear=Ear(expects="expects-name", text=take_name),
        ),
        screen(
            T("record-born"),
            state=ChildRecord.born,
            back=switch(ChildRecord.fields),
            ear=Ear(expects="expects-born", text=take_born),
        ),
        screen(
            T("record-snils"),
            state=ChildRecord.snils,
            back=switch(ChildRecord.fields),
            ear=Ear(
                expects="expects-record-snils",
                text=take_snils,
                takes=frozenset({Document.SNILS}),
            ),
        ),
        screen(
            T("record-check", "field", "value"),
            T("record-check-locked", when="locked"),
            button("record-ask", ChildRecord.check, confirm, when="locked"),
            button("confirm", ChildRecord.check, confirm, when="free"),
            state=ChildRecord.check,
            getter=check,
            back=switch(ChildRecord.fields),
            ear=Ear(expects="expects-check", yes=confirm_by_word, no=back_to_fields),
        ),
        screen(
            T("record-asked", when="asked"),
            T("record-mended", when="mended"),
            button("family", ChildRecord.done, opening(Family.overview)),
            state=ChildRecord.done,
            getter=done,
            result=True,
            ear=Ear(expects="expects-buttons"),
        ),
        on_start=personal(),
    )
