"""Which requests are open to whom: all of a municipality to those who decide there, to an officer
only the ones he has just found by what the family brought.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, literal, or_, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.db.engine import Tx
from core.db.models import Certificate, Child, Municipality, PointConfirmation, PointLookup
from core.domain.actors import Actor
from core.domain.confirmation import VISIT_OPEN
from core.domain.refusals import NotAllowed, NotFound
from core.domain.staff import Right, points_of
from core.services.staff.steps import rights_of


def came_to(
    rights: Sequence[Right], *, person_id: int, now: datetime
) -> ColumnElement[bool] | None:
    """The condition on Certificate for an officer's own finds; None: he is no officer now.

    A find counts only where the officer's right at that very point still holds.
    """
    points = points_of(rights)
    if not points:
        return None
    found = exists().where(
        PointLookup.certificate_id == Certificate.id,
        PointLookup.person_id == person_id,
        PointLookup.organisation_id.in_([right.organisation_id for right in points]),
        PointLookup.at > now - VISIT_OPEN,
    )
    places = sorted({right.municipality_id for right in points})
    return and_(Certificate.municipality_id.in_(places), found)


def open_in_person(
    rights: Sequence[Right], places: Sequence[int], *, person_id: int, now: datetime
) -> ColumnElement[bool]:
    """All requests of `places`, and those that came to the officer. Raises NotAllowed."""
    came = came_to(rights, person_id=person_id, now=now)
    whole = Certificate.municipality_id.in_(places)
    if came is not None:
        return or_(whole, came)
    if not places:
        raise NotAllowed()
    return whole


async def lock_visited(
    tx: Tx, actor: Actor, certificate_id: int, now: datetime
) -> Row[*tuple[Any, ...]]:
    """A request that came to this officer, with its child, held until the write ends.

    Raises NotAllowed (no officer now), NotFound.
    """
    came = came_to(await rights_of(tx, actor.person_id, now), person_id=actor.person_id, now=now)
    if came is None:
        raise NotAllowed()
    row: Row[*tuple[Any, ...]] | None = (
        await tx.execute(
            select(
                Certificate.id,
                Certificate.child_id,
                Certificate.municipality_id,
                Certificate.requested_by,
                Certificate.state,
                Certificate.version,
                Child.state.label("child_state"),
                Municipality.timezone,
            )
            .join(Child, Child.id == Certificate.child_id)
            .join(Municipality, Municipality.id == Certificate.municipality_id)
            .where(Certificate.id == certificate_id, came)
            .with_for_update(of=[Certificate, Child])
        )
    ).one_or_none()
    if row is None:
        raise NotFound(what="certificate")
    return row


async def keep_point(tx: Tx, actor: Actor, certificate_id: int, now: datetime) -> None:
    """Note at which point documents were seen; nothing for those who decide without a point."""
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    found = (
        select(
            PointLookup.certificate_id,
            PointLookup.organisation_id,
            PointLookup.person_id,
            literal(now, PointConfirmation.at.type),
        )
        .where(
            PointLookup.certificate_id == certificate_id,
            PointLookup.person_id == actor.person_id,
            PointLookup.at > now - VISIT_OPEN,
        )
        .order_by(PointLookup.id.desc())
        .limit(1)
    )
    await tx.execute(
        insert(PointConfirmation)
        .from_select(["certificate_id", "organisation_id", "person_id", "at"], found)
        .on_conflict_do_nothing(index_elements=[PointConfirmation.certificate_id])
    )


async def note_point(
    tx: Tx, actor: Actor, certificate_id: int, organisation_id: int, now: datetime
) -> None:
    """The same for a family that was entered at the point on paper."""
    await tx.execute(
        plain_insert(PointConfirmation).values(
            certificate_id=certificate_id,
            organisation_id=organisation_id,
            person_id=actor.person_id,
            at=now,
        )
    )
