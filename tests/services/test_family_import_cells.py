"""How the cells of files about families are read; nothing here asks the database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.cipher import Cipher
from core.domain.names import ChildName
from core.services.family_import import FamilyFile
from core.services.family_import.cells import Period
from core.services.family_import.judging import Sheet, read_sheet
from core.services.family_import.rows import CertificateRow, EnrolmentRow
from core.services.registry_import.header import ColumnsMissing
from core.services.registry_import.place import Places
from tests.services.registers import ALICE, CERTIFICATE, ENROLMENT, written
from tests.services.registries import workbook
from tests.services.town import KEY


def read(kind: str, file: Path) -> Sheet:
    places = Places(known=[(1, "krylovsky", "Крыловский район")], chosen=None)
    return read_sheet(FamilyFile(kind), file, places, Cipher(KEY), date(2026, 8, 24))


def _without(row: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in row.items() if name not in names}


@pytest.mark.parametrize(
    ("kind", "row", "column", "value", "reason"),
    [
        ("children", {**ALICE, "Имя": ""}, "Имя", "", "empty"),
        ("children", {**ALICE, "Фамилия": "Петpова"}, "Фамилия", "Петpова", "name-mixed"),
        ("children", {**ALICE, "Дата рождения": ""}, "Дата рождения", "", "empty"),
        ("children", {**ALICE, "Дата рождения": "лето"}, "Дата рождения", "лето", "not-date"),
        (
            "children",
            {**ALICE, "Дата рождения": "05.03.2031"},
            "Дата рождения",
            "05.03.2031",
            "born-ahead",
        ),
        (
            "children",
            {**ALICE, "Дата рождения": "05.03.2001"},
            "Дата рождения",
            "05.03.2001",
            "born-long-ago",
        ),
        ("children", {**ALICE, "СНИЛС": "112-233-445"}, "СНИЛС", "112-233-445", "snils-length"),
        (
            "children",
            {**ALICE, "СНИЛС": "112-233-445 96"},
            "СНИЛС",
            "112-233-445 96",
            "snils-checksum",
        ),
        (
            "children",
            {"ФИО": "Петрова", "Дата рождения": "05.03.2017"},
            "ФИО",
            "Петрова",
            "name-words",
        ),
        (
            "certificates",
            {**CERTIFICATE, "Номер": "230000011"},
            "Номер",
            "230000011",
            "not-number-of-certificate",
        ),
        ("certificates", {**CERTIFICATE, "Вид": "золотой"}, "Вид", "золотой", "unknown-kind"),
        ("certificates", {**CERTIFICATE, "Статус": "новый"}, "Статус", "новый", "unknown-state"),
        (
            "certificates",
            {**CERTIFICATE, "Вид": "учёта"},
            "Номинал",
            "9 000,50",
            "nominal-of-record",
        ),
        ("certificates", {**CERTIFICATE, "Номинал": ""}, "Номинал", "", "nominal-missing"),
        ("certificates", {**CERTIFICATE, "Номинал": "-5"}, "Номинал", "-5", "negative"),
        ("certificates", {**CERTIFICATE, "Период": "скоро"}, "Период", "скоро", "not-period"),
        (
            "certificates",
            {**CERTIFICATE, "Период": "с 01.01.2026"},
            "Период",
            "с 01.01.2026",
            "half-period",
        ),
        (
            "enrolments",
            {**ENROLMENT, "Источник денег": "спонсор"},
            "Источник денег",
            "спонсор",
            "unknown-money-source",
        ),
        ("enrolments", {**ENROLMENT, "Организация": ""}, "Организация", "", "empty"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(
    tmp_path: Path,
    kind: str,
    row: dict[str, object],
    column: str,
    value: str,
    reason: str,
) -> None:
    (refused,) = read(kind, written(tmp_path / "sent", [row])).refused

    assert (refused.row, refused.column, refused.value, refused.reason) == (
        2,
        column,
        value,
        reason,
    )


def test_the_other_faults_of_a_row_stand_beside_the_first(tmp_path: Path) -> None:
    wrong = {**ALICE, "Имя": "", "Дата рождения": "31.02.2017", "СНИЛС": "1"}

    (row,) = read("children", written(tmp_path / "sent", [wrong])).refused

    others = [(fault.column, fault.reason) for fault in row.more]
    assert [(row.column, row.reason), *others] == [
        ("Имя", "empty"),
        ("Дата рождения", "no-such-day"),
        ("СНИЛС", "snils-length"),
    ]


@pytest.mark.parametrize(
    ("kind", "row", "lacking"),
    [
        ("children", _without(ALICE, "Имя"), "Имя"),
        ("children", _without(ALICE, "Дата рождения"), "Дата рождения"),
        ("certificates", _without(CERTIFICATE, "Номер"), "Номер"),
        (
            "enrolments",
            _without(ENROLMENT, "Фамилия", "Организация"),
            "Номер сертификата, Организация",
        ),
    ],
)
def test_mandatory_columns_that_are_not_there_are_named(
    tmp_path: Path, kind: str, row: dict[str, object], lacking: str
) -> None:
    with pytest.raises(ColumnsMissing) as raised:
        read(kind, written(tmp_path / "sent", [row]))

    assert raised.value.params == {"columns": lacking}


def test_a_workbook_with_titles_other_names_and_numbers_for_text_is_read(
    tmp_path: Path,
) -> None:
    file = workbook(
        tmp_path / "navigator.xlsx",
        [
            {
                "№ п/п": 1,
                "Ф.И.О. ребёнка": "Алиев Тимур Рашид оглы",
                "Дата рождения": 42799,
                "СНИЛС ребёнка": 11223344595,
            },
            {"№ п/п": 2, "Ф.И.О. ребёнка": "ПЕТРОВА АЛИСА", "Дата рождения": "5.3.17"},
        ],
        above=[["Выгрузка из Навигатора"], []],
    )

    sheet = read("children", file)

    assert not sheet.refused
    timur, alice = (row.child for row in sheet.rows if row.child is not None)
    assert (timur.name.last, timur.born) == (
        "Алиев",
        date(2017, 3, 5),
    )  # a day as a spreadsheet counts
    assert (alice.name, alice.born) == (ChildName(last="Петрова", first="Алиса"), timur.born)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("01.01.2026–31.12.2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("с 1 сентября 2026 по 31 мая 2027", date(2026, 9, 1), date(2027, 5, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026 год", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_is_read_as_people_write_it(
    tmp_path: Path, said: str, first: date, last: date
) -> None:
    (row,) = read("certificates", written(tmp_path / "s", [{**CERTIFICATE, "Период": said}])).rows

    assert isinstance(row, CertificateRow)
    assert row.period == Period(begins=first, ends=last)


def test_a_period_of_two_columns_and_numbers_a_spreadsheet_has_eaten_are_read(
    tmp_path: Path,
) -> None:
    row = {
        "№ сертификата": 2300000110.0,
        "ФИО ребёнка": "Алиев Тимур Рашид оглы",
        "Дата рождения": "2017-03-05 00:00:00",
        "Тип": "Сертификат ПФДО",
        "Номинал, руб.": 9000.5,
        "Действует с": "01.09.2026",
        "Действует по": "31.05.2027",
    }

    (read_row,) = read("certificates", workbook(tmp_path / "s.xlsx", [row])).rows

    assert isinstance(read_row, CertificateRow)
    assert read_row.child.name.patronymic == "Рашид оглы"
    assert (read_row.certificate, read_row.nominal_kopecks) == ("2300000110", 900_050)
    assert read_row.period == Period(begins=date(2026, 9, 1), ends=date(2027, 5, 31))


def test_with_a_number_the_name_may_be_empty_but_not_half_of_it(tmp_path: Path) -> None:
    nameless = {**ENROLMENT, **dict.fromkeys(ALICE, ""), "Номер": "2300000110"}
    sheet = read("enrolments", written(tmp_path / "s", [nameless, {**nameless, "Имя": "Алиса"}]))

    (row,) = sheet.rows
    assert isinstance(row, EnrolmentRow)
    assert row.child is None
    assert [(bad.row, bad.column, bad.reason) for bad in sheet.refused] == [(3, "Фамилия", "empty")]
