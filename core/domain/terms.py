"""From which day until which a right of staff holds, by the municipality's calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.domain.calendar import day_begins, local_date
from core.domain.refusals import BadValue


@dataclass(frozen=True, kw_only=True)
class Term:
    """Both days inclusive; None: at once, without an end."""

    first: date | None = None
    last: date | None = None

    def checked(self, today: date) -> Term:
        """The same. Raises BadValue(field="term", reason="order" | "past")."""
        if self.last is not None and self.first is not None and self.last < self.first:
            raise BadValue(field="term", reason="order")
        if self.last is not None and self.last < today:
            raise BadValue(field="term", reason="past")
        return self

    def starts_at(self, zone: str) -> datetime | None:
        """The beginning of the first day."""
        return None if self.first is None else day_begins(self.first, zone)

    def ends_at(self, zone: str) -> datetime | None:
        """The end of the last day: from this moment on the right holds no more."""
        return None if self.last is None else day_begins(self.last + timedelta(days=1), zone)


ALWAYS = Term()


def last_day(ends_at: datetime, zone: str) -> date:
    """The last day on which a right that ends then still holds."""
    return local_date(ends_at - timedelta(microseconds=1), zone)
