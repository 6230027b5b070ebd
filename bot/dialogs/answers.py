"""«Yes» and «no» typed instead of tapped: they answer the question just asked."""

from __future__ import annotations

import tomllib
import unicodedata
from enum import Enum
from functools import lru_cache
from pathlib import Path

import core

_WORDS = Path(core.__file__).parent / "words"
_SKIN_TONES = range(0x1F3FB, 0x1F400)


class Answer(Enum):
    """What the words mean."""

    YES = "yes"
    NO = "no"


def read_answer(text: str, language: str = "ru") -> Answer | None:
    """The answer in `text`, if it is one and nothing else."""
    return _answers(language).get(_normal(text))


@lru_cache(maxsize=4)
def _answers(language: str) -> dict[str, Answer]:
    words = tomllib.loads((_WORDS / language / "answers.toml").read_text(encoding="utf-8"))
    return {_normal(word): answer for answer in Answer for word in words[answer.value]}


def _normal(text: str) -> str:
    kept = [
        letter
        for letter in unicodedata.normalize("NFKC", text).casefold()
        if ord(letter) not in _SKIN_TONES and unicodedata.category(letter) not in {"Cf", "Mn"}
    ]
    line = " ".join("".join(kept).split())
    bare = line.strip(" .,!?\N{HORIZONTAL ELLIPSIS}()")
    return bare.replace("\N{CYRILLIC SMALL LETTER IO}", "\N{CYRILLIC SMALL LETTER IE}")
