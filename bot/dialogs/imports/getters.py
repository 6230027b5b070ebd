from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.given import given_from
from bot.dialogs.imports.actions import DONE, TRIAL, sent_in
from bot.views import imports as view
from bot.views.choices import Pick
from core.services.sent_files import SentKind


async def kind(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """The proposed kind first."""
    speech = given_from(data).speech
    guess = dialog_manager.dialog_data.get("guess", "")
    kinds = sorted(SentKind, key=lambda one: one.value != guess)
    return {
        "municipality": sent_in(dialog_manager).municipality,
        "guessed": bool(guess),
        "unknown": not guess,
        "guess": view.kind_name(SentKind(guess), speech) if guess else "",
        "kinds": [Pick(id=one.value, label=view.kind_label(one, speech)) for one in kinds],
    }


async def unreadable(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    return {"refused": dialog_manager.dialog_data.get("refused", "")}


async def trial(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    found = dialog_manager.dialog_data[TRIAL]
    return {
        "kind": view.kind_name(SentKind(found["kind"]), given_from(data).speech),
        "municipality": sent_in(dialog_manager).municipality,
        "counts": found["counts"],
        "rows": found["rows"],
        "told": bool(found["rows"]),
        "clean": found["useful"] and not found["refused"],
        "partly": found["useful"] and bool(found["refused"]),
        "nothing": not found["useful"],
    }


async def done(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    found = dialog_manager.dialog_data[DONE]
    return {
        "kind": view.kind_name(SentKind(found["kind"]), given_from(data).speech),
        "municipality": sent_in(dialog_manager).municipality,
        "counts": found["counts"],
        "loaded": found["changed"],
        "known": not found["changed"],
    }
