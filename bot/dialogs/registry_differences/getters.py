"""Every look asks for the right again; without it the errors' handler says so."""

from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.given import given_from
from bot.dialogs.paging import part_of
from bot.dialogs.registry_differences.actions import VERSION, chosen_in
from bot.dialogs.registry_differences.states import StaffDifferences
from bot.views.registry_tasks import difference_choice, difference_text
from core.domain.registry_tasks import DifferenceState

WHOLE = 6
PAGE = 4


async def listing(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await given.services.registry_differences.list_open(given.actor)
    shown = part_of(found, dialog_manager, StaffDifferences.listing, whole=WHOLE, page=PAGE)
    return {
        "differences": [difference_choice(one, given.speech) for one in shown.items],
        "count": len(found),
        "something": bool(found),
        "nothing": not found,
        **shown.turns(),
    }


async def one(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """The version seen goes with the answer: the first one wins."""
    given = given_from(data)
    found = await given.services.registry_differences.open(given.actor, chosen_in(dialog_manager))
    dialog_manager.dialog_data[VERSION] = found.version
    return {
        "difference": difference_text(found, given.speech),
        "open": found.state is DifferenceState.OPEN,
        "ended": found.state is not DifferenceState.OPEN,
    }
