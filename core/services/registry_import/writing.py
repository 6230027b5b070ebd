"""One import being written.

New rows are written in chunks under an import number that no read sees yet, changed ones are
gathered; the last write makes both appear: until then parents see the registry as it was, and no
write lock lasts longer than a chunk. Where more rows change than fit one write they are written in
chunks too, so a crash among them leaves the first of them; the same file imported again finishes
the rest. The index of search follows in the same writes.
"""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy import exists, insert, select, update

from core.clock import Clock
from core.db.engine import Database, Tx
from core.db.models import Import, Programme
from core.domain.programmes import ProgrammeState
from core.services.audit.steps import record
from core.services.registry_import.comparing import Comparison, Counts, Differences
from core.services.registry_import.importer import Importer
from core.services.registry_import.judging import Judged
from core.services.registry_import.organisations import Organisations
from core.services.registry_import.pace import Pace, Pacing
from core.services.registry_import.sheet import AcceptedRow
from core.services.registry_import.store import add_rows, change_rows
from core.services.registry_import.turn import keep_turn
from core.services.registry_import.vanished import find_vanished
from core.services.search.indexing import (
    Standing,
    cut_ahead,
    index_programmes,
    reindex_organisations,
)


class Writing:
    """Holds the turn of `epoch`; `counts` are complete after `show`."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        pace: Pace,
        judged: Judged,
        *,
        importer: Importer,
        epoch: int,
        sha256: str,
    ) -> None:
        self._database = database
        self._clock = clock
        self._pace = pace
        self._pacing = Pacing(database, pace)
        self._judged = judged
        self._importer = importer
        self._epoch = epoch
        self._sha256 = sha256
        self._import_id: int | None = None
        self._organisations = Organisations()
        self._standing = Standing()
        self._programmes: dict[int, dict[str, Any]] = {}  # changes that wait to be written
        self._groups: dict[int, dict[str, Any]] = {}
        self._touched: set[int] = set()  # programmes whose groups wait
        self.counts = Counts()

    async def bring_rows(self) -> None:
        """New and changed rows of the file. Raises ImportRunning, NotAllowed."""
        judged = self._judged
        async with self._database.read() as tx:
            await self._organisations.load(tx, judged.municipalities)
            known = await tx.scalar(
                select(exists().where(Programme.municipality_id.in_(sorted(judged.municipalities))))
            )
        comparison = Comparison(judged.headers, judged.terms, is_first=not known)
        chunks = judged.accepted.chunks()
        while chunk := await asyncio.to_thread(chunks.take, self._pacing.rows):
            async with self._database.read() as tx:
                found = await comparison.of(tx, chunk)
            self.counts.add(found)
            self._organisations.note_addresses(accepted.row for accepted in chunk)
            self._programmes.update(found.changed_programmes)
            self._groups.update(found.changed_groups)
            self._touched |= found.touched
            if found.new_groups:
                added = found.new_programmes
                cut_ahead((new.row.title, new.row.annotation) for new in added)
                await self._add(chunk, comparison, found)
            await self._change_many()

    async def archive_missing(self) -> None:
        """What the file lacks. Raises ImportRunning, NotAllowed."""
        now = self._clock.now()
        judged = self._judged
        found = await find_vanished(self._database, judged.municipalities, judged.listed, now)
        self.counts.archived, self.counts.closed = len(found.programmes), len(found.groups)
        for programme_id in found.programmes:
            self._programmes[programme_id] = {"state": ProgrammeState.ARCHIVED}
            await self._change_many()
        for group_id, values in found.groups.items():
            self._groups[group_id] = values
            await self._change_many()

    async def show(self) -> None:
        """Everything appears. Raises ImportRunning, NotAllowed."""
        if self._import_id is None and not self._waiting:
            return
        async with self._pacing.write() as tx:
            import_id = await self._open(tx)
            await self._change(tx)
            housed = await self._organisations.give_addresses(tx)
            await self._appear(tx, import_id)
        await reindex_organisations(self._database, housed)

    @property
    def _waiting(self) -> int:
        return len(self._programmes) + len(self._groups)

    async def _add(
        self, chunk: list[AcceptedRow], comparison: Comparison, found: Differences
    ) -> None:
        async with self._pacing.write() as tx:
            import_id = await self._open(tx)
            now = self._clock.now()
            await self._organisations.add(tx, (accepted.row for accepted in chunk), now)
            written = await add_rows(
                tx, comparison, found, self._organisations, import_id=import_id, now=now
            )
            await index_programmes(tx, written, self._standing)

    async def _change_many(self) -> None:
        """Too many changes to wait for the last write go in writes of their own."""
        if self._waiting > self._pace.gathered:
            async with self._pacing.write() as tx:
                await self._open(tx)
                await self._change(tx)

    async def _change(self, tx: Tx) -> None:
        await change_rows(tx, self._programmes, self._groups, self._clock.now())
        await index_programmes(tx, self._programmes.keys() | self._touched, self._standing)
        self._programmes, self._groups, self._touched = {}, {}, set()

    async def _open(self, tx: Tx) -> int:
        """Keep the turn and the right; with the first write take an import number, invisible so
        far."""
        now = self._clock.now()
        await keep_turn(tx, self._epoch, now)
        await self._importer.check(tx, self._judged.municipalities, now)
        if self._import_id is None:
            started = insert(Import).values(
                municipality_id=self._municipality_id,
                kind="programmes",
                sha256=self._sha256,
                rows_read=0,
                rows_new=0,
                rows_changed=0,
                rows_refused=0,
                started_at=now,
            )
            self._import_id = (await tx.execute(started.returning(Import.id))).scalar_one()
        return self._import_id

    async def _appear(self, tx: Tx, import_id: int) -> None:
        """One row makes all the new ones visible."""
        now, counts, refused = self._clock.now(), self.counts, len(self._judged.refused)
        await tx.execute(
            update(Import)
            .where(Import.id == import_id)
            .values(
                rows_read=self._judged.read,
                rows_new=counts.new,
                rows_changed=counts.changed,
                rows_refused=refused,
                visible_at=now,
            )
        )
        details = {"new": counts.new, "changed": counts.changed, "refused": refused}
        await record(
            tx,
            at=now,
            actor=self._importer.mark,
            action="programmes.imported",
            entity="imports",
            entity_id=import_id,
            municipality_id=self._municipality_id,
            details=details
            | ({"archived": counts.archived} if counts.archived else {})
            | ({"closed": counts.closed} if counts.closed else {}),
        )

    @property
    def _municipality_id(self) -> int | None:
        """None: rows of several."""
        places = self._judged.municipalities
        return min(places) if len(places) == 1 else None
