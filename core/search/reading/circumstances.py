"""What else a query may wish beside its subject: near, for special needs, holidays, from afar; and
the directions, when nothing more exact is looked for.

A diagnosis somebody typed becomes the wish for adapted programmes and is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final

from core.domain.programmes import Direction
from core.domain.wishes import Wish, WishKind
from core.search.vocabulary.line import Line, Phrases, Said
from core.words import load

_FLAGS: Final = {
    "adapted": WishKind.ADAPTED,
    "holiday": WishKind.HOLIDAY,
    "remote": WishKind.REMOTE,
}


def read_circumstance(line: Line, place: int) -> Said | None:
    found = _circumstances().at(line, place)
    if found is None:
        return None
    length, kind = found
    return Said(length=length, wishes=(Wish(kind=kind),))


def read_theme(line: Line, place: int) -> tuple[int, Direction] | None:
    """(words, the direction they name)."""
    return _themes().at(line, place)


@cache
def _circumstances() -> Phrases[WishKind]:
    table = load("search_wishes")
    return Phrases(
        [
            *((phrase, WishKind.NEAR) for phrase in table["near"]["phrases"]),
            *((phrase, kind) for name, kind in _FLAGS.items() for phrase in table["flags"][name]),
        ]
    )


@cache
def _themes() -> Phrases[Direction]:
    return Phrases(
        (phrase, Direction(code))
        for code, phrases in load("search_themes").items()
        for phrase in phrases
    )


def known_words() -> Iterable[str]:
    """Stems that a misspelled word may have been meant for."""
    return {*_circumstances().words(), *_themes().words()}
