"""Applications that a roster has proven: the family and the staff chats hear of it.

The seat was the child's from the application on, so none is taken here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from core.cipher import Cipher
from core.db.engine import Tx
from core.db.models import Application, Municipality
from core.domain.outgoing import Notice
from core.domain.silence import QuietHours, after_silence
from core.domain.staff import CardSubject
from core.services.chats.steps import show_card
from core.services.enrolments.steps import ENTITY
from core.services.family_import.plan import Change
from core.services.outgoing.steps import enqueue


async def tell_settled(
    tx: Tx, settled: Sequence[Change], now: datetime, cipher: Cipher, quiet: QuietHours | None
) -> None:
    """The rows are written already; whoever applied hears after the hours of silence."""
    if not settled:
        return
    rows = await tx.execute(
        select(
            Application.id,
            Application.municipality_id,
            Application.applied_by,
            Application.version,
            Municipality.timezone,
        )
        .join(Municipality, Municipality.id == Application.municipality_id)
        .where(Application.id.in_([change.row_id for change in settled]))
        .order_by(Application.id)
    )
    for row in rows.all():
        if row.applied_by is not None:
            notice = Notice(
                kind="application.decided",
                entity=ENTITY,
                entity_id=row.id,
                version=row.version,
                person_id=row.applied_by,
                not_before=after_silence(now, row.timezone, quiet),
            )
            await enqueue(tx, notice, now=now, cipher=cipher)
        await show_card(
            tx,
            CardSubject.APPLICATIONS,
            row.id,
            version=row.version,
            municipality_id=row.municipality_id,
            now=now,
            cipher=cipher,
        )
