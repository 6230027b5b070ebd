"""What becomes due by itself: timers that areas have set, payloads kept long enough.

Each thing due is one write of its own, so a crash between two leaves both whole. Nothing is
written when nothing is due.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select, update

from core.cipher import Cipher
from core.clock import Clock
from core.db.engine import Database
from core.db.models import Timer
from core.domain.silence import QuietHours
from core.services.certificates.adulthood import lay_birthdays
from core.services.chats.reminders import remind_of_waiting
from core.services.privacy.retention import let_go
from core.services.timers.due import DEEDS
from core.services.timers.surroundings import Surroundings

LET_GO_EVERY: Final = timedelta(minutes=10)


class Timers:
    def __init__(
        self, database: Database, clock: Clock, cipher: Cipher, quiet: QuietHours | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._cipher = cipher
        self._quiet = quiet
        self._let_go_next: datetime | None = None

    async def run_due(self, limit: int = 100) -> int:
        """Do what is due, at most `limit` of each kind; how much was done."""
        now = self._clock.now()
        await lay_birthdays(self._database, now, limit)
        reminded = await remind_of_waiting(self._database, now=now, cipher=self._cipher)
        return reminded + await self._ring(now, limit) + await self._let_go(now, limit)

    async def _let_go(self, now: datetime, limit: int) -> int:
        """Terms are days: they are looked at now and then, and again at once while much is due."""
        if self._let_go_next is not None and now < self._let_go_next:
            return 0
        done = await let_go(self._database, now, limit)
        self._let_go_next = now if done else now + LET_GO_EVERY
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
