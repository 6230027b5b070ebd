"""Which wishes are given up where nothing meets them all, the narrowest first.

A single one whose loss is enough is looked for before several; an age is made wider by a year both
ways, and an hour moved by one and by two, before they are given up. Words go first of all only when
no programme anywhere has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import time
from typing import Final

from core.domain.ages import MONTHS_IN_YEAR
from core.domain.wishes import Understood, Wish, WishKind

ORDER: Final = (
    WishKind.AFTER,
    WishKind.BEFORE,
    WishKind.DAY,
    WishKind.PLACE,
    WishKind.PRICE_UP_TO,
    WishKind.FREE,
    WishKind.CERTIFICATE,
    WishKind.REMOTE,
    WishKind.HOLIDAY,
    WishKind.AGE,
    WishKind.ADAPTED,
    WishKind.NOT_WORDS,
    WishKind.NOT_DIRECTION,
    WishKind.DIRECTION,
)
"""Words are not among them: without words nothing of what was asked is left."""
NEGOTIABLE: Final = (
    WishKind.AFTER,
    WishKind.BEFORE,
    WishKind.DAY,
    WishKind.PLACE,
    WishKind.PRICE_UP_TO,
    WishKind.FREE,
)
"""Given up for a club of the right name rather than for one that only mentions it."""


HOURS_MOVED: Final = (1, 2)
_MIDNIGHT: Final = 24


def ways(
    understood: Understood, kinds: Iterable[WishKind] = ORDER
) -> Iterator[tuple[Understood, tuple[Wish, ...]]]:
    """(what is still wished, what of `kinds` was given up), from the least loss to the greatest."""
    losses = [wish for kind in kinds for wish in understood.of(kind)]
    aged = _with_wider_ages(understood)
    for wish in losses:
        if wish.kind is WishKind.AGE and aged is not None:
            yield aged, understood.of(WishKind.AGE)
            aged = None
        for moved in _moved(understood, wish):
            yield moved, (wish,)
        yield understood.without(wish), (wish,)
    left = understood
    given_up: tuple[Wish, ...] = ()
    for wish in losses:
        left, given_up = left.without(wish), (*given_up, wish)
        if len(given_up) > 1 and left.wishes:
            yield left, given_up


def with_again(understood: Understood, left: Understood, wish: Wish) -> Understood:
    """`left` with a wish of `understood` in its old place."""
    kept = {*left.wishes, wish}
    return replace(left, wishes=tuple(one for one in understood.wishes if one in kept))


def _moved(understood: Understood, wish: Wish) -> Iterator[Understood]:
    """«После 17:30» an hour earlier, then two; «до 12» later."""
    if wish.kind not in (WishKind.AFTER, WishKind.BEFORE):
        return
    step = -1 if wish.kind is WishKind.AFTER else 1
    for hours in HOURS_MOVED:
        hour = wish.hour.hour + step * hours
        if 0 <= hour < _MIDNIGHT:
            value = time(hour, wish.hour.minute).isoformat("minutes")
            yield replace(
                understood,
                wishes=tuple(
                    Wish(kind=wish.kind, value=value) if one == wish else one
                    for one in understood.wishes
                ),
            )


def _with_wider_ages(understood: Understood) -> Understood | None:
    if not understood.of(WishKind.AGE):
        return None
    return replace(
        understood,
        wishes=tuple(
            _wider(wish) if wish.kind is WishKind.AGE else wish for wish in understood.wishes
        ),
    )


def _wider(wish: Wish) -> Wish:
    first, last = wish.months
    return Wish(
        kind=WishKind.AGE, value=f"{max(0, first - MONTHS_IN_YEAR)}-{last + MONTHS_IN_YEAR}"
    )
