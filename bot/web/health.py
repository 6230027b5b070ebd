"""/health/live, /health/ready, /metrics: what a supervisor asks; no personal data, no secrets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.intake.inbox import Inbox
from bot.metrics import COMMITS, INBOX_AGE, INBOX_ROWS, OUTBOX_AGE, OUTBOX_ROWS, REGISTRY
from bot.outgoing.queue import OutboxQueue
from core.clock import Clock
from core.db import migrate
from core.db.engine import Database, DatabaseAway

TOO_OLD = timedelta(seconds=60)


class Health:
    """Ready: the database answers, the schema is at head, nothing waits longer than a minute."""

    def __init__(self, database: Database, inbox: Inbox, outbox: OutboxQueue, clock: Clock) -> None:
        self._database = database
        self._inbox = inbox
        self._outbox = outbox
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/health/live", self._live),
            web.get("/health/ready", self._ready),
            web.get("/metrics", self._metrics),
        ]

    async def _live(self, _request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _ready(self, _request: web.Request) -> web.Response:
        checks = {
            "database": await self._holds(self._answers),
            "migrations": await self._holds(self._at_head),
            "inbox": await self._holds(self._inbox_is_fresh),
            "outbox": await self._holds(self._outbox_is_fresh),
        }
        ready = all(checks.values())
        return web.json_response({"ready": ready, **checks}, status=200 if ready else 503)

    async def _metrics(self, _request: web.Request) -> web.Response:
        for gauge, counts in (
            (INBOX_ROWS, await self._inbox.count_by_state()),
            (OUTBOX_ROWS, await self._outbox.count_by_state()),
        ):
            for state, count in counts.items():
                gauge.labels(state=state).set(count)
        COMMITS.set(self._database.crash.commits)
        INBOX_AGE.set(self._age(await self._inbox.oldest_waiting()))
        OUTBOX_AGE.set(self._age(await self._outbox.oldest_due()))
        return web.Response(
            body=generate_latest(REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    @staticmethod
    async def _holds(check: Callable[[], Awaitable[bool]]) -> bool:
        try:
            return await check()
        except DatabaseAway:
            return False

    async def _answers(self) -> bool:
        async with self._database.read() as tx:
            return bool((await tx.exec_driver_sql("SELECT 1")).scalar_one())

    async def _at_head(self) -> bool:
        return not await migrate.pending(self._database)

    async def _inbox_is_fresh(self) -> bool:
        return self._age(await self._inbox.oldest_waiting()) <= TOO_OLD.total_seconds()

    async def _outbox_is_fresh(self) -> bool:
        return self._age(await self._outbox.oldest_due()) <= TOO_OLD.total_seconds()

    def _age(self, since: datetime | None) -> float:
        return 0.0 if since is None else (self._clock.now() - since).total_seconds()
