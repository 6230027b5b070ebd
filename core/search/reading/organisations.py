"""Organisations by what they are, in words or in letters: «ДШИ», «детская школа искусств», «РДК».

Letters stand in one municipality's names and words in another's, so a kind is indexed and looked
for as one stem of its own. It is a place only where the registry has such an organisation: «школа
искусств» may be a theme elsewhere.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from core.domain.wishes import Wish, WishKind
from core.search.vocabulary.lexicon import Lexicon
from core.search.vocabulary.line import Line, Phrases, Said
from core.search.vocabulary.words import words_of
from core.words import load

LONGEST_LETTERS: Final = 5
"""Of a name in letters, which is shown in capitals."""


def kind_stems(text: str) -> frozenset[str]:
    """All kinds that a name says: a «районный дом культуры» is a «дом культуры» too."""
    line = Line(words_of(text))
    found = (_kinds().at(line, place) for place in range(len(line)))
    kinds = {kind[1] for kind in found if kind}
    within = load("search_wishes")["organisations_within"]
    return frozenset(map(_stem, kinds | {within[kind] for kind in kinds if kind in within}))


def stem_of_kind(value: str) -> str | None:
    """Of a wished place; None when it is no kind of organisation."""
    line = Line(words_of(value))
    found = _kinds().at(line, 0)
    return _stem(found[1]) if found and found[0] == len(line) else None


def read_organisation(line: Line, place: int, lexicon: Lexicon) -> Said | None:
    start = place
    if line.text(place) in _before():
        place += 1
    found = _kinds().at(line, place)
    if found is None or not lexicon.is_place(_stem(found[1])):
        return None
    length = found[0]
    value = " ".join(line.text(named) for named in range(place, place + length))
    if length == 1 and len(value) <= LONGEST_LETTERS:
        value = value.upper()
    return Said(length=place - start + length, wishes=(Wish(kind=WishKind.PLACE, value=value),))


def _stem(kind: str) -> str:
    """Long, so that no misspelled word comes near it."""
    return f"organisationofkind{kind}"


@cache
def _kinds() -> Phrases[str]:
    table = load("search_wishes")["organisations"]
    return Phrases((phrase, kind) for kind, phrases in table.items() for phrase in phrases)


@cache
def _before() -> frozenset[str]:
    return frozenset(load("search_wishes")["numbered"]["before"])
