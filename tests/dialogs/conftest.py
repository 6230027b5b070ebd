"""The whole edge over HTTP: the sandbox, the app in polling mode, a district with clubs.

The budgets of a chat are lifted here: these tests are about words and steps, not about pace.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from bot.app import build_app
from bot.outgoing import limiter
from bot.sandbox.client import SandboxClient
from bot.sandbox.limits import Limits
from bot.sandbox.server import TOKEN, Sandbox
from bot.settings import Settings
from core.clock import MovableClock, SeededChance
from tests.dialogs.club import NOON, Club, Parent, found

DATA_KEY = "a" * 43 + "="


@pytest.fixture
async def club(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Club]:
    monkeypatch.setattr(limiter, "PRIVATE_BURST", 10_000)
    sandbox = Sandbox(limits=Limits(on=False))
    url = await sandbox.start()
    settings = Settings(
        _env_file=None,
        bot_token=SecretStr(TOKEN),
        telegram_api_url=url,
        data_key=SecretStr(DATA_KEY),
        http_port=0,
        quiet_hours="off",
        operator_name="МБУДО ДДТ",
        operator_address="ст. Крыловская, ул. Орджоникидзе, 86",
        operator_phone="+7 86161 3-00-00",
    )
    app = build_app(
        settings, database_url=sqlite_url, clock=MovableClock(NOON), chance=SeededChance(5)
    )
    async with SandboxClient(url) as client:
        made = await found(app, sandbox, client)
        await app.start()
        yield made
        await made.app.stop()
    await sandbox.stop()
    assert sandbox.unsupported == []


@pytest.fixture
async def parent(club: Club) -> Parent:
    return await club.parent()
