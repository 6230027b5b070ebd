"""The thirty days in which a family shows its documents: reminders, closing, opening again.

Reminders come on the 3rd, 10th and 25th day at ten in the morning; one that is more than a day
late, because nobody was there to send it, is left out. After the thirtieth day the request closes
by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from core.db.engine import Tx
from core.db.models import Certificate, Municipality
from core.domain.actors import SYSTEM
from core.domain.calendar import day_begins
from core.domain.certificates import REMINDER_DAYS, VISIT_DAYS, CertificateState
from core.domain.outgoing import Notice
from core.domain.silence import after_silence
from core.domain.staff import CardSubject
from core.services.audit.steps import record
from core.services.chats.steps import show_card
from core.services.outgoing.steps import enqueue
from core.services.timers.steps import set_timer, stop_timers
from core.services.timers.surroundings import Deed, Surroundings

ENTITY = "certificates"
VISIT_TIMER = "certificate.visit"
"""Closes a request nobody came for; the entity of these timers is the certificate."""
REMINDER_TIMERS = {day: f"certificate.remind-{day}" for day in REMINDER_DAYS}

_REMINDED_AT = time(10)
_LATE = timedelta(days=1)
_VERSIONS_APART = 100
"""A reminder is told once per version and day: both go into its number."""


async def await_visit(tx: Tx, certificate_id: int, visit_until: date, zone: str) -> None:
    """Set the timers of a request that waits until the end of this day."""
    began = visit_until - timedelta(days=VISIT_DAYS)
    for day, kind in REMINDER_TIMERS.items():
        at = datetime.combine(began + timedelta(days=day), _REMINDED_AT, tzinfo=ZoneInfo(zone))
        await set_timer(tx, kind, certificate_id, at)
    await set_timer(
        tx, VISIT_TIMER, certificate_id, day_begins(visit_until + timedelta(days=1), zone)
    )


async def end_visit_timers(tx: Tx, certificate_id: int, now: datetime) -> None:
    """Nobody waits for a visit any more."""
    await stop_timers(tx, [VISIT_TIMER, *REMINDER_TIMERS.values()], certificate_id, now)


async def _close_unvisited(tx: Tx, certificate_id: int, given: Surroundings) -> bool:
    """The family hears it by day. False when it has been decided meanwhile."""
    now = given.now
    row = (
        await tx.execute(
            update(Certificate)
            .where(
                Certificate.id == certificate_id,
                Certificate.state == CertificateState.AWAITING_VISIT,
            )
            .values(
                state=CertificateState.CLOSED,
                state_since=now,
                version=Certificate.version + 1,
            )
            .returning(Certificate.version, Certificate.municipality_id, Certificate.requested_by)
        )
    ).one_or_none()
    if row is None:
        return False
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
                not_before=after_silence(now, await _zone(tx, row.municipality_id), given.quiet),
            ),
            now=now,
            cipher=given.cipher,
        )
    await show_card(
        tx,
        CardSubject.CERTIFICATES,
        certificate_id,
        version=row.version,
        municipality_id=row.municipality_id,
        now=now,
        cipher=given.cipher,
    )
    return True


async def _remind(tx: Tx, certificate_id: int, given: Surroundings, *, day: int) -> bool:
    row = (
        await tx.execute(
            select(Certificate.version, Certificate.municipality_id, Certificate.requested_by)
            .where(
                Certificate.id == certificate_id,
                Certificate.state == CertificateState.AWAITING_VISIT,
                Certificate.requested_by.is_not(None),
            )
            .with_for_update()
        )
    ).one_or_none()
    if row is None or given.now > given.due_at + _LATE:
        return False
    zone = await _zone(tx, row.municipality_id)
    await enqueue(
        tx,
        Notice(
            kind="certificate.reminded",
            entity=ENTITY,
            entity_id=certificate_id,
            version=row.version * _VERSIONS_APART + day,
            person_id=row.requested_by,
            not_before=after_silence(given.now, zone, given.quiet),
            expires_at=given.due_at + 2 * _LATE,
        ),
        now=given.now,
        cipher=given.cipher,
    )
    return True


async def _zone(tx: Tx, municipality_id: int) -> str:
    return (
        await tx.execute(select(Municipality.timezone).where(Municipality.id == municipality_id))
    ).scalar_one()


DEEDS: Mapping[str, Deed] = {
    VISIT_TIMER: _close_unvisited,
    **{kind: partial(_remind, day=day) for day, kind in REMINDER_TIMERS.items()},
}
