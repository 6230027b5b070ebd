"""A row about a family that cannot be taken is refused by its number, column, value and reason.

What a file says does not depend on the database.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from core.db.engine import Database
from core.i18n import Texts
from core.services.municipalities.municipalities import Municipalities
from core.services.registry_import import Pace
from tests.services.registers import (
    ALICE,
    BORIS,
    CERTIFICATE,
    ENROLMENT,
    OTHER_SNILS,
    SNILS,
    Register,
    counts,
    known_by_name,
    reasons,
    second_group,
)
from tests.services.town import Town


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
async def register(town: Town, tmp_path: Path) -> Register:
    await known_by_name(town)
    return Register(town=town, folder=tmp_path, pace=Pace(breath=0))


async def test_one_refused_row_keeps_everything_out_and_a_dry_run_writes_nothing(
    register: Register,
) -> None:
    before = await register.everything()

    refused = await register.bring("children", ALICE, {**BORIS, "Имя": "Б0рис"})
    dry = await register.bring("children", ALICE, dry_run=True)

    assert reasons(refused) == [(3, "Имя", "Б0рис", "name-letters")]
    assert (counts(refused), refused.written) == ((1, 0, 0, 1), False)
    assert (counts(dry), dry.written) == ((1, 0, 0, 0), False)
    assert await register.everything() == before


async def test_spelling_does_not_make_another_child_and_twins_never_match(
    register: Register,
) -> None:
    await register.bring("children", {**ALICE, "Фамилия": "Семёнова-Белая"})

    again = {**ALICE, "Фамилия": "СЕМЕНОВА БЕЛАЯ", "Дата рождения": "5 марта 2017 г."}
    report = await register.bring("children", again, {**again, "Имя": "Арина"})

    assert counts(report) == (1, 0, 1, 0)


async def test_a_difference_is_a_refused_row_and_never_an_overwrite(register: Register) -> None:
    known = {**ALICE, "СНИЛС": SNILS}
    await register.bring("children", known)
    before = await register.everything()
    differences: list[tuple[dict[str, object], str, str]] = [
        ({"Дата рождения": "06.03.2017"}, "Дата рождения", "born-differs"),
        ({"Фамилия": "Белова"}, "Фамилия", "snils-of-another"),
        ({"Имя": "Арина"}, "Фамилия", "snils-of-another"),
        ({"Отчество": "Петровна"}, "Отчество", "patronymic-differs"),
        ({"СНИЛС": OTHER_SNILS}, "СНИЛС", "snils-differs"),
        ({"СНИЛС": "", "Отчество": "Петровна"}, "Отчество", "patronymic-differs"),
    ]

    for said, column, reason in differences:
        report = await register.bring("children", {**known, **said}, {**BORIS, "СНИЛС": ""})

        found = [(row.row, row.column, row.reason) for row in report.refused]
        assert found == [(2, column, reason)]
    assert await register.everything() == before


async def test_namesakes_of_one_day_are_two_where_everything_else_differs(
    register: Register,
) -> None:
    other = {**ALICE, "Отчество": "Петровна", "СНИЛС": OTHER_SNILS}

    report = await register.bring("children", {**ALICE, "СНИЛС": SNILS}, other)

    assert counts(report) == (2, 0, 0, 0)


async def test_a_number_belongs_to_one_child_and_a_child_has_one(register: Register) -> None:
    await register.bring("certificates", CERTIFICATE)
    differences: list[tuple[dict[str, object], str, str]] = [
        ({"Фамилия": "Белова"}, "Фамилия", "number-of-another"),
        ({"Дата рождения": "06.03.2017"}, "Дата рождения", "number-of-another"),
        ({"Номер": "2300000111"}, "Номер", "has-other-number"),
    ]

    for said, column, reason in differences:
        report = await register.bring("certificates", {**CERTIFICATE, **said})

        assert [(row.column, row.reason) for row in report.refused] == [(column, reason)]
    assert len(await register.certificates()) == 1


async def test_rows_of_one_file_may_not_contradict_each_other(register: Register) -> None:
    report = await register.bring(
        "certificates",
        CERTIFICATE,
        CERTIFICATE,
        {**CERTIFICATE, "Номинал": "1"},
        {**CERTIFICATE, "Номер": "2300000111"},
        {**CERTIFICATE, "Номер": "2300000112", "Статус": "аннулирован"},
    )

    assert counts(report) == (2, 0, 1, 2)
    assert [(row.row, row.reason, row.params) for row in report.refused] == [
        (4, "number-twice", {"row": 2}),
        (5, "second-number-in-file", {"row": 2}),
    ]


async def test_what_the_bots_own_registry_has_given_no_file_changes(register: Register) -> None:
    town = register.town
    parent = await town.parent()
    child = await town.child(parent)
    held = await town.certified(parent, child)
    number = await town.requests.show_number(parent, held.id)

    same = {name: CERTIFICATE[name] for name in (*ALICE, "Номер")} | {"Номер": number}
    report = await register.bring("certificates", same, {**CERTIFICATE})

    assert counts(report) == (0, 0, 1, 1)
    assert report.refused[0].reason == "has-other-number"
    report = await register.bring("certificates", {**CERTIFICATE, "Номер": number})
    assert [row.reason for row in report.refused] == ["own-registry"]


async def test_one_insurance_number_holds_one_certificate_in_all_municipalities(
    register: Register,
) -> None:
    town = register.town
    await Municipalities(town.database, town.clock).add("other", "Другой район")
    for code, number in (("krylovsky", "2300000110"), ("other", "2300000220")):
        await register.bring("children", {**ALICE, "СНИЛС": SNILS}, municipality_code=code)
        report = await register.bring(
            "certificates",
            {**CERTIFICATE, "Номер": number},
            municipality_code=code,
        )

    assert [row.reason for row in report.refused] == ["snils-holds-certificate"]
    elsewhere = await register.bring("certificates", CERTIFICATE, municipality_code="other")
    assert [row.reason for row in elsewhere.refused] == ["number-elsewhere"]
    assert await register.is_well()


async def test_an_insurance_number_learnt_later_holds_one_certificate_too(
    register: Register,
) -> None:
    town = register.town
    await Municipalities(town.database, town.clock).add("other", "Другой район")
    numbered = {**ALICE, "СНИЛС": SNILS}
    await register.bring("certificates", CERTIFICATE, municipality_code="krylovsky")
    await register.bring("children", numbered, municipality_code="other")
    elsewhere = {**CERTIFICATE, "Номер": "2300000220"}
    await register.bring("certificates", elsewhere, municipality_code="other")

    report = await register.bring("children", numbered, municipality_code="krylovsky")

    assert [row.reason for row in report.refused] == ["snils-holds-certificate"]
    assert await register.is_well()


async def test_every_reason_has_words_that_can_be_formed(register: Register) -> None:
    speech = Texts().speak("ru")
    await register.bring("certificates", CERTIFICATE)
    reports = [
        await register.bring("certificates", {**CERTIFICATE, "Номер": "2300000111"}),
        await register.bring("enrolments", ENROLMENT),
    ]

    for report in reports:
        for row in report.refused:
            assert speech.say_plain(f"import-reason-{row.reason}", **row.params)


async def test_a_place_the_registry_does_not_have_is_refused(register: Register) -> None:
    town = register.town
    await second_group(town, await town.group())
    places: list[tuple[dict[str, object], str]] = [
        ({"Организация": "Школа № 99"}, "unknown-organisation"),
        ({"Программа": "Шахматы"}, "unknown-programme"),
        ({"Группа": "Группа 9"}, "unknown-group"),
        ({"Группа": ""}, "group-unsaid"),
    ]

    for said, reason in places:
        report = await register.bring("enrolments", {**ENROLMENT, **said})

        assert [row.reason for row in report.refused] == [reason]
    assert await register.children() == []
