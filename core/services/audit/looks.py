"""Looks at personal data are noted too: who saw which fields of what.

The same person's look at the same state within ten minutes is one look: a tap that is worked on
again after a crash, or a screen shown again, adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from core.db.engine import Tx
from core.db.models import AuditRecord
from core.services.audit.steps import record

ONE_LOOK = timedelta(minutes=10)


async def note_look(
    tx: Tx,
    *,
    at: datetime,
    actor: str,
    action: str,
    entity: str,
    entity_id: int,
    municipality_id: int | None,
    fields: Sequence[str],
    version: int,
) -> None:
    """Note that `actor` saw `fields` of this `version`."""
    recent = await tx.execute(
        select(AuditRecord.details).where(
            AuditRecord.entity == entity,
            AuditRecord.entity_id == entity_id,
            AuditRecord.action == action,
            AuditRecord.actor == actor,
            AuditRecord.at > at - ONE_LOOK,
        )
    )
    if any(details.get("version") == version for details in recent.scalars()):
        return
    await record(
        tx,
        at=at,
        actor=actor,
        action=action,
        entity=entity,
        entity_id=entity_id,
        municipality_id=municipality_id,
        fields=fields,
        details={"version": version},
    )
