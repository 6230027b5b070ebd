"""A family on paper joins its child by the slip it got at the point.

The slip is a one-time link of at least 128 random bits. Junk, expired, used and somebody else's
slips get one and the same answer by the same statements. The one who joined may follow his link
again: the answer is the same and nothing happens.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select, update

from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Child, JoinSlip, Person
from core.domain.actors import Actor
from core.domain.codes import code_hash, may_be_code
from core.domain.confirmation import SlipInvalid
from core.domain.family import FamilyRole
from core.services.audit.steps import record
from core.services.children.steps import NAME, name_of
from core.services.confirmation.views import JoinedChild
from core.services.consents.steps import require_processing
from core.services.families.steps import join


class JoinSlips:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def check(self, actor: Actor, code: str) -> None:
        """Before a consent is asked: whether the slip leads anywhere. Raises SlipInvalid."""
        async with self._database.read() as tx:
            await _find(tx, actor, code, self._clock.now())

    async def join(self, actor: Actor, code: str) -> JoinedChild:
        """Become the child's guardian. Raises SlipInvalid, ConsentNeeded(kind="processing")."""
        async with self._database.write() as tx:
            now = self._clock.now()
            row = await _find(tx, actor, code, now, lock=True)
            await require_processing(tx, actor.person_id)
            if row.used_by is None:
                await self._join(tx, actor, row, now)
            return JoinedChild(child_id=row.child_id, child_name=name_of(row))

    async def _join(self, tx: Tx, actor: Actor, row: Row[*tuple[Any, ...]], now: datetime) -> None:
        await tx.execute(
            update(JoinSlip)
            .where(JoinSlip.id == row.id)
            .values(used_at=now, used_by=actor.person_id)
        )
        await join(tx, row.child_id, actor.person_id, FamilyRole.GUARDIAN, now=now, kind=None)
        await tx.execute(
            update(Person)
            .where(Person.id == actor.person_id, Person.municipality_id.is_(None))
            .values(municipality_id=row.municipality_id)
        )
        await record(
            tx,
            at=now,
            actor=actor.mark,
            action="child.joined_by_slip",
            entity="children",
            entity_id=row.child_id,
            municipality_id=row.municipality_id,
            details={"slip_id": row.id},
        )


async def _find(
    tx: Tx, actor: Actor, code: str, now: datetime, *, lock: bool = False
) -> Row[*tuple[Any, ...]]:
    """A slip that waits, or the actor's own used one. Raises SlipInvalid."""
    wanted = code_hash(code) if may_be_code(code) else ""
    slips = (
        select(JoinSlip.id, JoinSlip.child_id, JoinSlip.used_by, Child.municipality_id, *NAME)
        .join(Child, Child.id == JoinSlip.child_id)
        .where(
            JoinSlip.code_sha256 == wanted,
            Child.born.is_not(None),
            or_(
                JoinSlip.used_by.is_(None) & (JoinSlip.expires_at > now),
                JoinSlip.used_by == actor.person_id,
            ),
        )
    )
    found = await tx.execute(slips.with_for_update(of=JoinSlip) if lock else slips)
    row: Row[*tuple[Any, ...]] | None = found.one_or_none()
    if row is None:
        raise SlipInvalid()
    return row
