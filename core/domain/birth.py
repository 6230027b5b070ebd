"""Dates of birth, in every form people usually type them.

Day, month, year in digits with any usual separator or none, or with the month in words; the year
in two or four digits; also year-month-day. The reason of a refusal says what to mend.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from core.domain.ages import ADULT_YEARS, full_years
from core.domain.refusals import BadValue

OLDEST_YEAR = 1900
_LONGEST = 60
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")
_BETWEEN = re.compile(r"[\s.,/\\\-\u2010-\u2014]*")
_DATE_TOKENS = 3
_MOST_WORDS_AFTER = 2  # "of the year", "of birth" after the year


def read_birth_date(text: str, months: Mapping[str, int], today: date) -> date:
    """Read a child's date of birth; `months` maps words to 1..12 (core.words.months).

    Raises BadValue(field="born") with reason unreadable, no-such-day, in-future or too-old
    (18 and more) and an `example` date.
    """
    year, month, day = _numbers(text, months, today)
    try:
        born = date(year, month, day)
    except ValueError as error:
        raise _refusal("no-such-day", today) from error
    check_birth_date(born, today)
    return born


def check_birth_date(born: date, today: date) -> None:
    """A child's: neither ahead nor eighteen years ago. Raises BadValue(field="born")."""
    if born > today:
        raise _refusal("in-future", today)
    if full_years(born, today) >= ADULT_YEARS:
        raise _refusal("too-old", today)


def _numbers(text: str, months: Mapping[str, int], today: date) -> tuple[int, int, int]:
    tokens = _tokens(text)
    if tokens and len(tokens[0]) in (6, 8) and tokens[0].isdecimal():
        tokens = _cut(tokens[0], today) + tokens[1:]
    if len(tokens) < _DATE_TOKENS or len(tokens) > _DATE_TOKENS + _MOST_WORDS_AFTER:
        raise _refusal("unreadable", today)
    first, middle, last = tokens[:_DATE_TOKENS]
    if any(word.isdecimal() for word in tokens[_DATE_TOKENS:]):
        raise _refusal("unreadable", today)
    month = int(middle) if middle.isdecimal() else months.get(middle)
    if month is None or not (first.isdecimal() and last.isdecimal()):
        raise _refusal("unreadable", today)
    if len(first) == 4 and len(last) <= 2:
        first, last = last, first
    if len(first) > 2 or (len(middle) > 2 and middle.isdecimal()) or len(last) not in (2, 4):
        raise _refusal("unreadable", today)
    year = int(last) if len(last) == 4 else _century(int(last), today)
    if year < OLDEST_YEAR:
        raise _refusal("unreadable", today)
    return year, month, int(first)


def _tokens(text: str) -> list[str]:
    """Words and numbers in small letters; nothing when there is anything else between them."""
    text = text.strip().casefold()
    if len(text) > _LONGEST:
        return []
    between = _TOKEN.sub("", text)
    return _TOKEN.findall(text) if _BETWEEN.fullmatch(between) else []


def _cut(digits: str, today: date) -> list[str]:
    """`05032016`, `050316`, and `20160305` where the first reading is no month."""
    if len(digits) == 8 and int(digits[2:4]) > 12 and OLDEST_YEAR <= int(digits[:4]) <= today.year:
        return [digits[6:], digits[4:6], digits[:4]]
    return [digits[:2], digits[2:4], digits[4:]]


def _century(two_digits: int, today: date) -> int:
    """A year of two digits is the latest one that is not ahead of today."""
    year = today.year - today.year % 100 + two_digits
    return year if year <= today.year else year - 100


def _refusal(reason: str, today: date) -> BadValue:
    return BadValue(field="born", reason=reason, example=f"05.03.{today.year - 9}")
