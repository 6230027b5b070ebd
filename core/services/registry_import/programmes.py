"""Importing a registry of programmes.

The file is judged whole first. One refused row keeps everything out, unless `skip_bad`. A second
import of the same file writes nothing. What the file lacks is archived only when asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import exists, select

from core.clock import Chance, Clock
from core.db.engine import Database
from core.db.models import Import
from core.files.tables import digest
from core.services.registry_import.comparing import Comparison, Counts, Differences
from core.services.registry_import.importer import OPERATOR, Importer
from core.services.registry_import.judging import Judged, judge
from core.services.registry_import.pace import Pace
from core.services.registry_import.place import load_places
from core.services.registry_import.report import ImportReport
from core.services.registry_import.turn import give_back, sweep, take_turn
from core.services.registry_import.vanished import find_vanished
from core.services.registry_import.writing import Writing

COMPARED_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class _Order:
    """What was asked for, and by whom."""

    importer: Importer
    archive_missing: bool


class ProgrammeImport:
    """`kruzhok import programmes`."""

    def __init__(
        self, database: Database, clock: Clock, chance: Chance, pace: Pace | None = None
    ) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance
        self._pace = pace or Pace()

    async def run(
        self,
        path: Path,
        *,
        municipality_code: str | None = None,
        dry_run: bool = False,
        skip_bad: bool = False,
        archive_missing: bool = False,
        importer: Importer = OPERATOR,
    ) -> ImportReport:
        """Raises NotFound (municipality), FileRefused, ColumnsMissing, ImportRunning, NotAllowed
        (an importer without the right)."""
        async with self._database.read() as tx:
            places = await load_places(tx, municipality_code)
        judged = await asyncio.to_thread(judge, path, places)
        write = not dry_run and (skip_bad or not judged.refused)
        order = _Order(importer=importer, archive_missing=archive_missing)
        try:
            counts = await (
                self._write(path, judged, order) if write else self._compare(judged, order)
            )
        finally:
            judged.close()
        return ImportReport(
            read=judged.read,
            new=counts.new,
            changed=counts.changed,
            unchanged=counts.unchanged,
            archived=counts.archived if archive_missing else None,
            refused=judged.refused,
            warnings=judged.warnings,
            written=write,
        )

    async def _compare(self, judged: Judged, order: _Order) -> Counts:
        """What would be."""
        counts = Counts()
        async for found in self._differences(judged):
            counts.add(found)
        counts.archived = await self._count_vanished(judged, order)
        return counts

    async def _find_nothing_new(self, judged: Judged, order: _Order) -> Counts | None:
        """The counts of a file that changes nothing, so that it writes nothing at all; None at
        the first difference, or when a cut-off import left rows that would disturb the look."""
        async with self._database.read() as tx:
            if await tx.scalar(select(exists().where(Import.visible_at.is_(None)))):
                return None
        counts = Counts()
        async for found in self._differences(judged):
            counts.add(found)
            if counts.new or counts.changed:
                return None
        return None if await self._count_vanished(judged, order) else counts

    async def _differences(self, judged: Judged) -> AsyncIterator[Differences]:
        comparison = Comparison(judged.headers, judged.terms)
        chunks = judged.accepted.chunks()
        while chunk := await asyncio.to_thread(chunks.take, COMPARED_AT_ONCE):
            async with self._database.read() as tx:
                found = await comparison.of(tx, chunk)
            yield found

    async def _count_vanished(self, judged: Judged, order: _Order) -> int:
        if not order.archive_missing:
            return 0
        now = self._clock.now()
        found = await find_vanished(self._database, judged.municipalities, judged.listed, now)
        return found.count

    async def _write(self, path: Path, judged: Judged, order: _Order) -> Counts:
        unchanged = await self._find_nothing_new(judged, order)
        if unchanged is not None:
            return unchanged
        async with self._database.write() as tx:
            epoch = await take_turn(tx, self._chance.token(), self._clock.now())
        try:
            await sweep(self._database, epoch, self._clock.now())
            writing = Writing(
                self._database,
                self._clock,
                self._pace,
                judged,
                importer=order.importer,
                epoch=epoch,
                sha256=await asyncio.to_thread(digest, path),
            )
            await writing.bring_rows()
            if order.archive_missing:
                await writing.archive_missing()
            await writing.show()
            return writing.counts
        finally:
            async with self._database.write() as tx:
                await give_back(tx, epoch)
