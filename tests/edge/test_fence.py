"""A restored database says nothing to anybody until an operator lifts the fence, also while the
bot goes on running through the restore."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import make_services
from bot.intake.nursery import Nursery
from bot.outgoing.limiter import Limiter
from bot.outgoing.notices import load_notices
from bot.outgoing.outbox import OutboxSender
from bot.outgoing.queue import OutboxQueue
from bot.outgoing.telegram import connect
from bot.sandbox.client import Person, SandboxClient, text_of
from bot.sandbox.limits import Limits
from bot.sandbox.server import Sandbox
from core.cipher import Cipher
from core.clock import SeededChance, SystemClock
from core.db.backup import backup, lift_fence, restore
from core.db.engine import Database
from core.db.models import OutboxRow
from core.domain.outgoing import Notice
from core.i18n import Texts
from core.services.outgoing.steps import enqueue

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(kw_only=True)
class Office:
    """One process that sends, and one person who is told."""

    database: Database
    url: str
    cipher: Cipher
    queue: OutboxQueue
    sender: OutboxSender
    person: Person
    person_id: int

    async def tell(self, number: int) -> None:
        notice = Notice(
            kind="resume", entity="inbox", entity_id=number, version=0, person_id=self.person_id
        )
        async with self.database.write() as tx:
            await enqueue(tx, notice, now=SystemClock().now(), cipher=self.cipher)

    async def heard(self) -> int:
        view = await self.person.view()
        return sum("Продолжим?" in text_of(message) for message in view.from_bot)

    async def states(self) -> list[str]:
        async with self.database.read() as tx:
            return list(await tx.scalars(select(OutboxRow.state).order_by(OutboxRow.id)))

    async def until(self, holds: Callable[[list[str]], bool]) -> None:
        async with asyncio.timeout(15):
            while not holds(await self.states()):
                await asyncio.wait([asyncio.ensure_future(asyncio.sleep(0.02))])


@asynccontextmanager
async def _open(database: Database, url: str) -> AsyncIterator[Office]:
    load_notices()
    sandbox = Sandbox(seed=1, limits=Limits(on=False))
    await sandbox.start()
    cipher, clock, limiter = Cipher(b"k" * 32), SystemClock(), Limiter(bulk_rate=30)
    bot = connect(sandbox.token, sandbox.url, limiter)
    services = make_services(database, clock, SeededChance(1), cipher, None)
    queue = OutboxQueue(database, cipher, clock, instance="main")
    sender = OutboxSender(
        queue,
        database,
        bot,
        "kruzhok",
        services,
        Texts(),
        limiter,
        Nursery(),
        personal_flows=True,
    )
    async with SandboxClient(sandbox.url) as client:
        person = await client.user("Anna")
        await person.start()
        actor = await services.people.meet("telegram", person.id, "ru")
        try:
            yield Office(
                database=database,
                url=url,
                cipher=cipher,
                queue=queue,
                sender=sender,
                person=person,
                person_id=actor.person_id,
            )
        finally:
            await bot.session.close()
            await sandbox.stop()


@pytest.fixture
async def office(database: Database, database_url: str) -> AsyncIterator[Office]:
    async with _open(database, database_url) as made:
        yield made


async def test_nothing_leaves_a_restored_database_before_the_fence_is_lifted(
    office: Office, tmp_path: Path
) -> None:
    """What waited when the backup was made was sent since: once more only when a person says so."""
    await office.tell(1)
    await backup(office.url, tmp_path / "copy")
    nursery = Nursery()
    nursery.keep(office.sender.step, name="outbox")
    try:
        await office.until(lambda states: states == ["sent"])

        await restore(office.url, tmp_path / "copy", NOW)
        await office.tell(2)
        for _ in range(20):
            assert (await office.sender.run_once()).claimed == 0

        assert (await office.states(), await office.heard()) == (["pending", "pending"], 1)
        assert await lift_fence(office.database)
        await office.until(lambda states: states == ["sent", "sent"])
        assert await office.heard() == 3
    finally:
        await nursery.close()


async def test_a_sender_on_its_way_to_the_rows_meets_the_fence(
    office: Office, tmp_path: Path
) -> None:
    """It looked whether it leads before the restore, and takes rows after it."""
    await office.tell(1)
    await backup(office.url, tmp_path / "copy")
    assert await office.queue.lead()

    await restore(office.url, tmp_path / "copy", NOW)

    assert await office.queue.claim(10) == []
    await lift_fence(office.database)
    assert len(await office.queue.claim(10)) == 1
