"""Registries come as people keep them: titles, two-line headers, totals, any csv, several sheets.

Nothing here needs a database: what a file says is judged before one is touched.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.files import apart, workbook
from core.files.refusal import FileRefused
from core.i18n import Texts
from core.services.registry_import.judging import Judged
from tests.services.registries import Line, book, judged, rows_of, separated, tidy
from tests.services.registries import workbook as registry

HEADER = ("Организация", "Программа", "Направленность", "Возраст")
CHESS = ("СОШ № 1", "Шахматы", "Физкультурно-спортивная", "7-10 лет")
CHOIR = ("ДШИ", "Хор", "Художественная", "6+")


def said(found: Judged) -> list[tuple[str, str]]:
    """Organisation and title of each accepted row; nothing was refused."""
    assert found.refused == ()
    return [(row.organisation, row.title) for row in rows_of(found)]


BOTH = [("СОШ № 1", "Шахматы"), ("ДШИ", "Хор")]


@pytest.mark.parametrize(
    "above",
    [
        [],
        [("Реестр программ",)],
        [(), ("Приложение № 1", None, None, "к приказу № 57"), (), (None, date(2026, 9, 1)), ()],
        [("УТВЕРЖДАЮ",), ("Программа развития",), ("Возраст", "Объединение")],
    ],
)
def test_whatever_stands_above_the_header_is_passed(tmp_path: Path, above: list[Line]) -> None:
    found = judged(book(tmp_path / "f.xlsx", Реестр=[*above, HEADER, CHESS, CHOIR]))

    assert said(found) == BOTH
    assert [row.number for row in rows_of(found)] == [len(above) + 2, len(above) + 3]
    assert found.warnings == ()


def test_a_merged_title_above_the_header_is_passed(tmp_path: Path) -> None:
    columns = list(tidy())
    title = (0, 0, 0, len(columns) - 1, "Реестр программ на 2026/2027 учебный год")
    file = registry(tmp_path / "f.xlsx", [tidy()], above=[[], ["на", "01.09.2026"]], merged=[title])

    assert said(judged(file)) == [("МБОУ СОШ № 1", "Робототехника")]


UPPER = ("Организация", "Наименование программы", "Направленность", "Возраст", "", "Период", "")
LOWER = ("", "", "", "от", "до", "начало", "окончание")
TWO_LINES = ("СОШ № 1", "Шахматы", "Спортивная", 7, 10, "01.09.2026", "31.05.2027")


def _is_chess(found: Judged) -> None:
    assert said(found) == [("СОШ № 1", "Шахматы")]
    (row,) = rows_of(found)
    assert (row.ages.from_months, row.ages.to_months) == (84, 131)
    assert (row.starts_on, row.ends_on) == (date(2026, 9, 1), date(2027, 5, 31))


def test_a_header_of_two_lines_with_merged_cells(tmp_path: Path) -> None:
    file = registry(
        tmp_path / "f.xlsx",
        [],
        above=[["Реестр"], UPPER, LOWER, [str(cell) for cell in TWO_LINES]],
        merged=[
            *((1, column, 2, column, UPPER[column]) for column in range(3)),
            (1, 3, 1, 4, "Возраст"),
            (1, 5, 1, 6, "Период"),
        ],
    )

    _is_chess(judged(file))


def test_a_header_of_two_lines_without_merged_cells(tmp_path: Path) -> None:
    lines = [UPPER, LOWER, TWO_LINES]
    _is_chess(judged(separated(tmp_path / "f.csv", lines, encoding="cp1251", delimiter=";")))


@pytest.mark.parametrize(
    "header",
    [
        ("Наименование ОО", "Название ДООП", "Направленность ДООП", "Возраст учащихся, лет"),
        ("УЧРЕЖДЕНИЕ", "кружок\n(секция)", "Направление:", "Возраст (полных лет)"),
        (
            "Исполнитель услуг*",
            "Наименование  программы",
            "Направленность.",
            "Возрастная\u00a0категория",
        ),
        ("Образовательная организация", "Детское объединение", "Направленность", "Возраст  детей"),
    ],
)
def test_columns_are_known_by_other_names(tmp_path: Path, header: Line) -> None:
    assert said(judged(book(tmp_path / "f.xlsx", a=[header, CHESS, CHOIR]))) == BOTH


def test_the_price_of_a_month_is_not_taken_for_the_price(tmp_path: Path) -> None:
    lines = [(*HEADER, "Стоимость, руб. в месяц"), (*CHESS, 1200)]

    (row,) = rows_of(judged(book(tmp_path / "f.xlsx", a=lines)))

    assert row.price_kopecks is None


def test_totals_numbers_of_columns_and_the_header_again_are_no_rows(tmp_path: Path) -> None:
    lines = [
        HEADER,
        (1, 2, 3, 4),
        CHESS,
        ("Итого по школе:", None, None, 1),
        HEADER,
        CHOIR,
        ("Всего: 2",),
        ("ИТОГО", "", "143", 1849),
    ]
    found = judged(book(tmp_path / "f.xlsx", a=lines))

    assert said(found) == BOTH
    assert (found.read, found.warnings) == (2, ())


def test_a_club_may_be_called_like_a_total(tmp_path: Path) -> None:
    lines = [("Программа", "Организация", "Направленность", "Возраст")]
    lines += [("Всего понемногу", "ДШИ", "Художественная", "7-10")]

    assert said(judged(book(tmp_path / "f.xlsx", a=lines))) == [("ДШИ", "Всего понемногу")]


def test_headings_and_notes_are_passed_and_told(tmp_path: Path) -> None:
    across = ("Спортивная направленность",) * 4
    lines = [HEADER, across, CHESS, CHOIR, (), ("Директор ____________",)]

    found = judged(book(tmp_path / "f.xlsx", a=lines))

    assert said(found) == BOTH
    (warning,) = found.warnings
    assert (warning.reason, warning.params) == ("rows-passed", {"rows": "2, 6"})
    assert Texts().speak("ru").say_plain(f"import-warning-{warning.reason}", **warning.params)


def test_a_row_that_is_nearly_empty_among_others_is_refused(tmp_path: Path) -> None:
    found = judged(book(tmp_path / "f.xlsx", a=[HEADER, ("СОШ № 1",), CHESS]))

    (refused,) = found.refused
    assert (refused.row, refused.column, refused.reason) == (2, "Программа", "empty")


def test_every_sheet_with_a_header_is_read(tmp_path: Path) -> None:
    file = book(
        tmp_path / "f.xlsx",
        Инструкция=[("Как заполнять",)],
        Спорт=[HEADER, CHESS],
        Искусства=[
            ("Направленность", "Возраст", "Кружок", "Учреждение"),
            (*CHOIR[2:], "Хор", "ДШИ"),
        ],
        Черновик=[HEADER[:3], CHESS[:3]],
    )
    found = judged(file)

    assert said(found) == BOTH
    (warning,) = found.warnings
    assert warning.params == {"sheet": "Черновик", "columns": "Возраст"}


def test_rows_of_several_sheets_are_told_apart(tmp_path: Path) -> None:
    header = (*HEADER, "Цена")
    file = book(
        tmp_path / "f.xlsx",
        Первый=[header, (*CHESS, 100)],
        Второй=[header, (*CHESS, 200), (*CHOIR, "дорого")],
    )
    refused = judged(file).refused

    assert [(row.sheet, row.row) for row in refused] == [("Второй", 2), ("Второй", 3)]
    assert (refused[0].reason, refused[0].params) == (
        "disagrees-elsewhere",
        {"sheet": "Первый", "row": 2},
    )
    speech = Texts().speak("ru")
    assert "Первый" in speech.say_plain(f"import-reason-{refused[0].reason}", **refused[0].params)


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_csv_of_every_usual_encoding_and_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    chess = (CHESS[0], "Шахматы;\nи, шашки\t«Дебют»", *CHESS[2:])
    lines = [("Реестр, 2026; все",), HEADER, chess, CHOIR]
    found = judged(separated(tmp_path / "f.csv", lines, encoding=encoding, delimiter=delimiter))

    assert said(found) == [("СОШ № 1", "Шахматы; и, шашки «Дебют»"), ("ДШИ", "Хор")]
    assert [row.number for row in rows_of(found)] == [3, 4]


def test_excel_s_own_word_for_the_delimiter_is_no_row(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    lines = ["sep=,", ",".join(HEADER), ",".join(CHESS)]
    file.write_text("\n".join(lines), encoding="cp1251")

    (row,) = rows_of(judged(file))

    assert (row.title, row.number) == ("Шахматы", 2)


def test_a_quote_that_never_ends_is_not_guessed(tmp_path: Path) -> None:
    file = tmp_path / "f.csv"
    file.write_text(f'{";".join(HEADER)}\n"СОШ;Шахматы;Спортивная;7', encoding="utf-8")

    with pytest.raises(FileRefused) as raised:
        judged(file)
    assert raised.value.reason == "damaged"


def test_a_great_workbook_read_apart_says_the_same(tmp_path: Path) -> None:
    file = book(
        tmp_path / "f.xlsx",
        Первый=[HEADER, (*CHESS, date(2026, 9, 1), 7.5, True)] + [CHOIR] * 700,
        Второй=[(), CHESS],
    )

    here = [(table.name, list(table.rows())) for table in workbook.sheets(file)]
    there = [(table.name, [*table.rows()][:1], [*table.rows()]) for table in apart.sheets(file)]

    assert [(name, rows) for name, _, rows in there] == here


def test_what_kills_its_reader_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "f.xlsx"
    file.write_bytes(b"PK\x03\x04 junk")

    with pytest.raises(FileRefused) as raised:
        list(apart.sheets(file))
    assert raised.value.reason == "damaged"
