"""What people wrote, laid out for reading: whatever keyboard and program it went through."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_REMARK = re.compile(r"\([^()]*[^\W\d_][^()]*\)")
_YO = "\N{CYRILLIC SMALL LETTER IO}"
_IE = "\N{CYRILLIC SMALL LETTER IE}"


def plain(text: str) -> str:
    """Small letters, е for ё, every dash a hyphen, no odd widths and raised digits, single spaces.

    Line ends become spaces too. Not for showing.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace(_YO, _IE)
    if not folded.isascii():
        folded = "".join(map(_hyphen, folded))
    return " ".join(folded.split())


def one_of(words: Iterable[str]) -> str:
    """A pattern for one of the words, the longest that fits."""
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def without_remarks(text: str) -> str:
    """Without what stands in brackets and has words: «7-10 лет (2-4 класс)»."""
    return " ".join(_REMARK.sub(" ", text).split())


def _hyphen(sign: str) -> str:
    is_dash = unicodedata.category(sign) == "Pd" or sign == "\N{MINUS SIGN}"
    return "-" if is_dash else sign
