"""Organisations told apart by their number: «школа № 1», «СОШ №1», «в первой школе», «сад 5».

A number says nothing by itself, so what is indexed and looked for is the kind and the number in one
stem: school 1 is found neither by kindergarten 1 nor by school 10.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from core.domain.wishes import Wish, WishKind
from core.search.reading.organisations import stem_of_kind
from core.search.vocabulary.lexicon import Lexicon
from core.search.vocabulary.line import Line, Said, stem_set
from core.search.vocabulary.words import lemma_of, stems_of, words_of
from core.words import load

SIGN: Final = "\N{NUMERO SIGN}"
MOST_NUMBER: Final = 999


class _Numbered(NamedTuple):
    """`end`: the place after it. `surely`: there is a sign of a number, and not only one."""

    kind: str
    number: int
    word: str
    end: int
    surely: bool

    @property
    def stem(self) -> str:
        """Long, so that no misspelled word comes near it."""
        return f"{self.kind}ofnumber{self.number}"


def numbered_stems(text: str) -> frozenset[str]:
    """What a name or an address says of numbered organisations."""
    line = Line(words_of(text))
    return frozenset(found.stem for found in _all_in(line))


def place_stems(value: str) -> list[str]:
    """The stems of a wished place: a numbered organisation, or a kind of them, is one stem."""
    kind = stem_of_kind(value)
    return sorted(numbered_stems(value)) or ([kind] if kind else stems_of(value))


def read_numbered(line: Line, place: int, lexicon: Lexicon) -> Said | None:
    """Without a sign of a number only what the registry has: «школа 7» may be about an age."""
    words = _words()
    start = place
    if line.text(place) in words.before:
        place += 1
    found = _after_kind(line, place) or _before_kind(line, place)
    if found is None:
        return None
    if not found.surely:
        counted = line.stem(found.end) in words.units
        if counted or line.text(place - 1) in words.toward or not lexicon.is_place(found.stem):
            return None
    value = f"{lemma_of(found.word)} {SIGN} {found.number}"
    return Said(length=found.end - start, wishes=(Wish(kind=WishKind.PLACE, value=value),))


def _all_in(line: Line) -> Iterator[_Numbered]:
    for place in range(len(line)):
        found = _after_kind(line, place) or _before_kind(line, place)
        if found is not None:
            yield found


def _after_kind(line: Line, place: int) -> _Numbered | None:
    """«школа № 1», «школа 1»."""
    words = _words()
    kind = words.kinds.get(line.stem(place))
    if kind is None:
        return None
    signed = line.text(place + 1) in words.signs
    number = line.number(place + 1 + signed)
    if number is None or not 0 < number <= MOST_NUMBER:
        return None
    return _Numbered(kind, number, line.text(place), place + 2 + signed, signed)


def _before_kind(line: Line, place: int) -> _Numbered | None:
    """«первая школа», «1-я школа»."""
    words = _words()
    number = words.ordinals.get(line.stem(place)) or line.number(place)
    after = place + 1
    if line.number(place) is not None and line.text(after) in words.endings:
        after += 1
    kind = words.kinds.get(line.stem(after))
    if kind is None or number is None or not 0 < number <= MOST_NUMBER:
        return None
    return _Numbered(kind, number, line.text(after), after + 1, False)


class _NumberedWords:
    def __init__(self) -> None:
        document = load("search_wishes")
        table = document["numbered"]
        self.kinds = {
            stem: kind for kind, words in table["kinds"].items() for stem in stem_set(words)
        }
        self.signs = frozenset(table["signs"])
        self.before = frozenset(table["before"])
        self.toward = frozenset(table["toward"])
        self.endings = frozenset(table["endings"])
        age = document["age"]
        self.units = stem_set([*age["years"], *age["months"], *age["school_year"], *age["counted"]])
        self.ordinals = {
            stem: number
            for word, number in document["ordinals"].items()
            for stem in stem_set([word])
        }


@cache
def _words() -> _NumberedWords:
    return _NumberedWords()
