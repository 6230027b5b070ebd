"""Registries of programmes come in whole, once, and are seen at one moment."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from core.clock import MovableClock, SeededChance
from core.db.engine import Database
from core.db.models import Base, Group, Import, Organisation, Programme
from core.domain.programmes import Direction
from core.domain.refusals import NotFound
from core.files.tables import open_tables
from core.services.municipalities.municipalities import Municipalities
from core.services.programmes import Programmes
from core.services.registry_import import ImportReport, Pace, ProgrammeImport
from core.services.registry_import.cells import shown
from core.services.registry_import.turn import ImportRunning, keep_turn, take_turn
from tests.services.registries import separated, tidy, workbook

DEMO = Path(__file__).parents[2] / "demo" / "registry_krylovsky.xlsx"
START = datetime(2026, 9, 1, 9, tzinfo=UTC)


class Office:
    """A municipality and whoever imports its registries."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.clock = MovableClock(START)
        self.programmes = Programmes(database, self.clock)
        self.pace = Pace(breath=0)
        self._folder = folder
        self.municipality_id = 0

    async def open(self) -> Office:
        added = await Municipalities(self.database, self.clock).add("krylovsky", "Крыловский район")
        self.municipality_id = added.id
        return self

    async def bring(
        self, *rows: dict[str, object], file: Path | None = None, **options: Any
    ) -> ImportReport:
        path = file or workbook(self._folder / "registry.xlsx", rows)
        importer = ProgrammeImport(self.database, self.clock, SeededChance(1), self.pace)
        return await importer.run(path, **options)

    async def titles(self) -> list[str]:
        page = await self.programmes.browse(
            self.municipality_id, Direction.TECHNICAL, offset=0, limit=100
        )
        return [line.title for line in page.items]

    async def column(self, column: Any) -> list[Any]:
        async with self.database.read() as tx:
            return list((await tx.scalars(select(column).order_by(column))).all())

    async def everything(self) -> dict[str, list[Any]]:
        async with self.database.read() as tx:
            return {
                table.name: list(map(tuple, (await tx.execute(select(table))).all()))
                for table in Base.metadata.sorted_tables
            }


@pytest.fixture
async def office(database: Database, tmp_path: Path) -> Office:
    return await Office(database, tmp_path).open()


async def test_the_demo_registry_comes_in_whole(office: Office) -> None:
    report = await office.bring(file=DEMO)

    assert (report.read, report.new, report.changed, report.unchanged) == (143, 143, 0, 0)
    assert report.refused == ()
    assert report.warnings == ()
    assert await office.programmes.directions(office.municipality_id) == [
        (Direction.TECHNICAL, 20),
        (Direction.NATURAL_SCIENCE, 4),
        (Direction.SPORTS, 57),
        (Direction.ARTS, 46),
        (Direction.TOURISM, 8),
        (Direction.HUMANITIES, 8),
    ]
    names = await office.column(Organisation.name)
    assert len(names) == 17
    assert None not in await office.column(Organisation.address)
    assert sum(await office.column(Group.capacity)) == 1849


async def test_schools_kindergartens_and_children_s_centres_confirm_certificates(
    office: Office,
) -> None:
    await office.bring(file=DEMO)

    async with office.database.read() as tx:
        others = await tx.scalars(
            select(Organisation.name)
            .where(Organisation.confirms_certificates.is_(False))
            .order_by(Organisation.name)
        )
        assert list(others) == ["МБУК «Районный дом культуры»", "МБУК «Сельский дом культуры»"]


async def test_a_second_import_writes_nothing_at_all(office: Office) -> None:
    await office.bring(file=DEMO)
    before = await office.everything()
    office.clock.move(timedelta(days=1))

    report = await office.bring(file=DEMO)

    assert (report.read, report.new, report.changed, report.unchanged) == (143, 0, 0, 143)
    assert await office.everything() == before


@pytest.mark.parametrize(("encoding", "delimiter"), [("cp1251", ";"), ("utf-16", "\t")])
async def test_the_same_registry_as_csv_changes_nothing(
    office: Office, tmp_path: Path, encoding: str, delimiter: str
) -> None:
    await office.bring(file=DEMO)
    (table,) = open_tables(DEMO)
    lines = [
        [shown(cell) if isinstance(cell, float) else cell for cell in row]
        for _, row in table.rows()
    ]
    file = separated(tmp_path / "demo.csv", lines, encoding=encoding, delimiter=delimiter)

    report = await office.bring(file=file, archive_missing=True)

    assert (report.unchanged, report.archived, report.refused) == (143, 0, ())


