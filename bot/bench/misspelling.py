"""Titles as a hurried parent types them: in any case, with a slip or two.

A slip is a neighbour's key, a letter left out, typed twice or swapped with the next, or another
letter that sounds the same.
"""

from __future__ import annotations

import logging
import random
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

import pymorphy3

from bot.bench.registry import topics
from core.words import load

CASES: Final = ("nomn", "gent", "datv", "accs", "ablt", "loct")
INFLECTED: Final = 2
"""Words of a title whose case changes: the first ones, as in speech."""
SHORTEST: Final = 4
TWICE: Final = 0.5
ROWS: Final = (12, 11, 9)
"""Letters in the rows of a keyboard."""
_WORD: Final = re.compile(r"[^\W\d_]+")


def misspelled_titles(count: int, *, seed: int) -> Iterator[tuple[str, str]]:
    """(what is typed, the title meant)."""
    chance = random.Random(seed)
    titles = sorted({title for topic in topics() for title in topic.titles})
    for _ in range(count):
        title = chance.choice(titles)
        typed = _in_case(title.lower(), chance.choice(CASES))
        for _ in range(2 if chance.random() < TWICE else 1):
            typed = _with_slip(typed, chance)
        yield typed, title


def _in_case(title: str, case: str) -> str:
    changed = 0

    def inflect(met: re.Match[str]) -> str:
        nonlocal changed
        if changed == INFLECTED or len(met.group()) < SHORTEST:
            return met.group()
        changed += 1
        form = _dictionary().parse(met.group())[0].inflect({case})
        return met.group() if form is None else str(form.word)

    return _WORD.sub(inflect, title)


def _with_slip(text: str, chance: random.Random) -> str:
    long = [met for met in _WORD.finditer(text) if len(met.group()) >= SHORTEST]
    if not long:
        return text
    met = chance.choice(long)
    return text[: met.start()] + _slip(met.group(), chance) + text[met.end() :]


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    letter = word[at]
    kind = chance.choice(("key", "left out", "swapped", "sound", "twice"))
    if kind == "key" and letter in _neighbours():
        return word[:at] + chance.choice(_neighbours()[letter]) + word[at + 1 :]
    if kind == "left out":
        return word[:at] + word[at + 1 :]
    if kind == "swapped" and at < len(word) - 1:
        return word[:at] + word[at + 1] + letter + word[at + 2 :]
    alike = [place for place, said in enumerate(word) if said in _alike()]
    if kind == "sound" and alike:
        place = chance.choice(alike)
        return word[:place] + chance.choice(_alike()[word[place]]) + word[place + 1 :]
    return word[:at] + letter + word[at:]


@cache
def _neighbours() -> Mapping[str, str]:
    """Letter -> letters of the keys beside and above it."""
    keys = load("keyboard")["russian"]
    rows, start = [], 0
    for length in ROWS:
        rows.append(keys[start : start + length])
        start += length
    placed = {
        letter: (row, column) for row, said in enumerate(rows) for column, letter in enumerate(said)
    }
    return {
        letter: "".join(
            other
            for other, (row, column) in placed.items()
            if other != letter and abs(row - here[0]) <= 1 and abs(column - here[1]) <= 1
        )
        for letter, here in placed.items()
    }


@cache
def _alike() -> Mapping[str, str]:
    """Letter -> letters that sound the same."""
    return {
        letter: written.replace(letter, "")
        for written in load("sound")["letters"].values()
        for letter in written
    }


@cache
def _dictionary() -> pymorphy3.MorphAnalyzer:
    logging.getLogger("pymorphy3").setLevel(logging.WARNING)
    return pymorphy3.MorphAnalyzer(lang="ru")
