"""`kruzhok bench search`: how well and how fast programmes are found.

Quality is told at 10 000 programmes, of labelled queries and of misspelled titles: the share where
a right title stands first (hit@1) or among the first five (hit@5), and the mean of 1/place (MRR).
A title is right when it begins with one of the label's. Speed is of a whole query, understanding
and statements, on SQLite. Everything happens in a folder that is thrown away.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final

from sqlalchemy import delete, select

from bot.bench.misspelling import misspelled_titles
from bot.bench.registry import write_registry
from bot.bench.rivals import Rival, bm25, fts5
from core.clock import SystemChance, SystemClock
from core.db import migrate
from core.db.engine import Database
from core.db.models import Programme, ProgrammeFacets, ProgrammeHours, ProgrammeTexts
from core.services.municipalities.municipalities import Municipalities
from core.services.registry_import import ProgrammeImport
from core.services.search.indexing import reindex
from core.services.search.search import Search

SIZES: Final = (1_000, 10_000, 100_000)
JUDGED_AT: Final = 10_000
MISSPELLED: Final = 500
SEED: Final = 1
TIMED: Final = 400
"""Queries timed at each size, at most."""
LOOKED_AT: Final = 5
"""Lines of a page: places among which a right title is looked for."""

Finds = Callable[[str], Awaitable[Sequence[str]]]


@dataclass(frozen=True, kw_only=True)
class Labelled:
    query: str
    titles: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Quality:
    """Shares 0…1 and how many queries they are of."""

    queries: int
    hit_at_1: float
    hit_at_5: float
    mrr: float


@dataclass(frozen=True, kw_only=True)
class Speed:
    """Milliseconds of one query."""

    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, kw_only=True)
class AtSize:
    """`import_s`: the whole import, index included; `index_s`: indexing everything anew;
    `memory_mb`: the peak of this process so far."""

    programmes: int
    speed: Speed
    import_s: float
    index_s: float
    memory_mb: int


@dataclass(frozen=True, kw_only=True)
class Contestant:
    """Quality on both kinds of queries, and speed, at `JUDGED_AT`."""

    name: str
    labelled: Quality
    misspelled: Quality
    speed: Speed


@dataclass(frozen=True, kw_only=True)
class SearchReport:
    sizes: tuple[AtSize, ...]
    contestants: tuple[Contestant, ...]  # our own first


def read_labelled(file: Path) -> list[Labelled]:
    """One `{"query", "titles"}` a line."""
    lines = file.read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line) for line in lines if line.strip()]
    return [Labelled(query=said["query"], titles=said["titles"]) for said in documents]


async def measure(labelled: Sequence[Labelled], *, sizes: Iterable[int] = SIZES) -> SearchReport:
    """Takes about three minutes for all sizes."""
    misspelled = [
        Labelled(query=typed, titles=[meant])
        for typed, meant in misspelled_titles(MISSPELLED, seed=SEED)
    ]
    measured: list[AtSize] = []
    contestants: list[Contestant] = []
    for size in sizes:
        async with _registry(size) as (database, import_s):
            index_s = await _index_anew(database)
            search = Search(database, SystemClock())
            await search.warm()  # as the bot does when it starts
            finds = ours(search)
            timed = [asked.query for asked in (*labelled, *misspelled)][:TIMED]
            measured.append(
                AtSize(
                    programmes=size,
                    speed=await time_of(finds, timed),
                    import_s=import_s,
                    index_s=index_s,
                    memory_mb=_peak_mb(),
                )
            )
            if size == JUDGED_AT:
                contestants = [
                    await _contest(name, rival, labelled, misspelled)
                    for name, rival in [("kruzhok", finds), *await _rivals(database)]
                ]
    return SearchReport(sizes=tuple(measured), contestants=tuple(contestants))


async def quality_of(finds: Finds, asked: Sequence[Labelled]) -> Quality:
    places = [_place(await finds(one.query), one.titles) for one in asked]
    count = max(1, len(asked))
    return Quality(
        queries=len(asked),
        hit_at_1=sum(place == 1 for place in places) / count,
        hit_at_5=sum(0 < place <= 5 for place in places) / count,
        mrr=sum(1 / place for place in places if place) / count,
    )


async def time_of(finds: Finds, queries: Sequence[str]) -> Speed:
    """After one pass that warms everything up but the memory of words."""
    await finds(queries[0])
    times = []
    for query in queries:
        began = perf_counter()
        await finds(query)
        times.append((perf_counter() - began) * 1000)
    times.sort()
    return Speed(p50_ms=times[len(times) // 2], p95_ms=times[int(len(times) * 0.95)])


@asynccontextmanager
async def filled_database(folder: Path, size: int) -> AsyncIterator[Database]:
    """A database of its own with a registry of `size`, imported as everybody's is."""
    database = Database(f"sqlite+aiosqlite:///{folder / 'bench.db'}")
    try:
        await migrate.upgrade(database)
        await Municipalities(database, SystemClock()).add("bench", "bench")
        registry = write_registry(folder / "registry.csv", size)
        importing = ProgrammeImport(database, SystemClock(), SystemChance())
        await importing.run(registry, municipality_code="bench")
        await reindex(database)
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def _registry(size: int) -> AsyncIterator[tuple[Database, float]]:
    with TemporaryDirectory() as folder:
        began = perf_counter()
        async with filled_database(Path(folder), size) as database:
            yield database, perf_counter() - began


