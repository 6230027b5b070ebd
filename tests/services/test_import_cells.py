"""Cells of a registry as people type them: short words, units, dates in words, two in one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.domain.programmes import Direction, Level, RegistryKind, StudyForm
from core.i18n import Texts
from core.services.registry_import.rows import ProgrammeRow
from tests.services.registries import judged, rows_of, tidy
from tests.services.registries import workbook as registry


def one(tmp_path: Path, **cells: Any) -> ProgrammeRow:
    """A tidy row with some cells said otherwise, as it was read."""
    found = judged(registry(tmp_path / "f.xlsx", [tidy(cells)]))
    assert found.refused == ()
    (row,) = rows_of(found)
    return row


@pytest.mark.parametrize(
    ("written", "direction"),
    [
        ("соц.-пед.", Direction.HUMANITIES),
        ("Социально-гуманитарная (бывшая соц.-пед.)", Direction.HUMANITIES),
        ("Социально-педагогическая", Direction.HUMANITIES),
        ("социально - гуманит.", Direction.HUMANITIES),
        ("физ-спорт", Direction.SPORTS),
        ("Физкультурно-спортивное направление", Direction.SPORTS),
        ("туристско-краевед.", Direction.TOURISM),
        ("Тур.-краев.", Direction.TOURISM),
        ("тех.", Direction.TECHNICAL),
        ("1. Техническое", Direction.TECHNICAL),
        ("спорт.-тех.", Direction.TECHNICAL),
        ("худ.", Direction.ARTS),
        ("Художественно-эстетическая направленность", Direction.ARTS),
        ("естеств.-науч.", Direction.NATURAL_SCIENCE),
        ("Естественно‑научная", Direction.NATURAL_SCIENCE),
        ("ЕНН", Direction.NATURAL_SCIENCE),
        ("эколого-биологическая", Direction.NATURAL_SCIENCE),
        ("спортивно-техническая", Direction.TECHNICAL),
        ("военно-патриотическая", Direction.HUMANITIES),
        ("Военно-патриотическое", Direction.HUMANITIES),
        ("воен.-патриот.", Direction.HUMANITIES),
        ("духовно-нравственная", Direction.HUMANITIES),
        ("культурологическая", Direction.HUMANITIES),
    ],
)
def test_directions_are_known_short_and_old(
    tmp_path: Path, written: str, direction: Direction
) -> None:
    assert one(tmp_path, Направленность=written).direction is direction


@pytest.mark.parametrize("written", ["с", "техническая, художественная", "спорт и техника"])
def test_a_direction_that_may_be_two_is_refused(tmp_path: Path, written: str) -> None:
    (refused,) = judged(registry(tmp_path / "f.xlsx", [tidy({"Направленность": written})])).refused
    assert refused.reason == "unknown-direction"


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("базовый уровень", Level.BASIC),
        ("Стартовый", Level.INTRODUCTORY),
        ("ознакомит.", Level.INTRODUCTORY),
        ("стартовый/базовый", Level.SEVERAL),
    ],
)
def test_levels(tmp_path: Path, written: str, level: Level) -> None:
    assert one(tmp_path, Уровень=written).level is level


@pytest.mark.parametrize(
    ("written", "form", "remote"),
    [
        ("очная", StudyForm.IN_PERSON, None),
        ("Очно-заочная форма обучения", StudyForm.PARTLY_IN_PERSON, None),
        ("дистанционная", None, True),
        ("очная с применением дистанционных технологий", StudyForm.IN_PERSON, True),
    ],
)
def test_forms(tmp_path: Path, written: str, form: StudyForm | None, remote: bool | None) -> None:
    row = one(tmp_path, **{"Форма обучения": written})
    assert (row.form, row.remote) == (form, remote)


@pytest.mark.parametrize(
    ("column", "written", "yes"),
    [
        ("Дистанционная", "да", True),
        ("Дистанционная", "+", True),
        ("Дистанционная", "онлайн", True),
        ("Дистанционная", "нет", False),
        ("Дистанционная", "", False),
        ("Каникулярная/летняя", "летняя", True),
        ("Каникулярная", "да", True),
        ("Летняя", "нет", False),
    ],
)
def test_whether_it_is_online_or_for_holidays(
    tmp_path: Path, column: str, written: str, yes: bool
) -> None:
    row = one(tmp_path, **{column: written})
    assert (row.remote if column == "Дистанционная" else row.holiday) is yes


@pytest.mark.parametrize(
    ("column", "written", "attribute", "value"),
    [
        ("Мест", "12 чел.", "capacity", 12),
        ("Мест", "\u00a015 ", "capacity", 15),
        ("Мест", "до 15", "capacity", 15),
        ("Мест", "по 12", "capacity", 12),
        ("Мест", "без ограничений", "capacity", None),
        ("Стоимость, руб.", "б/п", "price_kopecks", 0),
        ("Стоимость, руб.", "нет", "price_kopecks", None),
        ("Направленность", "техническое творчество", "direction", Direction.TECHNICAL),
        ("Мест", "не более 12", "capacity", 12),
        ("Объём, ч", "144 часа", "hours", 144),
        ("Объём, ч", "1 080 ак. ч.", "hours", 1080),
        ("Стоимость, руб.", "1\u00a0200,50 руб.", "price_kopecks", 120_050),
        ("Стоимость, руб.", "1.200,50", "price_kopecks", 120_050),
        ("Стоимость, руб.", "1200-00", "price_kopecks", 120_000),
        ("Стоимость, руб.", "бесплатно (за счёт бюджета)", "price_kopecks", 0),
        ("Реестр", "Реестр сертифицированных программ", "registry_kind", RegistryKind.CERTIFIED),
        ("Реестр", "значимая", "registry_kind", RegistryKind.SIGNIFICANT),
        ("Для детей с ОВЗ", "да, с ТНР", "adapted", True),
        ("Стоимость, руб.", "-", "price_kopecks", None),
        ("Стоимость, руб.", "0", "price_kopecks", 0),
        ("Наименование программы", " \u00a0Мир\t роботов\u200b ", "title", "Мир роботов"),
        ("Дата начала", "1 сентября 2026 г.", "starts_on", date(2026, 9, 1)),
        ("Дата начала", date(2026, 9, 1), "starts_on", date(2026, 9, 1)),
    ],
)
def test_cells_as_people_type_them(
    tmp_path: Path, column: str, written: object, attribute: str, value: object
) -> None:
    assert getattr(one(tmp_path, **{column: written}), attribute) == value


@pytest.mark.parametrize(
    ("column", "written", "reason"),
    [
        ("Стоимость, руб.", "1200 р/мес", "price-of-part"),
        ("Стоимость, руб.", "1.200", "not-money"),
        ("Стоимость, руб.", "500-700", "price-range"),
        ("Стоимость, руб.", "от 1200", "price-range"),
        ("Стоимость, руб.", "платно", "not-price"),
        ("Мест", "12-15", "count-range"),
        ("Мест", "от 12 до 15 чел.", "count-range"),
        ("Мест", "10/12", "count-range"),
        ("Возраст", "7,5 лет", "age-not-whole"),
        ("Возраст", date(2026, 10, 7), "age-is-date"),
        ("Возраст", "дети", "not-ages"),
        ("Период обучения", "весь год", "not-period"),
        ("Период обучения", "31.05.2027-01.09.2026", "ends-before"),
        ("Период обучения", "с 31.02.2027", "no-such-day"),
        ("Период обучения", "01.09.2026-31.05.2027, каб. 12", "not-period"),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words(
    tmp_path: Path, column: str, written: object, reason: str
) -> None:
    lacking = ["Возраст от", "Возраст до"] if column == "Возраст" else ["Дата начала"]
    file = registry(tmp_path / "f.xlsx", [tidy({column: written}, without=lacking)])

    (refused,) = judged(file).refused
    assert (refused.column, refused.reason) == (column, reason)
    told = Texts().speak("ru").say_plain(f"import-reason-{reason}", **refused.params)
    assert told
    assert not told.endswith(".")  # the report ends its sentence itself


WEEK = [(1, "15:00", "16:30"), (3, "15:00", "16:30")]


@pytest.mark.parametrize(
    ("period", "schedule", "week"),
    [
        (None, "01.09.2026-31.05.2027, пн/ср 15.00-16.30", WEEK),
        ("с 1 сентября 2026 по 31 мая 2027", "Пн., Ср. с 15:00 до 16:30", WEEK),
        ("сентябрь–май 2026/2027", "вт,чт 17:00", [(2, "17:00", None), (4, "17:00", None)]),
        ("01.09.2026-31.05.2027 (9 месяцев)", None, []),
        ("01.09.2026-31.05.2027; пн, ср 15:00-16:30", "", WEEK),
    ],
)
def test_period_and_week_in_one_cell_or_two(
    tmp_path: Path,
    period: str | None,
    schedule: str | None,
    week: Sequence[tuple[int, str, str | None]],
) -> None:
    cells = {"Период обучения": period, "Расписание": schedule}
    given = {name: cell for name, cell in cells.items() if cell is not None}
    lacking = ["Дата начала", "Дата окончания", *(name for name in cells if name not in given)]
    found = judged(registry(tmp_path / "f.xlsx", [tidy(given, without=lacking)]))

    (row,) = rows_of(found)
    assert (row.starts_on, row.ends_on) == (date(2026, 9, 1), date(2027, 5, 31))
    assert [(day["weekday"], day["starts"], day.get("ends")) for day in row.schedule] == week
    assert row.schedule_note is None


def test_a_week_that_cannot_be_read_keeps_its_period_and_its_words(tmp_path: Path) -> None:
    written = "с 01.09.2026 по 31.05.2027, 2 раза в неделю"
    row = one(tmp_path, Расписание=written, **{"Дата начала": "", "Дата окончания": ""})

    assert (row.starts_on, row.ends_on) == (date(2026, 9, 1), date(2027, 5, 31))
    assert (row.schedule, row.schedule_note) == ([], written)


def test_how_long_it_lasts_says_no_day(tmp_path: Path) -> None:
    row = one(tmp_path, **{"Сроки реализации": "1 год", "Дата начала": "", "Дата окончания": ""})
    assert (row.starts_on, row.ends_on) == (None, None)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("сентябрь-май", date(2026, 9, 1), date(2027, 5, 31)),
        ("с сентября по май", date(2026, 9, 1), date(2027, 5, 31)),
        ("01.09-31.05", date(2026, 9, 1), date(2027, 5, 31)),
        ("с 1 октября по 30 апреля", date(2026, 10, 1), date(2027, 4, 30)),
        ("январь - май", date(2027, 1, 1), date(2027, 5, 31)),
        ("июнь-август", date(2026, 6, 1), date(2026, 8, 31)),
        ("2026-09-01/2027-05-31", date(2026, 9, 1), date(2027, 5, 31)),
    ],
)
def test_a_period_without_a_year_is_of_the_study_year_of_the_day(
    tmp_path: Path, written: str, first: date, last: date
) -> None:
    lacking = ["Дата начала", "Дата окончания"]
    cells = tidy({"Период обучения": written}, without=lacking)
    (row,) = rows_of(judged(registry(tmp_path / "f.xlsx", [cells])))
    assert (row.starts_on, row.ends_on) == (first, last)
