"""What a file would do: rows to add, rows to change, rows refused. Nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.domain.certificates import CertificateKind, CertificateState
from core.domain.enrolment import MoneySource
from core.services.family_import.cells import Period
from core.services.family_import.differing import Difference, Mismatch
from core.services.family_import.roll import Child
from core.services.family_import.rows import ChildSaid, Row
from core.services.registry_import.cells import shown
from core.services.registry_import.header import Header
from core.services.registry_import.reading import refused_row
from core.services.registry_import.report import Fault, RefusedRow


@dataclass(frozen=True, kw_only=True)
class NewCertificate:
    """`number`: ten digits."""

    row: int
    child: Child
    number: str
    kind: CertificateKind
    state: CertificateState
    nominal_kopecks: int | None
    period: Period | None


@dataclass(frozen=True, kw_only=True)
class NewEnrolment:
    row: int
    child: Child
    programme_id: int
    group_id: int
    enrolled_on: date | None
    money_source: MoneySource | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """Columns of a row that stands, with their new values, if `expected` still holds. `snils` is
    eleven digits to be sealed; `moved`: from a group to another one. `settles`: what was asked
    for in the bot has come true, so its family and the staff chats hear of it. `number`: ten
    digits of a certificate, to be sealed."""

    row_id: int
    municipality_id: int
    expected: Mapping[str, Any]
    values: Mapping[str, Any]
    snils: str | None = None
    number: str | None = None
    moved: tuple[int, int] | None = None
    settles: bool = False


@dataclass(kw_only=True)
class Plan:
    """Counts are of rows of the file; `refused` holds them all. `reconciles`: a registry kept
    elsewhere has spoken, so the moment is noted even when nothing changes."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)
    certificates: list[NewCertificate] = field(default_factory=list)
    enrolments: list[NewEnrolment] = field(default_factory=list)
    child_changes: list[Change] = field(default_factory=list)
    certificate_changes: list[Change] = field(default_factory=list)
    enrolment_changes: list[Change] = field(default_factory=list)
    overbooked: list[str] = field(default_factory=list)  # titles; groups get too many
    differences: list[Difference] = field(default_factory=list)
    reconciles: bool = False

    @property
    def writes(self) -> bool:
        return bool(self.new or self.changed or self.differences or self.reconciles)

    def seats(self) -> Counter[int]:
        """How many seats more each group will have taken by the new enrolments."""
        return Counter(enrolment.group_id for enrolment in self.enrolments)


def refuse(header: Header, row: Row, mismatch: Mismatch) -> RefusedRow:
    """The row's only fault is what the database, or an earlier row, says otherwise."""
    blamed = mismatch.field if header.has(mismatch.field) else None
    fault = Fault(
        column=header.title(blamed) if blamed else "",
        value=shown(header.cell(blamed, row.cells)) if blamed else "",
        reason=mismatch.reason,
        params=mismatch.params,
    )
    return refused_row(row.number, [fault])


def new_child(row: Row, said: ChildSaid) -> Child:
    """A child nobody knew before this row."""
    return Child(
        municipality_id=row.municipality_id,
        name=said.name,
        born=said.born,
        name_key=said.name_key,
        snils=said.snils,
        snils_index=said.snils_index,
        row=row.number,
    )