async def test_spaces_case_quotes_yo_and_dashes_do_not_make_another_programme(
    office: Office,
) -> None:
    named = {"Организация": "МБОУ «Школа № 1»", "Наименование программы": "Ёлка и пионерия"}
    await office.bring(tidy(named))

    said = {"Организация": "мбоу  ШКОЛА №1", "Наименование программы": "елка и — Пионерия"}
    report = await office.bring(tidy({**said, "Группа": " группа  1"}))

    assert (report.new, report.changed, report.unchanged) == (0, 1, 0)
    assert await office.titles() == ["елка и — Пионерия"]
    assert len(await office.column(Organisation.id)) == 1
    assert len(await office.column(Group.id)) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"Наименование программы": "Робототехника 2"},
        {"Организация": "МБОУ СОШ № 2"},
        {"Возраст от": 8},
        {"Возраст до": 11},
        {"Уровень": "Продвинутый"},
    ],
)
async def test_organisation_title_ages_and_level_tell_programmes_apart(
    office: Office, other: dict[str, object]
) -> None:
    report = await office.bring(tidy(), tidy(other))

    assert report.new == 2
    assert len(await office.column(Programme.id)) == 2


async def test_rows_of_one_programme_are_its_groups(office: Office) -> None:
    report = await office.bring(tidy(), tidy({"Группа": "Группа 2", "Мест": 8}))

    assert report.new == 2
    (programme_id,) = await office.column(Programme.id)
    card = await office.programmes.card(programme_id)
    assert [(group.name, group.seats_left) for group in card.groups] == [
        ("Группа 1", 12),
        ("Группа 2", 8),
    ]


async def test_changes_are_told_by_row_and_keep_the_seats_taken(office: Office) -> None:
    await office.bring(tidy(), tidy({"Группа": "Группа 2"}))
    async with office.database.write() as tx:
        await tx.execute(update(Group).values(taken=5))

    report = await office.bring(tidy({"Мест": 15}), tidy({"Группа": "Группа 2"}))

    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
    (programme_id,) = await office.column(Programme.id)
    card = await office.programmes.card(programme_id)
    assert [(group.capacity, group.seats_left) for group in card.groups] == [(15, 10), (12, 7)]


async def test_a_changed_price_changes_every_row_of_the_programme(office: Office) -> None:
    await office.bring(tidy(), tidy({"Группа": "Группа 2"}))

    dearer = {"Стоимость, руб.": 9000}
    report = await office.bring(tidy(dearer), tidy({**dearer, "Группа": "Группа 2"}))

    assert (report.new, report.changed, report.unchanged) == (0, 2, 0)
    assert await office.column(Programme.price_kopecks) == [900_000]


async def test_a_column_the_file_lacks_leaves_what_was(office: Office) -> None:
    await office.bring(tidy())

    report = await office.bring(tidy(without=["Аннотация", "Мест", "Стоимость, руб."]))

    assert (report.changed, report.unchanged) == (0, 1)
    assert await office.column(Programme.annotation) == ["Собираем роботов."]
    assert await office.column(Group.capacity) == [12]


async def test_only_the_mandatory_columns_are_enough(office: Office) -> None:
    bare: dict[str, object] = {
        "Организация": "МБОУ СОШ № 1",
        "Название программы": "Шахматы",
        "Направление": "Физкультурно-спортивная",
        "Возраст": "7–10 лет",
    }
    report = await office.bring(bare)

    assert (report.read, report.new) == (1, 1)
    (programme_id,) = await office.column(Programme.id)
    card = await office.programmes.card(programme_id)
    assert (card.age_from_months, card.age_to_months) == (84, 131)
    assert (card.price_kopecks, card.registry_kind, card.level) == (None, None, None)
    (group,) = card.groups
    assert (group.capacity, group.seats_left, group.takes_applications) == (None, None, True)


async def test_a_dry_run_tells_and_writes_nothing(office: Office) -> None:
    before = await office.everything()

    report = await office.bring(file=DEMO, dry_run=True)

    assert (report.new, report.written) == (143, False)
    assert await office.everything() == before


