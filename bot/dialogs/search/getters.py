from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.given import Given, given_from
from bot.dialogs.paging import page_number, turn_to_first
from bot.dialogs.programmes.actions import AMONG
from bot.dialogs.search.states import Search
from bot.dialogs.search.wished import is_fresh, order, place, typed, wished
from bot.views import search as view
from bot.views.choices import Choice
from core.domain.wishes import Sort, Understood, WishKind
from core.services.search.views import Found

FEW_CHIPS = 1


def page_size(understood: Understood) -> int:
    """Programmes beside the chips: all buttons of a page should be no more than eight."""
    return 4 if len(understood.wishes) <= FEW_CHIPS else 3


@dataclass(frozen=True, kw_only=True)
class Chip:
    id: str
    label: str


async def results(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await _find(dialog_manager, given)
    dialog_manager.dialog_data[AMONG] = [one.id for one in found.items]
    return {
        "text": _text(dialog_manager, found, given),
        "chips": [
            Chip(id=view.chip_id(wish), label=view.chip(wish, given.speech))
            for wish in found.understood.wishes
        ],
        "programmes": [
            Choice(id=one.id, label=view.line_label(number, one, given.speech))
            for number, one in view.numbered(found)
        ],
        "has_earlier": found.offset > 0,
        "has_later": found.has_more,
        "sort": view.sort_label(order(dialog_manager), given.speech),
        "several": found.total > 1,
        "nothing": not found.items,
    }


async def _find(manager: DialogManager, given: Given) -> Found:
    """The page turned to; a list that has become shorter begins again."""
    found = await _page(manager, given)
    if found.items or found.offset == 0:
        return found
    turn_to_first(manager, Search.results)
    return await _page(manager, given)


async def _page(manager: DialogManager, given: Given) -> Found:
    search = given.services.search
    look = search.find if is_fresh(manager) else search.look
    understood = wished(manager)
    size = page_size(understood)
    return await look(
        understood,
        municipality_id=given.actor.municipality_id,
        sort=order(manager),
        offset=page_number(manager, Search.results) * size,
        limit=size,
        near=place(manager),
    )


def _text(manager: DialogManager, found: Found, given: Given) -> str:
    unclear = typed(manager)
    if unclear and not found.understood.wishes:
        return given.speech.say("search-not-understood", typed=unclear)
    if not found.items:
        return view.nothing(found, given.speech)
    text = view.results(found, page_size(found.understood), given.speech)
    if place(manager) is None:
        asked = found.understood.of(WishKind.NEAR)
        return f"{given.speech.say('search-near-unknown')}\n{text}" if asked else text
    if order(manager) is Sort.NEARNESS and all(one.distance_m is None for one in found.items):
        return f"{given.speech.say('search-near-nobody')}\n{text}"
    return text
