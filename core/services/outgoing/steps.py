"""The step every use case ends with when somebody is to be told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.cipher import Cipher
from core.db.engine import Tx, wake
from core.db.models import OutboxRow
from core.domain.outgoing import Notice, OutboxState


async def enqueue(tx: Tx, notice: Notice, *, now: datetime, cipher: Cipher) -> None:
    """Put the notice into the outbox; a second one with the same key is passed over."""
    insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
    await tx.execute(
        insert(OutboxRow)
        .values(
            dedupe_key=notice.dedupe_key,
            kind=notice.kind,
            lane=notice.lane,
            person_id=notice.person_id,
            bound_chat_id=notice.bound_chat_id,
            priority=notice.priority,
            repeatable=notice.repeatable,
            params=cipher.seal_json(
                "outbox",
                {
                    "entity": notice.entity,
                    "entity_id": notice.entity_id,
                    "version": notice.version,
                    **notice.params,
                },
            ),
            state=OutboxState.PENDING,
            attempts=0,
            lease_epoch=0,
            made_at=now,
            not_before=max(now, notice.not_before) if notice.not_before else now,
            expires_at=notice.expires_at,
        )
        .on_conflict_do_nothing(index_elements=[OutboxRow.dedupe_key])
    )
    wake("outbox")
