"""Telling which of a few known names is meant, however short or in whatever form it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from core.domain.naming import normal_form
from core.domain.writing import plain, without_remarks

Code = TypeVar("Code", bound=StrEnum)

SHORTEST = 2  # letters of a shortened word
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, kw_only=True)
class Names(Generic[Code]):
    """`exact`: by normal form. `stems`: the stems of a name's words, in order. `idle`: how words
    begin that tell nothing."""

    exact: Mapping[str, Code]
    stems: tuple[tuple[tuple[str, ...], Code], ...]
    idle: tuple[str, ...]

    def find(self, text: str) -> Code | None:
        """The name that is meant; None when it is none or may be two of them."""
        known = self.exact.get(normal_form(text))
        if known is not None:
            return known
        words = self.telling_words(without_remarks(text))
        return self._only(words) if words else None

    def find_each(self, text: str) -> set[Code]:
        """What each telling word means by itself; empty when one of them means nothing."""
        known = self.exact.get(normal_form(text))
        if known is not None:
            return {known}
        found = {self._only([word]) for word in self.telling_words(text)}
        return {code for code in found if code is not None} if None not in found else set()

    def telling_words(self, text: str) -> list[str]:
        return [word for word in _WORD.findall(plain(text)) if not word.startswith(self.idle)]

    def _only(self, words: list[str]) -> Code | None:
        meant = {code for stems, code in self.stems if _fit(words, stems)}
        return meant.pop() if len(meant) == 1 else None


def names(
    kind: type[Code], exact: Mapping[str, Iterable[str]], short: Mapping[str, Iterable[str]]
) -> Names[Code]:
    """From the words of `core/words/ru`; `short` also holds `idle`."""
    return Names(
        exact={normal_form(word): kind(code) for code, said in exact.items() for word in said},
        stems=tuple(
            (tuple(stems.split()), kind(code))
            for code, said in short.items()
            if code != "idle"
            for stems in said
        ),
        idle=tuple(short["idle"]),
    )


def _fit(words: list[str], stems: tuple[str, ...]) -> bool:
    return len(words) == len(stems) and all(
        word.startswith(stem) or (len(word) >= SHORTEST and stem.startswith(word))
        for word, stem in zip(words, stems, strict=True)
    )
