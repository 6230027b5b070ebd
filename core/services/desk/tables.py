"""The rows of a table of the desk, read at the moment of a download."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, null, select

from core.db.engine import Tx
from core.db.models import Application, Certificate, Child, Group, Organisation, Programme
from core.domain.calendar import local_date
from core.domain.certificates import CertificateState
from core.domain.desk import FileKind
from core.domain.enrolment import SEAT_STATES
from core.services.children.steps import NAME, name_of
from core.services.programmes.seats import seen_import


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """One child of a table. `tail`: the last four digits of the certificate; `on`: the day of the
    request, or since when the child is in the group."""

    id: int
    state: str
    child_name: str
    born: date
    on: date
    tail: str | None
    programme: str | None = None
    group: str | None = None
    organisation: str | None = None


async def table_rows(tx: Tx, found: Row[*tuple[Any, ...]]) -> tuple[TableRow, ...]:
    """The rows of a link: its kind, municipality and zone, and the group of a roster."""
    kind = FileKind(found.kind)
    query = _certificates(found) if kind is FileKind.CERTIFICATES else _applications(found, kind)
    return tuple(
        TableRow(
            id=row.id,
            state=row.state,
            child_name=name_of(row).full,
            born=row.born,
            on=row.enrolled_on or local_date(row.asked_at, found.timezone),
            tail=row.number_tail,
            programme=row.title,
            group=row.group_name,
            organisation=row.organisation_name,
        )
        for row in await tx.execute(query)
    )


def _certificates(found: Row[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Certificate.id,
            Certificate.state,
            *NAME,
            Child.born,
            Certificate.requested_at.label("asked_at"),
            Certificate.number_tail,
            _nothing("enrolled_on"),
            _nothing("title"),
            _nothing("group_name"),
            _nothing("organisation_name"),
        )
        .join(Child, Child.id == Certificate.child_id)
        .where(
            Certificate.municipality_id == found.municipality_id,
            seen_import(Certificate.import_id),
            Child.born.is_not(None),
        )
        .order_by(Certificate.id)
    )


def _applications(found: Row[*tuple[Any, ...]], kind: FileKind) -> Select[*tuple[Any, ...]]:
    tail = (
        select(Certificate.number_tail)
        .where(
            Certificate.child_id == Application.child_id,
            Certificate.state == CertificateState.ACTIVE,
        )
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(
            Application.id,
            Application.state,
            *NAME,
            Child.born,
            Application.applied_at.label("asked_at"),
            Application.enrolled_on,
            tail.label("number_tail"),
            Programme.title,
            Group.name.label("group_name"),
            Organisation.name.label("organisation_name"),
        )
        .join(Child, Child.id == Application.child_id)
        .join(Programme, Programme.id == Application.programme_id)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .join(Group, Group.id == Application.group_id)
        .where(seen_import(Application.import_id), Child.born.is_not(None))
    )
    if kind is FileKind.APPLICATIONS:
        of_place = Application.municipality_id == found.municipality_id
        return query.where(of_place).order_by(Application.id)
    return query.where(
        Application.group_id == found.group_id, Application.state.in_(sorted(SEAT_STATES))
    ).order_by(Child.last_name, Child.first_name, Application.id)


def _nothing(name: str) -> Any:
    return null().label(name)
