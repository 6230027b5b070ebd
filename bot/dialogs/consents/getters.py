from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.consents.actions import start_of, text_for
from bot.dialogs.consents.versions import changed_since
from bot.dialogs.given import given_from
from core.domain.consents import ConsentKind


async def consent(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    start = start_of(dialog_manager)
    kind = str(start["kind"])
    return {
        "changed": await changed_since(given, ConsentKind(kind), start.get("organisation_id")),
        "kind": kind,
        "processing": kind == "processing",
        "other": kind != "processing",
        "operator": given.settings.operator_name,
        "address": given.settings.operator_address,
        "phone": given.settings.operator_phone,
        "provider": str(start.get("organisation_name", "")),
        "text": text_for(given, start).body,
    }


async def contacts(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """The living person behind a dead end: of the district the matter is in, if it was named, else
    of the one the person looks at."""
    given = given_from(data)
    named = start_of(dialog_manager).get("municipality_id")
    municipality_id = named or given.actor.municipality_id
    if municipality_id is None:
        return {"centre": given.settings.operator_name, "phone": given.settings.operator_phone}
    municipality = await given.services.municipalities.get(int(municipality_id))
    return {
        "centre": municipality.centre_name or municipality.name,
        "phone": municipality.centre_phone or given.settings.operator_phone,
    }
