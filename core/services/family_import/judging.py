"""A file becomes a plan: read whole, then each row laid beside what is known and what came before.

Reading and judging compute, so they run in a thread; what they need of the database is asked
before, in parts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from core.cipher import Cipher
from core.db.engine import Tx
from core.services.family_import.certificates import CertificateJudge
from core.services.family_import.children import ChildJudge
from core.services.family_import.differing import Differs, Mismatch
from core.services.family_import.enrolments import EnrolmentJudge
from core.services.family_import.plan import Plan, refuse
from core.services.family_import.roll import Roll
from core.services.family_import.rows import (
    AnyRow,
    CertificateRow,
    ChildRow,
    EnrolmentRow,
    Row,
    RowReader,
)
from core.services.family_import.stored import (
    find_missing,
    load_certificates,
    load_children,
    load_clubs,
    load_holders,
    load_holdings,
    load_seats,
)
from core.services.family_import.vocabulary import FamilyFile, columns_of, name_field
from core.services.registry_import.header import Header, find_header_of, find_table
from core.services.registry_import.place import Places
from core.services.registry_import.report import ImportWarning, RefusedRow

AnyKind = TypeVar("AnyKind", bound=Row)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A file as read: `read` counts its data rows, `refused` are those that cannot be read."""

    kind: FamilyFile
    header: Header
    today: date
    read: int
    rows: list[AnyRow]
    refused: list[RefusedRow]
    warnings: tuple[ImportWarning, ...]

    @property
    def municipalities(self) -> set[int]:
        return {row.municipality_id for row in self.rows}

    @property
    def municipality_id(self) -> int | None:
        """None: rows of several."""
        found = self.municipalities
        return min(found) if len(found) == 1 else None


def read_sheet(kind: FamilyFile, path: Path, places: Places, cipher: Cipher, today: date) -> Sheet:
    """Raises FileRefused, ColumnsMissing."""
    columns = columns_of(kind)
    table, header = find_table(path, lambda found: find_header_of(found, columns))
    reader = RowReader(kind, header, places.resolve, cipher, today)
    rows: list[AnyRow] = []
    refused: list[RefusedRow] = []
    for number, cells in header.data_rows(table):
        row = reader.read(number, cells)
        if isinstance(row, RefusedRow):
            refused.append(row)
        else:
            rows.append(row)
    warnings = header.warnings
    if places.others_named:
        named = ImportWarning(reason="other-municipality", params={"named": places.others_named})
        warnings = (*warnings, named)
    return Sheet(
        kind=kind,
        header=header,
        today=today,
        read=len(rows) + len(refused),
        rows=rows,
        refused=refused,
        warnings=warnings,
    )


async def make_plan(tx: Tx, sheet: Sheet, *, external: Collection[int]) -> Plan:
    """`external`: municipalities whose registry is kept elsewhere."""
    plan = Plan(
        refused=list(sheet.refused), reconciles=not sheet.municipalities.isdisjoint(external)
    )
    if sheet.kind is FamilyFile.CHILDREN:
        await _judge_children(tx, sheet, plan, external)
    elif sheet.kind is FamilyFile.CERTIFICATES:
        await _judge_certificates(tx, sheet, plan, external)
    else:
        await _judge_enrolments(tx, sheet, plan, external)
    return plan


async def _judge_children(tx: Tx, sheet: Sheet, plan: Plan, external: Collection[int]) -> None:
    rows = [row for row in sheet.rows if isinstance(row, ChildRow)]
    roll = Roll()
    said = [row.child for row in rows]
    await load_children(tx, roll, sorted(sheet.municipalities), said)
    await load_holdings(tx, roll)
    holders = await load_holders(tx, roll, (one.snils_index for one in said if one.snils_index))
    judge = ChildJudge(plan, roll, holders, name_field(sheet.header))
    await asyncio.to_thread(_judge, rows, judge.judge, plan, sheet.header, external)


async def _judge_certificates(tx: Tx, sheet: Sheet, plan: Plan, external: Collection[int]) -> None:
    rows = [row for row in sheet.rows if isinstance(row, CertificateRow)]
    roll = Roll()
    await load_children(tx, roll, sorted(sheet.municipalities), (row.child for row in rows))
    known = await load_certificates(tx, roll, (row.certificate_index for row in rows))
    await load_holdings(tx, roll)
    numbers = (child.snils_index for child in roll.children() if child.snils_index)
    judge = CertificateJudge(
        plan,
        roll,
        await load_holders(tx, roll, numbers),
        known,
        external=external,
        name_field=name_field(sheet.header),
    )
    await asyncio.to_thread(_judge, rows, judge.judge, plan, sheet.header, external)


async def _judge_enrolments(tx: Tx, sheet: Sheet, plan: Plan, external: Collection[int]) -> None:
    rows = [row for row in sheet.rows if isinstance(row, EnrolmentRow)]
    roll = Roll()
    said = (row.child for row in rows if row.child is not None)
    await load_children(tx, roll, sorted(sheet.municipalities), said)
    indexes = (row.certificate_index for row in rows if row.certificate_index is not None)
    known = await load_certificates(tx, roll, indexes)
    await load_seats(tx, roll)
    judge = EnrolmentJudge(
        plan,
        roll,
        await load_clubs(tx, ((row.municipality_id, row.organisation) for row in rows)),
        {(one.municipality_id, index): one.child for index, one in known.items()},
        today=sheet.today,
        name_field=name_field(sheet.header),
    )
    await asyncio.to_thread(_judge, rows, judge.judge, plan, sheet.header, external)
    plan.overbooked = judge.overbooked()
    plan.differences += await find_missing(tx, judge.rosters, external)


def _judge(
    rows: Iterable[AnyKind],
    judge: Callable[[AnyKind], None],
    plan: Plan,
    header: Header,
    external: Collection[int],
) -> None:
    """What an external registry says otherwise goes to people and keeps nothing out."""
    for row in rows:
        try:
            judge(row)
        except Mismatch as mismatch:
            if isinstance(mismatch, Differs) and row.municipality_id in external:
                plan.differences.append(mismatch.difference)
                plan.unchanged += 1
                continue
            plan.refused.append(refuse(header, row, mismatch))
