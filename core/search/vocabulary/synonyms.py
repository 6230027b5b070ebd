"""What a phrase stands for beside itself: the product's table and what staff added.

`core/words/ru/synonyms.toml`: `equal` lists phrases that mean one another, `means` a phrase and
what a parent who writes it would be glad to find. Staff's own word on a phrase counts instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Final

from core.search.vocabulary.line import stems_in
from core.search.vocabulary.spelling import Vocabulary
from core.search.vocabulary.words import forms_of
from core.words import load

Phrase = tuple[str, ...]
SHORTEST_ROOT: Final = 4
LONGEST_SUFFIX: Final = 4
"""Letters of the endings that make «волан» «воланчик»."""


class SynonymTable:
    """Phrases as stems."""

    def __init__(self, table: Mapping[Phrase, Sequence[Phrase]], vocabulary: Vocabulary) -> None:
        self._table = table
        self._longest = max(map(len, table), default=0)
        self._words = frozenset(stem for phrase in table for stem in phrase)
        self.vocabulary = vocabulary
        """The words of the product's own phrases, for misspelled ones."""

    def at(self, stems: Sequence[str], place: int) -> tuple[int, Sequence[Phrase]] | None:
        """(how many words, what they stand for) of the longest phrase at a place."""
        for length in range(min(self._longest, len(stems) - place), 0, -1):
            found = self._table.get(tuple(stems[place : place + length]))
            if found is not None:
                return length, found
        return None

    def knows(self, stem: str) -> bool:
        """Whether the word stands in some phrase."""
        return stem in self._words

    def names(self, stem: str) -> bool:
        """Whether the word is a phrase by itself."""
        return (stem,) in self._table

    def root_of(self, stem: str) -> Sequence[Phrase]:
        """The word this one seems to be made of («воланчик», «волан»), and what it stands for."""
        for length in range(len(stem) - 1, max(SHORTEST_ROOT, len(stem) - LONGEST_SUFFIX) - 1, -1):
            root = (stem[:length],)
            if root in self._table:
                return (root, *self._table[root])
        return ()

    def with_own(self, pairs: Iterable[tuple[str, str]]) -> SynonymTable:
        """The same with staff's: (phrase, what it stands for, commas between several)."""
        own = {
            stems_in(phrase): tuple(stems_in(part) for part in meant.split(",") if stems_in(part))
            for phrase, meant in pairs
        }
        return SynonymTable({**self._table, **own}, self.vocabulary) if own else self


@cache
def standard_synonyms() -> SynonymTable:
    """The product's own."""
    document = load("synonyms")
    table: dict[Phrase, list[Phrase]] = {}
    vocabulary = Vocabulary()
    for group in document["equal"]:
        phrases = [stems_in(said) for said in group]
        for phrase in phrases:
            meant = table.setdefault(phrase, [])
            meant.extend(other for other in phrases if other != phrase and other not in meant)
    for said, meanings in document["means"].items():
        meant = table.setdefault(stems_in(said), [])
        meant.extend(other for other in map(stems_in, meanings) if other not in meant)
    for said in (*(word for group in document["equal"] for word in group), *document["means"]):
        for stem, form in forms_of(said):
            vocabulary.add(stem, form)
    return SynonymTable(table, vocabulary)
