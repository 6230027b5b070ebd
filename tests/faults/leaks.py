"""Looking for planted values in bytes: numbers in any format, a name in any usual spelling."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_BETWEEN = rb"[^0-9]{0,3}"
_SHORTEST = 9
"""Digits of a number that give it away: СНИЛС without its check, a phone without its code."""


@dataclass(frozen=True, kw_only=True)
class Planted:
    """What no other text contains."""

    snils: str
    phone: str
    names: tuple[str, ...]

    def numbers_in(self, content: bytes) -> list[str]:
        return [
            f"{what} as {found!r}"
            for what, digits in (("СНИЛС", _digits(self.snils)), ("phone", _digits(self.phone)))
            for found in _spelt(digits, content)
        ]

    def names_in(self, content: bytes) -> list[str]:
        return [
            f"{name} as {spelling!r}"
            for name in self.names
            for spelling in _spellings(name)
            if spelling in content
        ]

    def all_in(self, content: bytes) -> list[str]:
        return [*self.numbers_in(content), *self.names_in(content)]


def files_below(folder: Path) -> Iterator[Path]:
    return (place for place in sorted(folder.rglob("*")) if place.is_file())


def _spelt(digits: str, content: bytes) -> Iterator[str]:
    """The number with anything short between its digits (dashes, spaces, zeros of UTF-16)."""
    runs = {digits[:_SHORTEST], digits[-_SHORTEST:], digits[1 : _SHORTEST + 1]}
    for run in sorted(runs):
        pattern = _BETWEEN.join(digit.encode() for digit in run)
        if found := re.search(pattern, content):
            yield found[0].decode("latin-1")
    for spelling in _in_base64(digits):
        if spelling in content:
            yield spelling.decode()


def _spellings(name: str) -> set[bytes]:
    found: set[bytes] = set()
    for form in (name, name.lower(), name.upper(), name.lower().replace("ё", "е")):
        escaped = json.dumps(form)[1:-1]
        found |= {form.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "cp1251")}
        found |= {escaped.encode(), escaped.upper().replace("\\U", "\\u").encode()}
        found |= {quote(form).encode(), *_in_base64(form)}
    return found


def _in_base64(text: str) -> Sequence[bytes]:
    """However the text falls into the groups of three, without the ends that depend on others."""
    plain = text.encode()
    return [base64.b64encode(b"." * shift + plain)[4 if shift else 0 : -4] for shift in range(3)]


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))
