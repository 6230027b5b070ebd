"""«Yes» and «no», «back» and «menu» typed instead of tapped.

The first answer the question just asked, the second lead where the buttons of these names lead.
"""

from __future__ import annotations

import tomllib
import unicodedata
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import core

_WORDS = Path(core.__file__).parent / "words"
_SKIN_TONES = range(0x1F3FB, 0x1F400)


Meaning = TypeVar("Meaning", bound=Enum)


class Answer(Enum):
    """What the words mean."""

    YES = "yes"
    NO = "no"


class Way(Enum):
    """Where the words lead."""

    BACK = "back"
    HOME = "home"


def read_way(text: str, language: str = "ru") -> Way | None:
    """The way in `text`, if it names one and nothing else."""
    return _meanings(language, Way).get(_normal(text))


def read_answer(text: str, language: str = "ru") -> Answer | None:
    """The answer in `text`, if it is one and nothing else."""
    return _meanings(language, Answer).get(_normal(text))


@lru_cache(maxsize=8)
def _meanings(language: str, kind: type[Meaning]) -> dict[str, Meaning]:
    words = tomllib.loads((_WORDS / language / "answers.toml").read_text(encoding="utf-8"))
    return {_normal(word): meaning for meaning in kind for word in words[meaning.value]}


def _normal(text: str) -> str:
    kept = [
        letter
        for letter in unicodedata.normalize("NFKC", text).casefold()
        if ord(letter) not in _SKIN_TONES and unicodedata.category(letter) not in {"Cf", "Mn"}
    ]
    line = " ".join("".join(kept).split())
    bare = line.strip(" .,!?\N{HORIZONTAL ELLIPSIS}()")
    return bare.replace("\N{CYRILLIC SMALL LETTER IO}", "\N{CYRILLIC SMALL LETTER IE}")
