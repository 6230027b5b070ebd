"""When two written names mean the same thing.

Spaces, case, quotes, ё/е and dashes are ignored in comparing names of organisations, programmes,
groups, municipalities and directions: «Естественно-научная» is «естественнонаучная», МБОУ «СОШ №1»
is МБОУ СОШ № 1.
"""

from __future__ import annotations

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
