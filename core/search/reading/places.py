"""Places in a query: «в Крыловской», «на Ленина», «станица Октябрьская», the name of a school.

A place is a word that stands in addresses or names of organisations of the registry. Where titles
hold it too, it is a place only after a word for a street or a settlement.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from core.domain.wishes import Wish, WishKind
from core.search.vocabulary.lexicon import Lexicon
from core.search.vocabulary.line import Line, Said, stem_set
from core.search.vocabulary.synonyms import SynonymTable
from core.search.vocabulary.words import stop_stems
from core.words import load

LONGEST: Final = 3
SHORTEST: Final = 3


def read_place(line: Line, place: int, lexicon: Lexicon, synonyms: SynonymTable) -> Said | None:
    words = _words()
    start = place
    while line.text(place) in words.signs or line.stem(place) in words.kinds:
        place += 1
    kinds = any(line.stem(passed) in words.kinds for passed in range(start, place))
    end = place
    while end < len(line) and end - place < LONGEST and not (end > place and _is_parted(line, end)):
        stem = line.stem(end)
        if len(stem) < SHORTEST or stem in words.common or not lexicon.is_place(stem):
            break
        if not kinds and (lexicon.titles_with(stem) or synonyms.names(stem)):
            break
        end += 1
    if end == place:
        return None
    value = " ".join(line.text(named) for named in range(place, end))
    return Said(length=end - start, wishes=(Wish(kind=WishKind.PLACE, value=value),))


def _is_parted(line: Line, place: int) -> bool:
    return line.gap(place).strip() in {",", ".", ";"}


class _PlaceWords:
    def __init__(self) -> None:
        table = load("search_wishes")["places"]
        self.signs = frozenset(table["signs"])
        self.kinds = stem_set([*table["street"], *table["settlement"]])
        self.common = stem_set(table["common"]) | stop_stems()


@cache
def _words() -> _PlaceWords:
    return _PlaceWords()
