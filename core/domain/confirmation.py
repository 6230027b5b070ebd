"""Confirming in person: a family comes to a point, an officer finds its request and compares.

An officer sees only those who came: a request opens to the one who has just found it, by what the
family brought: its code, its link, or the exact name and birth date of the child.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.domain.names import ChildName
from core.domain.refusals import BadValue, Refusal

VISIT_OPEN = timedelta(hours=12)
"""A request that was found stays open to its finder for a working day, then is found anew."""
TRIES_WITHIN = timedelta(hours=1)
MOST_TRIES = 30
"""Of one officer within that time: tries that found nothing, and all tries by a name."""
MOST_AT_ONCE = 40
"""Codes of one message: a class with its parallel."""
MOST_PLANNED = 100_000
EXAMPLE_CODE = "318-47"

_DASH = r"[-\u2010-\u2015\u2212]"
_CODE = re.compile(rf"(?<!\d)0*(?P<number>[0-9]{{1,15}})\s*{_DASH}\s*(?P<control>[0-9]{{2}})(?!\d)")
_BARE = re.compile(r"(?<!\d)0*(?P<number>[0-9]{1,15})(?P<control>[0-9]{2})(?!\d)")
_SPACED = re.compile(r"0*(?P<number>[0-9]{1,15})\s+(?P<control>[0-9]{2})")
_NOT_DIGITS = re.compile(r"[^0-9]*")
_FIRST_DIGIT = re.compile(r"[0-9]")
_LETTERS_MOST = 8  # before a code: "code", "number" and the sign of a number


class FindingWay(StrEnum):
    """What the family brought."""

    CODE = "code"
    LINK = "link"
    NAME = "name"


class TooManyTries(Refusal):
    """An officer has looked in vain too often within the hour; params: `most`."""


class CheckedLocked(Refusal):
    """Documents of this child were seen already: its name, birth date and number are locked."""


@dataclass(frozen=True, kw_only=True)
class VisitCode:
    """What a family says at the visit: the number of its request and two digits."""

    number: int
    control: str

    @property
    def written(self) -> str:
        return f"{self.number}-{self.control}"


@dataclass(frozen=True, kw_only=True)
class NamedChild:
    """The exact name and birth date, as the papers on the table have them."""

    name: ChildName
    born: date


@dataclass(frozen=True, kw_only=True)
class ManyCodes:
    """Codes of one message, each once, in their order; `unread`: words that are no code."""

    codes: tuple[VisitCode, ...]
    unread: tuple[str, ...]


def read_visit_code(text: str) -> VisitCode:
    """One code in any usual form: «318-47», «318 – 47», «318 47», «31847», a word before it.

    Raises BadValue(field="visit_code", reason="unreadable").
    """
    line = text.strip()
    digits = _FIRST_DIGIT.search(line)
    bare = line[digits.start() :].rstrip(" .,;)") if digits else ""
    before = line[: digits.start()] if digits else ""
    if len(before.strip()) <= _LETTERS_MOST:
        for form in (_CODE, _SPACED, _BARE):
            if (found := form.fullmatch(bare)) and (code := _code(found)):
                return code
    raise BadValue(field="visit_code", reason="unreadable", example=EXAMPLE_CODE)


def read_visit_codes(text: str) -> ManyCodes:
    """Codes typed or pasted one after another: between them anything but digits.

    Raises BadValue(field="visit_code") with reason unreadable (there is none) or many.
    """
    codes: dict[VisitCode, None] = {}
    unread: list[str] = []
    place = 0
    for found in _CODE.finditer(text):
        _read_bare(text[place : found.start()], codes, unread)
        if code := _code(found):
            codes[code] = None
        place = found.end()
    _read_bare(text[place:], codes, unread)
    if not codes:
        raise BadValue(field="visit_code", reason="unreadable", example=EXAMPLE_CODE)
    if len(codes) > MOST_AT_ONCE:
        raise BadValue(field="visit_code", reason="many", count=len(codes), most=MOST_AT_ONCE)
    return ManyCodes(codes=tuple(codes), unread=tuple(unread))


def split_name_and_date(text: str) -> tuple[str, str]:
    """«Last first patronymic 5.3.2016» into the name and what begins with the first digit.

    Raises BadValue(field="found_by", reason="unreadable").
    """
    digit = _FIRST_DIGIT.search(text)
    name = text[: digit.start()].strip(" ,;.\n\t") if digit else ""
    if digit is None or not name:
        raise BadValue(field="found_by", reason="unreadable")
    return name, text[digit.start() :].strip()


def is_like_a_code(text: str) -> bool:
    """Whether a line is rather a code than a name: hardly any letters."""
    return sum(letter.isalpha() for letter in text) <= _LETTERS_MOST


def read_plan(text: str) -> int:
    """How many children a point expects in a year. Raises BadValue(field="plan")."""
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdecimal()) or not 0 < int(digits[:9]) <= MOST_PLANNED:
        raise BadValue(field="plan", reason="unreadable", most=MOST_PLANNED)
    return int(digits)


def _code(found: re.Match[str]) -> VisitCode | None:
    number = int(found["number"])
    return VisitCode(number=number, control=found["control"]) if number > 0 else None


def _read_bare(text: str, codes: dict[VisitCode, None], unread: list[str]) -> None:
    """Words without a dash: all digits is a code, digits among letters is none."""
    for word in re.split(r"[\s,;]+", text):
        bare = word.strip(".()\N{NUMERO SIGN}")
        found = _BARE.fullmatch(bare)
        if found and (code := _code(found)):
            codes[code] = None
        elif not _NOT_DIGITS.fullmatch(bare):
            unread.append(bare[:20])
