"""Days: the wall calendar of a municipality and the production calendar.

"Today" is always the date on the municipality's own clock. Terms of answers are working days of
the production calendar, which is data (core/words/ru/calendar.toml); all other terms are calendar
days.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SATURDAY = 5


class WorkingCalendar:
    """Monday to Friday, without `holidays` (days off), with `extra` (days made working)."""

    def __init__(self, holidays: Collection[date], extra: Collection[date]) -> None:
        self._holidays = frozenset(holidays)
        self._extra = frozenset(extra)

    def is_working(self, day: date) -> bool:
        if day in self._extra:
            return True
        return day.weekday() < _SATURDAY and day not in self._holidays

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day after `day`; the day itself does not count."""
        if n < 0:
            raise ValueError("a term is counted forward")
        while n > 0:
            day += timedelta(days=1)
            if self.is_working(day):
                n -= 1
        return day

    def count_working_days(self, since: date, until: date) -> int:
        """Working days after `since`, up to and with `until`; 0 when there are none."""
        days = (until - since).days
        return sum(self.is_working(since + timedelta(days=step)) for step in range(1, days + 1))


def local_date(at: datetime, zone: str) -> date:
    """The date on the wall in `zone` at that moment."""
    return at.astimezone(ZoneInfo(zone)).date()


def day_begins(day: date, zone: str) -> datetime:
    """The moment (UTC) at which `day` begins in `zone`."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
