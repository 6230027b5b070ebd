"""Dates and years of birth in a query: «родился 05.03.2017», «5 марта 2017», «2017 г.р.».

They are ages of today. Of a year alone nobody knows whether the birthday has been, so it is the two
ages that such a child may have. A whole day of three to seventeen years ago is hardly anything
else; a bare year may be, so what is said beside it makes it one of birth. The date itself is not
kept: a wish holds the age.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from core.domain.ages import full_years
from core.search.reading.ages import LEAST_BARE, OLDEST, names_child, years
from core.search.vocabulary.line import Line, Phrases, Said, stem_set
from core.words import load, months

YEAR_DIGITS: Final = 4
_DASHES: Final = frozenset("-./")


@dataclass(frozen=True, kw_only=True)
class _Born:
    """What `length` words say; of a year alone `day` is None."""

    length: int
    year: int
    day: date | None = None


def read_birth(line: Line, place: int, today: date) -> Said | None:
    """Ages from 0 to 18; what would be another age is no birth."""
    words = _words()
    sign = words.signs.at(line, place)
    start = place + (sign[0] if sign else 0)
    while sign and line.text(start) in words.between:
        start += 1
    born = _day_in_figures(line, start, today) or _day_with_month(line, start)
    born = born or _year(line, start)
    if born is None:
        return None
    end, said_of_year, said_of_birth = _units(line, start + born.length)
    surely = bool(sign) or said_of_birth or names_child(line, start - 1)
    if born.day is not None:
        youngest = oldest = full_years(born.day, today) if born.day <= today else -1
        if not surely and youngest < LEAST_BARE:
            return None
    else:
        youngest, oldest = today.year - born.year - 1, today.year - born.year
        if not surely and not (said_of_year and oldest >= LEAST_BARE):
            return None
    if oldest < 0 or youngest >= OLDEST:
        return None
    return Said(length=end - place, wishes=(years(max(0, youngest), oldest),))


def _day_in_figures(line: Line, place: int, today: date) -> _Born | None:
    """«05.03.2017», «5-3-17», «2017-03-05»."""
    text = line.text(place)
    length = 1
    parts = text.replace("/", ".").split(".")
    if len(parts) == 1 and all(line.gap(place + ahead) in _DASHES for ahead in (1, 2)):
        parts, length = [line.text(place + ahead) for ahead in range(3)], 3
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    if len(parts[0]) == YEAR_DIGITS:
        parts.reverse()
    year = int(parts[2])
    if len(parts[2]) == 2:
        year += today.year - today.year % 100
        year -= 100 if year > today.year else 0
    day = _day(year, int(parts[1]), int(parts[0]))
    return _Born(length=length, year=year, day=day) if day else None


def _day_with_month(line: Line, place: int) -> _Born | None:
    """«5 марта 2017»."""
    month = months().get(line.text(place + 1))
    number, year = line.number(place), _year(line, place + 2)
    if month is None or number is None or year is None:
        return None
    day = _day(year.year, month, number)
    return _Born(length=3, year=year.year, day=day) if day else None


def _year(line: Line, place: int) -> _Born | None:
    number = line.number(place)
    if number is None or len(line.text(place)) != YEAR_DIGITS:
        return None
    return _Born(length=1, year=number)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _units(line: Line, place: int) -> tuple[int, bool, bool]:
    """(where «года рождения» ends, whether a year was said, whether birth was)."""
    words = _words()
    if line.text(place) in words.together:
        return place + 1, True, True
    year = line.text(place) in words.year or line.stem(place) in words.year
    end = place + year
    after = words.birth if not year else words.birth | words.birth_short
    birth = line.text(end) in after or line.stem(end) in after
    return end + birth, year, birth


class _BirthWords:
    def __init__(self) -> None:
        table = load("search_wishes")["born"]
        self.signs = Phrases((phrase, True) for phrase in table["signs"])
        self.between = frozenset(table["between"])
        self.year = stem_set(table["year"])
        self.birth = stem_set(table["birth"])
        self.birth_short = frozenset(table["birth_short"])
        self.together = frozenset(table["together"])


@cache
def _words() -> _BirthWords:
    return _BirthWords()
