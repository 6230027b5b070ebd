"""The registry of the demo, moved to the study year of the day the demo starts on.

Its groups are those of one study year; a year later nobody could be enrolled in any of them.
"""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

WRITTEN_FOR = 2026
"""The autumn in which the groups of the registry begin."""
ENROLS_FROM = 6
"""From this month on parents look for the autumn that comes."""

_DAY = re.compile(r"(?P<day>\d{2}\.\d{2}\.)(?P<year>20\d{2})")


def autumn_of(today: date) -> int:
    """The year in whose September the study year began that one looks for clubs of."""
    return today.year if today.month >= ENROLS_FROM else today.year - 1


def moved(cell: str, years: int) -> str:
    """«01.09.2026» some years later; other words as they are."""
    return _DAY.sub(lambda met: f"{met['day']}{int(met['year']) + years}", cell)


def registry_of(today: date, registry: Path, folder: Path) -> Path:
    """`registry` itself in its own year and before, else a copy in `folder` with later dates."""
    years = autumn_of(today) - WRITTEN_FOR
    if years <= 0:
        return registry
    workbook = CalamineWorkbook.from_path(registry)
    copy = folder / f"{registry.stem}.csv"
    with copy.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, delimiter=";")
        for row in workbook.get_sheet_by_index(0).to_python():
            lines.writerow(moved(_said(cell), years) for cell in row)
    return copy


def _said(cell: object) -> str:
    """Whole numbers without the point that spreadsheets keep."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
