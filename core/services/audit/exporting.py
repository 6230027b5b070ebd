"""The whole audit, line by line, for whoever checks from outside: ids and codes only."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from sqlalchemy import select

from core.db.engine import Database
from core.db.models import AuditRecord, Municipality

_CHUNK = 2000

Line = tuple[int, str, str, str, str, int, str, str, str]
"""id, moment (ISO, UTC), actor, action, entity, its id, code of the municipality or nothing, names
of fields, details as JSON."""


async def export_audit(database: Database) -> AsyncIterator[Line]:
    """Oldest first; read in chunks, so that a long audit holds up nobody."""
    last = 0
    while True:
        async with database.read() as tx:
            rows = (
                await tx.execute(
                    select(
                        AuditRecord.id,
                        AuditRecord.at,
                        AuditRecord.actor,
                        AuditRecord.action,
                        AuditRecord.entity,
                        AuditRecord.entity_id,
                        Municipality.code,
                        AuditRecord.fields,
                        AuditRecord.details,
                    )
                    .outerjoin(Municipality, Municipality.id == AuditRecord.municipality_id)
                    .where(AuditRecord.id > last)
                    .order_by(AuditRecord.id)
                    .limit(_CHUNK)
                )
            ).all()
        if not rows:
            return
        for row in rows:
            yield (
                row.id,
                row.at.isoformat(),
                row.actor,
                row.action,
                row.entity,
                row.entity_id,
                row.code or "",
                ", ".join(row.fields),
                json.dumps(row.details, ensure_ascii=True, sort_keys=True),
            )
        last = rows[-1].id
