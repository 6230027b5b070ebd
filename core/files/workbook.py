"""The visible sheets of an Excel workbook, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from core.files.archive import check_workbook_archive
from core.files.refusal import FileRefused
from core.files.table import GREATEST_ROWS, GREATEST_WIDTH, Cell, Table

Range = tuple[tuple[int, int], tuple[int, int]]


def sheets(path: Path) -> Iterator[Table]:
    """Raises FileRefused before anything is unpacked."""
    check_workbook_archive(path)
    try:
        with path.open("rb") as file:  # by content: by its path the reader would trust the name
            book = CalamineWorkbook.from_filelike(file)
        names = [
            found.name
            for found in book.sheets_metadata
            if found.visible is SheetVisibleEnum.Visible and found.typ is SheetTypeEnum.WorkSheet
        ]
        for name in names:
            yield _SheetTable(book.get_sheet_by_name(name), name if len(names) > 1 else "")
    except CalamineError as error:
        raise FileRefused("damaged") from error


class _SheetTable:
    def __init__(self, sheet: CalamineSheet, name: str) -> None:
        self._sheet = sheet
        self.name = name
        self._left = 0 if sheet.start is None else sheet.start[1]
        if sheet.total_height > GREATEST_ROWS:
            filled = sum(any(cell != "" for cell in row) for row in sheet.iter_rows())
            if filled > GREATEST_ROWS:
                raise FileRefused("too-many-rows", rows=GREATEST_ROWS)
            raise FileRefused("far-row", row=sheet.total_height)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        if self._sheet.start is None:
            return
        merged = _MergedCells(self._sheet.merged_cell_ranges or [], left=self._left)
        for index, row in enumerate(self._sheet.iter_rows()):
            cells: list[Cell] = [*row[:GREATEST_WIDTH]]
            merged.fill(index, cells)
            yield index + 1, cells


class _MergedCells:
    """Gives each cell of a merged range the value of its first one, going down row by row."""

    def __init__(self, ranges: list[Range], *, left: int) -> None:
        self._left = left
        self._coming = sorted(ranges, reverse=True)
        self._open: list[tuple[Range, Cell]] = []

    def fill(self, row: int, cells: list[Cell]) -> None:
        self._open = [(span, value) for span, value in self._open if span[1][0] >= row]
        while self._coming and self._coming[-1][0][0] <= row:
            span = self._coming.pop()
            column = span[0][1] - self._left
            if 0 <= column < len(cells):
                self._open.append((span, cells[column]))
        if len(self._open) > GREATEST_WIDTH:
            raise FileRefused("damaged")  # ranges that overlap: no program makes such a file
        for ((_, first), (_, last)), value in self._open:
            for column in range(first - self._left, min(last - self._left + 1, len(cells))):
                cells[column] = value
