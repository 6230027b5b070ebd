"""Families and staff chats hear of what the other registry has answered; the rows are written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import Application, Certificate, Municipality
from core.domain.outgoing import Notice
from core.domain.silence import QuietHours, after_silence
from core.domain.staff import CardSubject
from core.services.chats.steps import show_card
from core.services.outgoing.steps import enqueue


async def tell_of_certificates(
    tx: Tx, ids: Sequence[int], *, now: datetime, cipher: Cipher, quiet: QuietHours | None
) -> None:
    """Whoever asked hears the present state after the hours of silence."""
    rows = await tx.execute(
        select(
            Certificate.id,
            Certificate.municipality_id,
            Certificate.requested_by.label("person_id"),
            Certificate.version,
            Municipality.timezone,
        )
        .join(Municipality, Municipality.id == Certificate.municipality_id)
        .where(Certificate.id.in_(ids))
        .order_by(Certificate.id)
    )
    for row in rows.all():
        await _tell(tx, CardSubject.CERTIFICATES, row, "certificate.decided", now, cipher, quiet)


async def tell_of_applications(
    tx: Tx,
    ids: Sequence[int],
    kind: str,
    *,
    now: datetime,
    cipher: Cipher,
    quiet: QuietHours | None,
) -> None:
    """The same of applications; `kind` of the notice says what is told."""
    rows = await tx.execute(
        select(
            Application.id,
            Application.municipality_id,
            Application.applied_by.label("person_id"),
            Application.version,
            Municipality.timezone,
        )
        .join(Municipality, Municipality.id == Application.municipality_id)
        .where(Application.id.in_(ids))
        .order_by(Application.id)
    )
    for row in rows.all():
        await _tell(tx, CardSubject.APPLICATIONS, row, kind, now, cipher, quiet)


async def _tell(
    tx: Tx,
    subject: CardSubject,
    row: Row[*tuple[Any, ...]],
    kind: str,
    now: datetime,
    cipher: Cipher,
    quiet: QuietHours | None,
) -> None:
    if row.person_id is not None:
        notice = Notice(
            kind=kind,
            entity=subject.value,
            entity_id=row.id,
            version=row.version,
            person_id=row.person_id,
            not_before=after_silence(now, row.timezone, quiet),
        )
        await enqueue(tx, notice, now=now, cipher=cipher)
    await show_card(
        tx,
        subject,
        row.id,
        version=row.version,
        municipality_id=row.municipality_id,
        now=now,
        cipher=cipher,
    )
