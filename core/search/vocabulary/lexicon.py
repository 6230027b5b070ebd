"""The words of the registry in memory: distinct titles, and every other word that was indexed.

A registry repeats itself: a hundred thousand programmes have a few thousand distinct titles, so
titles are ranked here, in the process, the same way whatever database keeps the programmes. It
only grows: a title nobody has any more finds no programme, which costs nothing.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import Final

from core.search.vocabulary.spelling import Vocabulary

NOWHERE: Final[Sequence[int]] = ()
_ROOT: Final = 4  # letters that words of one family share at least


class Lexicon:
    """Titles by id, where each stem stands in them, and the stems of texts and places."""

    def __init__(self) -> None:
        self._titles: dict[int, tuple[str, ...]] = {}
        self._standing: dict[str, list[int]] = {}
        self._sorted: list[str] = []
        self._forms: dict[str, str] = {}
        self._places: set[str] = set()
        self._expected: dict[int, int] = {}
        self.title_words = Vocabulary()
        self.other_words = Vocabulary()

    def add_titles(self, titles: Iterable[tuple[int, Sequence[str]]]) -> None:
        """(id, stems in order) of distinct titles."""
        for title_id, stems in titles:
            if title_id in self._titles:
                continue
            self._titles[title_id] = tuple(stems)
            for stem in dict.fromkeys(stems):
                if stem not in self._standing:
                    self._standing[stem] = []
                    insort(self._sorted, stem)
                    self.title_words.add(stem, self.form(stem))
                self._standing[stem].append(title_id)

    def add_words(self, words: Iterable[tuple[str, str, bool]]) -> None:
        """(stem, how it is shown, whether it stands in addresses and names of places)."""
        for stem, form, is_place in words:
            self._forms.setdefault(stem, form)
            self.other_words.add(stem, form)
            if is_place:
                self._places.add(stem)

    def expect(self, counts: Mapping[int, int]) -> None:
        """Title -> how many programmes had it when they were counted last."""
        self._expected = dict(counts)

    def enough_for(self, title_ids: Sequence[int], programmes: int) -> int:
        """How many of these titles, from the first on, have so many programmes or nearly so."""
        found = 0
        for number, title_id in enumerate(title_ids, 1):
            found += self._expected.get(title_id, 1)
            if found >= programmes:
                return number
        return len(title_ids)

    def title_forms(self) -> list[str]:
        """The words of titles in their dictionary forms."""
        return [self.title_words.form(stem) for stem in self._sorted]

    def __len__(self) -> int:
        """How many distinct titles there are."""
        return len(self._titles)

    def title(self, title_id: int) -> tuple[str, ...]:
        """The stems of a title; empty for one not known."""
        return self._titles.get(title_id, ())

    def titles_with(self, stem: str) -> Sequence[int]:
        """Ids of the titles that hold the stem."""
        return self._standing.get(stem, NOWHERE)

    def programmes_with(self, stem: str) -> int:
        """How many programmes had the word in their titles when they were counted last."""
        return sum(self._expected.get(title_id, 1) for title_id in self.titles_with(stem))

    def knows(self, stem: str) -> bool:
        """Whether the word stands anywhere in the registry."""
        return stem in self._standing or stem in self.other_words

    def is_place(self, stem: str) -> bool:
        """Whether the word stands in an address or in the name of a place."""
        return stem in self._places

    def form(self, stem: str) -> str:
        """How a stem is shown to people."""
        return self._forms.get(stem, stem)

    def weight(self, stem: str) -> float:
        """How much a word tells: the rarer in titles, the more; always positive."""
        return 1.0 + log((1 + len(self._titles)) / (1 + len(self.titles_with(stem))))

    def relatives(self, stem: str) -> list[tuple[str, float]]:
        """Words of titles that seem to share the root («шахматы», «шахматный»), how surely."""
        if len(stem) < _ROOT:
            return []
        root = stem[: max(_ROOT, len(stem) - 3)]
        found = []
        for index in range(bisect_left(self._sorted, root), len(self._sorted)):
            other = self._sorted[index]
            if not other.startswith(root):
                break
            if other == stem:
                continue
            shared = _shared(stem, other)
            if shared >= max(_ROOT, min(len(stem), len(other)) - 1):
                found.append((other, 0.7 if shared > _ROOT else 0.5))
        return found


def _shared(first: str, second: str) -> int:
    """How many letters two words begin with alike."""
    for count, (left, right) in enumerate(zip(first, second, strict=False)):
        if left != right:
            return count
    return min(len(first), len(second))
