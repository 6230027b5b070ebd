"""The step that notes an act inside its own write.

The audit holds ids, codes and names of fields, never values of personal fields (I9).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import insert

from core.db.engine import Tx
from core.db.models import AuditRecord

_NOTHING: Mapping[str, int | str | None] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Touched:
    """One row of many that an act changed, with the names of its fields."""

    entity_id: int
    municipality_id: int
    fields: Sequence[str]


async def record(
    tx: Tx,
    *,
    at: datetime,
    actor: str,
    action: str,
    entity: str,
    entity_id: int,
    municipality_id: int | None,
    fields: Sequence[str] = (),
    details: Mapping[str, int | str | None] = _NOTHING,
) -> None:
    """Note one act. `actor` is `person:ID`, `system` or `cli`; `action` is past tense."""
    await tx.execute(
        insert(AuditRecord).values(
            at=at,
            actor=actor,
            action=action,
            entity=entity,
            entity_id=entity_id,
            municipality_id=municipality_id,
            fields=list(fields),
            details=dict(details),
        )
    )


async def record_many(
    tx: Tx,
    touched: Sequence[Touched],
    *,
    at: datetime,
    actor: str,
    action: str,
    entity: str,
    details: Mapping[str, int | str | None] = _NOTHING,
) -> None:
    """Note the same act about many rows in one statement."""
    if not touched:
        return
    await tx.execute(
        insert(AuditRecord),
        [
            {
                "at": at,
                "actor": actor,
                "action": action,
                "entity": entity,
                "entity_id": one.entity_id,
                "municipality_id": one.municipality_id,
                "fields": list(one.fields),
                "details": dict(details),
            }
            for one in touched
        ],
    )
