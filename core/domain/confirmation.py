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
SLIP_LIFE = timedelta(days=90)
"""Of the link a family on paper gets: it joins when it is ready, not at the counter."""
OLDEST_PAPER = timedelta(days=3 * 366)
LONGEST_PAPER_NUMBER = 30
EXAMPLE_CODE = "318-47"

_DASH = r"[-\u2010-\u2015\u2212]"
_CODE = re.compile(rf"(?<!\d)0*(?P<number>[0-9]{{1,15}})\s*{_DASH}\s*(?P<control>[0-9]{{2}})(?!\d)")
_BARE = re.compile(r"(?<!\d)0*(?P<number>[0-9]{1,15})(?P<control>[0-9]{2})(?!\d)")
_SPACED = re.compile(r"0*(?P<number>[0-9]{1,15})\s+(?P<control>[0-9]{2})")
_PAPER_DAY = re.compile(
    r"(?<![0-9])(?P<day>[0-9]{1,2})[./](?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4}|[0-9]{2})(?![0-9])"
)
_NOT_DIGITS = re.compile(r"[^0-9]*")
_FIRST_DIGIT = re.compile(r"[0-9]")
_WORDS_BEFORE = 1  # "code", or the sign of a number


class FindingWay(StrEnum):
    """What the family brought."""

    CODE = "code"
    LINK = "link"
    NAME = "name"


class TooManyTries(Refusal):
    """An officer has looked in vain too often within the hour; params: `most`."""


class SlipInvalid(Refusal):
    """Junk, expired, used or somebody else's slip: one and the same answer."""


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
    """One code in any usual form: «318-47», «318 – 47», «318 47», «31847», with words before it.

    Raises BadValue(field="visit_code", reason="unreadable").
    """
    line = text.strip()
    digits = _FIRST_DIGIT.search(line)
    if digits is not None:
        bare = line[digits.start() :].rstrip(" .,;)")
        words = line[: digits.start()].split()
        # a short name before a date without dots would pass for words before a code
        forms = (_CODE, _SPACED, _BARE) if len(words) <= _WORDS_BEFORE else (_CODE,)
        for form in forms:
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


def is_a_code(text: str) -> bool:
    """Whether the line is a code and no name with a date."""
    try:
        read_visit_code(text)
    except BadValue:
        return not any(letter.isalpha() for letter in text)
    return True


@dataclass(frozen=True, kw_only=True)
class PaperMark:
    """The number and the day of a consent on paper."""

    number: str
    given_on: date


def read_paper_mark(text: str, today: date) -> PaperMark:
    """«№ 12 от 01.09.2026», «12 1.9.26», «12/3» (today's).

    Raises BadValue(field="consent") with reason unreadable or day.
    """
    found = _PAPER_DAY.search(text)
    before = text[: found.start()] if found else text
    number = next((word for word in before.split() if _FIRST_DIGIT.search(word)), "")
    number = number.strip(" ,;\N{NUMERO SIGN}")
    if not number or len(number) > LONGEST_PAPER_NUMBER or not number.isprintable():
        raise BadValue(field="consent", reason="unreadable")
    if found is None:
        return PaperMark(number=number, given_on=today)
    year = int(found["year"])
    try:
        day = date(year + 2000 if year < 100 else year, int(found["month"]), int(found["day"]))
    except ValueError as error:
        raise BadValue(field="consent", reason="day") from error
    check_paper_consent(day, today)
    return PaperMark(number=number, given_on=day)


def check_paper_consent(given_on: date, today: date) -> None:
    """Given today or earlier, and not long ago. Raises BadValue(field="consent", reason="day")."""
    if not today - OLDEST_PAPER <= given_on <= today:
        raise BadValue(field="consent", reason="day")


def read_plan(text: str) -> int:
    """How many children a point expects in a year. Raises BadValue(field="plan")."""
    digits = "".join(text.split())
    readable = digits.isascii() and digits.isdecimal() and len(digits) <= len(str(MOST_PLANNED))
    if not readable or not 0 < int(digits) <= MOST_PLANNED:
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
