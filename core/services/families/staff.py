"""Where a staff person works with families, at the moment of commit."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from core.db.engine import Tx
from core.domain.actors import Actor
from core.domain.refusals import NotAllowed
from core.domain.staff import Role
from core.services.staff.steps import rights_of


async def require_place(
    tx: Tx,
    staff: Actor,
    now: datetime,
    *,
    roles: Collection[Role],
    municipality_id: int | None = None,
) -> list[int]:
    """Municipalities where the person holds one of the roles; the named one must be among them.
    Raises NotAllowed."""
    places = [
        right.municipality_id
        for right in await rights_of(tx, staff.person_id, now)
        if right.role in roles
    ]
    if not places or (municipality_id is not None and municipality_id not in places):
        raise NotAllowed()
    return places