async def _index_anew(database: Database) -> float:
    """Seconds."""
    async with database.write() as tx:
        for table in (ProgrammeTexts, ProgrammeHours, ProgrammeFacets):
            await tx.execute(delete(table))
    began = perf_counter()
    await reindex(database)
    return perf_counter() - began


def ours(search: Search) -> Finds:
    """A whole query as the product answers it."""

    async def finds(query: str) -> Sequence[str]:
        understood = await search.understand(query, None)
        found = await search.look(understood, municipality_id=None, limit=LOOKED_AT)
        return [line.title for line in found.items]

    return finds


def _plain(rival: Rival) -> Finds:
    async def finds(query: str) -> Sequence[str]:
        return rival(query, LOOKED_AT)

    return finds


async def _rivals(database: Database) -> list[tuple[str, Finds]]:
    async with database.read() as tx:
        rows = (await tx.execute(select(Programme.title, Programme.annotation))).all()
    programmes = [(row.title, row.annotation or "") for row in rows]
    return [("fts5", _plain(fts5(programmes))), ("bm25", _plain(bm25(programmes)))]


async def _contest(
    name: str, finds: Finds, labelled: Sequence[Labelled], misspelled: Sequence[Labelled]
) -> Contestant:
    return Contestant(
        name=name,
        labelled=await quality_of(finds, labelled),
        misspelled=await quality_of(finds, misspelled),
        speed=await time_of(finds, [asked.query for asked in (*labelled, *misspelled)][:TIMED]),
    )


def _place(found: Sequence[str], titles: Sequence[str]) -> int:
    """Of the first right title, from 1; 0 where there is none."""
    right = tuple(title.lower() for title in titles)
    return next(
        (place for place, title in enumerate(found, 1) if title.lower().startswith(right)), 0
    )


def _peak_mb() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1 << 20) if sys.platform == "darwin" else peak // 1024


def as_document(report: SearchReport) -> dict[str, Any]:
    """The shape of `--json`."""
    return {
        "sizes": [
            {
                "programmes": at.programmes,
                "p50_ms": round(at.speed.p50_ms, 2),
                "p95_ms": round(at.speed.p95_ms, 2),
                "import_s": round(at.import_s, 1),
                "index_s": round(at.index_s, 1),
                "memory_mb": at.memory_mb,
            }
            for at in report.sizes
        ],
        "at": JUDGED_AT,
        "contestants": [
            {
                "name": contestant.name,
                "queries": _quality(contestant.labelled),
                "misspelled": _quality(contestant.misspelled),
                "p50_ms": round(contestant.speed.p50_ms, 2),
                "p95_ms": round(contestant.speed.p95_ms, 2),
            }
            for contestant in report.contestants
        ],
    }


def _quality(quality: Quality) -> dict[str, float]:
    return {
        "count": quality.queries,
        "hit@1": round(quality.hit_at_1, 4),
        "hit@5": round(quality.hit_at_5, 4),
        "mrr": round(quality.mrr, 4),
    }
