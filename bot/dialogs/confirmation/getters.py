"""Every look asks for the right again; without it the errors' handler says so."""

from __future__ import annotations

from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.confirmation.actions import NAME, TAIL, VERSION, found_in
from bot.dialogs.given import given_from
from bot.views import confirmation as view


async def find(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    figures = await given.services.confirmation_points.own_figures(given.actor)
    return {"figures": view.figures_text(figures, given.speech)}


async def compare(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    details = await given.services.certificate_decisions.open(given.actor, found_in(dialog_manager))
    # what is decided is what was seen
    dialog_manager.dialog_data[VERSION] = details.version
    waits = view.waits(details)
    point = await given.services.confirmation_points.find_point(given.actor)
    return {
        "may_number": waits and point is not None and point.external,
        "text": view.compare_text(details, given.speech),
        "waits": waits,
        "first": details.child_name.first,
        "lacks_snils": waits and details.snils is None,
    }


async def done(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    figures = await given.services.confirmation_points.own_figures(given.actor)
    kept = dialog_manager.dialog_data
    return {
        "id": str(found_in(dialog_manager)),
        "first": kept[NAME],
        "tail": kept[TAIL] or "",
        "numbered": bool(kept[TAIL]),
        "elsewhere": not kept[TAIL],
        "figures": view.figures_text(figures, given.speech),
    }
