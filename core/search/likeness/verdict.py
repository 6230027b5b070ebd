"""Which question of a knowledge base is meant, and how surely.

How it was chosen and what it reaches: `docs/decisions/0011-knowledge-base.md`. An entry is one
document of letters and one of words and meanings: question, examples and, lighter, the answer; with
the extra `[semantic]` it also has a place among meanings of sentences. How sure the best entry is
comes from the share of the question it holds, how far the next one is behind and how many words
nobody knows; the weights were fitted by cross-validation, and `kruzhok bench ask` measures them.
What is off the subject is never answered, however alike it looks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp
from typing import Final

from core.search.likeness.meaning import Meanings, MeaningView
from core.search.likeness.reading import Read, Reader, meanings_of, read_plainly
from core.search.likeness.views import LettersView, WordsView

SHOWN: Final = 3
ANSWER_SHARE: Final = 0.3
"""Of a word in an answer against one in a question or an example."""
STEM_SHARE: Final = 0.6
"""Of a word against what it means."""


class Verdict(StrEnum):
    """What to do with a question."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    PERSON = "person"


@dataclass(frozen=True, kw_only=True)
class KnownQuestion:
    """An entry of the base; `key` is the caller's."""

    key: int
    question: str
    examples: Sequence[str]
    answer: str

    @property
    def questions(self) -> list[str]:
        return [self.question, *self.examples]


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """`score`: likeness, 0…1."""

    key: int
    score: float


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Up to three candidates, the best first, whatever the verdict.

    `certainty` that the first is meant, 0…1. `courtesy`: nothing is asked. `foreign`: it is about
    something else.
    """

    verdict: Verdict
    candidates: tuple[Candidate, ...]
    certainty: float
    courtesy: bool
    foreign: bool


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Shares of the looks in the score, 1 together."""

    words: float
    letters: float
    meaning: float


BY_WORDS: Final = Weights(words=0.65, letters=0.35, meaning=0.0)
BY_MEANING: Final = Weights(words=0.5, letters=0.2, meaning=0.3)

# certainty is the logistic of these (10-fold cross-validation, both weights alike)
OF_WORDS: Final = 4.4
OF_LEAD: Final = 12.6
OF_UNKNOWN: Final = -4.6
OF_NOTHING: Final = -1.1

SURE: Final = 0.78
SURE_UNANCHORED: Final = 0.88
"""Where no word of ours stands («certificate», «club» …) more is asked for."""
LIKELY: Final = 0.2
LEAST_WORDS: Final = 2
"""One word is a subject, not a question."""


class Likeness:
    """An index in memory, built anew when the base changes (130 entries: a fifth of a second)."""

    def __init__(
        self, entries: Iterable[KnownQuestion], *, meanings: Meanings | None = None
    ) -> None:
        self._entries = list(entries)
        self._reader = Reader(
            text for entry in self._entries for text in (*entry.questions, entry.answer)
        )
        self._letters = LettersView([_letters_of(entry) for entry in self._entries])
        self._words = WordsView([_words_of(entry) for entry in self._entries])
        self._meaning = meanings and MeaningView(
            meanings, [(entry.questions, entry.answer) for entry in self._entries]
        )
        self._weights = BY_MEANING if meanings else BY_WORDS
        self._own_phrases = [_phrases_of(entry) for entry in self._entries]

    def __len__(self) -> int:
        return len(self._entries)

    def knows(self, stem: str) -> bool:
        """Whether the word stands in the base or in the tables of words."""
        return self._reader.knows(stem)

    def judge(self, text: str, *, allowed: Callable[[int], bool] | None = None) -> Judgement:
        """Among the entries whose key is `allowed` (all by default)."""
        read = self._reader.read(text)
        seen = self._look(text, read, allowed)
        foreign = bool(seen) and not read.foreign <= self._own_phrases[seen[0].number]
        certainty = self._certainty(read, seen)
        return Judgement(
            verdict=_verdict(read, certainty, foreign=foreign),
            candidates=tuple(
                Candidate(key=self._entries[sight.number].key, score=round(sight.score, 4))
                for sight in seen[:SHOWN]
            ),
            certainty=certainty,
            courtesy=read.courteous,
            foreign=foreign,
        )

    def _look(self, text: str, read: Read, allowed: Callable[[int], bool] | None) -> list[_Sight]:
        words = self._words.alike(_asked(read))
        letters = self._letters.alike(read.grams)
        meaning = self._meaning.alike(text) if self._meaning and read.stems else {}
        shares = self._weights
        seen = [
            _Sight(
                number=number,
                words=words.get(number, 0.0),
                score=shares.words * words.get(number, 0.0)
                + shares.letters * letters.get(number, 0.0)
                + shares.meaning * meaning.get(number, 0.0),
            )
            for number, entry in enumerate(self._entries)
            if allowed is None or allowed(entry.key)
        ]
        return sorted(seen, key=lambda sight: (-sight.score, self._entries[sight.number].key))

    def _hears(self, stem: str) -> bool:
        """Whether a word of a question, or what it means, stands anywhere in the base; numbers say
        little."""
        return (
            stem.isdecimal()
            or self._words.holds(stem)
            or any(self._words.holds(meaning) for meaning in meanings_of(stem))
        )

    def _certainty(self, read: Read, seen: Sequence[_Sight]) -> float:
        if not seen or not read.stems:
            return 0.0
        lead = seen[0].score - (seen[1].score if len(seen) > 1 else 0.0)
        unknown = sum(not self._hears(stem) for stem in read.stems) / len(read.stems)
        value = OF_WORDS * seen[0].words + OF_LEAD * lead + OF_UNKNOWN * unknown + OF_NOTHING
        return 1 / (1 + exp(-value))


@dataclass(frozen=True, kw_only=True)
class _Sight:
    number: int
    words: float
    score: float


def _verdict(read: Read, certainty: float, *, foreign: bool) -> Verdict:
    if read.courteous or certainty < LIKELY:
        return Verdict.PERSON
    if foreign:
        return Verdict.CLARIFY if read.anchored else Verdict.PERSON
    enough = SURE if read.anchored else SURE_UNANCHORED
    if certainty < enough or len(read.stems) < LEAST_WORDS:
        return Verdict.CLARIFY
    return Verdict.ANSWER


def _letters_of(entry: KnownQuestion) -> Mapping[str, float]:
    """Of all the texts, the question twice."""
    texts = (entry.question, *entry.questions, entry.answer)
    return _sum((read_plainly(text).grams, 1.0) for text in texts)


def _words_of(entry: KnownQuestion) -> Mapping[str, float]:
    asked = [(_terms(read_plainly(text)), 1.0) for text in entry.questions]
    return _sum([*asked, (_terms(read_plainly(entry.answer)), ANSWER_SHARE)])


def _phrases_of(entry: KnownQuestion) -> frozenset[tuple[str, ...]]:
    """Words of other subjects that stand in the question itself: there they are ours."""
    return frozenset(phrase for text in entry.questions for phrase in read_plainly(text).foreign)


def _terms(read: Read) -> Mapping[str, float]:
    return dict.fromkeys((*read.stems, *read.meanings), 1.0)


def _asked(read: Read) -> Mapping[str, float]:
    return dict.fromkeys(read.stems, STEM_SHARE) | dict.fromkeys(read.meanings, 1.0)


def _sum(parts: Iterable[tuple[Mapping[str, float], float]]) -> Mapping[str, float]:
    whole: dict[str, float] = defaultdict(float)
    for counts, share in parts:
        for term, count in counts.items():
            whole[term] += share * count
    return whole
