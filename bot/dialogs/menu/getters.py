from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.given import given_from
from bot.views.choices import Choice, Pick
from core.i18n import Texts

SHOWN_MUNICIPALITIES = 6


async def main(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    opened_with = dialog_manager.start_data
    start: dict[str, Any] = opened_with if isinstance(opened_with, dict) else {}
    municipality = await given.services.municipalities.get(given.municipality_id)
    return {
        "welcome": bool(start.get("welcome")),
        "calm": not start.get("welcome"),
        "draft": start.get("draft", ""),
        "centre": municipality.centre_name or municipality.name,
        "municipality": municipality.name,
        "officer": await given.services.confirmation_points.find_point(given.actor) is not None,
        "staff": await given.services.sent_files.find_place(given.actor) is not None,
    }


async def municipalities(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    everything = await given.services.municipalities.list_all()
    offset = int(dialog_manager.dialog_data.get("offset", 0))
    shown = everything[offset : offset + SHOWN_MUNICIPALITIES]
    return {
        "municipalities": [Choice(id=found.id, label=found.name[:30]) for found in shown],
        "has_more": len(everything) > SHOWN_MUNICIPALITIES,
        "nothing": not everything,
        "something": bool(everything),
    }


async def settings(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    municipality = await given.services.municipalities.get(given.municipality_id)
    everything = await given.services.municipalities.list_all()
    texts: Texts = data["texts"]
    return {
        "municipality": municipality.name,
        "has_choice": len(everything) > 1,
        "language": texts.languages()[given.speech.locale],
    }


async def languages(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """The names of languages in themselves."""
    texts: Texts = data["texts"]
    return {"languages": [Pick(id=code, label=name) for code, name in texts.languages().items()]}
