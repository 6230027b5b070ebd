"""The outbox table: claim, settle, and what is left over after a crash. No network here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import aliased

from core.cipher import Cipher, WrongDataKey
from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import BoundChat, Lease, OutboxRow, Person
from core.domain.outgoing import OutboxState
from core.i18n import DEFAULT_LOCALE

LEADER = "outbox"
FENCE = "fence"
"""A lease row of this name (made by a restore) stops all sending until an operator lifts it."""
LEADERSHIP = timedelta(seconds=15)
LEASE = timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A claimed row. `left_before`: an earlier send of it may have left."""

    row_id: int
    epoch: int
    kind: str
    params: Mapping[str, Any]
    repeatable: bool
    attempts: int
    person_id: int | None
    bound_chat_id: int | None
    chat_id: int | None
    locale: str
    zone_of: int | None  # municipality
    reachable: bool
    expired: bool


class OutboxQueue:
    """Rows in order inside a lane; one leader sends for all processes."""

    def __init__(self, database: Database, cipher: Cipher, clock: Clock, *, instance: str) -> None:
        self._database = database
        self._cipher = cipher
        self._clock = clock
        self._instance = instance

    def now(self) -> datetime:
        return self._clock.now()

    async def lead(self) -> bool:
        """Become or stay the leader; False while another process is, or the fence is down."""
        now = self._clock.now()
        async with self._database.read() as tx:
            if await _fenced(tx):
                return False
            row = (
                await tx.execute(select(Lease.owner, Lease.until).where(Lease.name == LEADER))
            ).first()
        if row is not None and row.until is not None:
            if row.owner == self._instance and row.until - now > LEADERSHIP / 2:
                return True
            if row.owner != self._instance and row.until > now:
                return False
        async with self._database.write() as tx:
            return await self._take_lead(tx, now)

    async def due(self) -> bool:
        """Whether there is anything to claim: one read."""
        async with self._database.read() as tx:
            row = await tx.execute(self._heads(self._clock.now()).limit(1))
            return row.first() is not None

    async def claim(self, limit: int) -> list[Letter]:
        """Heads of lanes that are due, service before campaigns; none behind the fence, which may
        have come down since this process looked whether it leads."""
        now = self._clock.now()
        async with self._database.write() as tx:
            if await _fenced(tx):
                return []
            heads = self._heads(now).order_by(OutboxRow.priority, OutboxRow.id).limit(limit)
            if tx.dialect.name == "postgresql":
                heads = heads.with_for_update(skip_locked=True)
            ids = list((await tx.execute(heads)).scalars())
            await tx.execute(
                update(OutboxRow)
                .where(OutboxRow.id.in_(ids))
                .values(
                    lease_owner=self._instance,
                    lease_epoch=OutboxRow.lease_epoch + 1,
                    lease_until=now + LEASE,
                    attempts=OutboxRow.attempts + 1,
                )
            )
            return await self._open(tx, ids, now)

    async def settle(
        self,
        tx: Tx,
        letter: Letter,
        state: OutboxState,
        *,
        said: str = "",
        message_id: int | None = None,
    ) -> bool:
        """End the row inside the caller's write; False when the lease was lost."""
        result = await tx.execute(
            update(OutboxRow)
            .where(
                OutboxRow.id == letter.row_id,
                OutboxRow.state == OutboxState.PENDING,
                OutboxRow.lease_epoch == letter.epoch,
            )
            .values(
                state=state,
                outcome=said or None,
                message_id=message_id,
                params=None,
                ended_at=self._clock.now(),
                lease_until=None,
            )
        )
        return result.rowcount == 1

    async def postpone(self, tx: Tx, letter: Letter, delay: timedelta) -> None:
        """Back into its place: later rows of the lane wait behind it."""
        await tx.execute(
            update(OutboxRow)
            .where(OutboxRow.id == letter.row_id, OutboxRow.lease_epoch == letter.epoch)
            .values(not_before=self._clock.now() + delay, lease_until=None, lease_owner=None)
        )

    async def take_back(self) -> None:
        """At the start: rows this instance was sending when it died.

        Their outcome is unknown. What may be repeated is sent again, the rest stays `unknown`.
        """
        left = and_(
            OutboxRow.state == OutboxState.PENDING,
            OutboxRow.lease_owner == self._instance,
            OutboxRow.lease_until.is_not(None),
        )
        async with self._database.read() as tx:
            if (await tx.execute(select(OutboxRow.id).where(left).limit(1))).first() is None:
                return
        async with self._database.write() as tx:
            await tx.execute(
                update(OutboxRow)
                .where(left, OutboxRow.repeatable.is_(False))
                .values(state=OutboxState.UNKNOWN, params=None, ended_at=self._clock.now())
            )
            await tx.execute(
                update(OutboxRow).where(left).values(lease_owner=None, lease_until=None)
            )

    async def oldest_due(self) -> datetime | None:
        """Since when the oldest row that could go has waited."""
        async with self._database.read() as tx:
            found: datetime | None = await tx.scalar(
                select(func.min(OutboxRow.not_before)).where(
                    OutboxRow.state == OutboxState.PENDING,
                    OutboxRow.not_before <= self._clock.now(),
                )
            )
            return found

    async def count_by_state(self) -> Mapping[str, int]:
        async with self._database.read() as tx:
            rows = await tx.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state))
            return {state: int(count) for state, count in rows}

    async def _take_lead(self, tx: Tx, now: datetime) -> bool:
        insert = sqlite_insert if tx.dialect.name == "sqlite" else postgresql_insert
        await tx.execute(insert(Lease).values(name=LEADER, epoch=0).on_conflict_do_nothing())
        result = await tx.execute(
            update(Lease)
            .where(
                Lease.name == LEADER,
                or_(Lease.owner == self._instance, Lease.until.is_(None), Lease.until <= now),
            )
            .values(owner=self._instance, epoch=Lease.epoch + 1, until=now + LEADERSHIP)
        )
        return result.rowcount == 1

    @staticmethod
    def _heads(now: datetime) -> Any:
        earlier = aliased(OutboxRow)
        # a row that waits for its hour lets later ones pass; one that was tried does not
        blocked = (
            select(earlier.id)
            .where(
                earlier.lane == OutboxRow.lane,
                earlier.state == OutboxState.PENDING,
                earlier.id < OutboxRow.id,
                or_(earlier.not_before <= now, earlier.attempts > 0),
            )
            .exists()
        )
        return select(OutboxRow.id).where(
            OutboxRow.state == OutboxState.PENDING,
            OutboxRow.not_before <= now,
            or_(OutboxRow.lease_until.is_(None), OutboxRow.lease_until < now),
            ~blocked,
        )

    async def _open(self, tx: Tx, ids: Sequence[int], now: datetime) -> list[Letter]:
        rows = await tx.execute(
            select(
                OutboxRow,
                Person.messenger_id,
                Person.locale,
                Person.municipality_id,
                Person.blocked_at,
                BoundChat.chat_id.label("bound_chat"),
                BoundChat.municipality_id.label("chat_municipality"),
                BoundChat.unbound_at,
            )
            .outerjoin(Person, Person.id == OutboxRow.person_id)
            .outerjoin(BoundChat, BoundChat.id == OutboxRow.bound_chat_id)
            .where(OutboxRow.id.in_(ids))
            .order_by(OutboxRow.priority, OutboxRow.id)
        )
        letters = []
        for row in rows:
            try:
                params = self._cipher.open_json("outbox", row.params)
            except WrongDataKey:
                # one row nobody can read must not hold up the others
                await self._set_aside(tx, row.id, now)
                continue
            letters.append(_letter(row, params, now))
        return letters

    @staticmethod
    async def _set_aside(tx: Tx, row_id: int, now: datetime) -> None:
        await tx.execute(
            update(OutboxRow)
            .where(OutboxRow.id == row_id)
            .values(
                state=OutboxState.REJECTED, outcome=WrongDataKey.__name__, params=None, ended_at=now
            )
        )


def _letter(row: Row[*tuple[Any, ...]], params: Mapping[str, Any], now: datetime) -> Letter:
    to_person = row.person_id is not None
    return Letter(
        row_id=row.id,
        epoch=row.lease_epoch,
        kind=row.kind,
        params=params,
        repeatable=row.repeatable,
        attempts=row.attempts,
        person_id=row.person_id,
        bound_chat_id=row.bound_chat_id,
        chat_id=row.messenger_id if to_person else row.bound_chat,
        locale=row.locale or DEFAULT_LOCALE,
        zone_of=row.municipality_id or row.chat_municipality,
        reachable=row.blocked_at is None if to_person else row.unbound_at is None,
        expired=row.expires_at is not None and row.expires_at <= now,
    )


async def _fenced(tx: Tx) -> bool:
    return bool(await tx.scalar(select(exists().where(Lease.name == FENCE))))
