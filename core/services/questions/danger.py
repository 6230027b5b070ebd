"""Texts that no base answers: somebody is in danger, and people have to hear of it at once.

What is understood is data (`core/words/ru/danger.toml`). Nothing of such a text is noted, nor of
one that merely has a word of danger in it: a cry that was not heard must not lie in a list.

People in trouble do not spell: Latin letters within Russian words, a hard sign for a soft one,
a soft one left out, letters drawn out or laid apart, a keyboard left in Latin are read as what they
stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Final

from core.domain import danger
from core.domain.danger import Alarm, DangerWords, Phrase
from core.search.vocabulary.keyboard import in_russian_layout, spelled_in_russian
from core.search.vocabulary.words import folded, spoken_words
from core.words import load

FEWEST_LAID_APART: Final = 3
"""Letters in a row, each by itself, that are one word: fewer are little words."""
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
_DRAWN_OUT: Final = re.compile(r"([^\W\d_])\1{2,}")
_NOT_SPACE: Final = re.compile(r"\S+")
LONGEST_READ: Final = 4096


def is_cry_for_help(text: str) -> bool:
    """Whether `text` tells of violence, of a wish to die, of a lost child."""
    known = danger_words()
    return any(danger.is_cry_for_help(words, known) for words in _readings(text)) or any(
        danger.hides_a_cry(letters, known) for letters in _laid_apart(text)
    )


def speaks_of_danger(text: str) -> bool:
    """Whether any word of danger stands in `text`, cry or not."""
    known = danger_words()
    return is_cry_for_help(text) or any(
        danger.speaks_of_danger(words, known) for words in _readings(text)
    )


@cache
def danger_words() -> DangerWords:
    """Spelled as `_readings` are."""
    table = load("danger")
    people: dict[str, list[str]] = table["people"]
    return DangerWords(
        alarms=tuple(_alarm(row, people) for row in table["alarms"]),
        harmless_before=frozenset(table["harmless_before"]),
    )


def _readings(text: str) -> Iterator[Sequence[str]]:
    """What the words may be, in order."""
    short = folded(text[:LONGEST_READ])
    if _CYRILLIC.search(short):
        yield from _spaced(_spelled(short))
    else:
        yield spoken_words(_spelled(in_russian_layout(short)))
        yield spoken_words(_spelled(spelled_in_russian(short)))


def _spaced(text: str) -> Iterator[Sequence[str]]:
    words = spoken_words(text)
    yield words
    joined = _joined(words)
    if joined != words:
        yield joined


def _joined(words: Sequence[str]) -> list[str]:
    """Letters laid apart as the words they make."""
    found: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if len(word) == 1:
            run.append(word)
            continue
        found += ["".join(run)] if len(run) >= FEWEST_LAID_APART else run
        run = []
        found.append(word)
    return found[:-1]


def _laid_apart(text: str) -> Iterator[str]:
    words = spoken_words(_spelled(folded(text[:LONGEST_READ])))
    known = set(words)
    return (word for word in _joined(words) if word not in known)


def _spelled(text: str) -> str:
    """Signs within Russian words as the letters they look like, drawn out letters once."""
    return _DRAWN_OUT.sub(r"\1", _NOT_SPACE.sub(_russian, text))


def _russian(found: re.Match[str]) -> str:
    word = found.group()
    return word.translate(_look_alike()) if _CYRILLIC.search(word) else word


@cache
def _look_alike() -> dict[int, int | None]:
    table = load("danger")["look_alike"]
    letters: dict[int, int | None] = str.maketrans(table["from"], table["to"], table["silent"])
    return letters


def _alarm(row: dict[str, Any], people: dict[str, list[str]]) -> Alarm:
    about = [word for name in row.get("about", ()) for word in people[name]]
    return Alarm(
        says=_phrases(row["says"]),
        about=_phrases(about),
        near=row.get("near", 0),
        unless=_phrases(row.get("unless", ())),
        unless_near=row.get("unless_near", 0),
        even_if=_phrases(row.get("even_if", ())),
        alone=row.get("alone", False),
    )


def _phrases(said: Iterable[str]) -> tuple[Phrase, ...]:
    return tuple(tuple(_spelled(folded(phrase)).split()) for phrase in said)
