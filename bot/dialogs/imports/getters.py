from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.given import given_from
from bot.dialogs.imports.actions import DONE, TRIAL, may_load, sent_in
from bot.views import imports as view
from bot.views.choices import Pick
from core.services.sent_files import SentKind


async def kind(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """The proposed kind first."""
    surroundings = given_from(data)
    speech = surroundings.speech
    guess = dialog_manager.dialog_data.get("guess", "")
    taken = [one for one in SentKind if may_load(one, surroundings)]
    kinds = sorted(taken, key=lambda one: one.value != guess)
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
    """Rows about families are not shown any more once personal data is switched off."""
    surroundings = given_from(data)
    found = dialog_manager.dialog_data[TRIAL]
    kind = SentKind(found["kind"])
    archivable = bool(found.get("missing")) and not found["refused"]
    return {
        "kind": view.kind_name(kind, surroundings.speech),
        "municipality": sent_in(dialog_manager).municipality,
        "counts": found["counts"],
        "rows": found["rows"],
        "told": bool(found["rows"]) and may_load(kind, surroundings),
        "clean": found["useful"] and not found["refused"],
        "partly": found["useful"] and bool(found["refused"]),
        "archivable": archivable,
        "nothing": not found["useful"] and not archivable,
        **_NONE_MISSING,
        **(found.get("missing") or {}),
    }


_NONE_MISSING = {"programmes": 0, "groups": 0, "published": 0, "listed": 0}


async def many(dialog_manager: DialogManager, **_data: Any) -> dict[str, Any]:
    missing: dict[str, Any] = dialog_manager.dialog_data[TRIAL]["missing"]
    return {**_NONE_MISSING, **missing, "municipality": sent_in(dialog_manager).municipality}


async def done(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    found = dialog_manager.dialog_data[DONE]
    return {
        "kind": view.kind_name(SentKind(found["kind"]), given_from(data).speech),
        "municipality": sent_in(dialog_manager).municipality,
        "counts": found["counts"],
        "loaded": found["changed"],
        "known": not found["changed"],
    }
