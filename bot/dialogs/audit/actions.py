from __future__ import annotations

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager

from bot.dialogs.audit.states import StaffAudit
from bot.dialogs.given import given
from bot.dialogs.paging import turn_to_first
from bot.dialogs.widgets import hint
from bot.views.typed import said_back

FOUND = "found"
CERTIFICATE = "certificate_id"
PERSON = "person_id"


def municipality_of(manager: DialogManager) -> int:
    start = manager.start_data
    return int(start["municipality_id"]) if isinstance(start, dict) else 0


async def take_number(manager: DialogManager, text: str) -> None:
    surroundings = given(manager)
    found = await surroundings.services.audit.find_children(
        surroundings.actor, municipality_of(manager), text
    )
    if not found:
        hint(manager, surroundings.speech.say("audit-not-found", typed=said_back(text)))
        return
    if len({one.child_id for one in found}) == 1:
        await _open(manager, CERTIFICATE, found[0].certificate_id)
        return
    manager.dialog_data[FOUND] = [one.certificate_id for one in found]
    turn_to_first(manager, StaffAudit.several)
    await manager.switch_to(StaffAudit.several)


async def choose_child(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, certificate_id: int
) -> None:
    await _open(manager, CERTIFICATE, certificate_id)


async def choose_person(
    _callback: CallbackQuery, _select: Any, manager: DialogManager, person_id: int
) -> None:
    await _open(manager, PERSON, person_id)


async def _open(manager: DialogManager, what: str, number: int) -> None:
    manager.dialog_data.pop(CERTIFICATE, None)
    manager.dialog_data.pop(PERSON, None)
    manager.dialog_data[what] = number
    turn_to_first(manager, StaffAudit.lines)
    await manager.switch_to(StaffAudit.lines)
