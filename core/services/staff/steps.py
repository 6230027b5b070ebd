"""The check of rights inside a write: whoever acted had the role at commit time (I11).

On PostgreSQL the right's row is read FOR SHARE: a revocation waits for the decision's commit or
is seen by it, never slips between. SQLite has one writer, so nothing can slip there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from core.db.engine import Tx
from core.db.models import StaffRight
from core.domain.refusals import NotAllowed
from core.domain.staff import Right, Role, may_decide_applications, may_decide_certificates


def stands(now: datetime) -> ColumnElement[bool]:
    """Rights that hold at `now` or begin later."""
    return and_(
        StaffRight.revoked_at.is_(None),
        or_(StaffRight.ends_at.is_(None), StaffRight.ends_at > now),
    )


def holds(now: datetime) -> ColumnElement[bool]:
    """Rights that hold at `now`."""
    return and_(stands(now), or_(StaffRight.starts_at.is_(None), StaffRight.starts_at <= now))


async def rights_of(tx: Tx, person_id: int, now: datetime) -> list[Right]:
    """The person's rights that hold at `now`, oldest first; they stay so until `tx` ends."""
    rows = await tx.execute(
        select(
            StaffRight.id,
            StaffRight.role,
            StaffRight.municipality_id,
            StaffRight.organisation_id,
            StaffRight.granted_at,
            StaffRight.ends_at,
        )
        .where(StaffRight.person_id == person_id, holds(now))
        .order_by(StaffRight.id)
        .with_for_update(read=True)
    )
    return [
        Right(
            id=row.id,
            role=Role(row.role),
            municipality_id=row.municipality_id,
            organisation_id=row.organisation_id,
            granted_at=row.granted_at,
            ends_at=row.ends_at,
        )
        for row in rows
    ]


async def require(
    tx: Tx, person_id: int, *, now: datetime, allows: Callable[[Sequence[Right]], bool]
) -> list[Right]:
    """The person's rights when `allows` says yes to them. Raises NotAllowed."""
    rights = await rights_of(tx, person_id, now)
    if not allows(rights):
        raise NotAllowed()
    return rights


async def require_certificates(
    tx: Tx, person_id: int, *, municipality_id: int, now: datetime
) -> None:
    """The person may decide certificates there, now. Raises NotAllowed."""
    await require(
        tx,
        person_id,
        now=now,
        allows=lambda rights: may_decide_certificates(rights, municipality_id=municipality_id),
    )


async def require_applications(
    tx: Tx, person_id: int, *, municipality_id: int, organisation_id: int, now: datetime
) -> None:
    """The person may decide the organisation's applications, now. Raises NotAllowed."""
    await require(
        tx,
        person_id,
        now=now,
        allows=lambda rights: may_decide_applications(
            rights, municipality_id=municipality_id, organisation_id=organisation_id
        ),
    )
