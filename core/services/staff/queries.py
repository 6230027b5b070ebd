"""Reads about staff: who holds what, for the command line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from core.db.engine import Tx
from core.db.models import Municipality, Organisation, Person, StaffRight
from core.domain.staff import Role


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


async def list_members(tx: Tx, now: datetime) -> list[StaffMember]:
    """All rights that hold at `now`, by municipality, then oldest first."""
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
        )
        .join(Person, Person.id == StaffRight.person_id)
        .join(Municipality, Municipality.id == StaffRight.municipality_id)
        .outerjoin(Organisation, Organisation.id == StaffRight.organisation_id)
        .where(
            StaffRight.revoked_at.is_(None),
            or_(StaffRight.ends_at.is_(None), StaffRight.ends_at > now),
        )
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
        )
        for row in rows
    ]
