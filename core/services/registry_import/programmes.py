"""Importing a registry of programmes.

The file is judged whole first. One refused row keeps everything out, unless `skip_bad`. A second
import of the same file writes nothing. What the file lacks is archived only when asked, and much of
it only when that is said too.
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
from core.services.registry_import.organisations import load_spellings
from core.services.registry_import.pace import Pace
from core.services.registry_import.place import load_places
from core.services.registry_import.report import ImportReport
from core.services.registry_import.turn import give_back, sweep, take_turn
from core.services.registry_import.vanished import Vanished, find_vanished
from core.services.registry_import.writing import Writing

COMPARED_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class _Order:
    """What was asked for, and by whom."""

    importer: Importer
    missing: Vanished | None  # None: what the file lacks stays


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
        even_many: bool = False,
        importer: Importer = OPERATOR,
    ) -> ImportReport:
        """`even_many` archives what is missing however much it is, and tries that out.

        Raises NotFound (municipality), FileRefused, ColumnsMissing, ImportRunning, NotAllowed (an
        importer without the right), ManyMissing.
        """
        async with self._database.read() as tx:
            places = await load_places(tx, municipality_code)
            spellings = await load_spellings(tx)
        judged = await asyncio.to_thread(judge, path, places, spellings, self._clock.now().date())
        takes = skip_bad or not judged.refused
        write = not dry_run and takes
        try:
            missing = await self._find_missing(judged) if archive_missing else None
            if missing is not None and takes and not even_many:
                missing.refuse_many()
            order = _Order(importer=importer, missing=missing)
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
            closed=counts.closed if archive_missing else None,
            missing=missing.told if missing is not None else None,
            refused=judged.refused,
            warnings=judged.warnings,
            written=write,
        )

    async def _compare(self, judged: Judged, order: _Order) -> Counts:
        """What would be."""
        counts = Counts()
        async for found in self._differences(judged):
            counts.add(found)
        if order.missing is not None:
            counts.archived = len(order.missing.programmes)
            counts.closed = len(order.missing.groups)
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
        return None if order.missing is not None and order.missing.count else counts

    async def _differences(self, judged: Judged) -> AsyncIterator[Differences]:
        comparison = Comparison(judged.headers, judged.terms)
        chunks = judged.accepted.chunks()
        while chunk := await asyncio.to_thread(chunks.take, COMPARED_AT_ONCE):
            async with self._database.read() as tx:
                found = await comparison.of(tx, chunk)
            yield found

    async def _find_missing(self, judged: Judged) -> Vanished:
        now = self._clock.now()
        return await find_vanished(self._database, judged.municipalities, judged.listed, now)

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
            if order.missing is not None:
                await writing.archive_missing()
            await writing.show()
            return writing.counts
        finally:
            async with self._database.write() as tx:
                await give_back(tx, epoch)
