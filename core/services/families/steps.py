"""Steps about who stands by a child, inside somebody's write."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import Consent, Guardianship
from core.domain.consents import ConsentKind
from core.domain.family import FamilyRole
from core.domain.outgoing import Notice
from core.domain.silence import QuietHours, after_silence
from core.services.outgoing.steps import enqueue

ENTITY = "guardianships"


async def join(
    tx: Tx, child_id: int, person_id: int, role: FamilyRole, *, now: datetime, kind: str | None
) -> bool:
    """Let the person stand by the child; a guardian never becomes less by it. False when nothing
    changed. One who left earlier comes back into the same row."""
    held = (
        await tx.execute(
            select(Guardianship.id, Guardianship.role, Guardianship.ended_at)
            .where(Guardianship.child_id == child_id, Guardianship.person_id == person_id)
            .with_for_update()
        )
    ).one_or_none()
    if held is None:
        await tx.execute(
            insert(Guardianship).values(
                child_id=child_id, person_id=person_id, role=role, kind=kind, since=now
            )
        )
        return True
    if held.ended_at is None and held.role in (role, FamilyRole.GUARDIAN):
        return False
    came_back = {"since": now, "ended_at": None} if held.ended_at is not None else {}
    await tx.execute(
        update(Guardianship)
        .where(Guardianship.id == held.id)
        .values(role=role, kind=kind, **came_back)
    )
    return True


async def end(tx: Tx, child_id: int, person_id: int, now: datetime) -> bool:
    """The person stands by the child no more. False when that was so already."""
    ended = await tx.execute(
        update(Guardianship)
        .where(
            Guardianship.child_id == child_id,
            Guardianship.person_id == person_id,
            Guardianship.ended_at.is_(None),
        )
        .values(ended_at=now)
    )
    return ended.rowcount == 1


async def has_other_guardian(tx: Tx, child_id: int, person_id: int) -> bool:
    """A second guardian whose consent stands: the child's data keep their ground."""
    found = await tx.execute(
        select(Guardianship.id)
        .join(Consent, Consent.person_id == Guardianship.person_id)
        .where(
            Guardianship.child_id == child_id,
            Guardianship.person_id != person_id,
            Guardianship.role == FamilyRole.GUARDIAN,
            Guardianship.ended_at.is_(None),
            Consent.kind == ConsentKind.PROCESSING,
            Consent.withdrawn_at.is_(None),
        )
        .limit(1)
    )
    return found.first() is not None


async def people_around(tx: Tx, child_id: int) -> list[int]:
    """Everybody who hears how the child's clubs are getting on: guardians, helpers, itself."""
    rows = await tx.execute(
        select(Guardianship.person_id)
        .where(Guardianship.child_id == child_id, Guardianship.ended_at.is_(None))
        .order_by(Guardianship.person_id)
    )
    return list(rows.scalars())


async def tell(
    tx: Tx,
    kind: str,
    person_id: int,
    *,
    entity: str,
    entity_id: int,
    version: int,
    zone: str,
    now: datetime,
    cipher: Cipher,
    quiet: QuietHours | None,
) -> None:
    """Put one notice for one person of the family into the outbox; by day."""
    await enqueue(
        tx,
        Notice(
            kind=kind,
            entity=entity,
            entity_id=entity_id,
            version=version,
            person_id=person_id,
            not_before=after_silence(now, zone, quiet),
        ),
        now=now,
        cipher=cipher,
    )
