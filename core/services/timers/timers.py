"""What becomes due by itself: timers that areas have set, payloads kept long enough.

Each thing due is one write of its own, so a crash between two leaves both whole. Nothing is
written when nothing is due.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, delete, select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database
from core.db.models import InboxRow, QuestionMiss, SearchMiss, Timer
from core.domain.silence import QuietHours
from core.services.timers.due import DEEDS
from core.services.timers.surroundings import Surroundings

DEAD_PAYLOADS_KEPT: Final = timedelta(days=7)
ENDED_UPDATES_KEPT: Final = timedelta(days=30)
"""Telegram repeats an update for a day at most; the numbers of failures are asked for longer."""
MISSES_KEPT: Final = timedelta(days=180)
_MANY = 10  # rows that nothing hangs on go ten times as many at once
_ENDED = ("done", "dead")
_DEAD = "dead"  # state of an inbox row that was set aside after its one try

_Forgettable = InboxRow | SearchMiss | QuestionMiss


class Timers:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet

    async def run_due(self, limit: int = 100) -> int:
        """Do what is due, at most `limit` of each kind; how much was done."""
        now = self._clock.now()
        done = await self._ring(now, limit) + await self._drop_dead_payloads(now, limit)
        for model, old in _forgotten(now):
            done += await self._forget(model, old, limit * _MANY)
        return done

    async def _ring(self, now: datetime, limit: int) -> int:
        """At most `limit` timers, the earliest first; kinds nobody names are left alone."""
        due = (
            select(Timer.id, Timer.kind, Timer.entity_id, Timer.due_at)
            .where(Timer.kind.in_(sorted(DEEDS)), Timer.done_at.is_(None), Timer.due_at <= now)
            .order_by(Timer.due_at, Timer.id)
            .limit(limit)
        )
        async with self._database.read() as tx:
            timers = (await tx.execute(due)).all()
        done = 0
        for timer in timers:
            given = Surroundings(
                now=now, due_at=timer.due_at, cipher=self._cipher, quiet=self._quiet
            )
            async with self._database.write() as tx:
                # another process may have been first, or somebody has moved it meanwhile
                mine = await tx.execute(
                    update(Timer)
                    .where(
                        Timer.id == timer.id,
                        Timer.done_at.is_(None),
                        Timer.due_at == timer.due_at,
                    )
                    .values(done_at=now)
                )
                if mine.rowcount == 1 and await DEEDS[timer.kind](tx, timer.entity_id, given):
                    done += 1
        return done

    async def _drop_dead_payloads(self, now: datetime, limit: int) -> int:
        old = _old_payloads(now).limit(limit)
        async with self._database.read() as tx:
            if (await tx.execute(old)).first() is None:
                return 0
        async with self._database.write() as tx:
            dropped = await tx.execute(
                update(InboxRow).where(InboxRow.id.in_(old)).values(payload=None)
            )
            return dropped.rowcount

    async def _forget(self, model: type[_Forgettable], old: ColumnElement[bool], limit: int) -> int:
        """Delete the oldest of these rows; nothing hangs on them."""
        rows = select(model.id).where(old).order_by(model.id).limit(limit)
        async with self._database.read() as tx:
            if (await tx.execute(rows)).first() is None:
                return 0
        async with self._database.write() as tx:
            return (await tx.execute(delete(model).where(model.id.in_(rows)))).rowcount


def _old_payloads(now: datetime) -> Select[int]:
    return (
        select(InboxRow.id)
        .where(
            InboxRow.state == _DEAD,
            InboxRow.ended_at < now - DEAD_PAYLOADS_KEPT,
            InboxRow.payload.is_not(None),
        )
        .order_by(InboxRow.id)
    )


def _forgotten(now: datetime) -> list[tuple[type[_Forgettable], ColumnElement[bool]]]:
    """Updates that ended long ago; what was looked for or asked in vain, and not again since."""
    ended = InboxRow.state.in_(_ENDED) & (InboxRow.ended_at < now - ENDED_UPDATES_KEPT)
    return [
        (InboxRow, ended),
        (SearchMiss, SearchMiss.last_at < now - MISSES_KEPT),
        (QuestionMiss, QuestionMiss.last_at < now - MISSES_KEPT),
    ]
