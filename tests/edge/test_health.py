"""What a supervisor asks: alive, ready, counters; no secrets in any answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from pydantic import SecretStr
from sqlalchemy import insert

from bot.app import App, SchemaBehind, build_app
from bot.sandbox.client import SandboxClient
from bot.sandbox.server import TOKEN, Sandbox
from bot.settings import Settings
from core.clock import MovableClock
from core.db.models import InboxRow

KEY = "a" * 43 + "="


def settings(api_url: str) -> Settings:
    return Settings(
        _env_file=None,
        bot_token=SecretStr(TOKEN),
        telegram_api_url=api_url,
        data_key=SecretStr(KEY),
        http_port=0,
    )


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox()
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime(2026, 11, 22, 12, tzinfo=UTC))


@pytest.fixture
async def app(sandbox: Sandbox, database_url: str, clock: MovableClock) -> AsyncIterator[App]:
    app = build_app(settings(sandbox.url), database_url=database_url, clock=clock)
    await app.start()
    yield app
    await app.stop()


async def get(app: App, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(app.web.address + path) as answer:
        return answer.status, await answer.text()


async def test_a_fresh_process_is_alive_and_ready(app: App) -> None:
    assert (await get(app, "/health/live"))[0] == 200
    status, body = await get(app, "/health/ready")
    assert status == 200, body


async def test_an_update_that_waits_over_a_minute_makes_it_not_ready(
    app: App, clock: MovableClock
) -> None:
    async with app.database.write() as tx:
        await tx.execute(
            insert(InboxRow).values(
                bot_id=app.bot.id,
                update_id=1,
                queue="1:1",
                kind="message",
                state="received",
                attempts=0,
                lease_epoch=0,
                received_at=clock.now(),
                next_try_at=clock.now() + timedelta(days=1),
            )
        )
    clock.move(timedelta(seconds=61))
    status, body = await get(app, "/health/ready")
    assert status == 503
    assert '"inbox": false' in body


async def test_counters_tell_kinds_and_ends_and_no_secret(app: App, sandbox: Sandbox) -> None:
    async with SandboxClient(sandbox.url) as client:
        someone = await client.user("Неприметнова")
        await someone.after(someone.start())
    body = ""
    async with asyncio.timeout(10):  # the answer is seen a moment before the update is done
        while 'kruzhok_updates_ended_total{end="done",kind="message"}' not in body:
            status, body = await get(app, "/metrics")
            assert status == 200
    for secret in (TOKEN, TOKEN.partition(":")[2], KEY, "Неприметнова", str(someone.id)):
        assert secret not in body


async def test_a_database_behind_its_migrations_does_not_start(
    sandbox: Sandbox, tmp_path: object
) -> None:
    app = build_app(settings(sandbox.url), database_url=f"sqlite+aiosqlite:///{tmp_path}/new.db")
    with pytest.raises(SchemaBehind):
        await app.start()
    await app.stop()
