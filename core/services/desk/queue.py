"""The queue of the desk: requests for certificates and applications the actor may decide.

Lists hold no personal data: number, age, programme, days of waiting. A search by exact name finds
by the blind index and shows the same lines; who it is, is opened one by one and audited by
`CertificateDecisions.open` and `ApplicationDecisions.open`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import (
    Application,
    Certificate,
    Child,
    Group,
    Municipality,
    Organisation,
    Programme,
)
from core.domain.actors import Actor
from core.domain.ages import full_years
from core.domain.calendar import local_date
from core.domain.certificates import UNDECIDED as CERTIFICATES_OPEN
from core.domain.desk import PAGE_ROWS, Reach, Waiting, Wanted, reach_of
from core.domain.enrolment import UNDECIDED as APPLICATIONS_OPEN
from core.domain.refusals import NotAllowed
from core.domain.staff import CardSubject
from core.services.children.steps import name_index
from core.services.desk.entrances import check_visitor
from core.services.programmes.seats import seen_import


@dataclass(frozen=True, kw_only=True)
class QueueRow:
    """One line. `about`: the programme and group of an application, else the municipality;
    `waits_days`: calendar days since the family asked; None once decided."""

    id: int
    version: int
    state: str
    age_years: int
    about: str
    organisation: str | None
    asked_on: date
    waits_days: int | None
    open: bool


@dataclass(frozen=True, kw_only=True)
class QueuePage:
    """`page` counts from 1 and is the last one where a later one was asked for."""

    subject: CardSubject
    rows: tuple[QueueRow, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, kw_only=True)
class WaitingCounts:
    """How many wait for a decision; None: the actor decides no such requests."""

    certificates: int | None
    applications: int | None


class DeskQueue:
    def __init__(self, database: Database, clock: Clock, cipher: Cipher) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher

    async def page(
        self, actor: Actor, subject: CardSubject, *, waiting: Waiting, wanted: Wanted, page: int
    ) -> QueuePage:
        """Oldest first while they wait, newest first otherwise. Raises NotAllowed."""
        async with self._database.read() as tx:
            now = self._clock.now()
            reach = reach_of(await check_visitor(tx, actor, now))
            within = _within(subject, reach)
            if within is None:
                raise NotAllowed()
            conditions = [within, *self._conditions(subject, waiting, wanted)]
            total = await _count(tx, subject, conditions)
            pages = max(1, -(-total // PAGE_ROWS))
            page = min(max(page, 1), pages)
            key = _key(subject)
            order = key.asc() if waiting is Waiting.OPEN else key.desc()
            rows = await tx.execute(
                _lines(subject)
                .where(*conditions)
                .order_by(order)
                .limit(PAGE_ROWS)
                .offset((page - 1) * PAGE_ROWS)
            )
            return QueuePage(
                subject=subject,
                rows=tuple(_row(row, subject, now) for row in rows),
                page=page,
                pages=pages,
                total=total,
            )

    async def count_waiting(self, actor: Actor) -> WaitingCounts:
        """Raises NotAllowed."""
        async with self._database.read() as tx:
            reach = reach_of(await check_visitor(tx, actor, self._clock.now()))
            counts: dict[CardSubject, int | None] = {}
            for subject in CardSubject:
                within = _within(subject, reach)
                waits = self._conditions(subject, Waiting.OPEN, Wanted())
                counts[subject] = (
                    None if within is None else await _count(tx, subject, [within, *waits])
                )
        return WaitingCounts(
            certificates=counts[CardSubject.CERTIFICATES],
            applications=counts[CardSubject.APPLICATIONS],
        )

    def _conditions(
        self, subject: CardSubject, waiting: Waiting, wanted: Wanted
    ) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if wanted.number is not None:
            found.append(_key(subject) == wanted.number)
        if wanted.visit_code is not None:
            found.append(
                Certificate.visit_code == wanted.visit_code
                if subject is CardSubject.CERTIFICATES
                else false()
            )
        if wanted.name is not None:
            found.append(Child.name_key == name_index(self._cipher, wanted.name))
        if wanted == Wanted() and waiting is not Waiting.ALL:
            # who searches by a number looks for it in every state
            still = _state(subject).in_(_undecided(subject))
            found.append(still if waiting is Waiting.OPEN else ~still)
        return found


def _undecided(subject: CardSubject) -> list[str]:
    certificates = subject is CardSubject.CERTIFICATES
    return sorted(CERTIFICATES_OPEN if certificates else APPLICATIONS_OPEN)


def _key(subject: CardSubject) -> Any:
    return Certificate.id if subject is CardSubject.CERTIFICATES else Application.id


def _state(subject: CardSubject) -> Any:
    return Certificate.state if subject is CardSubject.CERTIFICATES else Application.state


def _within(subject: CardSubject, reach: Reach) -> ColumnElement[bool] | None:
    """What of all requests the actor decides; None: nothing of this kind."""
    if subject is CardSubject.CERTIFICATES:
        places = sorted(reach.certificates)
        return Certificate.municipality_id.in_(places) if places else None
    parts: list[ColumnElement[bool]] = []
    if reach.applications:
        parts.append(Application.municipality_id.in_(sorted(reach.applications)))
    parts += [
        and_(Application.municipality_id == place, Programme.organisation_id == organisation)
        for place, organisation in sorted(reach.organisations)
    ]
    return or_(*parts) if parts else None


def _joined(subject: CardSubject, *columns: Any) -> Select[*tuple[Any, ...]]:
    if subject is CardSubject.CERTIFICATES:
        return (
            select(*columns)
            .select_from(Certificate)
            .join(Child, Child.id == Certificate.child_id)
            .join(Municipality, Municipality.id == Certificate.municipality_id)
            .where(seen_import(Certificate.import_id), Child.born.is_not(None))
        )
    return (
        select(*columns)
        .select_from(Application)
        .join(Child, Child.id == Application.child_id)
        .join(Municipality, Municipality.id == Application.municipality_id)
        .join(Programme, Programme.id == Application.programme_id)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .join(Group, Group.id == Application.group_id)
        .where(seen_import(Application.import_id), Child.born.is_not(None))
    )


async def _count(tx: Tx, subject: CardSubject, conditions: list[ColumnElement[bool]]) -> int:
    counted = await tx.execute(_joined(subject, func.count()).where(*conditions))
    return int(counted.scalar_one())


def _lines(subject: CardSubject) -> Select[*tuple[Any, ...]]:
    shared = (Child.born, Municipality.timezone)
    if subject is CardSubject.CERTIFICATES:
        return _joined(
            subject,
            Certificate.id,
            Certificate.version,
            Certificate.state,
            Certificate.requested_at.label("asked_at"),
            Municipality.name.label("place"),
            *shared,
        )
    return _joined(
        subject,
        Application.id,
        Application.version,
        Application.state,
        Application.applied_at.label("asked_at"),
        Programme.title,
        Group.name.label("group_name"),
        Group.starts_on,
        Organisation.name.label("organisation_name"),
        *shared,
    )


def _row(row: Row[*tuple[Any, ...]], subject: CardSubject, now: datetime) -> QueueRow:
    today = local_date(now, row.timezone)
    asked_on = local_date(row.asked_at, row.timezone)
    still = row.state in _undecided(subject)
    certificate = subject is CardSubject.CERTIFICATES
    return QueueRow(
        id=row.id,
        version=row.version,
        state=row.state,
        age_years=full_years(row.born, today if certificate else row.starts_on or today),
        about=row.place if certificate else f"{row.title}, {row.group_name}",
        organisation=None if certificate else row.organisation_name,
        asked_on=asked_on,
        waits_days=(today - asked_on).days if still else None,
        open=still,
    )
