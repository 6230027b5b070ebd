"""The weekly schedule of a group: which days, from when till when, in the municipality's zone.

In the database it is a list of `{"weekday": 1..7, "starts": "15:00", "ends": "16:30"}`, Monday
being 1; `ends` is absent where nobody said it. What registries write is read in
`core.domain.written_schedule`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

ACADEMIC_HOUR = 45  # minutes


@dataclass(frozen=True, kw_only=True)
class WeeklySession:
    """One session (занятие) of each week. `weekday`: Monday is 1, Sunday is 7. `ends`: None where
    the registry names the beginning only."""

    weekday: int
    starts: time
    ends: time | None

    @property
    def busy_until(self) -> time:
        """Till when the child is not free: an academic hour where no end is said [assumed]."""
        if self.ends is not None:
            return self.ends
        hours, minutes = divmod(self.starts.hour * 60 + self.starts.minute + ACADEMIC_HOUR, 60)
        return time(hours, minutes) if hours < 24 else time.max


def as_stored(sessions: Iterable[WeeklySession]) -> list[dict[str, Any]]:
    """The shape the database keeps."""
    return [
        {"weekday": session.weekday, "starts": session.starts.strftime("%H:%M")}
        | ({} if session.ends is None else {"ends": session.ends.strftime("%H:%M")})
        for session in sessions
    ]


def from_stored(rows: Iterable[Mapping[str, Any]]) -> tuple[WeeklySession, ...]:
    """The opposite of `as_stored`."""
    return tuple(
        WeeklySession(
            weekday=int(row["weekday"]),
            starts=time.fromisoformat(row["starts"]),
            ends=time.fromisoformat(row["ends"]) if "ends" in row else None,
        )
        for row in rows
    )
