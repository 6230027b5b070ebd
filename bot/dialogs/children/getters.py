from __future__ import annotations

from datetime import date
from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.children.actions import REGISTERED, name_in
from bot.dialogs.given import given_from
from bot.dialogs.stack import answers
from core.domain.certificates import YOUNGEST_YEARS


async def form(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """What is answered so far; empty while it is not."""
    given = given_from(data)
    filled = answers(dialog_manager)
    born = date.fromisoformat(filled["born"]) if "born" in filled else None
    return {
        "name": name_in(filled).full if "first" in filled else "",
        "first": filled.get("first", ""),
        "born": given.speech.short_day(born) if born else "",
    }


async def registered(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    child = await given.services.children.get_mine(
        given.actor, int(dialog_manager.dialog_data[REGISTERED])
    )
    kind = await given.services.families.kind_of(given.actor, child.id)
    start = dialog_manager.start_data
    purpose = start.get("purpose", "") if isinstance(start, dict) else ""
    return {
        "first": child.name.first,
        "name": child.name.full,
        "born": given.speech.short_day(child.born),
        "years": child.age_years,
        "purpose": purpose,
        "unsaid": kind is None,
        "small": child.age_years < YOUNGEST_YEARS,
        "for_group": purpose == "apply",
        "for_certificate": purpose != "apply",
    }
