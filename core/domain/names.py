"""Names of children as documents have them: last name, first name, patronymic where there is one.

Hyphens, apostrophes and every letter are kept; only needless spaces go and a name typed all in
small or all in capital letters gets its capitals. The match key is for comparing only.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from core.domain.refusals import BadValue

LONGEST_WORD = 60
LONGEST_NAME = 150
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014"
_APOSTROPHES = "'\u2019\u02bc`"
_DIAERESIS = "\u0308"  # what makes the seventh letter of the Russian alphabet from the sixth


@dataclass(frozen=True, kw_only=True)
class ChildName:
    """A child's name; `patronymic` may be absent."""

    last: str
    first: str
    patronymic: str | None = None

    @property
    def full(self) -> str:
        """Last name, first name, patronymic."""
        return " ".join(part for part in (self.last, self.first, self.patronymic) if part)


def read_child_name(text: str, particles: Collection[str] = ()) -> ChildName:
    """Read «last first [patronymic]»; four words are a last name of two.

    `particles` are words that belong to the patronymic before them (core.words.name_particles).
    Raises BadValue(field="name") with reason empty, words, letters, mixed or long.
    """
    words = unicodedata.normalize("NFC", text).split()
    if not words:
        raise BadValue(field="name", reason="empty")
    if len(text) > LONGEST_NAME or any(len(word) > LONGEST_WORD for word in words):
        raise BadValue(field="name", reason="long")
    words = [_tidy(word) for word in words]
    particle = words.pop().lower() if len(words) > 3 and words[-1].lower() in particles else None
    if len(words) == 2 and particle is None:
        return ChildName(last=words[0], first=words[1])
    if len(words) not in (3, 4):
        raise BadValue(field="name", reason="words")
    *last, first, patronymic = words
    if particle is not None:
        patronymic = f"{patronymic} {particle}"
    return ChildName(last=" ".join(last), first=first, patronymic=patronymic)


def read_name_part(text: str, particles: Collection[str] = ()) -> str:
    """One part of a name that stands by itself, as in a column of a file: «Анна Мария».

    Raises BadValue(field="name") with reason empty, letters, mixed or long.
    """
    words = unicodedata.normalize("NFC", text).split()
    if not words:
        raise BadValue(field="name", reason="empty")
    if any(len(word) > LONGEST_WORD for word in words) or len(text) > LONGEST_NAME:
        raise BadValue(field="name", reason="long")
    first, *rest = (_tidy(word) for word in words)
    return " ".join([first, *(w.lower() if w.lower() in particles else w for w in rest)])


def match_key(name: ChildName) -> str:
    """Equal for spellings of one name: case, hyphen or space, dots over a letter do not count.

    The patronymic is left out, as it may be absent; the first name stays, so twins never match.
    """
    return f"{plain_form(name.last)}|{plain_form(name.first)}"


def plain_form(text: str) -> str:
    """One part of a name as it is compared; not for showing."""
    dotless = unicodedata.normalize("NFD", text.casefold()).replace(_DIAERESIS, "")
    spaced = unicodedata.normalize("NFC", dotless).replace("-", " ").replace("'", "")
    return " ".join(spaced.split())


def _tidy(word: str) -> str:
    """One word with plain hyphens and apostrophes. Raises BadValue."""
    word = "".join("-" if c in _HYPHENS else "'" if c in _APOSTROPHES else c for c in word)
    letters = word.replace("-", "").replace("'", "")
    if not letters or not all(unicodedata.category(letter)[0] == "L" for letter in letters):
        raise BadValue(field="name", reason="letters")
    parts = word.split("-")
    if any(not part.strip("'") for part in parts):
        raise BadValue(field="name", reason="letters")
    if len({unicodedata.name(letter, "?").split()[0] for letter in letters}) > 1:
        raise BadValue(field="name", reason="mixed")
    if word in (word.lower(), word.upper()) and len(letters) > 1:
        return "-".join(part[:1].upper() + part[1:].lower() for part in parts)
    return word[:1].upper() + word[1:]