async def test_one_refused_row_keeps_everything_out(office: Office) -> None:
    before = await office.everything()

    report = await office.bring(tidy(), tidy({"Группа": "Группа 2", "Мест": "много"}))

    assert (report.read, report.new, len(report.refused)) == (2, 1, 1)
    assert report.refused[0].row == 3
    assert not report.written
    assert await office.everything() == before


async def test_skipping_bad_rows_brings_the_others(office: Office) -> None:
    report = await office.bring(
        tidy(), tidy({"Группа": "Группа 2", "Мест": "много"}), skip_bad=True
    )

    assert (report.new, len(report.refused), report.written) == (1, 1, True)
    assert await office.column(Group.name) == ["Группа 1"]


async def test_the_chosen_municipality_wins_over_the_column_with_one_warning(
    office: Office,
) -> None:
    elsewhere = {"Муниципалитет": "Другой район"}

    report = await office.bring(
        tidy(elsewhere),
        tidy({**elsewhere, "Группа": "Группа 2"}),
        municipality_code="krylovsky",
    )

    assert (report.new, report.refused) == (2, ())
    assert [warning.reason for warning in report.warnings] == ["other-municipality"]
    assert await office.titles() == ["Робототехника"]


async def test_a_municipality_nobody_added_refuses_the_row(office: Office) -> None:
    report = await office.bring(tidy({"Муниципалитет": "Другой район"}))

    (refused,) = report.refused
    assert (refused.column, refused.reason) == ("Муниципалитет", "unknown-municipality")


async def test_an_unknown_code_of_a_municipality_is_said(office: Office) -> None:
    with pytest.raises(NotFound):
        await office.bring(tidy(), municipality_code="nowhere")


async def test_rows_are_seen_all_at_once(office: Office) -> None:
    office.pace = Pace(chunk=1, breath=0)
    names = sorted(f"Кружок {n}" for n in range(30))
    coming = asyncio.create_task(
        office.bring(*(tidy({"Наименование программы": name}) for name in names))
    )

    seen = [await office.titles()]
    while not coming.done():
        seen.append(await office.titles())
    await coming

    assert [] in seen
    assert all(titles in ([], names) for titles in seen)
    assert await office.titles() == names


async def test_what_an_import_that_was_cut_off_left_is_taken_away(office: Office) -> None:
    await office.bring(tidy())
    async with office.database.write() as tx:
        left = await tx.scalar(
            insert(Import)
            .values(
                kind="programmes",
                sha256="",
                rows_read=0,
                rows_new=0,
                rows_changed=0,
                rows_refused=0,
                started_at=START,
            )
            .returning(Import.id)
        )
        await tx.execute(update(Programme).values(import_id=left))
        await tx.execute(update(Group).values(import_id=left))
    assert await office.titles() == []

    report = await office.bring(tidy({"Мест": 20}))

    assert (report.new, report.changed, report.unchanged) == (1, 0, 0)
    assert await office.titles() == ["Робототехника"]
    assert None not in await office.column(Import.visible_at)


async def test_two_imports_do_not_run_at_once(office: Office) -> None:
    async with office.database.write() as tx:
        epoch = await take_turn(tx, "another", office.clock.now())

    with pytest.raises(ImportRunning):
        await office.bring(tidy())
    assert await office.titles() == []

    office.clock.move(timedelta(minutes=1))
    await office.bring(tidy())
    assert await office.titles() == ["Робототехника"]
    with pytest.raises(ImportRunning):  # the other one wakes up and may not write on
        async with office.database.write() as tx:
            await keep_turn(tx, epoch, office.clock.now())


async def test_many_changes_go_by_chunks_and_all_arrive(office: Office) -> None:
    office.pace = Pace(chunk=2, gathered=3, breath=0)
    names = [f"Кружок {n}" for n in range(9)]
    await office.bring(*(tidy({"Наименование программы": name}) for name in names))

    report = await office.bring(
        *(tidy({"Наименование программы": name, "Мест": 3}) for name in names)
    )

    assert (report.new, report.changed) == (0, 9)
    assert await office.column(Group.capacity) == [3] * 9


async def test_every_import_is_in_the_audit(office: Office) -> None:
    await office.bring(tidy(), tidy({"Группа": "Группа 2", "Мест": "много"}), skip_bad=True)

    (noted,) = (await office.everything())["audit"][-1:]
    assert noted[2:5] == ("cli", "programmes.imported", "imports")
    assert {"new": 1, "changed": 0, "refused": 1} in noted
