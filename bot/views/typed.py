"""What a person typed, said back to them; the name they gave their account.

It is shown literally: the voice escapes it. Here only what no message can carry goes (control and
direction marks, halves of characters), and a long text is cut.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80
LONGEST_NAME = 100
_UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BLANK_LETTERS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]")
"""Letters by their category that show nothing: accounts are named with them to look nameless."""
_LONG_NUMBER = re.compile(r"\+?\d(?:[\s().-]*\d){5,}")
"""A phone or the number of a document: those are kept sealed, never in a name."""


def said_back(text: str) -> str:
    """One line of at most 80 characters."""
    return _cut(_line(text[: LONGEST * 4]), LONGEST)


def account_name(text: str) -> str | None:
    """The name of an account as one line of at most 100 characters; None when there is no letter
    in it. It is not markup and stays as it is: the voice escapes it."""
    line = _line(unicodedata.normalize("NFC", text[: LONGEST_NAME * 4]))
    name = _line(_LONG_NUMBER.sub(" ", _BLANK_LETTERS.sub("", line)))
    return _cut(name, LONGEST_NAME) if any(map(str.isalpha, name)) else None


def _line(text: str) -> str:
    return " ".join(
        "".join(
            " " if letter.isspace() else letter
            for letter in text
            if letter.isspace() or unicodedata.category(letter) not in _UNSHOWABLE
        ).split()
    )


def _cut(line: str, longest: int) -> str:
    if len(line) <= longest:
        return line
    return line[: longest - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
