"""Reading a question: its words, what they mean, its letters; is it about us at all.

A word is a stem (`core.search.vocabulary.words`); one that nobody knows is put right when a known
one is hardly a slip away. What words mean is data: `core/words/ru/question_words.toml`; the names
of meanings are marked so that no stem is taken for one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from core.search.vocabulary.spelling import Vocabulary
from core.search.vocabulary.words import (
    Word,
    folded,
    is_dictionary_word,
    is_name_of_person,
    stem_of,
    words_of,
)
from core.words import load

MEANING: Final = "#"
CLUB: Final = f"{MEANING}club"
LONGEST: Final = 600
"""Characters of a question that are read; the rest of a long story changes nothing."""
SHORTEST_GRAM: Final = 3
LONGEST_GRAM: Final = 4
SHORTEST_MENDED: Final = 4
FIRST_WORDS: Final = 5
CHEAP_SLIP: Final = 1.5
"""Edits (`vocabulary.spelling`) that a word no dictionary has may be away from the one meant."""

HIDDEN: Final = "\N{HORIZONTAL ELLIPSIS}"
_LETTERS: Final = re.compile(r"[^\W\d_]+")

Phrases = dict[str, list[tuple[tuple[str, ...], str]]]
"""By the first stem: (the stems of a phrase, its name)."""


@dataclass(frozen=True, kw_only=True)
class Read:
    """A text as it was understood. `meanings` are marked; `foreign`: phrases of other subjects."""

    stems: tuple[str, ...]
    meanings: frozenset[str]
    foreign: frozenset[tuple[str, ...]]
    grams: Counter[str]
    courteous: bool
    anchored: bool


class Reader:
    """Reads texts; knows the words of the base, so that slips in others can be put right."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._words = Vocabulary()
        for phrases in (_meanings(), _foreign()):
            for found in phrases.values():
                for stems, _ in found:
                    self._learn(stems)
        for text in texts:
            self._learn(stems_of(text))

    def knows(self, stem: str) -> bool:
        """Whether the word stands in the base or in the tables of words."""
        return stem in self._words

    def read(self, text: str) -> Read:
        """What a person wrote, slips put right."""
        words = words_of(text[:LONGEST])
        return _read(words, [self._mended(word) for word in words])

    def _mended(self, word: Word) -> str:
        stem = _stem(word)
        if stem in self._words or len(word.text) < SHORTEST_MENDED or word.number is not None:
            return stem
        if is_dictionary_word(word.text):
            return stem  # a word of another subject, not a slip
        nearest = self._words.nearest(word.text)
        return nearest[0].stem if nearest and nearest[0].cost <= CHEAP_SLIP else stem

    def _learn(self, stems: Iterable[str]) -> None:
        for stem in stems:
            if not stem.isdecimal():
                self._words.add(stem, stem)


def read_plainly(text: str) -> Read:
    """A text of the base: it is right as it stands."""
    words = words_of(text)
    return _read(words, [_stem(word) for word in words])


def meanings_of(stem: str) -> list[str]:
    """What one word means by itself."""
    return [name for phrase, name in _meanings().get(stem, ()) if len(phrase) == 1]


def stems_of(text: str) -> list[str]:
    """Stems in order; numbers stay as they are."""
    return [_stem(word) for word in words_of(text)]


def begins_as_question(text: str) -> bool:
    """Whether one of the first words asks («как», «можно ли», «подскажите»), or a mark at the end
    does."""
    opening = stems_of(text[:LONGEST])[:FIRST_WORDS]
    return text.rstrip().endswith("?") or bool(_found(opening, _openings()))


def asks_of_a_club(text: str) -> bool:
    """Whether it asks what a club's card says («сколько стоит», «есть ли»), if it names a club."""
    return bool(_found(stems_of(text[:LONGEST]), _of_a_club()))


def is_activity(text: str) -> bool:
    """Whether it is nothing but what children do in a club: «плавание», «секция борьбы»."""
    stems = stems_of(text[:LONGEST])
    return bool(stems) and all(CLUB in meanings_of(stem) for stem in stems)


def is_personal(text: str) -> bool:
    """Whether it is about the writer's own affairs."""
    return bool(_found(stems_of(text[:LONGEST]), _personal()))


def without_names(line: str, knows: Callable[[str], bool]) -> str:
    """Names of people are hidden, however they are written, and words with a capital that are not
    known: those are names, mostly."""

    def hidden(met: re.Match[str]) -> str:
        word = folded(met.group())
        if knows(stem_of(word)):
            return met.group()
        capital = met.group()[0].isupper() and not met.group().isupper()
        named = capital or is_name_of_person(word)
        return HIDDEN if named else met.group()

    return _LETTERS.sub(hidden, line)


def _read(words: Sequence[Word], stems: Sequence[str]) -> Read:
    meanings = frozenset(name for _, name in _found(stems, _meanings()))
    return Read(
        stems=tuple(stems),
        meanings=meanings,
        foreign=frozenset(phrase for phrase, _ in _found(stems, _foreign())),
        grams=_grams(words),
        courteous=all(stem in _courtesy() for stem in stems),
        anchored=not meanings.isdisjoint(_anchors()),
    )


def _stem(word: Word) -> str:
    if word.number is not None:
        return word.text
    return stem_of(load("question_words")["instead"].get(word.text, word.text))


def _found(stems: Sequence[str], phrases: Phrases) -> list[tuple[tuple[str, ...], str]]:
    """Phrases whose stems stand side by side, each as often as it stands."""
    return [
        (phrase, name)
        for at, stem in enumerate(stems)
        for phrase, name in phrases.get(stem, ())
        if tuple(stems[at : at + len(phrase)]) == phrase
    ]


def _grams(words: Sequence[Word]) -> Counter[str]:
    """Runs of 3 and 4 letters with the borders of words: what of a word survives a slip."""
    line = f" {' '.join(word.text for word in words)} "
    return Counter(
        line[at : at + length]
        for length in range(SHORTEST_GRAM, LONGEST_GRAM + 1)
        for at in range(len(line) - length + 1)
    )


@cache
def _meanings() -> Phrases:
    table = load("question_words")["meanings"]
    return _phrases((said, MEANING + name) for name, sayings in table.items() for said in sayings)


@cache
def _foreign() -> Phrases:
    return _phrases((said, said) for said in load("question_foreign")["foreign"])


@cache
def _openings() -> Phrases:
    return _phrases((said, said) for said in load("question_foreign")["openings"])


@cache
def _of_a_club() -> Phrases:
    return _phrases((said, said) for said in load("question_foreign")["of_a_club"])


@cache
def _personal() -> Phrases:
    return _phrases((said, said) for said in load("question_foreign")["personal"])


@cache
def _anchors() -> frozenset[str]:
    return frozenset(MEANING + name for name in load("question_foreign")["anchors"])


@cache
def _courtesy() -> frozenset[str]:
    return frozenset(
        stem for said in load("question_foreign")["courtesy"] for stem in stems_of(said)
    )


def _phrases(sayings: Iterable[tuple[str, str]]) -> Phrases:
    found: Phrases = {}
    for said, name in sayings:
        stems = tuple(stems_of(said))
        known = found.setdefault(stems[0], [])
        if (stems, name) not in known:
            known.append((stems, name))
    return found
