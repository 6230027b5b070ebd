"""What a person sees of the registry: lines of a list, the card of a programme, its groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from core.domain.programmes import Direction, Level, RegistryKind, StudyForm
from core.domain.schedule import WeeklySession

Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class Page(Generic[Item]):
    """A part of a list. `total` counts the whole list."""

    items: tuple[Item, ...]
    total: int
    offset: int

    @property
    def has_more(self) -> bool:
        return self.offset + len(self.items) < self.total


@dataclass(frozen=True, kw_only=True)
class ProgrammeLine:
    """A programme in a list.

    `seats_left`: over the groups that take applications now; None when one of them has no limit,
    0 when there is none. `price_kopecks`: for the whole programme, None when it is not known.
    """

    id: int
    municipality_id: int
    title: str
    organisation_name: str
    age_from_months: int
    age_to_months: int
    seats_left: int | None
    price_kopecks: int | None


@dataclass(frozen=True, kw_only=True)
class GroupView:
    """A group as of now.

    `seats_left`: capacity - taken, never below 0; None when the registry sets no limit.
    `schedule_note`: the registry's own words, where they could not be read into `schedule`.
    """

    id: int
    name: str
    teacher: str | None
    address: str | None
    schedule: tuple[WeeklySession, ...]
    schedule_note: str | None
    capacity: int | None
    seats_left: int | None
    starts_on: date | None
    ends_on: date | None
    takes_applications: bool


@dataclass(frozen=True, kw_only=True)
class ProgrammeCard:
    """A published programme with its groups, sorted by name. Ages in months, inclusive."""

    id: int
    municipality_id: int
    organisation_id: int
    organisation_name: str
    title: str
    annotation: str | None
    direction: Direction
    age_from_months: int
    age_to_months: int
    level: Level | None
    form: StudyForm | None
    registry_kind: RegistryKind | None
    hours: int | None
    price_kopecks: int | None
    adapted: bool
    remote: bool
    holiday: bool
    groups: tuple[GroupView, ...]
