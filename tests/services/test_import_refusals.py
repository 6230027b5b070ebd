"""A row that cannot be taken is refused by its number, column, value and reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.db.engine import Database
from core.db.models import Group, Programme
from core.i18n import Texts
from core.services.registry_import.header import ColumnsMissing
from tests.services.registries import Bring, tidy, workbook


@pytest.fixture
async def database(sqlite_url: str) -> Any:
    """What a file says does not depend on the database."""
    database = Database(sqlite_url)
    yield database
    await database.close()


async def one(database: Database, column: Any) -> Any:
    async with database.read() as tx:
        return (await tx.scalars(select(column))).one()


@pytest.mark.parametrize(
    ("column", "said", "value", "reason"),
    [
        ("Организация", "", "", "empty"),
        ("Организация", " — ", "—", "empty"),
        ("Наименование программы", None, "", "empty"),
        ("Наименование программы", "ё" * 501, "ё" * 79 + "…", "too-long"),
        ("Направленность", "", "", "empty"),
        ("Направленность", "Кулинарная", "Кулинарная", "unknown-direction"),
        ("Возраст от", "", "", "empty"),
        ("Возраст от", "малыши", "малыши", "not-ages"),
        ("Возраст от", 7.3, "7.3", "age-not-whole"),
        ("Возраст от", -1, "-1", "age-far"),
        ("Возраст до", 77, "77", "age-far"),
        ("Возраст до", 6, "6", "ages-order"),
        ("Уровень", "Космический", "Космический", "unknown-level"),
        ("Форма обучения", "Лежачая", "Лежачая", "unknown-form"),
        ("Реестр", "Красная книга", "Красная книга", "unknown-registry"),
        ("Объём, ч", "72 или 144", "72 или 144", "not-number"),
        ("Стоимость, руб.", "-100 ₽", "-100 ₽", "negative"),
        ("Стоимость, руб.", "−100", "−100", "negative"),
        ("Стоимость, руб.", -100, "-100", "negative"),
        ("Стоимость, руб.", "дорого", "дорого", "not-price"),
        ("Стоимость, руб.", "12,345", "12,345", "not-money"),
        ("Стоимость, руб.", 1e12, "1000000000000", "too-great"),
        ("Нормативная стоимость, руб.", "?", "?", "not-price"),
        ("Для детей с ОВЗ", "возможно", "возможно", "not-yes-no"),
        ("Мест", "много", "много", "not-number"),
        ("Мест", -5, "-5", "negative"),
        ("Мест", "-5", "-5", "negative"),
        ("Мест", 2.5, "2.5", "not-whole"),
        ("Мест", 1_000_000, "1000000", "too-great"),
        ("Мест", True, "True", "not-number"),
        ("Дата начала", "31.02.2026", "31.02.2026", "no-such-day"),
        ("Дата начала", "осенью", "осенью", "not-date"),
        ("Дата начала", 46000, "46000", "not-date"),
        ("Дата начала", "01.09.1926", "01.09.1926", "far-year"),
        ("Дата окончания", "31.08.2026", "31.08.2026", "ends-before"),
    ],
)
async def test_a_value_that_cannot_be_read_refuses_the_row(
    bring: Bring, column: str, said: object, value: str, reason: str
) -> None:
    report = await bring(tidy(), tidy({"Группа": "Группа 2", column: said}))

    (refused,) = report.refused
    assert (refused.row, refused.column, refused.value) == (3, column, value)
    assert refused.reason == reason
    assert refused.more == ()
    words = Texts().speak("ru").say_plain(f"import-reason-{reason}", **refused.params)
    assert words


async def test_the_first_fault_from_the_left_stands_for_the_row(bring: Bring) -> None:
    report = await bring(tidy({"Мест": "много", "Направленность": "", "Стоимость, руб.": -1}))

    (refused,) = report.refused
    assert (refused.column, refused.reason) == ("Направленность", "empty")
    assert [(fault.column, fault.reason) for fault in refused.more] == [
        ("Стоимость, руб.", "negative"),
        ("Мест", "not-number"),
    ]


@pytest.mark.parametrize(("column", "said"), [("Стоимость, руб.", 9000), ("Реестр", "Платные")])
async def test_of_rows_that_disagree_the_later_is_refused(
    bring: Bring, column: str, said: object
) -> None:
    report = await bring(
        tidy(),
        tidy({"Группа": "Группа 2", column: said}),
        tidy({"Группа": "Группа 3"}),
    )

    (refused,) = report.refused
    assert (refused.row, refused.column, refused.reason) == (3, column, "disagrees")
    assert refused.params == {"row": 2}


async def test_a_price_only_a_later_row_names_is_the_programme_s(
    bring: Bring, database: Database
) -> None:
    report = await bring(tidy({"Стоимость, руб.": ""}), tidy({"Группа": "Группа 2"}))

    assert report.refused == ()
    assert await one(database, Programme.price_kopecks) == 720_050


async def test_the_same_row_twice_changes_nothing_and_another_one_is_refused(
    bring: Bring,
) -> None:
    report = await bring(tidy(), tidy(), tidy({"Мест": 3}))

    assert (report.read, report.new, report.unchanged) == (3, 1, 1)
    (refused,) = report.refused
    assert (refused.row, refused.column, refused.reason) == (4, "Группа", "group-twice")


async def test_rows_are_numbered_as_in_the_sheet(bring: Bring, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "titled.xlsx",
        [tidy(), {}, tidy({"Группа": "Группа 2", "Мест": "много"})],
        above=[["Реестр программ"], []],
    )

    report = await bring(file=file)

    assert report.read == 2
    assert [refused.row for refused in report.refused] == [6]


async def test_merged_cells_have_the_value_of_their_range(
    bring: Bring, database: Database, tmp_path: Path
) -> None:
    columns = list(tidy())
    organisation, capacity = columns.index("Организация"), columns.index("Мест")
    rows = [
        tidy({"Группа": f"Группа {number}"}, without=["Организация", "Мест"])
        | {"Организация": None, "Мест": None}
        for number in (1, 2, 3)
    ]
    ordered = [{name: row[name] for name in columns} for row in rows]
    file = workbook(
        tmp_path / "merged.xlsx",
        ordered,
        merged=[
            (1, organisation, 3, organisation, "МБОУ СОШ № 1"),
            (2, capacity, 3, capacity, 9),
        ],
    )

    report = await bring(file=file)

    assert (report.new, report.refused) == (3, ())
    async with database.read() as tx:
        seats = await tx.scalars(select(Group.capacity).order_by(Group.name_key))
        assert list(seats) == [None, 9, 9]


@pytest.mark.parametrize(
    ("said", "kopecks"),
    [
        (7200.5, 720_050),
        ("7200,50", 720_050),
        ("1 200 руб.", 120_000),
        ("бесплатно", 0),
        (0, 0),
        ("-", None),
        ("", None),
        (0.1 + 0.2, 30),
    ],
)
async def test_money_is_read_to_the_kopeck(
    bring: Bring, database: Database, said: object, kopecks: int | None
) -> None:
    await bring(tidy({"Стоимость, руб.": said}))

    assert await one(database, Programme.price_kopecks) == kopecks


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("01.09.2026", date(2026, 9, 1)),
        ("1.9.2026", date(2026, 9, 1)),
        ("2026-09-01", date(2026, 9, 1)),
        ("01.09.2026 г.", date(2026, 9, 1)),
        ("", None),
    ],
)
async def test_dates_are_read_as_people_write_them(
    bring: Bring, database: Database, said: object, day: date | None
) -> None:
    await bring(tidy({"Дата начала": said}))

    assert await one(database, Group.starts_on) == day


@pytest.mark.parametrize(
    ("said", "months"),
    [("7-10 лет", (84, 131)), ("7 – 10", (84, 131)), ("5 лет", (60, 71)), (6, (72, 83))],
)
async def test_one_column_may_hold_both_ages(
    bring: Bring, database: Database, said: object, months: tuple[int, int]
) -> None:
    await bring(tidy({"Возраст": said}, without=["Возраст от", "Возраст до"]))

    found = (
        await one(database, Programme.age_from_months),
        await one(database, Programme.age_to_months),
    )
    assert found == months


async def test_text_is_kept_as_text_and_never_markup_of_anything(
    bring: Bring, database: Database
) -> None:
    title = "<b>{{7*7}}</b> %s '; DROP TABLE groups"
    await bring(tidy({"Наименование программы": f"  {title}\u200b \u202e "}))

    assert await one(database, Programme.title) == title


async def test_a_schedule_that_cannot_be_read_is_kept_as_it_stands(
    bring: Bring, database: Database
) -> None:
    await bring(tidy({"Расписание": "по договорённости"}))

    assert await one(database, Group.schedule) == []
    assert await one(database, Group.schedule_note) == "по договорённости"


async def test_missing_columns_are_named(bring: Bring) -> None:
    with pytest.raises(ColumnsMissing) as raised:
        await bring(tidy(without=["Организация", "Возраст до"]))

    assert raised.value.params == {"columns": "Организация, Возраст до"}


async def test_a_column_that_stands_twice_is_warned_of(bring: Bring) -> None:
    report = await bring({**tidy(), "Цена": 5})

    assert [warning.reason for warning in report.warnings] == ["column-twice"]
    assert report.new == 1


async def test_csv_in_utf8_comes_in_too(bring: Bring, database: Database, tmp_path: Path) -> None:
    file = tmp_path / "registry.csv"
    lines = [
        "Организация;Название программы;Направленность;Возраст;Мест",
        '"МБОУ ""Школа № 1""";Шахматы;Физкультурно-спортивная;7-10 лет;12',
        "МБОУ СОШ № 2;Шашки;Физкультурно-спортивная;7-10 лет;много",
    ]
    file.write_text("\n".join(lines), encoding="utf-8-sig")

    report = await bring(file=file)

    assert (report.read, report.new) == (2, 1)
    assert [(row.row, row.column, row.value) for row in report.refused] == [(3, "Мест", "много")]
