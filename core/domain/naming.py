"""When two written names mean the same thing.

Spaces, case, quotes, ё/е and dashes are ignored in comparing names of organisations, programmes,
groups, municipalities and directions: «Естественно-научная» is «естественнонаучная», МБОУ «СОШ №1»
is МБОУ СОШ № 1.

How a number is marked counts in that form, since stored names are known by it. Organisations, whose
numbers everybody writes another way, are compared without the marks as well (`without_marks`).
"""

from __future__ import annotations

import re
import unicodedata

_IGNORED_CATEGORIES = {
    "Zs",  # spaces
    "Zl",
    "Zp",
    "Cc",  # tabs, line ends and other controls
    "Cf",  # soft hyphens, zero-width marks
    "Pd",  # dashes
    "Pi",  # opening quotes
    "Pf",  # closing quotes
}
_IGNORED_SIGNS = {
    "\N{QUOTATION MARK}",
    "\N{APOSTROPHE}",
    "\N{GRAVE ACCENT}",
    "\N{ACUTE ACCENT}",
    "\N{PRIME}",
    "\N{DOUBLE PRIME}",
    "\N{DOUBLE LOW-9 QUOTATION MARK}",
    "\N{SINGLE LOW-9 QUOTATION MARK}",
    "\N{MINUS SIGN}",
}
_YO = "\N{CYRILLIC SMALL LETTER IO}"
_IE = "\N{CYRILLIC SMALL LETTER IE}"


class _Kept(dict[int, int | None]):
    """What `str.translate` asks for each sign: the sign itself, or None to drop it. Filled as
    signs are met: a registry has few of them, and this is asked of every cell."""

    def __missing__(self, code: int) -> int | None:
        sign = chr(code)
        ignored = sign in _IGNORED_SIGNS or unicodedata.category(sign) in _IGNORED_CATEGORIES
        self[code] = None if ignored else code
        return self[code]


_KEPT = _Kept()


def normal_form(text: str) -> str:
    """The form two names are compared in; may be empty. Not for showing."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace(_YO, _IE)
    return folded.translate(_KEPT)


# «no1» is what «№ 1» becomes; not after a digit («№ 1 № 2») and not within a Latin word
_MARK_OF_NUMBER = re.compile(r"(?<![a-z0-9])no?\.?(?=\d)")
_STOPS_AT_THE_END = ".,;:"


def without_marks(key: str) -> str:
    """A normal form without the marks of numbers and stops at its end: «МБОУ СОШ № 1», «… N 1» and
    «… 1.» are one. The number itself counts."""
    return _MARK_OF_NUMBER.sub("", key).rstrip(_STOPS_AT_THE_END)
