"""The nearest words of a vocabulary to one that was misspelled.

A slip costs its edits (a missing, an extra, a wrong letter, two swapped: one each) on paper and by
ear, half and half: what sounds the same was hardly misspelled at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.search.vocabulary.sound import sound_of
from core.search.vocabulary.words import inflected, stem_of

LOOKED_AT: Final = 12
"""How many words nearest by ear are weighed."""
LEAST_LETTERS: Final = 3
SHORT: Final = 3
ENDING: Final = 3
"""Letters of an ending at most."""
LONGEST_SHORT: Final = 9
"""Letters of a word whose stem may be short."""
SURE: Final = 1.0
"""A cost up to which a word is not tried otherwise."""
CUT: Final = 0.25
"""What it costs to take letters for an ending that the stem did not drop."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Guess:
    """A word of the vocabulary that may have been meant; `cost` in edits, 0 is the same word."""

    stem: str
    cost: float


class Vocabulary:
    """Stems that words are compared with. Grows, never shrinks."""

    def __init__(self) -> None:
        self._forms: dict[str, str] = {}
        self._stems = _Bank()
        self._whole = _Bank()

    def add(self, stem: str, form: str) -> None:
        """A stem, and the dictionary form it comes from."""
        if stem in self._forms:
            return
        self._forms[stem] = form
        if len(stem) > SHORT:
            self._stems.add(stem, stem)
            return
        # a stem of three letters is near to everything: such words are compared in every form
        for written in inflected(form):
            if len(written) >= LEAST_LETTERS:
                self._whole.add(written, stem)

    def __contains__(self, stem: str) -> bool:
        return stem in self._forms

    def form(self, stem: str) -> str:
        """The dictionary form of a stem."""
        return self._forms.get(stem, stem)

    def nearest(self, word: str, *, most: float | None = None) -> list[Guess]:
        """The words that may have been meant, the cheapest first; `most`: the greatest cost, where
        only what is near at once is asked for."""
        if len(word) < LEAST_LETTERS:
            return []
        bound = dearest(word) if most is None else most
        stem = stem_of(word)
        cheapest: dict[str, float] = {}
        self._weigh(cheapest, self._stems.near(stem, bound), bound)
        if len(word) <= LONGEST_SHORT:
            self._weigh(cheapest, self._whole.near(word, bound), bound)
        if most is None and min(cheapest.values(), default=bound) > SURE:
            for typed in _otherwise(word, stem):
                self._weigh(cheapest, self._stems.near(typed, bound), bound, dearer=CUT)
        return sorted(
            (Guess(stem=found, cost=cost) for found, cost in cheapest.items()),
            key=lambda guess: (guess.cost, guess.stem),
        )

    def _weigh(
        self,
        cheapest: dict[str, float],
        found: Iterable[tuple[str, float]],
        bound: float,
        *,
        dearer: float = 0.0,
    ) -> None:
        for stem, cost in found:
            if cost + dearer <= min(bound, cheapest.get(stem, bound)):
                cheapest[stem] = cost + dearer


def _otherwise(word: str, stem: str) -> set[str]:
    """A slip in the ending confuses the stem, so the word is tried without its last letters too,
    and without letters typed twice."""
    tried = {stem_of("".join(letter for letter, _ in groupby(word)))}
    if len(word) - len(stem) < ENDING - 1:
        tried.add(word[:-2])
    return tried - {stem}


class _Bank:
    """Spellings with the stems they belong to."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._heard: list[str] = []
        self._stems: list[str] = []

    def add(self, written: str, stem: str) -> None:
        self._written.append(written)
        self._heard.append(sound_of(written))
        self._stems.append(stem)

    def near(self, typed: str, bound: float) -> Iterator[tuple[str, float]]:
        """(stem, cost) of the spellings nearest by ear: a slip is heard at most as it is seen."""
        for _, heard, index in process.extract(
            sound_of(typed),
            self._heard,
            scorer=OSA.distance,
            score_cutoff=int(bound) + 1,
            limit=LOOKED_AT,
        ):
            yield self._stems[index], (OSA.distance(typed, self._written[index]) + heard) / 2


def dearest(word: str) -> float:
    """How many edits a word of this length may cost and still be taken for another."""
    return min(3.2, max(1.0, len(word) * 0.42))
