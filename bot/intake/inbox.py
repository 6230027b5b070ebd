"""The inbox: every update is committed before Telegram is told it was taken, and ends once.

States: received -> done | dead. A row is handled under a lease of this instance; its epoch grows
with each claim, so a worker that slept through its lease cannot write back. Only the head of a
queue is ever claimed, which keeps the order per (chat, person) across processes too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import aliased

from bot.intake.dialogue import DialogueChanges, store_changes
from bot.intake.updates import (
    CHANNEL_POST,
    LARGEST,
    NotAnUpdate,
    RawUpdate,
    read_update,
)
from core.cipher import Cipher, WrongDataKey
from core.clock import Clock
from core.db.engine import Database, Tx, wake
from core.db.models import InboxRow
from core.domain.outgoing import Notice
from core.services.outgoing.steps import enqueue

LEASE = timedelta(seconds=30)
CRASHES = 5
"""Claims of one row that ended with the process; then it is set aside as the likely cause."""


class LeaseLost(Exception):
    """Somebody else has claimed the row since: nothing was written."""


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A row this worker holds."""

    row_id: int
    epoch: int
    update: RawUpdate
    attempts: int


class Inbox:
    """The table and the ways of a row. `bot_id` is the bot the updates are addressed to."""

    def __init__(
        self, database: Database, cipher: Cipher, clock: Clock, *, bot_id: int, instance: str
    ) -> None:
        self._database = database
        self._cipher = cipher
        self._clock = clock
        self._bot_id = bot_id
        self._instance = instance

    async def accept(self, updates: Sequence[RawUpdate]) -> None:
        """Commit updates as they came; those seen before are passed over. Raises DatabaseAway."""
        if not updates:
            return
        now = self._clock.now()
        rows = [self._row(update, now) for update in updates]
        async with self._database.write() as tx:
            await _take_turns(tx, updates)
            insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
            await tx.execute(
                insert(InboxRow).on_conflict_do_nothing(
                    index_elements=[InboxRow.bot_id, InboxRow.update_id]
                ),
                rows,
            )
            wake("inbox")

    async def claim(self, limit: int) -> list[Claimed]:
        """Take up to `limit` heads of queues that are due. Costs one read when there is none."""
        now = self._clock.now()
        async with self._database.read() as tx:
            if (await tx.execute(self._due(now).limit(1))).first() is None:
                return []
        async with self._database.write() as tx:
            heads = self._due(now).order_by(InboxRow.id).limit(limit)
            if tx.dialect.name == "postgresql":
                heads = heads.with_for_update(skip_locked=True)
            ids = list((await tx.execute(heads)).scalars())
            rows = await tx.execute(
                update(InboxRow)
                .where(InboxRow.id.in_(ids))
                .values(
                    lease_owner=self._instance,
                    lease_epoch=InboxRow.lease_epoch + 1,
                    lease_until=now + LEASE,
                    attempts=InboxRow.attempts + 1,
                )
                .returning(InboxRow.id, InboxRow.lease_epoch, InboxRow.attempts, InboxRow.payload)
            )
            claimed = []
            for row in rows.all():
                try:
                    raw = read_update(self._cipher.open_json("inbox", row.payload))
                except (WrongDataKey, NotAnUpdate) as error:
                    # one row nobody can read must not hold up the others
                    await self._set_aside(tx, row.id, type(error).__name__, now)
                    continue
                claimed.append(
                    Claimed(row_id=row.id, epoch=row.lease_epoch, attempts=row.attempts, update=raw)
                )
        return sorted(claimed, key=lambda one: one.row_id)

    async def finish(
        self, claimed: Claimed, changes: DialogueChanges, notices: Sequence[Notice] = ()
    ) -> None:
        """Dialogue state and `done` together. Raises LeaseLost, DatabaseAway."""
        now = self._clock.now()
        async with self._database.write() as tx:
            await self._end(tx, claimed, state="done", payload=None, ended_at=now)
            await store_changes(tx, changes, cipher=self._cipher, now=now)
            for notice in notices:
                await enqueue(tx, notice, now=now, cipher=self._cipher)
            wake("inbox")

    async def bury(self, claimed: Claimed, fault: str) -> None:
        """Set the row aside: its payload stays sealed for seven days. Raises LeaseLost."""
        async with self._database.write() as tx:
            await self._end(tx, claimed, state="dead", fault=fault, ended_at=self._clock.now())
            wake("inbox")

    async def postpone(self, claimed: Claimed, delay: timedelta) -> None:
        """Try again later: only this queue waits. Raises LeaseLost, DatabaseAway."""
        async with self._database.write() as tx:
            await self._end(
                tx,
                claimed,
                state="received",
                attempts=0,
                lease_owner=None,
                lease_until=None,
                next_try_at=self._clock.now() + delay,
            )

    async def renew(self, row_ids: Sequence[int]) -> None:
        """Keep the leases of rows that take long."""
        async with self._database.write() as tx:
            await tx.execute(
                update(InboxRow)
                .where(InboxRow.id.in_(row_ids), InboxRow.lease_owner == self._instance)
                .values(lease_until=self._clock.now() + LEASE)
            )

    async def take_back(self) -> None:
        """At the start: what this instance held when it died is free at once."""
        held = and_(InboxRow.state == "received", InboxRow.lease_owner == self._instance)
        async with self._database.read() as tx:
            if (await tx.execute(select(InboxRow.id).where(held).limit(1))).first() is None:
                return
        async with self._database.write() as tx:
            await tx.execute(
                update(InboxRow).where(held).values(lease_owner=None, lease_until=None)
            )

    async def oldest_waiting(self) -> datetime | None:
        """When the oldest row that has not ended came in."""
        async with self._database.read() as tx:
            found: datetime | None = await tx.scalar(
                select(func.min(InboxRow.received_at)).where(InboxRow.state == "received")
            )
            return found

    async def count_by_state(self) -> Mapping[str, int]:
        async with self._database.read() as tx:
            rows = await tx.execute(select(InboxRow.state, func.count()).group_by(InboxRow.state))
            return {state: int(count) for state, count in rows}

    def _row(self, raw: RawUpdate, now: datetime) -> dict[str, Any]:
        state, fault = "received", None
        if raw.is_too_deep:
            state, fault = "dead", "TooDeep"
        elif not raw.is_known:
            state, fault = "dead", "UnknownKind"
        elif len(json.dumps(raw.payload, ensure_ascii=True)) > LARGEST:
            state, fault = "dead", "TooLarge"
        elif not raw.is_ours:
            state = "done"
        elif raw.user_id is None and raw.kind != CHANNEL_POST:
            state, fault = "dead", "NoSender"
        return {
            "bot_id": self._bot_id,
            "update_id": raw.update_id,
            "queue": raw.queue,
            "kind": raw.kind,
            "state": state,
            "payload": (
                None
                if state == "done" or fault == "TooDeep"
                else self._cipher.seal_json("inbox", raw.payload)
            ),
            "attempts": 0,
            "lease_epoch": 0,
            "received_at": now,
            "next_try_at": now,
            "ended_at": None if state == "received" else now,
            "fault": fault,
        }

    @staticmethod
    def _due(now: datetime) -> Any:
        other = aliased(InboxRow)
        is_head = ~(
            select(other.id)
            .where(
                other.queue == InboxRow.queue,
                other.state == "received",
                or_(
                    other.id < InboxRow.id,
                    and_(other.id != InboxRow.id, other.lease_until >= now),
                ),
            )
            .exists()
        )
        return select(InboxRow.id).where(
            InboxRow.state == "received",
            InboxRow.next_try_at <= now,
            (InboxRow.lease_until.is_(None)) | (InboxRow.lease_until < now),
            is_head,
        )

    @staticmethod
    async def _set_aside(tx: Tx, row_id: int, fault: str, now: datetime) -> None:
        await tx.execute(
            update(InboxRow)
            .where(InboxRow.id == row_id)
            .values(state="dead", fault=fault, ended_at=now)
        )

    async def _end(self, tx: Tx, claimed: Claimed, **values: Any) -> None:
        result = await tx.execute(
            update(InboxRow)
            .where(
                InboxRow.id == claimed.row_id,
                InboxRow.state == "received",
                InboxRow.lease_epoch == claimed.epoch,
            )
            .values(**values)
        )
        if result.rowcount != 1:
            raise LeaseLost


async def _take_turns(tx: Tx, updates: Sequence[RawUpdate]) -> None:
    """On PostgreSQL a message and a tap of one person may be accepted at once by two connections:
    the lower id could be committed later, when the higher one is being handled already."""
    if tx.dialect.name == "postgresql":
        for queue in sorted({update.queue for update in updates}):
            await tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(queue, 0))))
