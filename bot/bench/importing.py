"""Measuring a registry that comes into an empty database of its own.

Somebody else reads and writes meanwhile: how long he waits is what a parent would wait.
"""

from __future__ import annotations

import asyncio
import contextlib
import resource
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from core.clock import SystemChance, SystemClock
from core.db import migrate
from core.db.engine import Database, Tx
from core.domain.programmes import Direction
from core.services.municipalities.municipalities import Municipalities
from core.services.people.people import People
from core.services.programmes import Programmes
from core.services.registry_import import ImportReport, ProgrammeImport

BETWEEN_LOOKS_S = 0.2
MEGABYTE = 1024  # getrusage counts in kilobytes
PLACE = "bench"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """`cpu_seconds` of all threads and processes; `peak_mb` of the greatest of the processes."""

    rows: int
    refused: int
    seconds: float
    cpu_seconds: float
    peak_mb: int
    longest_write_ms: int
    longest_wait_ms: int


async def measure(file: Path) -> Measured:
    """Raises FileRefused, ColumnsMissing."""
    with tempfile.TemporaryDirectory() as folder:
        return await _measure(file, f"sqlite+aiosqlite:///{folder}/bench.db")


class _Watched(Database):
    """Keeps the longest time from the beginning of a write to the end of its commit, in seconds."""

    longest_s = 0.0

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        began = 0.0
        async with super().write() as tx:
            began = time.perf_counter()
            yield tx
        self.longest_s = max(self.longest_s, time.perf_counter() - began)


async def _measure(file: Path, url: str) -> Measured:
    database, another, clock = _Watched(url), Database(url), SystemClock()
    try:
        await migrate.upgrade(database)
        place = await Municipalities(database, clock).add(PLACE, PLACE)
        database.longest_s = 0.0
        began, cpu = time.perf_counter(), _cpu_seconds()
        importing = ProgrammeImport(database, clock, SystemChance())
        coming = asyncio.create_task(importing.run(file, municipality_code=PLACE, skip_bad=True))
        waited = await _wait_beside(coming, another, place.id)
        report: ImportReport = await coming
        return Measured(
            rows=report.read,
            refused=len(report.refused),
            seconds=round(time.perf_counter() - began, 1),
            cpu_seconds=round(_cpu_seconds() - cpu, 1),
            peak_mb=_peak_mb(),
            longest_write_ms=round(database.longest_s * 1000),
            longest_wait_ms=round(waited * 1000),
        )
    finally:
        await database.close()
        await another.close()


async def _wait_beside(
    coming: asyncio.Task[ImportReport], another: Database, municipality_id: int
) -> float:
    """The longest that a new parent waited to be written down and to see a list, in seconds."""
    clock = SystemClock()
    people, programmes = People(another, clock), Programmes(another, clock)
    longest, came = 0.0, 0
    while not coming.done():
        came += 1
        began = time.perf_counter()
        await people.meet("telegram", came, "ru")
        await programmes.browse(municipality_id, Direction.TECHNICAL, offset=0, limit=5)
        longest = max(longest, time.perf_counter() - began)
        await asyncio.wait([coming], timeout=BETWEEN_LOOKS_S)
    return longest


def _cpu_seconds() -> float:
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _peak_mb() -> int:
    own, children = (
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return max(own, children) // MEGABYTE
