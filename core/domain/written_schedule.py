"""Reading the schedule of a group as registries write it.

«Ср 15:00–16:30; Пт, Сб 15:00–16:30», «вт/чт с 15 до 16:30», «16.00-17.30 (пн-пт)», «вт,чт 17:00».
Days and then hours, or hours and then days throughout. A cell is read whole or not at all: half a
schedule would send a family on the wrong day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from itertools import groupby

from core.domain.schedule import WeeklySession
from core.domain.writing import plain

Days = tuple[int, ...]
Hours = tuple[time, time | None]

MOST_SESSIONS = 60


@dataclass(frozen=True, kw_only=True)
class ScheduleWords:
    """Words in small letters, е for ё.

    `days`: a word -> days 1…7 («вт» is 2; «будни» are 1…5). `since`, `till`: what stands before the
    first and the last of a span. `idle`: what means nothing here («и», «ч»).
    """

    days: Mapping[str, Days]
    since: frozenset[str]
    till: frozenset[str]
    idle: frozenset[str]


class _Senseless(Exception):
    """Something here is no schedule."""


def read_schedule(text: str, words: ScheduleWords) -> tuple[WeeklySession, ...] | None:
    """Sessions by day and time; None if not read whole."""
    try:
        found = {
            (day, starts, ends)
            for days, hours in _paired(_parts(_signs(text, words)))
            for day in days
            for starts, ends in hours
        }
    except _Senseless:
        return None
    if not 0 < len(found) <= MOST_SESSIONS:
        return None
    return tuple(
        WeeklySession(weekday=day, starts=starts, ends=ends)
        for day, starts, ends in sorted(found, key=lambda one: (one[0], one[1], one[2] or one[1]))
    )


_DAY, _HOUR, _BARE, _SINCE, _TILL, _DASH = "dhbst-"
"""Kinds of signs: days, 15:00, 15, since, till, a dash."""


@dataclass(frozen=True)
class _Sign:
    kind: str
    days: Days = ()
    at: time = time.min


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Days, or hours."""

    days: Days = ()
    hours: Hours | None = None


# «16-00 – 17-30» and «1600-1730» are hours only where both ends are written so
_MINUTES_BY_DASH = re.compile(r"\b(\d{1,2})-(\d{2})(\s*-\s*|\s+[^\W\d]{2}\s+)(\d{1,2})-(\d{2})\b")
_MINUTES_AT_ONCE = re.compile(r"\b(\d{2})(\d{2})\s*-\s*(\d{2})(\d{2})\b")
_SIGN = re.compile(
    r"(?P<hour>\d{1,2})(?:\s?[:.]\s?(?P<minute>\d{2}))?(?!\d)"
    r"|(?P<word>[^\W\d_]+)|(?P<dash>-)|(?P<stray>[^\s,;:.()/+&])"
)
# «с пн по пт», «пн-пт», «пн-ср-пт» (these three) · «15:00-16:30», «с 15 до 16», «17:00»
_JOINED = re.compile(r"sdtd|d(?:-d)*|s?[hb][t-][hb]|s?h|[st-]")


def _signs(text: str, words: ScheduleWords) -> list[_Sign]:
    return [
        sign
        for found in _SIGN.finditer(_laid_out(text))
        if (sign := _sign(found, words)) is not None
    ]


def _laid_out(text: str) -> str:
    said = _MINUTES_BY_DASH.sub(r"\1:\2\3\4:\5", plain(text))
    return _MINUTES_AT_ONCE.sub(r"\1:\2-\3:\4", said)


def _sign(found: re.Match[str], words: ScheduleWords) -> _Sign | None:
    """None for an idle word."""
    if found["dash"]:
        return _Sign(_DASH)
    if hour := found["hour"]:
        try:
            at = time(int(hour), int(found["minute"] or 0))
        except ValueError as error:
            raise _Senseless from error
        return _Sign(_HOUR if found["minute"] else _BARE, at=at)
    word = found["word"]
    if word in words.days:
        return _Sign(_DAY, days=words.days[word])
    if word in words.since:
        return _Sign(_SINCE)
    if word in words.till:
        return _Sign(_TILL)
    if word not in words.idle:
        raise _Senseless
    return None


def _parts(signs: list[_Sign]) -> Iterator[_Part]:
    """Spans become days or hours; a mark that joins nothing is passed over."""
    kinds = "".join(sign.kind for sign in signs)
    place = 0
    while place < len(kinds):
        found = _JOINED.match(kinds, place)
        if found is None:
            raise _Senseless
        part = signs[found.start() : found.end()]
        place = found.end()
        if days := [sign.days for sign in part if sign.kind == _DAY]:
            yield _Part(days=_days(days))
        elif hours := [sign.at for sign in part if sign.kind in (_HOUR, _BARE)]:
            yield _Part(hours=_hours(hours))


def _days(named: list[Days]) -> Days:
    if len(named) != 2:
        return tuple(day for days in named for day in days)
    first, last = named
    if len(first) != 1 or len(last) != 1 or last <= first:
        raise _Senseless
    return tuple(range(first[0], last[0] + 1))


def _hours(named: list[time]) -> Hours:
    starts, ends = named[0], named[1] if len(named) == 2 else None
    if ends is not None and ends <= starts:
        raise _Senseless
    return starts, ends


def _paired(parts: Iterable[_Part]) -> Iterator[tuple[list[int], list[Hours]]]:
    """Runs of days and runs of hours by turns, whichever comes first."""
    runs = [list(run) for _, run in groupby(parts, key=lambda part: part.hours is None)]
    if len(runs) % 2:
        raise _Senseless
    for one, other in zip(runs[::2], runs[1::2], strict=True):
        both = [*one, *other]
        days = [day for part in both for day in part.days]
        yield days, [part.hours for part in both if part.hours is not None]
