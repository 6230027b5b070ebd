"""`kruzhok import knowledge`: the base coming in as a file.

The file is judged whole first: one refused row keeps everything out, unless `skip_bad`. What it
says of an entry wins, and is a new version; what staff have added stays: examples, and answers on
terms the file does not name. An entry that staff have ended stays ended. The same file again
changes nothing. Without a municipality entries are common to all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.clock import Clock
from core.db.engine import Database, Tx
from core.domain.actors import CLI
from core.domain.knowledge import read_examples
from core.domain.refusals import BadValue
from core.services.municipalities.steps import get_municipality_id
from core.services.questions.drafts import EntryDraft
from core.services.questions.files import ReadEntry, read_entries
from core.services.questions.queries import HeldEntry, entries_by_code
from core.services.questions.steps import Author, add_entry, raise_number, write_draft
from core.services.registry_import.place import load_places
from core.services.registry_import.report import ImportReport, RefusedRow

CHUNK = 100
"""Entries of one write: nobody waits half a second for the lock."""
OPERATOR = Author(mark=CLI, person_id=None)


@dataclass(kw_only=True)
class _Counts:
    new: int = 0
    changed: int = 0
    unchanged: int = 0


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
    ) -> ImportReport:
        """Raises NotFound (municipality), FileRefused, ColumnsMissing."""
        async with self._database.read() as tx:
            place = None
            if municipality_code is not None:
                place = await get_municipality_id(tx, municipality_code)
            named = await load_places(tx, None)
        rows = await asyncio.to_thread(read_entries, path, named.resolve)
        refused = tuple(row for row in rows if isinstance(row, RefusedRow))
        entries = [row for row in rows if isinstance(row, ReadEntry)]
        write = not dry_run and (skip_bad or not refused)
        counts = _Counts()
        for start in range(0, len(entries), CHUNK):
            chunk = entries[start : start + CHUNK]
            if not await self._compare(chunk, place, counts) or not write:
                continue
            await self._write(chunk, place)
        return ImportReport(
            read=len(rows),
            new=counts.new,
            changed=counts.changed,
            unchanged=counts.unchanged,
            refused=refused,
            warnings=(),
            written=write,
        )

    async def _compare(
        self, chunk: Sequence[ReadEntry], place: int | None, counts: _Counts
    ) -> bool:
        """Whether there is anything to write."""
        async with self._database.read() as tx:
            standing = await entries_by_code(tx, [entry.code for entry in chunk], place)
        differs = False
        for entry in chunk:
            held = standing.get(entry.code)
            if held is None:
                counts.new += 1
            elif _merged(held, entry.draft).differs_from(held.draft):
                counts.changed += 1
            else:
                counts.unchanged += 1
                continue
            differs = True
        return differs

    async def _write(self, chunk: Sequence[ReadEntry], place: int | None) -> None:
        async with self._database.write() as tx:
            await raise_number(tx)
            standing = await entries_by_code(tx, [entry.code for entry in chunk], place)
            for entry in chunk:
                await self._bring(tx, entry, standing.get(entry.code), place)

    async def _bring(
        self, tx: Tx, entry: ReadEntry, held: HeldEntry | None, place: int | None
    ) -> None:
        now = self._clock.now()
        if held is None:
            await add_entry(
                tx,
                entry.draft,
                code=entry.code,
                municipality_id=place,
                key=None,
                author=OPERATOR,
                now=now,
            )
            return
        draft = _merged(held, entry.draft)
        if draft.differs_from(held.draft):
            await write_draft(tx, held, draft, author=OPERATOR, now=now)


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
