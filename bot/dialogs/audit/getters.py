"""Every look asks for the right again; without it the errors' handler says so."""

from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.audit.actions import CERTIFICATE, FOUND, PERSON, municipality_of
from bot.dialogs.audit.states import StaffAudit
from bot.dialogs.given import Given, given_from
from bot.dialogs.paging import part_of
from bot.views import audit
from bot.views.choices import Choice
from core.domain.refusals import NotFound
from core.services.audit.viewing import AuditLine

WHOLE = 5
PAGE = 4
LINES = 12


async def several(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    numbers = [int(one) for one in dialog_manager.dialog_data.get(FOUND, [])]
    shown = part_of(numbers, dialog_manager, StaffAudit.several, whole=WHOLE, page=PAGE)
    say = given.speech.say_plain
    return {
        "children": [
            Choice(id=one, label=say("audit-request", number=str(one))) for one in shown.items
        ],
        **shown.turns(),
    }


async def people(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    staff = await given.services.audit.list_staff(given.actor, municipality_of(dialog_manager))
    shown = part_of(staff, dialog_manager, StaffAudit.people, whole=WHOLE, page=PAGE)
    return {
        "people": [
            Choice(id=one.id, label=audit.person_label(one, given.speech)) for one in shown.items
        ],
        **shown.turns(),
    }


async def lines(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await _found(dialog_manager, given)
    shown = part_of(found, dialog_manager, StaffAudit.lines, whole=LINES, page=LINES)
    return {"text": audit.page(shown.items, len(found), given.speech), **shown.turns()}


async def _found(manager: DialogManager, given: Given) -> list[AuditLine]:
    """What can no longer be looked at is as empty as what never was."""
    here, held = municipality_of(manager), manager.dialog_data
    try:
        if PERSON in held:
            return await given.services.audit.of_person(given.actor, here, int(held[PERSON]))
        return await given.services.audit.of_child(given.actor, here, int(held.get(CERTIFICATE, 0)))
    except NotFound:
        return []
