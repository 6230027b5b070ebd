"""Tables that go out: read back as they were written, and nothing in them can run."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from core.files.inert_workbook import inert, inert_workbook
from core.files.tables import open_tables


def sheet(body: bytes) -> str:
    with zipfile.ZipFile(BytesIO(body)) as book:
        return book.read("xl/worksheets/sheet1.xml").decode()


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    rows = [("Петрова Алиса <3 & «ё»", date(2017, 3, 5), 318, None, "0110")]
    place = tmp_path / "roster.xlsx"
    place.write_bytes(
        inert_workbook("Список: [группы]", ("Ребёнок", "Родился", "№", "", "Конец"), rows)
    )

    (table,) = open_tables(place)
    heading, line = [list(cells) for _, cells in table.rows()]

    assert heading[:3] == ["Ребёнок", "Родился", "№"]
    assert line[0] == "Петрова Алиса <3 & «ё»"
    assert line[1] == date(2017, 3, 5)
    assert line[4] == "0110"


@pytest.mark.parametrize("text", ["=1+1", "+7", "-2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|'/c'!A0"])
def test_no_cell_is_a_formula_even_after_it_is_saved_as_csv(text: str) -> None:
    made = sheet(inert_workbook("x", (text,), [(text,)]))

    assert inert(text).startswith("'")
    assert "<f>" not in made
    assert made.count("<v>") == 0


def test_marks_no_spreadsheet_can_read_are_left_out() -> None:
    made = inert_workbook("x", ("a",), [("a\0b\x1b\ud800c",)])
    assert ">abc<" in sheet(made)


def test_the_same_table_is_the_same_bytes() -> None:
    assert inert_workbook("x", ("a",), [("b",)]) == inert_workbook("x", ("a",), [("b",)])
