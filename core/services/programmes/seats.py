"""Seats left now, counted inside somebody's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from core.db.engine import Tx
from core.db.models import Group, Import


def seen_import(import_id: InstrumentedAttribute[int | None]) -> ColumnElement[bool]:
    """Rows of no import, or of one that is visible: every read of the registry asks so."""
    return or_(
        import_id.is_(None),
        exists().where(Import.id == import_id, Import.visible_at.is_not(None)),
    )


def taking_applications(today: date) -> ColumnElement[bool]:
    """Groups a family may apply to on that day; whether a seat is left is another question."""
    return and_(
        seen_import(Group.import_id),
        or_(Group.ends_on.is_(None), Group.ends_on >= today),
        or_(Group.applications_from.is_(None), Group.applications_from <= today),
        or_(Group.applications_until.is_(None), Group.applications_until >= today),
    )


async def seats_of(tx: Tx, programme_ids: Sequence[int], today: date) -> dict[int, int | None]:
    """Seats left over the groups that take applications; None: not limited.

    A programme without such a group is not in the answer.
    """
    if not programme_ids:
        return {}
    left = case((Group.taken < Group.capacity, Group.capacity - Group.taken), else_=0)
    rows = await tx.execute(
        select(
            Group.programme_id,
            func.sum(left),
            func.sum(case((Group.capacity.is_(None), 1), else_=0)),
        )
        .where(Group.programme_id.in_(programme_ids), taking_applications(today))
        .group_by(Group.programme_id)
    )
    return {
        programme_id: None if unlimited else int(seats) for programme_id, seats, unlimited in rows
    }
