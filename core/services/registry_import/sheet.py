"""The rows of one file beside each other.

Rows of one programme that disagree on price or registry: the later is refused. The same group
twice: a row that says the same is passed over (it changes nothing), one that says something else
is refused. What else a programme's rows say of it, the first of them says. A price or registry
that only a later row names is the programme's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from core.domain.programmes import RegistryKind
from core.domain.refusals import Parameter
from core.files.tables import Cell, Table
from core.services.registry_import.cells import shown
from core.services.registry_import.header import Header
from core.services.registry_import.reading import refused_row
from core.services.registry_import.report import Fault, RefusedRow
from core.services.registry_import.rows import ProgrammeRow, RowReader, Unclear
from core.services.registry_import.vocabulary import Vocabulary

ProgrammeKey = tuple[int, str]
"""(municipality id, identity)."""


GroupKey = tuple[ProgrammeKey, str]
"""(its programme, normal form of its name)."""


@dataclass(kw_only=True, slots=True)
class Terms:
    """What all rows of a programme must agree on, and its first row."""

    sheet: str
    first_row: int
    price: int | None
    normative_price: int | None
    registry_kind: RegistryKind | None


@dataclass(frozen=True, kw_only=True)
class AcceptedRow:
    """`sheet`: which of the sheets with a header, from 0. `opens`: the first row of its programme.
    `repeats`: an earlier row says the same."""

    row: ProgrammeRow
    sheet: int
    opens: bool
    repeats: bool

    @property
    def key(self) -> ProgrammeKey:
        return self.row.municipality_id, self.row.identity


_AGREED: tuple[tuple[str, Callable[[ProgrammeRow], Any], Callable[[Terms], Any]], ...] = (
    ("price", lambda row: row.price_kopecks, lambda terms: terms.price),
    (
        "normative_price",
        lambda row: row.normative_price_kopecks,
        lambda terms: terms.normative_price,
    ),
    ("registry_kind", lambda row: row.registry_kind, lambda terms: terms.registry_kind),
)


class Walk:
    """One walk over the sheets of a file; `terms` are complete at its end. Only keys are kept."""

    def __init__(
        self,
        words: Vocabulary,
        municipality: Callable[[Cell], int],
        known_as: Callable[[int, str], str],
    ) -> None:
        self._words = words
        self._municipality = municipality
        self._known_as = known_as
        self.terms: dict[ProgrammeKey, Terms] = {}
        self.groups: dict[GroupKey, tuple[str, int, int]] = {}  # sheet, row, hash of its terms
        self.unclear: set[Unclear] = set()

    def rows(
        self, table: Table, header: Header, sheet: int, passed: list[int]
    ) -> Iterator[AcceptedRow | RefusedRow]:
        """`passed` gets the numbers of lines that are no data."""
        reader = RowReader(header, self._words, self._municipality, self._known_as)
        place = _Sheet(number=sheet, name=table.name, header=header)
        for number, cells in header.data_rows(table, passed):
            read = reader.read(number, cells)
            row = read if isinstance(read, RefusedRow) else self._place(read, cells, place)
            if isinstance(row, RefusedRow):
                self.unclear.add(reader.programme_of(cells))
                row = replace(row, sheet=table.name)
            yield row

    def _place(
        self, row: ProgrammeRow, cells: list[Cell], sheet: _Sheet
    ) -> AcceptedRow | RefusedRow:
        key = row.municipality_id, row.identity
        terms = self.terms.get(key)
        said = hash(row.group_terms())
        group = self.groups.get((key, row.group_key))
        if terms is not None:
            faults = _disagreements(row, terms, cells, sheet)
            if group is not None and group[2] != said:
                column = "group_name" if sheet.header.has("group_name") else "title"
                faults.append(sheet.fault(column, cells, "group-twice", *group[:2]))
            if faults:
                return refused_row(row.number, faults)
            terms.price = _first(terms.price, row.price_kopecks)
            terms.normative_price = _first(terms.normative_price, row.normative_price_kopecks)
            terms.registry_kind = _first(terms.registry_kind, row.registry_kind)
        else:
            self.terms[key] = Terms(
                sheet=sheet.name,
                first_row=row.number,
                price=row.price_kopecks,
                normative_price=row.normative_price_kopecks,
                registry_kind=row.registry_kind,
            )
        if group is None:
            self.groups[key, row.group_key] = sheet.name, row.number, said
        return AcceptedRow(
            row=row, sheet=sheet.number, opens=terms is None, repeats=group is not None
        )


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    number: int
    name: str
    header: Header

    def fault(self, field: str, cells: list[Cell], reason: str, sheet: str, row: int) -> Fault:
        """`sheet`, `row`: what the cell does not agree with."""
        here: dict[str, Parameter] = {"row": row}
        elsewhere: dict[str, Parameter] = {"row": row, "sheet": sheet}
        return Fault(
            column=self.header.title(field),
            value=shown(self.header.cell(field, cells)),
            reason=reason if sheet == self.name else f"{reason}-elsewhere",
            params=here if sheet == self.name else elsewhere,
        )


def _disagreements(
    row: ProgrammeRow, terms: Terms, cells: list[Cell], sheet: _Sheet
) -> list[Fault]:
    found: list[tuple[int, Fault]] = []
    for field, of_row, of_terms in _AGREED:
        said, agreed = of_row(row), of_terms(terms)
        if said is not None and agreed is not None and said != agreed:
            fault = sheet.fault(field, cells, "disagrees", terms.sheet, terms.first_row)
            found.append((sheet.header.columns[field][0], fault))
    return [fault for _, fault in sorted(found, key=lambda pair: pair[0])]


def _first(known: Any, said: Any) -> Any:
    return said if known is None else known
