"""What a second message does to the first one's wishes.

Whoever names another club begins anew: nothing of the search before stays behind unseen. Whoever
names only an age, a price, a day or the like («а бесплатно?», «7 лет») narrows what is on the
screen; a second age or hour takes the place of the first.
"""

from __future__ import annotations

from dataclasses import replace

from core.domain.wishes import Understood, Wish, WishKind

_TOPICS = frozenset({WishKind.WORDS, WishKind.DIRECTION})
_MONEY = frozenset({WishKind.FREE, WishKind.PRICE_UP_TO})
_SINGLE = frozenset({WishKind.AGE, WishKind.DAY, WishKind.AFTER, WishKind.BEFORE, WishKind.PLACE})


def is_refinement(said: Understood) -> bool:
    """Whether it names wishes and no topic: it can only be about what is on the screen."""
    return bool(said.wishes) and not any(wish.kind in _TOPICS for wish in said.wishes)


def refined(present: Understood, said: Understood) -> Understood:
    """The wishes after the second message."""
    if not is_refinement(said) or not present.wishes:
        return said
    replaced = {place for wish in said.wishes for place in _taking_the_place_of(wish)}
    kept = [
        wish for wish in present.wishes if wish.kind not in replaced and wish not in said.wishes
    ]
    return replace(
        said,
        wishes=(*kept, *said.wishes),
        corrections=(*present.corrections, *said.corrections),
    )


def without(present: Understood, wish: Wish) -> Understood:
    """The rest, when a chip is taken away; what was mended in its words is no news any more."""
    rest = present.without(wish)
    return replace(rest, corrections=()) if wish.kind is WishKind.WORDS else rest


def _taking_the_place_of(wish: Wish) -> frozenset[WishKind]:
    if wish.kind in _MONEY:
        return _MONEY
    return frozenset({wish.kind}) & _SINGLE
