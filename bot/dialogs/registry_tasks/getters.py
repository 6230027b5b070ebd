"""Every look asks for the right again; without it the errors' handler says so."""

from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.given import given_from
from bot.dialogs.paging import part_of
from bot.dialogs.registry_tasks.actions import NOTE, NUMBER, VERSION, task_of
from bot.dialogs.registry_tasks.states import StaffTasks
from bot.views.registry_tasks import task_choice, task_fields
from core.domain.registry_tasks import TaskState
from core.domain.staff import LEAST_NOTE, MOST_NOTE, CardSubject

WHOLE = 6
PAGE = 4


async def listing(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await given.services.registry_tasks.list_open(given.actor)
    shown = part_of(found, dialog_manager, StaffTasks.listing, whole=WHOLE, page=PAGE)
    return {
        "tasks": [task_choice(task, given.speech) for task in shown.items],
        "count": len(found),
        "something": bool(found),
        "nothing": not found,
        **shown.turns(),
    }


async def task(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """The version seen goes with the answer: the first one wins."""
    given = given_from(data)
    found = await given.services.registry_tasks.open(given.actor, task_of(dialog_manager))
    dialog_manager.dialog_data[VERSION] = found.version
    is_open = found.state is TaskState.OPEN
    certificate = found.subject is CardSubject.CERTIFICATES
    return {
        "subject": found.subject.value,
        "id": str(found.subject_id),
        "fields": task_fields(found, given.speech) if is_open else "",
        "open": is_open,
        "ended": not is_open,
        "certificate": is_open and certificate,
        "application": is_open and not certificate,
    }


async def typed(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    return {
        "number": dialog_manager.dialog_data.get(NUMBER, ""),
        "note": dialog_manager.dialog_data.get(NOTE, ""),
        "least": LEAST_NOTE,
        "most": MOST_NOTE,
    }


async def rest(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """What is still to be entered."""
    given = given_from(data)
    return {"count": len(await given.services.registry_tasks.list_open(given.actor))}
