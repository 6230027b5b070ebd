"""A row of any kind of file while it is read: values come out, faults are collected by column."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from core.files.tables import Cell
from core.services.registry_import import cells
from core.services.registry_import.cells import Unreadable
from core.services.registry_import.header import Header
from core.services.registry_import.report import Fault, RefusedRow

Value = TypeVar("Value")


class Reading:
    """Under one header."""

    def __init__(self, header: Header, row: list[Cell]) -> None:
        self._header = header
        self._row = row
        self.faults: list[tuple[int, Fault]] = []

    def take(self, field: str, read: Callable[[Cell], Value]) -> Value | None:
        """Also when there is no such column: `read` then gets ''."""
        cell = self._header.cell(field, self._row) if self._header.has(field) else ""
        try:
            return read(cell)
        except Unreadable as unreadable:
            self._fault(field, cell, unreadable)
            return None

    def is_empty(self, field: str) -> bool:
        return cells.is_blank(self._header.cell(field, self._row))

    def may(self, field: str, read: Callable[[Cell], Value | None]) -> Value | None:
        return self.take(field, read) if self._header.has(field) else None

    def must(self, field: str, read: Callable[[Cell], Value | None]) -> Value | None:
        """An empty cell is a fault."""

        def read_filled(cell: Cell) -> Value:
            value = read(cell)
            if value is None:
                raise Unreadable("empty")
            return value

        return self.take(field, read_filled)

    def after(self, field: str, first: date | None) -> date | None:
        """A date that may not be before `first`."""

        def read_later(cell: Cell) -> date | None:
            last = cells.day(cell)
            if first is not None and last is not None and last < first:
                raise Unreadable("ends-before", first=first.strftime("%d.%m.%Y"))
            return last

        return self.may(field, read_later)

    def refused(self, number: int) -> RefusedRow:
        ordered = [fault for _, fault in sorted(self.faults, key=lambda found: found[0])]
        return refused_row(number, ordered)

    def _fault(self, field: str, cell: Cell, unreadable: Unreadable) -> None:
        index, title = self._header.columns.get(field, (-1, ""))
        fault = Fault(
            column=title,
            value=cells.shown(cell),
            reason=unreadable.reason,
            params=unreadable.params,
        )
        self.faults.append((index, fault))


def refused_row(number: int, faults: list[Fault]) -> RefusedRow:
    """The first fault stands for the row, the others are kept beside it."""
    first, *others = faults
    return RefusedRow(
        row=number,
        column=first.column,
        value=first.value,
        reason=first.reason,
        params=first.params,
        more=tuple(others),
    )
