"""Words typed in the wrong layout («hj,jns» is «роботы») or in Latin letters («roboty»)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from core.words import load

_LATIN: Final = re.compile(r"[a-z]", re.IGNORECASE)


def has_latin(text: str) -> bool:
    return _LATIN.search(text) is not None


def in_russian_layout(text: str) -> str:
    """What the same keys type when the layout is Russian."""
    return text.casefold().translate(_layout())


def spelled_in_russian(text: str) -> str:
    """A Russian word written in Latin letters, more or less."""
    pattern, letters = _transliteration()
    return pattern.sub(lambda met: letters[met.group()], text.casefold())


@cache
def _layout() -> dict[int, str]:
    table = load("keyboard")
    return {ord(key): letter for key, letter in zip(table["latin"], table["russian"], strict=True)}


@cache
def _transliteration() -> tuple[re.Pattern[str], dict[str, str]]:
    letters: dict[str, str] = dict(load("keyboard")["transliteration"])
    longest_first = sorted(letters, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), letters
