"""While a registry comes in, others are served: another process reads and writes between its
writes, and sees the registry as it was."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.clock import MovableClock, SeededChance
from core.db.engine import Database
from core.db.models import Person
from core.domain.programmes import Direction
from core.services.municipalities.municipalities import Municipalities
from core.services.people.people import People
from core.services.programmes import Programmes
from core.services.registry_import import ProgrammeImport
from tests.services.registries import book

ROWS = 2_000


@pytest.fixture
async def elsewhere(database_url: str) -> AsyncIterator[Database]:
    """The same database as another process has it."""
    other = Database(database_url)
    yield other
    await other.close()


async def test_parents_come_and_look_while_a_registry_comes_in(
    database: Database, elsewhere: Database, tmp_path: Path
) -> None:
    clock = MovableClock(datetime(2026, 9, 1, tzinfo=UTC))
    place = await Municipalities(database, clock).add("krylovsky", "Крыловский район")
    lines = [(f"Школа № {n % 40}", f"Кружок {n}", "Техническая", "7-10") for n in range(ROWS)]
    header = ("Организация", "Программа", "Направленность", "Возраст")
    file = book(tmp_path / "registry.xlsx", Реестр=[header, *lines])
    parents, programmes = People(elsewhere, clock), Programmes(elsewhere, clock)

    async def look() -> int:
        page = await programmes.browse(place.id, Direction.TECHNICAL, offset=0, limit=1)
        return page.total

    coming = asyncio.create_task(ProgrammeImport(database, clock, SeededChance(1)).run(file))
    came, seen = 0, []
    while not coming.done():
        await parents.meet("telegram", 1_000 + came, "ru")
        came += 1
        seen.append(await look())

    assert (await coming).new == ROWS
    assert came >= 5
    assert set(seen) <= {0, ROWS}
    assert seen[0] == 0
    assert await look() == ROWS
    async with elsewhere.read() as tx:
        assert await tx.scalar(select(func.count()).select_from(Person)) == came
