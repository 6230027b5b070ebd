"""What a table is, whatever file it came in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Protocol

Cell = str | int | float | bool | date | datetime | time | timedelta

GREATEST_ROWS = 200_000
GREATEST_WIDTH = 500  # cells of a row; what stands further right is no registry


class Table(Protocol):
    """Rows of one sheet."""

    @property
    def name(self) -> str:
        """What the sheet is called; '' where the file has one only."""
        ...

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """(number in the sheet, cells); empty cells are ''. Raises FileRefused on the way."""
        ...
