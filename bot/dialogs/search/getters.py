from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from aiogram_dialog import DialogManager

from bot.dialogs.given import Given, given_from
from bot.dialogs.paging import page_number, part_of, turn_to_first
from bot.dialogs.programmes.actions import AMONG
from bot.dialogs.search.states import Search
from bot.dialogs.search.wished import (
    given_up,
    is_fresh,
    keep_given_up,
    order,
    place,
    typed,
    wished,
)
from bot.views import search as view
from bot.views.choices import Choice, Pick
from core.domain.wishes import Sort, Understood, Wish, WishKind
from core.services.search.views import Found

FEW_CHIPS = 1
MOST_BUTTONS = 8
_WHOLE = 6
_PAGE = 4


def page_size(understood: Understood) -> int:
    """Programmes beside the chips: all buttons of a page are no more than eight."""
    return 4 if len(understood.wishes) <= FEW_CHIPS else 3


@dataclass(frozen=True, kw_only=True)
class _Buttons:
    """What stands on a page of results beside the programmes and the way back.

    The order is offered on the first page only: another order begins there anyway, and later
    pages need the room for turning back.
    """

    earlier: bool
    later: bool
    order: bool
    nothing: bool
    programmes: int

    @property
    def room_for_wishes(self) -> int:
        """How many buttons are left of the eight: two at least."""
        others = self.earlier + self.later + self.order + 2 * self.nothing + self.programmes
        return MOST_BUTTONS - 1 - others


async def results(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    given = given_from(data)
    found = await _find(dialog_manager, given)
    dialog_manager.dialog_data[AMONG] = [one.id for one in found.items]
    keep_given_up(dialog_manager, found.widened)
    beside = _Buttons(
        earlier=found.offset > 0,
        later=found.has_more,
        order=found.total > 1 and found.offset == 0,
        nothing=not found.items,
        programmes=len(found.items),
    )
    shown = view.chips_shown(found, beside.room_for_wishes)
    more = len(found.understood.wishes) - len(shown)
    return {
        "text": _text(dialog_manager, found, given, folded=bool(more)),
        "chips": _chips(shown, found.widened, given),
        "more": more,
        "folded": bool(more),
        "programmes": [
            Choice(id=one.id, label=view.line_label(number, one, given.speech))
            for number, one in view.numbered(found)
        ],
        "has_earlier": beside.earlier,
        "has_later": beside.later,
        "sort": view.sort_label(order(dialog_manager), given.speech),
        "ordered": beside.order,
        "nothing": beside.nothing,
    }


async def wishes(dialog_manager: DialogManager, **data: Any) -> dict[str, Any]:
    """All of them, each with its button, whether it is met or not."""
    given = given_from(data)
    every = wished(dialog_manager).wishes
    part = part_of(every, dialog_manager, Search.wishes, whole=_WHOLE, page=_PAGE)
    return {"chips": _chips(part.items, given_up(dialog_manager), given), **part.turns()}


def _chips(shown: Iterable[Wish], missed: Collection[Wish], given: Given) -> list[Pick]:
    return [
        Pick(id=view.chip_id(wish), label=view.chip(wish, given.speech, given_up=wish in missed))
        for wish in shown
    ]


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


def _text(manager: DialogManager, found: Found, given: Given, *, folded: bool) -> str:
    unclear = typed(manager)
    if unclear and not found.understood.wishes:
        return given.speech.say("search-not-understood", typed=unclear)
    if not found.items:
        return view.nothing(found, given.speech)
    text = view.results(found, page_size(found.understood), given.speech)
    if folded:
        text = f"{view.wished(found, given.speech)}\n{text}"
    if place(manager) is None:
        asked = found.understood.of(WishKind.NEAR)
        return f"{given.speech.say('search-near-unknown')}\n{text}" if asked else text
    if order(manager) is Sort.NEARNESS and all(one.distance_m is None for one in found.items):
        return f"{given.speech.say('search-near-nobody')}\n{text}"
    return text
