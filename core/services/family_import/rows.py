"""One row of a file about families, read and judged by itself.

Names and numbers meet by blind indexes: what they are compared by is made here, once a row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from core.cipher import Cipher
from core.domain.ages import ADULT_YEARS
from core.domain.certificates import CertificateKind, CertificateState
from core.domain.enrolment import MoneySource
from core.domain.names import ChildName, match_key
from core.domain.naming import normal_form
from core.domain.programmes import GREATEST_AGE_YEARS
from core.files.tables import Cell
from core.services.family_import import cells
from core.services.family_import.cells import Period
from core.services.family_import.vocabulary import (
    FamilyFile,
    FamilyWords,
    family_words,
    name_field,
    names_a_child,
)
from core.services.registry_import.cells import Unreadable, choice, day, kopecks, text
from core.services.registry_import.fields import LONGEST_NAME, LONGEST_TITLE
from core.services.registry_import.header import Header
from core.services.registry_import.reading import Reading
from core.services.registry_import.report import RefusedRow
from core.services.registry_import.vocabulary import vocabulary


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildSaid:
    """A child as a row says it. `snils`: eleven digits; the keys are blind indexes."""

    name: ChildName
    born: date
    name_key: bytes
    snils: str | None
    snils_index: bytes | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """What rows of all kinds have. `cells` are kept to be shown if the row is refused later."""

    number: int
    municipality_id: int
    cells: list[Cell]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChildRow(Row):
    child: ChildSaid


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateRow(Row):
    """None: the cell is empty or the file has no such column. Money in kopecks."""

    child: ChildSaid
    certificate: str  # ten digits
    certificate_index: bytes
    kind: CertificateKind | None
    state: CertificateState | None
    nominal_kopecks: int | None
    period: Period | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EnrolmentRow(Row):
    """Named by the number of a certificate, by name and birth date, or both. Organisation,
    programme and group in normal form."""

    child: ChildSaid | None
    certificate_index: bytes | None
    organisation: str
    programme: str
    group: str | None
    enrolled_on: date | None
    money_source: MoneySource | None


AnyRow = ChildRow | CertificateRow | EnrolmentRow
Municipality = Callable[[Cell], int]
"""Settles whose row it is by the column that says so, or raises Unreadable."""


class RowReader:
    """Reads rows of one kind under one header."""

    def __init__(
        self,
        kind: FamilyFile,
        header: Header,
        municipality: Municipality,
        cipher: Cipher,
        today: date,
    ) -> None:
        self._header = header
        self._municipality = municipality
        self._cipher = cipher
        self._today = today
        self._words: FamilyWords = family_words()
        readers: Mapping[FamilyFile, Callable[[int, list[Cell]], AnyRow | RefusedRow]] = {
            FamilyFile.CHILDREN: self._child_row,
            FamilyFile.CERTIFICATES: self._certificate_row,
            FamilyFile.ENROLMENTS: self._enrolment_row,
        }
        self.read = readers[kind]

    def _child_row(self, number: int, row: list[Cell]) -> ChildRow | RefusedRow:
        reading = Reading(self._header, row)
        municipality_id = reading.take("municipality", self._municipality)
        child = self._child(reading, oldest=ADULT_YEARS)
        if reading.faults or municipality_id is None or child is None:
            return reading.refused(number)
        return ChildRow(number=number, municipality_id=municipality_id, cells=row, child=child)

    def _certificate_row(self, number: int, row: list[Cell]) -> CertificateRow | RefusedRow:
        reading = Reading(self._header, row)
        words = self._words
        municipality_id = reading.take("municipality", self._municipality)
        child = self._child(reading, oldest=ADULT_YEARS)
        certificate = reading.must("number", cells.certificate_number)
        kind = reading.may("kind", lambda cell: choice(cell, words.kinds, reason="unknown-kind"))
        state = reading.may(
            "state", lambda cell: choice(cell, words.states, reason="unknown-state")
        )
        nominal = reading.may("nominal", lambda cell: _nominal(cell, kind, state))
        period = self._period(reading)
        if reading.faults or municipality_id is None or child is None or certificate is None:
            return reading.refused(number)
        return CertificateRow(
            number=number,
            municipality_id=municipality_id,
            cells=row,
            child=child,
            certificate=certificate,
            certificate_index=self._number_index(certificate),
            kind=kind,
            state=state,
            nominal_kopecks=nominal,
            period=period,
        )

    def _enrolment_row(self, number: int, row: list[Cell]) -> EnrolmentRow | RefusedRow:
        reading = Reading(self._header, row)
        words = self._words.money_sources
        municipality_id = reading.take("municipality", self._municipality)
        certificate = reading.may("number", cells.certificate_number)
        child = None
        if certificate is None or self._names_somebody(reading):
            child = self._child(reading, oldest=GREATEST_AGE_YEARS)
        organisation = reading.must("organisation", lambda cell: text(cell, longest=LONGEST_NAME))
        programme = reading.must("title", lambda cell: text(cell, longest=LONGEST_TITLE))
        group = reading.may("group_name", lambda cell: text(cell, longest=LONGEST_NAME))
        enrolled_on = reading.may("enrolled_on", day)
        money_source = reading.may(
            "money_source", lambda cell: choice(cell, words, reason="unknown-money-source")
        )
        if (
            reading.faults
            or municipality_id is None
            or organisation is None
            or programme is None
            or (child is None and certificate is None)
        ):
            return reading.refused(number)
        return EnrolmentRow(
            number=number,
            municipality_id=municipality_id,
            cells=row,
            child=child,
            certificate_index=self._number_index(certificate) if certificate else None,
            organisation=normal_form(organisation),
            programme=normal_form(programme),
            group=normal_form(group) if group else None,
            enrolled_on=enrolled_on,
            money_source=money_source,
        )

    def _names_somebody(self, reading: Reading) -> bool:
        """With a number, the name may be left empty; half of it is a fault."""
        if not names_a_child(self._header):
            return False
        fields = ("last_name", "first_name", "full_name", "born")
        return not all(reading.is_empty(field) for field in fields if self._header.has(field))

    def _child(self, reading: Reading, *, oldest: int) -> ChildSaid | None:
        name = self._name(reading)
        born = reading.must(
            "born", lambda cell: cells.birth_date(cell, today=self._today, oldest=oldest)
        )
        snils = reading.may("snils", cells.snils)
        if name is None or born is None:
            return None
        return ChildSaid(
            name=name,
            born=born,
            name_key=self._cipher.blind_index("name", match_key(name)),
            snils=snils,
            snils_index=self._cipher.blind_index("snils", snils) if snils else None,
        )

    def _name(self, reading: Reading) -> ChildName | None:
        if name_field(self._header) == "full_name":
            return reading.must("full_name", cells.full_name)
        last = reading.must("last_name", cells.name_part)
        first = reading.must("first_name", cells.name_part)
        patronymic = reading.may("patronymic", cells.name_part)
        if last is None or first is None:
            return None
        return ChildName(last=last, first=first, patronymic=patronymic)

    def _number_index(self, certificate: str) -> bytes:
        return self._cipher.blind_index("certificate", certificate)

    def _period(self, reading: Reading) -> Period | None:
        if self._header.has("period") and not reading.is_empty("period"):
            return reading.may("period", lambda cell: cells.period(cell, self._words))
        begins = reading.may("period_from", day)
        ends = reading.may("period_until", day)
        if begins is None and ends is None:
            return None
        return reading.take("period_until", lambda _cell: cells.span(begins, ends))


def _nominal(
    cell: Cell, kind: CertificateKind | None, state: CertificateState | None
) -> int | None:
    """A certificate of record has none; a financed one in force is nothing without it."""
    nominal = kopecks(cell, vocabulary()) or None
    if nominal is not None and kind is CertificateKind.RECORD:
        raise Unreadable("nominal-of-record")
    in_force = state in (None, CertificateState.ACTIVE)
    if nominal is None and kind is CertificateKind.FINANCED and in_force:
        raise Unreadable("nominal-missing")
    return nominal
