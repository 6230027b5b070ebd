"""A sandbox of its own for each test, a client on its control side, a real aiogram bot."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot.sandbox.client import Person, SandboxClient
from bot.sandbox.clock import Clock
from bot.sandbox.server import Sandbox
from tests.telegram.wire import Wire

NOON = 1_790_000_000.0


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The clock stands still until the test moves it."""
    started = Sandbox(clock=Clock(frozen_at=NOON), seed=7, webhook_retry_scale=0.02)
    await started.start()
    yield started
    await started.stop()
    assert started.unsupported == []
    assert started.broken == []


@pytest.fixture
async def client(sandbox: Sandbox) -> AsyncIterator[SandboxClient]:
    async with SandboxClient(sandbox.url) as opened:
        yield opened


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    api = TelegramAPIServer.from_base(sandbox.url)
    async with Bot(sandbox.token, session=AiohttpSession(api=api)) as opened:
        yield opened


@pytest.fixture
async def wire(sandbox: Sandbox) -> AsyncIterator[Wire]:
    async with aiohttp.ClientSession(trust_env=False) as session:
        yield Wire(sandbox, session)


@pytest.fixture
async def anna(client: SandboxClient) -> Person:
    """A parent who has started the bot; the update is already out of the queue."""
    person = await client.user("Анна", username="anna", phone="79001112233")
    await person.start()
    return person
