"""What leaves the area: a programme somebody watches, and how many seats it has now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class WatchView:
    """`seats_left`: over the groups that take applications now, None when one has no limit."""

    id: int
    programme_id: int
    programme_title: str
    organisation_name: str
    seats_left: int | None
    since: datetime
