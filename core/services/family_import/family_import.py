"""`kruzhok import children | certificates | enrolments`.

The file is read whole, then laid beside what the database holds. One refused row keeps everything
out, unless `skip_bad`; a second import of the same file writes nothing. The turn, the import number
that hides new rows and what a cut-off import leaves are those of the registry's import.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from core.cipher import Cipher
from core.clock import Chance, Clock
from core.db.engine import Database, Tx
from core.db.models import Import, Municipality
from core.domain.municipality import RegistryMode
from core.domain.refusals import NotAllowed, Parameter
from core.domain.silence import QuietHours
from core.files.tables import digest
from core.services.audit.steps import record
from core.services.family_import.judging import Sheet, make_plan, read_sheet
from core.services.family_import.keeping import keep_differences
from core.services.family_import.plan import Change, Plan
from core.services.family_import.vocabulary import FamilyFile
from core.services.family_import.writing import (
    Hand,
    ImportDisturbed,
    add_certificates,
    add_children,
    add_enrolments,
    change_certificates,
    change_children,
    change_enrolments,
    parts,
    take_seats,
)
from core.services.registry_import.importer import OPERATOR, Importer
from core.services.registry_import.pace import Pace
from core.services.registry_import.place import load_places
from core.services.registry_import.report import ImportReport, ImportWarning
from core.services.registry_import.turn import give_back, keep_turn, sweep, take_turn

USUAL_SILENCE = QuietHours()


@dataclass(kw_only=True)
class _Writing:
    """An import under way. `import_id` comes with the first write."""

    epoch: int
    sha256: str
    sheet: Sheet
    importer: Importer
    import_id: int | None = None


class FamilyImport:
    """Files about families, one kind at a call."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        chance: Chance,
        cipher: Cipher,
        pace: Pace | None = None,
        quiet: QuietHours | None = USUAL_SILENCE,
    ) -> None:
        self._database = database
        self._clock = clock
        self._chance = chance
        self._cipher = cipher
        self._pace = pace or Pace()
        self._quiet = quiet

    async def run(
        self,
        kind: FamilyFile,
        path: Path,
        *,
        municipality_code: str | None = None,
        dry_run: bool = False,
        skip_bad: bool = False,
        importer: Importer = OPERATOR,
    ) -> ImportReport:
        """Raises NotFound (municipality), FileRefused, ColumnsMissing, ImportRunning,
        ImportDisturbed, NotAllowed (an importer without the right)."""
        async with self._database.read() as tx:
            places = await load_places(tx, municipality_code)
        today = self._clock.now().date()
        sheet = await asyncio.to_thread(read_sheet, kind, path, places, self._cipher, today)
        async with self._database.read() as tx:
            await importer.check(tx, sheet.municipalities, self._clock.now())
        plan = await self._plan(sheet)
        if dry_run or not _wanted(plan, skip_bad=skip_bad):
            return _report(sheet, plan, written=False)
        if plan.writes:
            plan = await self._write(path, sheet, importer, skip_bad=skip_bad)
        return _report(sheet, plan, written=_wanted(plan, skip_bad=skip_bad))

    async def _plan(self, sheet: Sheet) -> Plan:
        async with self._database.read() as tx:
            external = await tx.scalars(
                select(Municipality.id).where(Municipality.registry_mode == RegistryMode.EXTERNAL)
            )
            return await make_plan(tx, sheet, external=set(external))

    async def _write(self, path: Path, sheet: Sheet, importer: Importer, *, skip_bad: bool) -> Plan:
        async with self._database.write() as tx:
            epoch = await take_turn(tx, self._chance.token(), self._clock.now())
        try:
            await sweep(self._database, epoch, self._clock.now())
            plan = await self._plan(sheet)  # another import may have ended since the first look
            if not plan.writes or not _wanted(plan, skip_bad=skip_bad):
                return plan
            writing = _Writing(
                epoch=epoch,
                sha256=await asyncio.to_thread(digest, path),
                sheet=sheet,
                importer=importer,
            )
            try:
                await self._carry_out(plan, writing)
            except (IntegrityError, ImportDisturbed, NotAllowed) as error:
                await sweep(self._database, epoch, self._clock.now())
                if isinstance(error, IntegrityError):
                    raise ImportDisturbed() from error
                raise
            return plan
        finally:
            async with self._database.write() as tx:
                await give_back(tx, epoch)

    async def _carry_out(self, plan: Plan, writing: _Writing) -> None:
        cipher = self._cipher
        for children in parts(plan.children, self._pace.chunk):
            async with self._database.write() as tx:
                await add_children(tx, children, await self._open(tx, writing), cipher)
            await asyncio.sleep(self._pace.breath)
        for certificates in parts(plan.certificates, self._pace.chunk):
            async with self._database.write() as tx:
                await add_certificates(tx, certificates, await self._open(tx, writing), cipher)
            await asyncio.sleep(self._pace.breath)
        for enrolments in parts(plan.enrolments, self._pace.chunk):
            async with self._database.write() as tx:
                await add_enrolments(tx, enrolments, await self._open(tx, writing))
            await asyncio.sleep(self._pace.breath)
        rest = _Changes.of(plan)
        while rest.count > self._pace.gathered:
            some, rest = rest.cut(self._pace.gathered)
            async with self._database.write() as tx:
                await some.apply(tx, await self._open(tx, writing), cipher, self._quiet)
            await asyncio.sleep(self._pace.breath)
        async with self._database.write() as tx:
            hand = await self._open(tx, writing)
            await rest.apply(tx, hand, cipher, self._quiet)
            await take_seats(tx, plan.seats())
            if plan.reconciles:
                await keep_differences(
                    tx,
                    plan.differences,
                    hand,
                    cipher,
                    kind=writing.sheet.kind,
                    municipality_ids=writing.sheet.municipalities,
                )
            await self._show(tx, writing, plan, hand)

    async def _open(self, tx: Tx, writing: _Writing) -> Hand:
        """Keep the turn and the right; with the first write take an import number, invisible so
        far."""
        now = self._clock.now()
        places = writing.sheet.municipalities
        await keep_turn(tx, writing.epoch, now)
        await writing.importer.check(tx, places, now)
        if writing.import_id is None:
            writing.import_id = (
                await tx.execute(
                    insert(Import)
                    .values(
                        municipality_id=writing.sheet.municipality_id,
                        kind=writing.sheet.kind,
                        sha256=writing.sha256,
                        rows_read=0,
                        rows_new=0,
                        rows_changed=0,
                        rows_refused=0,
                        started_at=now,
                    )
                    .returning(Import.id)
                )
            ).scalar_one()
        return Hand(import_id=writing.import_id, mark=writing.importer.mark, now=now)

    async def _show(self, tx: Tx, writing: _Writing, plan: Plan, hand: Hand) -> None:
        """One row makes all the new ones visible."""
        refused = len(plan.refused)
        await tx.execute(
            update(Import)
            .where(Import.id == hand.import_id)
            .values(
                rows_read=writing.sheet.read,
                rows_new=plan.new,
                rows_changed=plan.changed,
                rows_refused=refused,
                visible_at=hand.now,
            )
        )
        await record(
            tx,
            at=hand.now,
            actor=hand.mark,
            action=f"{writing.sheet.kind}.imported",
            entity="imports",
            entity_id=hand.import_id,
            municipality_id=writing.sheet.municipality_id,
            details={
                "new": plan.new,
                "changed": plan.changed,
                "refused": refused,
                "differences": len(plan.differences),
            },
        )


