"""Steps about a certificate inside somebody's write."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import Certificate, Municipality, Timer
from core.domain.actors import SYSTEM
from core.domain.certificates import CertificateState
from core.domain.outgoing import Notice
from core.domain.silence import QuietHours, after_silence
from core.domain.staff import CardSubject
from core.services.audit.steps import record
from core.services.chats.steps import show_card
from core.services.outgoing.steps import enqueue

ENTITY = "certificates"
VISIT_TIMER = "certificate.visit"
"""Kind of the timer that closes a request nobody came for; its entity is the certificate."""


async def end_visit_timer(tx: Tx, certificate_id: int, now: datetime) -> None:
    """Nobody waits for a visit any more."""
    await tx.execute(
        update(Timer)
        .where(
            Timer.kind == VISIT_TIMER, Timer.entity_id == certificate_id, Timer.done_at.is_(None)
        )
        .values(done_at=now)
    )


async def close_unvisited(
    tx: Tx, certificate_id: int, *, now: datetime, cipher: Cipher, quiet: QuietHours | None
) -> bool:
    """Close a request whose thirty days have passed; the family hears it by day.

    False when it has been decided meanwhile.
    """
    row = (
        await tx.execute(
            update(Certificate)
            .where(
                Certificate.id == certificate_id,
                Certificate.state == CertificateState.AWAITING_VISIT,
            )
            .values(state=CertificateState.CLOSED, version=Certificate.version + 1)
            .returning(Certificate.version, Certificate.municipality_id, Certificate.requested_by)
        )
    ).one_or_none()
    if row is None:
        return False
    zone = (
        await tx.execute(
            select(Municipality.timezone).where(Municipality.id == row.municipality_id)
        )
    ).scalar_one()
    await record(
        tx,
        at=now,
        actor=SYSTEM,
        action="certificate.closed",
        entity=ENTITY,
        entity_id=certificate_id,
        municipality_id=row.municipality_id,
        fields=("state",),
        details={"version": row.version},
    )
    if row.requested_by is not None:
        await enqueue(
            tx,
            Notice(
                kind="certificate.closed",
                entity=ENTITY,
                entity_id=certificate_id,
                version=row.version,
                person_id=row.requested_by,
                not_before=after_silence(now, zone, quiet),
            ),
            now=now,
            cipher=cipher,
        )
    await show_card(
        tx,
        CardSubject.CERTIFICATES,
        certificate_id,
        version=row.version,
        municipality_id=row.municipality_id,
        now=now,
        cipher=cipher,
    )
    return True
