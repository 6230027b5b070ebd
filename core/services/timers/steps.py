"""Setting and stopping timers inside somebody's write: one timer per (kind, entity)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.db.engine import Tx
from core.db.models import Timer


async def set_timer(tx: Tx, kind: str, entity_id: int, due_at: datetime) -> None:
    """Due at this moment; one that was set before is moved, one that has rung is set again."""
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    await tx.execute(
        insert(Timer)
        .values(kind=kind, entity_id=entity_id, due_at=due_at)
        .on_conflict_do_update(
            index_elements=[Timer.kind, Timer.entity_id],
            set_={"due_at": due_at, "done_at": None},
        )
    )


async def stop_timers(tx: Tx, kinds: Collection[str], entity_id: int, now: datetime) -> None:
    """Nothing of these kinds is due any more."""
    await tx.execute(
        update(Timer)
        .where(Timer.kind.in_(kinds), Timer.entity_id == entity_id, Timer.done_at.is_(None))
        .values(done_at=now)
    )
