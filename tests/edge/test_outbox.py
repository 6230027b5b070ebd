"""The outbox on a strict Telegram: one chat's wait is its own, and every row ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from bot.app import App, build_app
from bot.sandbox.client import Person, SandboxClient
from bot.sandbox.server import TOKEN, Sandbox
from bot.settings import Settings
from core.cipher import Cipher
from core.db.engine import Database
from core.db.models import OutboxRow
from core.domain.outgoing import Notice
from core.services.outgoing.steps import enqueue

KEY = "a" * 43 + "="


@asynccontextmanager
async def running(database_url: str, **changed: object) -> AsyncIterator[tuple[App, Sandbox]]:
    sandbox = Sandbox(seed=3)
    await sandbox.start()
    settings = Settings(
        _env_file=None,
        bot_token=SecretStr(TOKEN),
        telegram_api_url=sandbox.url,
        data_key=SecretStr(KEY),
        http_port=0,
        quiet_hours="off",
    ).model_copy(update=changed)
    app = build_app(settings, database_url=database_url)
    await app.start()
    yield app, sandbox
    await app.stop()
    await sandbox.stop()


async def resume_for(app: App, person: Person, number: int = 1) -> None:
    """A notice that says nothing of a person: one message with one button."""
    actor = await app.services.people.meet("telegram", person.id, "ru")
    async with app.database.write() as tx:
        await enqueue(
            tx,
            Notice(
                kind="resume",
                entity="inbox",
                entity_id=number,
                version=0,
                person_id=actor.person_id,
            ),
            now=app.clock.now(),
            cipher=Cipher.from_text(KEY),
        )


async def states(database: Database) -> list[str]:
    async with database.read() as tx:
        found = await tx.execute(select(OutboxRow.state).order_by(OutboxRow.id))
        return [str(state) for state in found.scalars()]


async def test_a_chat_that_must_wait_does_not_hold_up_another(database_url: str) -> None:
    async with running(database_url) as (app, sandbox), SandboxClient(sandbox.url) as client:
        anna, boris = await client.user("Anna"), await client.user("Boris")
        await anna.after(anna.start())
        await boris.after(boris.start())
        await client.faults({"methods": ["sendMessage"], "flood": 1, "flood_seconds": 600})
        await resume_for(app, anna)
        await client.wait_journal(lambda found: any(e["code"] == 429 for e in found["entries"]))
        await client.faults()
        await resume_for(app, boris, 2)
        await boris.wait_text("Продолжим?")
        await until(app.database, ["pending", "sent"])
        assert (await client.journal())["violations"] == 0


async def test_a_person_who_blocked_the_bot_ends_the_row_and_gets_no_more(
    database_url: str,
) -> None:
    async with running(database_url) as (app, sandbox), SandboxClient(sandbox.url) as client:
        anna = await client.user("Anna")
        await anna.after(anna.start())
        await anna.do("block")
        await resume_for(app, anna)
        await until(app.database, ["blocked"])
        sent = len((await client.journal(method="sendMessage"))["entries"])
        await resume_for(app, anna, 2)
        await until(app.database, ["blocked", "blocked"])
        assert len((await client.journal(method="sendMessage"))["entries"]) <= sent + 1


@pytest.mark.parametrize("fault", ["error", "drop_before", "drop_after"])
async def test_a_service_message_is_sent_again_until_it_is_there(
    database_url: str, fault: str
) -> None:
    async with running(database_url) as (app, sandbox), SandboxClient(sandbox.url) as client:
        anna = await client.user("Anna")
        await anna.after(anna.start())
        await client.faults({"methods": ["sendMessage"], fault: 1.0, "times": 2})
        await resume_for(app, anna)
        await until(app.database, ["sent"])
        assert "Продолжим?" in (await anna.view()).text


async def until(database: Database, expected: list[str]) -> None:
    async with asyncio.timeout(20):
        while await states(database) != expected:
            continue  # each look awaits the database
