"""Reads about staff: who holds what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from core.db.engine import Tx
from core.db.models import Municipality, Organisation, Person, StaffRight
from core.domain.staff import Role
from core.services.staff.steps import stands


@dataclass(frozen=True, kw_only=True)
class StaffMember:
    """One live right with the names a reader needs."""

    right_id: int
    person_id: int
    person_name: str | None
    role: Role
    municipality_id: int
    municipality_code: str
    municipality_name: str
    organisation_id: int | None
    organisation_name: str | None
    granted_at: datetime
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    delegated_from: int | None = None


async def list_members(tx: Tx, now: datetime, *where: ColumnElement[bool]) -> list[StaffMember]:
    """All rights that hold at `now` or will, by municipality, then oldest first."""
    rows = await tx.execute(
        select(
            StaffRight.id,
            StaffRight.person_id,
            Person.name.label("person_name"),
            StaffRight.role,
            StaffRight.municipality_id,
            Municipality.code,
            Municipality.name.label("municipality_name"),
            StaffRight.organisation_id,
            Organisation.name.label("organisation_name"),
            StaffRight.granted_at,
            StaffRight.starts_at,
            StaffRight.ends_at,
            StaffRight.delegated_from,
        )
        .join(Person, Person.id == StaffRight.person_id)
        .join(Municipality, Municipality.id == StaffRight.municipality_id)
        .outerjoin(Organisation, Organisation.id == StaffRight.organisation_id)
        .where(stands(now), *where)
        .order_by(Municipality.ordinal, StaffRight.id)
    )
    return [
        StaffMember(
            right_id=row.id,
            person_id=row.person_id,
            person_name=row.person_name,
            role=Role(row.role),
            municipality_id=row.municipality_id,
            municipality_code=row.code,
            municipality_name=row.municipality_name,
            organisation_id=row.organisation_id,
            organisation_name=row.organisation_name,
            granted_at=row.granted_at,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            delegated_from=row.delegated_from,
        )
        for row in rows
    ]
