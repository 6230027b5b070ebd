"""How an update ends, on a real inbox and a strict Telegram: the table of architecture §2."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiogram import Dispatcher
from aiogram.types import Message
from aiohttp import ClientSession
from sqlalchemy import insert, select

from bot.intake.dialogue import DialogueStorage, OrderedAlready
from bot.intake.inbox import Claimed, Inbox
from bot.intake.nursery import Nursery
from bot.intake.polling import Polling
from bot.intake.worker import Worker
from bot.outgoing.limiter import Limiter
from bot.outgoing.telegram import connect
from bot.sandbox.client import Person, SandboxClient
from bot.sandbox.server import Sandbox
from core.cipher import Cipher
from core.clock import SystemClock
from core.db.engine import Database
from core.db.models import InboxRow, OutboxRow
from core.db.models import Person as PersonRow
from core.domain.outgoing import Notice

KEY = b"k" * 32


class Edge:
    """The intake with a dispatcher of one handler; `told` collects the rows people heard of."""

    def __init__(self, database: Database, sandbox: Sandbox, client: SandboxClient) -> None:
        self.database = database
        self.sandbox = sandbox
        self.client = client
        self.told: list[int] = []
        self.handler: Callable[[Message], Awaitable[None]] = self.echo

    async def echo(self, message: Message) -> None:
        await message.answer(f"heard {message.text}")

    async def ends(self) -> dict[int, tuple[str, str | None]]:
        async with self.database.read() as tx:
            rows = await tx.execute(
                select(InboxRow.id, InboxRow.state, InboxRow.fault).order_by(InboxRow.id)
            )
            return {row.id: (row.state, row.fault) for row in rows}

    async def until_ended(self, count: int) -> list[tuple[str, str | None]]:
        async with asyncio.timeout(15):
            while True:
                ends = list((await self.ends()).values())
                if len(ends) >= count and all(state != "received" for state, _ in ends):
                    return ends
                self.database.signal("test").clear()
                await asyncio.wait([asyncio.create_task(asyncio.sleep(0.02))])


@asynccontextmanager
async def running(database: Database) -> AsyncIterator[Edge]:
    sandbox = Sandbox(seed=1)
    await sandbox.start()
    cipher, clock, nursery = Cipher(KEY), SystemClock(), Nursery()
    bot = connect(sandbox.token, sandbox.url, Limiter(bulk_rate=30))
    dispatcher = Dispatcher(
        storage=DialogueStorage(database, cipher), events_isolation=OrderedAlready()
    )
    async with SandboxClient(sandbox.url) as client, ClientSession() as session:
        edge = Edge(database, sandbox, client)

        @dispatcher.message()
        async def handle(message: Message) -> None:
            await edge.handler(message)

        async def say_failure(claimed: Claimed) -> None:
            edge.told.append(claimed.row_id)

        async def resume_notice(claimed: Claimed) -> Notice:
            return Notice(
                kind="resume", entity="inbox", entity_id=claimed.row_id, version=0, person_id=1
            )

        inbox = Inbox(database, cipher, clock, bot_id=bot.id, instance="main")
        worker = Worker(
            inbox,
            database,
            dispatcher,
            bot,
            nursery,
            slots=4,
            say_failure=say_failure,
            resume_notice=resume_notice,
        )
        url = f"{sandbox.url}/bot{sandbox.token}/getUpdates"
        nursery.keep(worker.step, name="worker")
        nursery.keep(Polling(session, url, inbox).step, name="polling")
        try:
            yield edge
        finally:
            await worker.stop()
            await nursery.close()
            await bot.session.close()
            await sandbox.stop()


@pytest.fixture
async def edge(database: Database) -> AsyncIterator[Edge]:
    async with running(database) as made:
        yield made


async def person(edge: Edge) -> Person:
    someone = await edge.client.user("Anna")
    await someone.after(someone.start())
    return someone


async def test_a_handled_update_is_done(edge: Edge) -> None:
    someone = await person(edge)
    assert "heard hello" in (await someone.after(someone.say("hello")))["text"]
    assert set(await edge.until_ended(2)) == {("done", None)}


async def test_an_error_of_ours_is_told_with_a_number_and_the_next_update_is_served(
    edge: Edge,
) -> None:
    someone = await person(edge)

    async def stumble(message: Message) -> None:
        if message.text == "stumble":
            raise ZeroDivisionError
        await edge.echo(message)

    edge.handler = stumble
    await someone.say("stumble")
    await someone.say("hello")
    await someone.wait_text("heard hello")
    assert await edge.until_ended(3) == [
        ("done", None),
        ("dead", "ZeroDivisionError"),
        ("done", None),
    ]
    assert len(edge.told) == 1


async def test_a_server_error_tries_the_whole_update_again(edge: Edge) -> None:
    someone = await person(edge)
    await edge.client.faults({"methods": ["sendMessage"], "error": 1.0, "times": 2})
    await someone.say("hello")
    await someone.wait_text("heard hello")
    assert await edge.until_ended(2) == [("done", None), ("done", None)]


async def test_a_screen_that_left_without_an_answer_is_not_sent_again(edge: Edge) -> None:
    someone = await person(edge)
    await edge.client.faults({"methods": ["sendMessage"], "drop_after": 1.0, "times": 1})
    await someone.say("hello")
    await edge.until_ended(2)
    said = [m["text"] for m in (await someone.view()).from_bot]
    assert said.count("heard hello") == 1


async def test_a_short_retry_after_is_waited_out(edge: Edge) -> None:
    someone = await person(edge)
    await edge.client.faults(
        {"methods": ["sendMessage"], "flood": 1.0, "times": 1, "flood_seconds": 1}
    )
    await someone.say("hello")
    await someone.wait_text("heard hello")
    assert (await edge.client.journal())["violations"] == 0


async def test_a_long_retry_after_ends_the_update_and_leaves_a_way_to_go_on(
    edge: Edge,
) -> None:
    async with edge.database.write() as tx:
        await tx.execute(
            insert(PersonRow).values(
                id=1, messenger="telegram", messenger_id=1, locale="ru", seen_at=SystemClock().now()
            )
        )
    someone = await person(edge)
    await edge.client.faults(
        {"methods": ["sendMessage"], "flood": 1.0, "times": 1, "flood_seconds": 600}
    )
    await someone.say("hello")
    assert await edge.until_ended(2) == [("done", None), ("done", None)]
    async with edge.database.read() as tx:
        assert list((await tx.execute(select(OutboxRow.kind))).scalars()) == ["resume"]


async def test_a_person_who_blocked_the_bot_does_not_hold_the_queue(edge: Edge) -> None:
    someone = await person(edge)
    await someone.say("hello")
    await someone.wait_text("heard hello")
    await someone.do("block")
    assert all(state == "done" for state, _ in await edge.until_ended(2))
