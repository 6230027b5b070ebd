"""How a Russian word sounds, so that words misspelled by ear meet the right ones.

Unstressed vowels fall together, voiced consonants lose their voice, soft and hard signs and double
letters are not heard, «тся» and «ться» are one. The letters are data: `core/words/ru/sound.toml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import groupby

from core.search.vocabulary.words import REMEMBERED
from core.words import load


@lru_cache(maxsize=REMEMBERED)
def sound_of(word: str) -> str:
    """A key that is equal for words that sound alike; empty for no letters."""
    clusters, letters = _rules()
    if clusters is not None:
        table = load("sound")["clusters"]
        word = clusters.sub(lambda met: str(table[met.group()]), word)
    return "".join(letter for letter, _ in groupby(word.translate(letters)))


@cache
def _rules() -> tuple[re.Pattern[str] | None, dict[int, str | None]]:
    table = load("sound")
    clusters = sorted(table["clusters"], key=len, reverse=True)
    letters: dict[int, str | None] = {ord(letter): None for letter in table["silent"]}
    for heard, written in table["letters"].items():
        letters.update({ord(letter): heard for letter in written})
    return re.compile("|".join(map(re.escape, clusters))) if clusters else None, letters
