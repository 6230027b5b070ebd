"""Holding a certificate until a write ends, for staff who may decide about it and for its family.

Who holds no deciding role is told so; who holds one elsewhere, and a stranger, cannot tell a
foreign certificate from an absent one.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select

from core.db.engine import Tx
from core.db.models import Certificate, Child, Municipality
from core.domain.actors import Actor
from core.domain.refusals import NotAllowed, NotFound
from core.domain.staff import may_decide_certificates
from core.services.children.steps import guarded_by
from core.services.staff.steps import rights_of

Held = Row[*tuple[Any, ...]]


async def hold_as_staff(tx: Tx, actor: Actor, certificate_id: int, now: datetime) -> Held:
    """Raises NotAllowed, NotFound."""
    rights = await rights_of(tx, actor.person_id, now)
    places = [
        right.municipality_id
        for right in rights
        if may_decide_certificates([right], municipality_id=right.municipality_id)
    ]
    if not places:
        raise NotAllowed()
    return await _held(tx, _rows(certificate_id).where(Certificate.municipality_id.in_(places)))


async def hold_as_family(tx: Tx, actor: Actor, certificate_id: int) -> Held:
    """Raises NotFound."""
    return await _held(tx, _rows(certificate_id).where(Certificate.child_id.in_(guarded_by(actor))))


async def hold(tx: Tx, certificate_id: int) -> Held | None:
    """For the clock and the command line."""
    return (await tx.execute(_rows(certificate_id))).one_or_none()


def _rows(certificate_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Certificate.id,
            Certificate.child_id,
            Certificate.municipality_id,
            Certificate.requested_by,
            Certificate.state,
            Certificate.version,
            Certificate.decided_by,
            Certificate.needed_data,
            Certificate.needed_note,
            Certificate.halt_reason,
            Child.state.label("child_state"),
            Child.born,
            Municipality.timezone,
        )
        .join(Child, Child.id == Certificate.child_id)
        .join(Municipality, Municipality.id == Certificate.municipality_id)
        .where(Certificate.id == certificate_id)
        .with_for_update(of=[Certificate, Child])
    )


async def _held(tx: Tx, rows: Select[*tuple[Any, ...]]) -> Held:
    row = (await tx.execute(rows)).one_or_none()
    if row is None:
        raise NotFound(what="certificate")
    return row
