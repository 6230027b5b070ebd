"""A query as a line of words that readers look at from a place on: ages, money, days and the like.

A reader answers with how many words it took and what was wished by them, or with None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from core.domain.wishes import Wish
from core.search.vocabulary.words import Word, words_of

Meaning = TypeVar("Meaning")


@dataclass(frozen=True, kw_only=True)
class Said:
    """What stands at a place of a line: `length` words, and what they wish."""

    length: int
    wishes: tuple[Wish, ...] = ()


class Line:
    """Words with their stems; places past the end hold nothing."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = tuple(words)
        self.stems = tuple(word.stem for word in words)

    def __len__(self) -> int:
        return len(self.words)

    def text(self, place: int) -> str:
        return self.words[place].text if 0 <= place < len(self.words) else ""

    def stem(self, place: int) -> str:
        return self.stems[place] if 0 <= place < len(self.stems) else ""

    def gap(self, place: int) -> str:
        """What stands before the word at a place."""
        return self.words[place].gap if 0 <= place < len(self.words) else ""

    def number(self, place: int) -> int | None:
        return self.words[place].number if 0 <= place < len(self.words) else None


Reader = Callable[[Line, int], Said | None]


class Phrases(Generic[Meaning]):
    """Phrases of one word and more, with what they mean; the longest at a place counts."""

    def __init__(self, meanings: Mapping[str, Meaning] | Iterable[tuple[str, Meaning]]) -> None:
        pairs = meanings.items() if isinstance(meanings, Mapping) else meanings
        self._meanings: dict[tuple[str, ...], Meaning] = {}
        for phrase, meaning in pairs:
            self._meanings.setdefault(stems_in(phrase), meaning)
        self._longest = max(map(len, self._meanings), default=0)

    def at(self, line: Line, place: int) -> tuple[int, Meaning] | None:
        """(how many words, what they mean) of the longest phrase that stands at the place."""
        for length in range(min(self._longest, len(line) - place), 0, -1):
            stems = line.stems[place : place + length]
            if stems in self._meanings:
                return length, self._meanings[stems]
        return None

    def words(self) -> Iterable[str]:
        """All stems of all phrases."""
        return {stem for stems in self._meanings for stem in stems}


def stems_in(phrase: str) -> tuple[str, ...]:
    return tuple(word.stem for word in words_of(phrase))


def stem_set(words: Iterable[str]) -> frozenset[str]:
    """Of single words."""
    return frozenset(stems_in(word)[0] for word in words)
