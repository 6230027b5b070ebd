"""Judging a file whole before anything is written.

Each sheet with a header of a registry is read once, row by row; accepted rows are laid by, refused
ones told. Sheets without such a header (instructions, lists of words) are passed over, unless none
has one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from core.domain.refusals import Parameter
from core.files.refusal import FileRefused
from core.files.tables import Table, hidden_rows, open_tables
from core.services.registry_import.header import ColumnsMissing, Header, find_header
from core.services.registry_import.organisations import Spellings
from core.services.registry_import.place import Places
from core.services.registry_import.report import ImportWarning, RefusedRow
from core.services.registry_import.sheet import AcceptedRow, ProgrammeKey, Terms, Walk
from core.services.registry_import.spool import Spool
from core.services.registry_import.vanished import Listed
from core.services.registry_import.vocabulary import vocabulary

TOLD = 20  # numbers of rows in a warning
NEARLY = 2  # columns that a sheet which nearly is a registry may lack


@dataclass(kw_only=True)
class Judged:
    """What was found. `headers`: of each sheet that was read, as accepted rows count them."""

    headers: list[Header]
    accepted: Spool[AcceptedRow]
    read: int
    refused: tuple[RefusedRow, ...]
    warnings: tuple[ImportWarning, ...]
    terms: dict[ProgrammeKey, Terms]
    listed: Listed

    @cached_property
    def municipalities(self) -> frozenset[int]:
        """Those that accepted rows belong to."""
        return frozenset(municipality_id for municipality_id, _ in self.terms)

    def close(self) -> None:
        self.accepted.close()


def judge(path: Path, places: Places, spellings: Spellings, today: date) -> Judged:
    """A period without a year is of the study year of `today`. Raises FileRefused,
    ColumnsMissing."""
    judging = _Judging(places, spellings, today)
    fault: ColumnsMissing | FileRefused | None = None
    for table in open_tables(path):
        try:
            header = find_header(table, vocabulary())
        except ColumnsMissing as missing:
            judging.lacking(table, missing)
            fault = fault if isinstance(fault, ColumnsMissing) else missing
        except FileRefused as refused:
            if refused.reason != "no-header":
                raise
            fault = fault or refused
        else:
            judging.take(table, header)
    if not judging.headers:
        raise fault or FileRefused("empty")
    judging.tell_hidden(hidden_rows(path))
    return judging.done()


class _Judging:
    def __init__(self, places: Places, spellings: Spellings, today: date) -> None:
        self._places = places
        self._walk = Walk(replace(vocabulary(), today=today), places.resolve, spellings.key_of)
        self._accepted: Spool[AcceptedRow] = Spool()
        self._refused: list[RefusedRow] = []
        self._read = 0
        self._warnings: list[ImportWarning] = []
        self.headers: list[Header] = []

    def take(self, table: Table, header: Header) -> None:
        passed: list[int] = []
        for row in self._walk.rows(table, header, len(self.headers), passed):
            self._read += 1
            if isinstance(row, RefusedRow):
                self._refused.append(row)
            else:
                self._accepted.add(row)
        self.headers.append(header)
        self._warnings += header.warnings
        if passed:
            more = ["\N{HORIZONTAL ELLIPSIS}"] if passed[TOLD:] else []
            rows = ", ".join([*map(str, passed[:TOLD]), *more])
            if table.name:
                self._warn("rows-passed-of-sheet", sheet=table.name, rows=rows)
            else:
                self._warn("rows-passed", rows=rows)

    def lacking(self, table: Table, missing: ColumnsMissing) -> None:
        """A sheet that nearly is a registry is worth a word."""
        columns = str(missing.params["columns"])
        if columns.count(",") < NEARLY:
            self._warn("sheet-passed", sheet=table.name, columns=columns)

    def tell_hidden(self, rows: int) -> None:
        """They count as all others: nobody can say why they were hidden."""
        if rows:
            self._warn("hidden-rows", rows=rows)

    def done(self) -> Judged:
        if self._places.others_named:
            self._warn("other-municipality", named=self._places.others_named)
        return Judged(
            headers=self.headers,
            accepted=self._accepted,
            read=self._read,
            refused=tuple(self._refused),
            warnings=tuple(self._warnings),
            terms=self._walk.terms,
            listed=Listed(
                programmes=self._walk.terms.keys(),
                groups=self._walk.groups.keys(),
                unclear=self._walk.unclear,
            ),
        )

    def _warn(self, reason: str, **params: Parameter) -> None:
        self._warnings.append(ImportWarning(reason=reason, params=params))
