"""What each process of the race for seats runs, and the twin that sells without a lock.

Every process opens the database by itself, waits at one barrier, then all its applicants act at
the same moment.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from core import words
from core.cipher import Cipher
from core.clock import MovableClock, SeededChance
from core.db.engine import Database
from core.domain.actors import Actor
from core.services.enrolments.applications import Applications

KEY = b"r" * 32
NOW = datetime(2026, 8, 24, 9, tzinfo=UTC)
APPLICANTS = 1000
SEATS = 10
PROCESSES = 4
_JOIN_SECONDS = 120


@dataclass(frozen=True, kw_only=True)
class Ran:
    """What one process, or all of them, saw: outcomes by name and seconds of each call."""

    outcomes: Counter[str]
    seconds: list[float]


Attempt = Callable[[int], Awaitable[object]]


def race(url: str, group: int, seed: int, *, twin: bool) -> Ran:
    """All applicants at once, from several processes, for the seats of one group."""
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(PROCESSES)
    said: Queue[Ran] = context.Queue()
    children = list(range(1, APPLICANTS + 1))
    random.Random(seed).shuffle(children)
    runners = [
        context.Process(
            target=_run,
            args=(url, group, children[place::PROCESSES], seed + place, twin, barrier, said),
        )
        for place in range(PROCESSES)
    ]
    for runner in runners:
        runner.start()
    parts = [said.get(timeout=_JOIN_SECONDS) for _ in runners]
    for runner in runners:
        runner.join(timeout=_JOIN_SECONDS)
    return Ran(
        outcomes=sum((part.outcomes for part in parts), Counter()),
        seconds=[second for part in parts for second in part.seconds],
    )


def percentile(seconds: list[float], share: float) -> float:
    return sorted(seconds)[int(len(seconds) * share) - 1]


def _run(
    url: str,
    group: int,
    children: list[int],
    seed: int,
    twin: bool,
    barrier: Barrier,
    said: Queue[Ran],
) -> None:
    if twin:
        said.put(asyncio.run(_sell_blindly(url, group, children, barrier)))
    else:
        said.put(asyncio.run(_apply(url, group, children, seed, barrier)))


async def _apply(url: str, group: int, children: list[int], seed: int, barrier: Barrier) -> Ran:
    """Through the product's own service."""
    database = Database(url)
    applications = Applications(
        database, MovableClock(NOW), Cipher(KEY, SeededChance(seed)), words.working_calendar()
    )

    async def attempt(child: int) -> object:
        actor = Actor(person_id=child, locale="ru", municipality_id=1)
        return await applications.apply(actor, child, group, key=f"race:{group}:{child}")

    async with database.read() as tx:
        await tx.execute(text("SELECT 1"))
    barrier.wait()
    ran = await _all_at_once(children, attempt)
    await database.close()
    return ran


async def _sell_blindly(url: str, group: int, children: list[int], barrier: Barrier) -> Ran:
    """Look, then write, under the driver's own isolation: what must not be done."""
    engine = create_async_engine(url, pool_size=5, max_overflow=5, pool_timeout=60)

    async def attempt(child: int) -> object:
        await _look_then_write(engine, group, child)
        return None

    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
    barrier.wait()
    ran = await _all_at_once(children, attempt)
    await engine.dispose()
    return ran


async def _look_then_write(engine: AsyncEngine, group: int, child: int) -> None:
    async with engine.begin() as connection:
        taken = (
            await connection.execute(
                text("SELECT count(*) FROM applications WHERE group_id = :group_id"),
                {"group_id": group},
            )
        ).scalar_one()
        if taken >= SEATS:
            raise LookupError("full")
        await connection.execute(
            text(
                "INSERT INTO applications (municipality_id, child_id, programme_id, group_id,"
                " applied_by, source, state, answer_by, version, key, applied_at)"
                " VALUES (1, :child, :group, :group, :child, 'bot', 'new', '2026-09-02', 1, :key,"
                " CURRENT_TIMESTAMP)"
            ).bindparams(child=child, group=group, key=f"twin:{child}")
        )


async def _all_at_once(children: list[int], attempt: Attempt) -> Ran:
    ran = Ran(outcomes=Counter(), seconds=[])

    async def one(child: int) -> None:
        began = time.perf_counter()
        try:
            await attempt(child)
            ran.outcomes["accepted"] += 1
        except Exception as error:
            ran.outcomes[type(error).__name__] += 1
        ran.seconds.append(time.perf_counter() - began)

    await asyncio.gather(*(one(child) for child in children))
    return ran
