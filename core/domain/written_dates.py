"""Reading days and periods as registries write them.

Days: 01.09.2026, 1.9.26, 2026-09-01, «1 сентября 2026 г.». Periods: two days («с 1 сентября по 31
мая 2027»: a year that is not said follows from the other), one day («с 01.09.2026»), months
(«сентябрь–май 2026/2027») or a school year («2026/2027 учебный год»). A period may share its cell
with something else: it is found, and the rest given back.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core.domain.writing import one_of, plain

MonthDay = tuple[int, int]


SUMMER = (6, 7, 8)


class NoSuchDay(ValueError):
    """Written like a day, but the calendar has none such."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """Both days inclusive; None: not said."""

    first: date | None
    last: date | None


@dataclass(frozen=True, kw_only=True)
class FoundPeriod:
    """A period and what else its cell says, '' when nothing."""

    period: Period
    rest: str


@dataclass(frozen=True, kw_only=True)
class DateWords:
    """Words in small letters. `school_first`, `school_last`: (month, day) of a school year."""

    months: Mapping[str, int]
    since: Iterable[str]
    till: Iterable[str]
    year: Iterable[str]
    school_year: Iterable[str]
    school_first: MonthDay
    school_last: MonthDay

    @cached_property
    def day(self) -> re.Pattern[str]:
        return re.compile(self._day(1))

    @cached_property
    def two_days(self) -> re.Pattern[str]:
        return re.compile(rf"{self._since}{self._day(1, '?')}{self._between}{self._day(2)}")

    @cached_property
    def one_day(self) -> re.Pattern[str]:
        since, till = one_of(self.since), one_of(self.till)
        return re.compile(rf"\b{since}\s{self._day(1)}|\b{till}\s{self._day(2)}")

    @cached_property
    def two_months(self) -> re.Pattern[str]:
        month = rf"{one_of(self.months)}\b\.?"
        return re.compile(
            rf"{self._since}\b(?P<month1>{month})(?:\s(?P<year1>20\d\d){self._year_word})?"
            rf"{self._between}(?P<month2>{month})\s(?:{_YEARS}|(?P<year2>20\d\d)\b)"
            rf"{self._school_word}{self._year_word}"
        )

    @cached_property
    def school(self) -> re.Pattern[str]:
        return re.compile(rf"\b{_YEARS}{self._school_word}{self._year_word}")

    @cached_property
    def bare_months(self) -> re.Pattern[str]:
        """«сентябрь-май»: a whole cell without a year."""
        month = rf"{one_of(self.months)}\b\.?"
        return re.compile(rf"{self._since}(?P<month1>{month}){self._between}(?P<month2>{month})")

    @cached_property
    def bare_days(self) -> re.Pattern[str]:
        """«01.09-31.05», «с 1 сентября по 31 мая»."""
        return re.compile(f"{self._since}{self._bare_day(1)}{self._between}{self._bare_day(2)}")

    def _bare_day(self, number: int) -> str:
        month = rf"(?P<month{number}>\d\d|{one_of(self.months)}\b\.?)"
        return rf"(?P<day{number}>\d\d?)(?:\s?[./]\s?|\s){month}"

    @property
    def _since(self) -> str:
        return rf"(?:\b{one_of(self.since)}\s)?"

    @property
    def _between(self) -> str:
        return rf"(?:\s?-\s?|\s{one_of(self.till)}\s)"

    @property
    def _year_word(self) -> str:
        return rf"(?:\s?{one_of(self.year)}\b\.?)?"

    @property
    def _school_word(self) -> str:
        return rf"(?:\s?{one_of(self.school_year)}\b\.?)?"

    def _day(self, number: int, year: str = "") -> str:
        """`year`: "?" where it need not be said."""
        month = rf"(?P<month{number}>\d\d?|{one_of(self.months)}\b\.?)"
        years = rf"(?:(?:\s?[./-]\s?|\s)(?P<year{number}>\d{{4}}|\d\d)(?!\d)){year}"
        return rf"\b(?P<day{number}>\d\d?)(?:\s?[./-]\s?|\s(?!\d)){month}{years}{self._year_word}"


_YEARS = r"(?P<years1>20\d\d)\s?[/-]\s?(?P<years2>20\d\d|\d\d)\b"
_TWO_DAYS = re.compile(r"(\.\d{4})\s?/\s?(\d\d\.\d\d\.\d{4})")
_ISO_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)(?:[t ]00:00(?::00)?)?(?!\d)")


def read_day(text: str, words: DateWords) -> date | None:
    """None when it is no day. Raises NoSuchDay."""
    found = words.day.fullmatch(_laid_out(text))
    return None if found is None else _date(found, 1, words)


def find_period(text: str, words: DateWords) -> FoundPeriod | None:
    """The first period that the text names. Raises NoSuchDay."""
    said = _laid_out(text)
    for pattern, read in (
        (words.two_days, _of_days),
        (words.two_months, _of_months),
        (words.school, _of_school_year),
        (words.one_day, _of_days),
    ):
        found = pattern.search(said)
        period = None if found is None else read(found, words)
        if found is not None and period is not None:
            rest = f"{said[: found.start()]} {said[found.end() :]}"
            return FoundPeriod(period=period, rest=rest.strip(" ,;:()."))
    return None


def read_bare_period(text: str, words: DateWords, today: date) -> Period | None:
    """A period without a year, in the study year of `today`: until May the one that goes on, from
    June on the coming one; summer months are those of this year. None when it is none. Raises
    NoSuchDay."""
    said = _laid_out(text).strip(" .,;")
    by_months = words.bare_months.fullmatch(said)
    found = by_months or words.bare_days.fullmatch(said)
    if found is None:
        return None
    first, last = (_month(found[name], words) for name in ("month1", "month2"))
    starts, ends = _study_years(first, last, today)
    try:
        if by_months:
            whole = calendar.monthrange(ends, last)[1]
            return Period(first=date(starts, first, 1), last=date(ends, last, whole))
        return Period(
            first=date(starts, first, int(found["day1"])), last=date(ends, last, int(found["day2"]))
        )
    except ValueError as error:
        raise NoSuchDay from error


def _month(said: str, words: DateWords) -> int:
    return words.months.get(said.rstrip("."), 0) or int(said)


def _study_years(first: int, last: int, today: date) -> tuple[int, int]:
    """The years of both months."""
    if first in SUMMER and last in SUMMER:
        return today.year, today.year
    begins = today.year - (today.month < SUMMER[0])
    starts = begins + (first < SUMMER[0])
    return starts, starts + (last < first)


def _laid_out(text: str) -> str:
    return _TWO_DAYS.sub(r"\1 - \2", _ISO_DAY.sub(r"\3.\2.\1", plain(text)))


def _of_days(found: re.Match[str], words: DateWords) -> Period | None:
    last = _date(found, 2, words)
    return Period(first=_date(found, 1, words, before=last), last=last)


def _of_months(found: re.Match[str], words: DateWords) -> Period | None:
    first, last = (words.months[found[name].rstrip(".")] for name in ("month1", "month2"))
    if found["years1"]:
        starts = int(found["years1"])
        ends = _year(found["years2"]) if first > last else starts
    else:
        ends = int(found["year2"])
        starts = int(found["year1"] or ends - (first > last))
    return Period(
        first=date(starts, first, 1),
        last=date(ends, last, calendar.monthrange(ends, last)[1]),
    )


def _of_school_year(found: re.Match[str], words: DateWords) -> Period | None:
    starts, ends = int(found["years1"]), _year(found["years2"])
    if ends != starts + 1:
        return None
    return Period(first=date(starts, *words.school_first), last=date(ends, *words.school_last))


def _date(
    found: re.Match[str], number: int, words: DateWords, before: date | None = None
) -> date | None:
    """Day `number` of what was found, None if it is not said; without a year the last one before
    `before`. Raises NoSuchDay."""
    said = found.groupdict()
    if said.get(f"day{number}") is None:
        return None
    day, month, year = (said[f"{name}{number}"] for name in ("day", "month", "year"))
    month = words.months.get(month.rstrip("."), 0) or int(month)
    try:
        if year is not None or before is None:
            return date(_year(year), month, int(day))
        guess = date(before.year, month, int(day))
        return guess if guess <= before else guess.replace(year=before.year - 1)
    except ValueError as error:
        raise NoSuchDay from error


def _year(said: str) -> int:
    return int(said) if len(said) == 4 else 2000 + int(said)
