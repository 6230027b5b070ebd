"""Builds registries: a tidy row, and files made of rows."""

from __future__ import annotations

import csv
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from core.services.registry_import import ImportReport
from core.services.registry_import.judging import Judged, judge
from core.services.registry_import.organisations import Spellings
from core.services.registry_import.place import Places
from core.services.registry_import.rows import ProgrammeRow

Row = Mapping[str, object]
Line = Sequence[object]
Merged = tuple[int, int, int, int, object]
"""(first row, first column, last row, last column, value), from 0."""
Bring = Callable[..., Awaitable[ImportReport]]
"""Imports rows, or a `file`, and gives the report."""

TIDY: dict[str, object] = {
    "Муниципалитет": "Крыловский район",
    "Организация": "МБОУ СОШ № 1",
    "Наименование программы": "Робототехника",
    "Аннотация": "Собираем роботов.",
    "Направленность": "Техническая",
    "Возраст от": 7,
    "Возраст до": 10,
    "Уровень": "Базовый",
    "Форма обучения": "Очная",
    "Реестр": "Сертифицированные",
    "Объём, ч": 72,
    "Стоимость, руб.": 7200.5,
    "Нормативная стоимость, руб.": 6480.45,
    "Для детей с ОВЗ": "нет",
    "Группа": "Группа 1",
    "Педагог": "Иванова А. П.",
    "Адрес": "ул. Школьная, д. 2",
    "Расписание": "Вт 16:00–17:30; Чт 16:00–17:30",
    "Мест": 12,
    "Дата начала": "01.09.2026",
    "Дата окончания": "31.05.2027",
}


_DATES = {"default_date_format": "dd.mm.yyyy"}


def tidy(changes: Row | None = None, *, without: Iterable[str] = ()) -> dict[str, object]:
    """A tidy row with some cells said otherwise, or columns left out."""
    lacking = set(without)
    return {
        name: value for name, value in {**TIDY, **(changes or {})}.items() if name not in lacking
    }


def workbook(
    place: Path,
    rows: Iterable[Row],
    *,
    above: Iterable[Iterable[str]] = (),
    merged: Iterable[Merged] = (),
) -> Path:
    """Write rows under the header their keys make; `above` are title lines."""
    written = list(rows)
    header = list(dict.fromkeys(name for row in written for name in row))
    with xlsxwriter.Workbook(str(place), _DATES) as book:
        sheet = book.add_worksheet("Реестр")
        line = 0
        for title in above:
            sheet.write_row(line, 0, list(title))
            line += 1
        sheet.write_row(line, 0, header)
        for number, row in enumerate(written, line + 1):
            for column, name in enumerate(header):
                if row.get(name) is not None:
                    sheet.write(number, column, row[name])
        for first_row, first_column, last_row, last_column, value in merged:
            sheet.merge_range(first_row, first_column, last_row, last_column, value)
    return place


def book(place: Path, **sheets: Iterable[Line]) -> Path:
    """A workbook of lines as they are, dates as dates; None is an empty cell."""
    with xlsxwriter.Workbook(str(place), _DATES) as written:
        for name, lines in sheets.items():
            sheet = written.add_worksheet(name)
            for row, line in enumerate(lines):
                for column, cell in enumerate(line):
                    if cell is not None:
                        sheet.write(row, column, cell)
    return place


def separated(place: Path, lines: Iterable[Line], *, encoding: str, delimiter: str) -> Path:
    """A csv as a spreadsheet saves it."""
    with place.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(lines)
    return place


def judged(path: Path) -> Judged:
    """What the file says, with nothing written anywhere; the municipality is known."""
    places = Places(known=[(1, "krylovsky", "Крыловский район")], chosen=None)
    return judge(path, places, Spellings([]), date(2026, 8, 24))


def rows_of(found: Judged) -> list[ProgrammeRow]:
    """Rows that were accepted."""
    return [accepted.row for accepted in found.accepted.chunks().take(found.read)]
