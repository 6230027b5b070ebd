"""What leaves the area: a point, its figures, a family on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from core.domain.certificates import CertificateState
from core.domain.names import ChildName


@dataclass(frozen=True, kw_only=True)
class PointView:
    """Where an officer works; `external`: the registry's number is typed on confirming."""

    organisation_id: int
    organisation_name: str
    municipality_id: int
    municipality_name: str
    timezone: str
    external: bool


@dataclass(frozen=True, kw_only=True)
class PointFigures:
    """Certificates confirmed at a point: this calendar year, today, by the one who asks."""

    organisation_id: int
    organisation_name: str
    this_year: int
    today: int
    mine_today: int
    mine_this_year: int
    plan: int | None


@dataclass(frozen=True, kw_only=True)
class PaperFamily:
    """What an officer copies from the papers of a family without an account.

    `snils`: as written, None when there is none; `phone`: the same.
    """

    name: ChildName
    born: date
    snils: str | None
    guardian_name: str
    phone: str | None
    consent_number: str
    consent_on: date


@dataclass(frozen=True, kw_only=True)
class EnteredFamily:
    """`number` None: a specialist compares first, or the registry elsewhere gives it.

    `slip_until`: so long the family's link lives.
    """

    certificate_id: int
    child_name: ChildName
    state: CertificateState
    number: str | None
    slip_until: datetime


@dataclass(frozen=True, kw_only=True)
class JoinedChild:
    """The child a family on paper has joined by its slip."""

    child_id: int
    child_name: ChildName
