"""Finding the header of a registry, whatever its columns are called.

Mandatory are organisation, title, direction and age; age is one column or two («от», «до»). Titles
may stand above the header: the first line that names the mandatory columns is the header, or it
and the line under it («Возраст» over «от» and «до»). Files of other kinds have other columns
(`Columns`) and are found the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from core.domain.naming import normal_form
from core.domain.refusals import Refusal
from core.domain.writing import plain
from core.files.refusal import FileRefused
from core.files.tables import Cell, Table, open_tables
from core.services.registry_import.cells import is_blank, shown
from core.services.registry_import.data_rows import data_rows
from core.services.registry_import.report import ImportWarning
from core.services.registry_import.vocabulary import Vocabulary
from core.words import money_words

LOOKED_THROUGH = 30  # lines among which the header is looked for
HALF = 2  # columns that the upper line of a header names at least
MANDATORY = ("organisation", "title", "direction")


class ColumnsMissing(Refusal):
    """The header lacks mandatory columns; params: `columns`, their names."""


@dataclass(frozen=True, kw_only=True)
class Header:
    """Where the columns are: field -> (index, the header as it stands). `row`: its last line."""

    row: int
    columns: Mapping[str, tuple[int, str]]
    warnings: tuple[ImportWarning, ...]
    cells: tuple[str, ...] = ()  # the line in normal form, for telling it when it comes again

    def has(self, field: str) -> bool:
        return field in self.columns

    def title(self, field: str) -> str:
        return self.columns[field][1]

    def cell(self, field: str, cells: list[Cell]) -> Cell:
        """'' when the row is shorter."""
        index = self.columns[field][0]
        return cells[index] if index < len(cells) else ""

    def data_rows(
        self, table: Table, passed: list[int] | None = None
    ) -> Iterator[tuple[int, list[Cell]]]:
        """Rows below the header that are data; numbers of headings and notes among and below them
        are added to `passed`."""
        below = ((number, cells) for number, cells in table.rows() if number > self.row)
        return data_rows(below, self.cells, [] if passed is None else passed)


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What the columns of one kind of file are called, and which it cannot do without."""

    fields: Mapping[str, str]  # header in normal form -> field
    titles: Mapping[str, str]  # field -> how we call the column
    lacking: Callable[[Header], list[str]]  # mandatory fields that a header does not have


def find_header(table: Table, words: Vocabulary) -> Header:
    """Raises ColumnsMissing (about the likeliest line), FileRefused when no line names a column."""
    columns = Columns(fields=words.columns, titles=words.column_titles, lacking=_missing)
    return find_header_of(table, columns)


def find_header_of(table: Table, columns: Columns) -> Header:
    """The same for any kind of file."""
    names = _Names(columns.fields)
    lines = list(islice(table.rows(), LOOKED_THROUGH + 1))
    likeliest: Header | None = None
    for place, (number, cells) in enumerate(lines[:LOOKED_THROUGH]):
        headers = [names.header(number, cells)]
        if place + 1 < len(lines) and (two := names.header_of_two(cells, *lines[place + 1])):
            headers.insert(0, two)
        for header in headers:
            if not columns.lacking(header):
                return header
            if likeliest is None or len(header.columns) > len(likeliest.columns):
                likeliest = header
    if likeliest is None or not likeliest.columns:
        raise FileRefused("no-header")
    missing = (columns.titles[field] for field in columns.lacking(likeliest))
    raise ColumnsMissing(columns=", ".join(missing))


def find_table(path: Path, find: Callable[[Table], Header]) -> tuple[Table, Header]:
    """The first sheet with a header; else what the first one with words lacks."""
    fault: ColumnsMissing | FileRefused | None = None
    for table in open_tables(path):
        try:
            return table, find(table)
        except ColumnsMissing as missing:
            fault = missing if not isinstance(fault, ColumnsMissing) else fault
        except FileRefused as refused:
            if refused.reason != "no-header":
                raise
            fault = fault or refused
    raise fault or FileRefused("empty")


_STOPS = re.compile(r"[.,:;*/()№]+")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


class _Names:
    """What columns may be called: whole, without stops, without what is in brackets, without what
    follows a comma («Возраст, лет»)."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._exact = fields
        self._loose = {_STOPS.sub("", name): field for name, field in fields.items()}

    def header(self, number: int, cells: list[Cell]) -> Header:
        """A line that may be the header: the columns it names."""
        return self._named(number, [[cell] if isinstance(cell, str) else [] for cell in cells])

    def header_of_two(self, upper: list[Cell], number: int, lower: list[Cell]) -> Header | None:
        """The same for a line and the one under it; None when they are not two halves of one: the
        upper names columns, the lower more of them."""
        if len(self.header(number, upper).columns) < HALF:
            return None
        known, strange = 0, 0
        named: list[list[str]] = []
        over = ""
        for place, below in enumerate(lower):
            above = upper[place] if place < len(upper) else ""
            if is_blank(above):  # no merged cells: the name to the left goes on
                above = over if not is_blank(below) else ""
            over = above if isinstance(above, str) and above else over
            if is_blank(below) or below == above:
                named.append([above] if isinstance(above, str) else [])
                continue
            names = [f"{above} {below}", below] if isinstance(below, str) else []
            is_known = any(self._field(name) for name in names)
            known, strange = known + is_known, strange + (not is_known)
            named.append(names)
        return self._named(number, named) if known > strange else None

    def _named(self, number: int, names: list[list[str]]) -> Header:
        columns: dict[str, tuple[int, str]] = {}
        warnings: list[ImportWarning] = []
        for index, said in enumerate(names):
            name, field = next(
                ((name, field) for name in said if (field := self._field(name))), ("", None)
            )
            if field is None:
                continue
            if field in columns:
                seen = {"column": columns[field][1], "other": shown(name)}
                warnings.append(ImportWarning(reason="column-twice", params=seen))
                continue
            columns[field] = (index, shown(name))
        return Header(
            row=number,
            columns=columns,
            warnings=tuple(warnings),
            cells=tuple(normal_form(said[-1]) if said else "" for said in names),
        )

    def _field(self, name: str) -> str | None:
        exact = self._exact.get(normal_form(name))
        if exact is not None:
            return exact
        outside = _BRACKETS.sub(" ", name)
        shorter = (name, outside, outside.partition(",")[0])
        # «Стоимость, руб. в месяц» is not the price we mean
        tried = shorter[:1] if money_words().of_part.search(plain(name)) else shorter
        found = (self._loose.get(_STOPS.sub("", normal_form(said))) for said in tried)
        return next(filter(None, found), None)


def _missing(header: Header) -> list[str]:
    lacking = [field for field in MANDATORY if not header.has(field)]
    if not header.has("age") and not (header.has("age_from") and header.has("age_to")):
        if header.has("age_from") or header.has("age_to"):
            lacking += [field for field in ("age_from", "age_to") if not header.has(field)]
        else:
            lacking.append("age")
    return lacking
