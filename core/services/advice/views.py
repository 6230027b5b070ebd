"""What leaves the area: the clubs advised, each with its reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.domain.advice import Reason
from core.domain.names import ChildName
from core.domain.schedule import WeeklySession


@dataclass(frozen=True, kw_only=True)
class AdvisedProgramme:
    """A programme and its group that suits best. `seats_left` of that group, None: not limited."""

    programme_id: int
    title: str
    organisation_name: str
    price_kopecks: int | None
    group_id: int
    schedule: tuple[WeeklySession, ...]
    schedule_note: str | None
    starts_on: date | None
    seats_left: int | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class AdviceView:
    """At most five. `child_name`: of the child it is for; None where an age was enough."""

    items: tuple[AdvisedProgramme, ...]
    child_name: ChildName | None
    years: int