@dataclass(frozen=True, kw_only=True)
class _Changes:
    """Rows that stand and change; a file of one kind changes rows of one table."""

    children: Sequence[Change]
    certificates: Sequence[Change]
    enrolments: Sequence[Change]

    @classmethod
    def of(cls, plan: Plan) -> _Changes:
        return cls(
            children=plan.child_changes,
            certificates=plan.certificate_changes,
            enrolments=plan.enrolment_changes,
        )

    @property
    def count(self) -> int:
        return len(self.children) + len(self.certificates) + len(self.enrolments)

    def cut(self, size: int) -> tuple[_Changes, _Changes]:
        return (
            _Changes(
                children=self.children[:size],
                certificates=self.certificates[:size],
                enrolments=self.enrolments[:size],
            ),
            _Changes(
                children=self.children[size:],
                certificates=self.certificates[size:],
                enrolments=self.enrolments[size:],
            ),
        )

    async def apply(self, tx: Tx, hand: Hand, cipher: Cipher, quiet: QuietHours | None) -> None:
        await change_children(tx, self.children, hand, cipher)
        await change_certificates(tx, self.certificates, hand, cipher, quiet)
        await change_enrolments(tx, self.enrolments, hand, cipher, quiet)


def _wanted(plan: Plan, *, skip_bad: bool) -> bool:
    return skip_bad or not plan.refused


def _report(sheet: Sheet, plan: Plan, *, written: bool) -> ImportReport:
    warnings = list(sheet.warnings)
    if plan.overbooked:
        said: dict[str, Parameter] = {
            "programmes": len(plan.overbooked),
            "first": plan.overbooked[0],
        }
        warnings.append(ImportWarning(reason="overbooked", params=said))
    if plan.differences:
        warnings.append(
            ImportWarning(reason="differences", params={"differences": len(plan.differences)})
        )
    return ImportReport(
        read=sheet.read,
        new=plan.new,
        changed=plan.changed,
        unchanged=plan.unchanged,
        refused=tuple(sorted(plan.refused, key=lambda row: row.row)),
        warnings=tuple(warnings),
        written=written,
    )
