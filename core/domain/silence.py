"""Silence at night: what the person did not cause just now waits for the morning.

From 21:00 to 9:00 on the municipality's clock (words page); where quiet hours are not set,
nothing waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class QuietHours:
    """Local hours of silence over midnight: from `begins` in the evening to before `ends`."""

    begins: time = time(21)
    ends: time = time(9)


def after_silence(at: datetime, zone: str, quiet: QuietHours | None) -> datetime:
    """The first moment (UTC) from `at` on when one may speak in `zone`."""
    local = at.astimezone(ZoneInfo(zone))
    if quiet is None or quiet.ends <= local.time() < quiet.begins:
        return at.astimezone(UTC)
    day = local.date()
    if local.time() >= quiet.begins:
        day += timedelta(days=1)
    return datetime.combine(day, quiet.ends, tzinfo=ZoneInfo(zone)).astimezone(UTC)
