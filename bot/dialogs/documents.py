"""Numbers of documents in what a person typed.

A SNILS or a passport number sent where nobody asked for it is not stored: the message is deleted
and the person is told where to show the document.
"""

from __future__ import annotations

import re
from enum import StrEnum

from core.domain.refusals import BadValue
from core.domain.snils import read_snils

_ELEVEN = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{3}[ -]?\d{2}(?!\d)")
_GROUPED = re.compile(r"(?<!\d)\d{3}[ -]\d{3}[ -]\d{3}[ -]\d{2}(?!\d)")
_BARE = re.compile(r"(?<![\d+(-])\d{10}(?![\d-])")
_PASSPORT = re.compile(r"(?<![\d+(-])\d{2} ?\d{2}[ -]?\d{6}(?![\d-])")


class Document(StrEnum):
    """What the number looks like."""

    SNILS = "snils"
    PASSPORT = "passport"
    NUMBER = "number"
    """Ten digits without a break: a passport, a certificate or a phone, nobody can tell."""


def document_in(text: str) -> Document | None:
    """The document whose number stands in `text`, if any."""
    if _GROUPED.search(text) or any(_is_snils(found) for found in _ELEVEN.findall(text)):
        return Document.SNILS
    if any(not _BARE.fullmatch(found) for found in _PASSPORT.findall(text)):
        return Document.PASSPORT
    return Document.NUMBER if _BARE.search(text) else None


def is_spelt_as_snils(text: str) -> bool:
    """Whether the groups are those of a SNILS: 847-391-620 40 would pass for a phone with an 8."""
    found = _GROUPED.search(text)
    return found is not None and not text[: found.start()].endswith("+")


def _is_snils(text: str) -> bool:
    try:
        read_snils(text)
    except BadValue:
        return False
    return True
