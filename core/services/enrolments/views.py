"""What leaves the area: an application for its family, for staff in private, for staff chats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.domain.enrolment import ApplicationRefusal, ApplicationState
from core.domain.names import ChildName
from core.domain.schedule import WeeklySession


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """What the check screen says before an application; nothing is held yet.

    `price_kopecks`: None where the family pays nothing; `seats_left`: None where not limited;
    `consent_needed`: the transfer consent for this provider is still to be given.
    """

    municipality_id: int
    child_id: int
    group_id: int
    programme_title: str
    organisation_name: str
    organisation_id: int
    group_name: str
    schedule: tuple[WeeklySession, ...]
    schedule_note: str | None
    address: str | None
    starts_on: date | None
    price_kopecks: int | None
    seats_left: int | None
    answer_by: date
    consent_needed: bool


@dataclass(frozen=True, kw_only=True)
class ApplicationView:
    """For the guardian. `id` is the number people are told; `answer_by`: None where a roster of the
    registry lists the child and nobody has applied."""

    id: int
    child_id: int
    child_name: ChildName
    programme_id: int
    programme_title: str
    organisation_name: str
    organisation_phone: str | None
    group_id: int
    group_name: str
    schedule: tuple[WeeklySession, ...]
    schedule_note: str | None
    address: str | None
    starts_on: date | None
    state: ApplicationState
    answer_by: date | None
    refusal_reason: ApplicationRefusal | None
    refusal_note: str | None
    applied_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class ApplicationDetails:
    """Personal fields, for a member of staff in a private chat; each look is audited.

    `age_years` on the group's start date; `certificate_tail`: the last four digits.
    """

    id: int
    municipality_id: int
    state: ApplicationState
    version: int
    child_id: int
    child_name: ChildName
    born: date
    age_years: int
    guardian_name: str | None
    phone: str | None
    certificate_tail: str | None
    programme_title: str
    organisation_id: int
    organisation_name: str
    group_name: str
    schedule: tuple[WeeklySession, ...]
    schedule_note: str | None
    applied_at: datetime
    answer_by: date | None
    refusal_reason: ApplicationRefusal | None
    refusal_note: str | None
    decided_by_name: str | None
    decided_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ApplicationCard:
    """For a staff chat: no personal data of the family. `waiting_since`: the day of
    the application in the municipality's calendar, true whenever the card is read; `to_enter`: it
    waits to be entered into the registry kept elsewhere."""

    id: int
    municipality_id: int
    state: ApplicationState
    age_years: int
    programme_title: str
    organisation_name: str
    group_name: str
    waiting_since: date
    answer_by: date | None
    version: int
    decided_by_name: str | None
    decided_at: datetime | None
    refusal_reason: ApplicationRefusal | None
    to_enter: bool = False
