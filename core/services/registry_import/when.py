"""When a group meets: its period and its week, each in a cell of its own or both in one.

«01.09.2026-31.05.2027, пн/ср 15.00-16.30» may stand in the column of the schedule as well as in
that of the period. A week that cannot be read is kept as it stands and shown so; a period that
cannot be read in its own column refuses the row, as any other value does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from core.domain.schedule import as_stored
from core.domain.writing import one_of, plain
from core.domain.written_dates import FoundPeriod, NoSuchDay, Period, find_period, read_bare_period
from core.domain.written_schedule import read_schedule
from core.files.tables import Cell
from core.services.registry_import.cells import Unreadable, in_sight, is_blank, text
from core.services.registry_import.vocabulary import Vocabulary

LONGEST = 1_000
NEVER_SAID = Period(first=None, last=None)


@dataclass(frozen=True, kw_only=True)
class When:
    """What one cell says. `note`: the cell as it stands, where its week was not read."""

    period: Period
    week: list[dict[str, Any]]
    note: str | None


UNSAID = When(period=NEVER_SAID, week=[], note=None)


def week(cell: Cell, words: Vocabulary) -> When:
    """A cell of the schedule, with or without a period beside it."""
    written = text(cell, longest=LONGEST)
    if written is None:
        return UNSAID
    sessions = read_schedule(written, words.schedule)
    if sessions is not None:
        return When(period=NEVER_SAID, week=as_stored(sessions), note=None)
    try:
        found = _find(written, words)
    except Unreadable:
        found = None
    if found is None:
        return When(period=NEVER_SAID, week=[], note=written)
    sessions = read_schedule(found.rest, words.schedule) if found.rest else ()
    return When(
        period=found.period,
        week=as_stored(sessions or ()),
        note=written if sessions is None else None,
    )


def period(cell: Cell, words: Vocabulary) -> When:
    """A cell of the period, with or without a week beside it. Raises Unreadable."""
    if is_blank(cell):
        return UNSAID
    if isinstance(cell, date):
        only = in_sight(date(cell.year, cell.month, cell.day))
        return When(period=Period(first=only, last=None), week=[], note=None)
    written = text(cell, longest=LONGEST) or ""
    found = _find(written, words) or _find_bare(written, words)
    rest = written if found is None else found.rest
    sessions = read_schedule(rest, words.schedule) if rest else ()
    if sessions is None and not _is_idle(rest, words, beside=found is not None):
        raise Unreadable("not-period")
    return When(
        period=NEVER_SAID if found is None else found.period,
        week=as_stored(sessions or ()),
        note=None,
    )


def _find(written: str, words: Vocabulary) -> FoundPeriod | None:
    try:
        found = find_period(written, words.dates)
    except NoSuchDay as error:
        raise Unreadable("no-such-day") from error
    if found is None:
        return None
    first, last = found.period.first, found.period.last
    for bound in filter(None, (first, last)):
        in_sight(bound)
    if first is not None and last is not None and last < first:
        raise Unreadable("ends-before", first=first.strftime("%d.%m.%Y"))
    return found


def _find_bare(written: str, words: Vocabulary) -> FoundPeriod | None:
    """«сентябрь-май»: of the study year of the day it is read on."""
    if words.today is None:
        return None
    try:
        found = read_bare_period(written, words.dates, words.today)
    except NoSuchDay as error:
        raise Unreadable("no-such-day") from error
    return None if found is None else FoundPeriod(period=found, rest="")


def _is_idle(rest: str, words: Vocabulary, *, beside: bool) -> bool:
    """«9 месяцев» names no day; neither do words without numbers beside a period."""
    said = plain(rest)
    if _lasting(words.durations).fullmatch(said):
        return True
    return beside and not any(sign.isdigit() for sign in said)


@cache
def _lasting(durations: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\d+(?:[.,]\d+)?\s?{one_of(durations)}\.?")
