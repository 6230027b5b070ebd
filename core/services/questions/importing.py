"""`kruzhok import knowledge`: the base coming in as a file.

The file is judged whole first: one refused row keeps everything out, unless `skip_bad`. What it
says of an entry is a new version; what staff have added stays: examples, and answers on terms the
file does not name. An entry that staff have ended stays ended, and one in which they have changed
what an import had said stays theirs, unless `overwrite`. The same file again changes nothing.
Without a municipality entries are common to all; staff bring those of theirs only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from core.clock import Clock
from core.db.engine import Database, Tx
from core.domain.knowledge import read_examples
from core.domain.refusals import BadValue, NotAllowed
from core.services.municipalities.steps import get_municipality_id
from core.services.questions.drafts import EntryDraft
from core.services.questions.files import ReadEntry, read_entries
from core.services.questions.queries import HeldEntry, entries_by_code, imported_before_staff
from core.services.questions.steps import Author, add_entry, raise_number, write_draft
from core.services.registry_import.importer import OPERATOR, Importer
from core.services.registry_import.place import load_places
from core.services.registry_import.report import ImportReport, RefusedRow

CHUNK = 100
"""Entries of one write: nobody waits half a second for the lock."""


@dataclass(frozen=True, kw_only=True)
class _Order:
    """What was asked for, and by whom. `place` None: common entries."""

    importer: Importer
    place: int | None
    overwrite: bool

    @property
    def author(self) -> Author:
        """A version that came with a file is nobody's own words, whoever sent it."""
        return Author(mark=self.importer.mark, person_id=None)

    async def check(self, tx: Tx, now: datetime) -> None:
        """Raises NotAllowed."""
        if self.place is None:
            if self.importer.actor is not None:
                raise NotAllowed()
            return
        await self.importer.check(tx, [self.place], now)


@dataclass(kw_only=True)
class _Counts:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)


class KnowledgeImport:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def run(
        self,
        path: Path,
        *,
        municipality_code: str | None = None,
        dry_run: bool = False,
        skip_bad: bool = False,
        overwrite: bool = False,
        importer: Importer = OPERATOR,
    ) -> ImportReport:
        """Raises NotFound (municipality), FileRefused, ColumnsMissing, NotAllowed (an importer
        without the right)."""
        async with self._database.read() as tx:
            place = None
            if municipality_code is not None:
                place = await get_municipality_id(tx, municipality_code)
            named = await load_places(tx, None)
        rows = await asyncio.to_thread(read_entries, path, named.resolve)
        refused = tuple(row for row in rows if isinstance(row, RefusedRow))
        entries = [row for row in rows if isinstance(row, ReadEntry)]
        write = not dry_run and (skip_bad or not refused)
        order = _Order(importer=importer, place=place, overwrite=overwrite)
        counts = _Counts()
        for start in range(0, len(entries), CHUNK):
            chunk = entries[start : start + CHUNK]
            if await self._compare(chunk, order, counts) and write:
                await self._write(chunk, order)
        return ImportReport(
            read=len(rows),
            new=counts.new,
            changed=counts.changed,
            unchanged=counts.unchanged,
            refused=refused,
            warnings=(),
            written=write,
            kept=tuple(counts.kept),
        )

    async def _compare(self, chunk: Sequence[ReadEntry], order: _Order, counts: _Counts) -> bool:
        """Whether there is anything to write."""
        async with self._database.read() as tx:
            weighed = await _weighed(tx, chunk, order)
        for one in weighed:
            if one.held is None:
                counts.new += 1
            elif one.draft is not None:
                counts.changed += 1
            else:
                counts.unchanged += 1
            if one.kept:
                counts.kept.append(one.entry.code)
        return any(one.draft is not None for one in weighed)

    async def _write(self, chunk: Sequence[ReadEntry], order: _Order) -> None:
        now = self._clock.now()
        async with self._database.write() as tx:
            await raise_number(tx)
            await order.check(tx, now)
            for one in await _weighed(tx, chunk, order):
                if one.draft is not None:
                    await self._bring(tx, one, one.draft, order, now)

    async def _bring(
        self, tx: Tx, one: _Weighed, draft: EntryDraft, order: _Order, now: datetime
    ) -> None:
        if one.held is not None:
            await write_draft(tx, one.held, draft, author=order.author, now=now)
            return
        await add_entry(
            tx,
            draft,
            code=one.entry.code,
            municipality_id=order.place,
            key=None,
            author=order.author,
            now=now,
        )


@dataclass(frozen=True, kw_only=True)
class _Weighed:
    """A row beside the entry it is about. `draft`: what is to be written, None for nothing;
    `kept`: the file says otherwise than staff do."""

    entry: ReadEntry
    held: HeldEntry | None
    draft: EntryDraft | None
    kept: bool = False


async def _weighed(tx: Tx, chunk: Sequence[ReadEntry], order: _Order) -> list[_Weighed]:
    standing = await entries_by_code(tx, [entry.code for entry in chunk], order.place)
    by_staff = await imported_before_staff(tx, [held.id for held in standing.values()])
    weighed: list[_Weighed] = []
    for entry in chunk:
        held = standing.get(entry.code)
        if held is None:
            weighed.append(_Weighed(entry=entry, held=None, draft=entry.draft))
            continue
        draft = _merged(held, entry.draft)
        differs = bool(draft.differs_from(held.draft))
        is_theirs = held.id in by_staff and _reworded(held, by_staff[held.id])
        kept = differs and is_theirs and not order.overwrite
        weighed.append(
            _Weighed(
                entry=entry, held=held, draft=draft if differs and not kept else None, kept=kept
            )
        )
    return weighed


def _reworded(held: HeldEntry, imported: EntryDraft | None) -> bool:
    """Whether staff have changed what the last import said, and not only added to it."""
    return imported is None or bool(_merged(held, imported).differs_from(held.draft))


def _merged(held: HeldEntry, brought: EntryDraft) -> EntryDraft:
    """What the entry becomes: the file's word, and what staff have added beside it."""
    named = {answer.terms for answer in brought.answers}
    others = [answer for answer in held.draft.answers if answer.terms not in named]
    try:
        examples = read_examples(
            (*held.draft.examples, *brought.examples), question=brought.question
        )
    except BadValue:  # together they are too many: the file's alone
        examples = list(brought.examples)
    return replace(
        brought,
        examples=tuple(examples),
        answers=(*brought.answers, *others),
        ended=held.draft.ended,
    )
