"""A birth date as a file of children has it, also where the column has lost its format."""

from __future__ import annotations

from datetime import date

import pytest

from core.services.family_import.cells import birth_date
from core.services.registry_import.cells import Unreadable

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("cell", ["42800", 42800, 42800.0, "06.03.2017", date(2017, 3, 6)])
def test_a_day_counted_by_excel_is_a_day(cell: str | int | float | date) -> None:
    assert birth_date(cell, today=TODAY, oldest=18) == date(2017, 3, 6)


@pytest.mark.parametrize("cell", ["428", "428000", "20170", "сорок"])
def test_another_number_is_none(cell: str) -> None:
    with pytest.raises(Unreadable):
        birth_date(cell, today=TODAY, oldest=18)
