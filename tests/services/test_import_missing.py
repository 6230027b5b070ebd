"""What left the file leaves the registry only when asked; families who are in stay in."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.clock import SeededChance
from core.db.engine import Database
from core.db.models import Base, Group, Organisation, Programme, ProgrammeFacets
from core.domain.actors import Actor
from core.domain.consents import ConsentKind
from core.domain.enrolment import ApplicationState, WindowClosed
from core.domain.programmes import Direction
from core.domain.refusals import NotFound
from core.services.children.views import ChildView
from core.services.municipalities.municipalities import Municipalities
from core.services.programmes import Programmes
from core.services.registry_import import ImportReport, ProgrammeImport
from core.services.registry_import.report import Missing
from core.services.registry_import.vanished import ManyMissing
from tests.services.registries import tidy, workbook
from tests.services.town import Town

ROBOTS, CHESS = {"Наименование программы": "Роботы"}, {"Наименование программы": "Шахматы"}
SECOND = {"Группа": "Группа 2"}


class Registry:
    """A town whose registry comes in files."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.town = town
        self.programmes = Programmes(town.database, town.clock)
        self._folder = folder

    async def bring(self, *rows: dict[str, object], **options: Any) -> ImportReport:
        file = workbook(self._folder / "registry.xlsx", rows)
        importer = ProgrammeImport(self.town.database, self.town.clock, SeededChance(1))
        return await importer.run(file, **options)

    async def titles(self, municipality_id: int | None = None) -> list[str]:
        place = municipality_id or self.town.municipality.id
        page = await self.programmes.browse(place, Direction.TECHNICAL, offset=0, limit=100)
        return [line.title for line in page.items]

    async def group(self, name: str) -> int:
        async with self.town.database.read() as tx:
            return (await tx.execute(select(Group.id).where(Group.name == name))).scalar_one()

    async def family(self) -> tuple[Actor, ChildView]:
        """Who may apply to the organisations of the registry."""
        parent, child = await self.town.family()
        async with self.town.database.read() as tx:
            organisations = (await tx.scalars(select(Organisation.id))).all()
        for organisation_id in organisations:
            await self.town.consents.give(
                parent,
                ConsentKind.TRANSFER,
                version="1",
                body="...",
                organisation_id=organisation_id,
                key=self.town.key(),
            )
        return parent, child

    async def everything(self) -> dict[str, list[Any]]:
        async with self.town.database.read() as tx:
            return {
                table.name: list(map(tuple, (await tx.execute(select(table))).all()))
                for table in Base.metadata.sorted_tables
            }


@pytest.fixture
def registry(town: Town, tmp_path: Path) -> Registry:
    return Registry(town, tmp_path)


async def test_what_the_file_lacks_stays_unless_asked(registry: Registry) -> None:
    await registry.bring(tidy(ROBOTS), tidy(CHESS))

    report = await registry.bring(tidy(ROBOTS))

    assert (report.unchanged, report.archived) == (1, None)
    assert await registry.titles() == ["Роботы", "Шахматы"]


async def test_a_programme_the_file_lacks_goes_to_the_archive_and_comes_back(
    registry: Registry,
) -> None:
    await registry.bring(tidy(ROBOTS), tidy(CHESS))

    tried = await registry.bring(tidy(ROBOTS), archive_missing=True, dry_run=True)
    assert (tried.archived, await registry.titles()) == (1, ["Роботы", "Шахматы"])

    gone = await registry.bring(tidy(ROBOTS), archive_missing=True)
    assert (gone.unchanged, gone.archived) == (1, 1)
    assert await registry.titles() == ["Роботы"]

    back = await registry.bring(tidy(ROBOTS), tidy(CHESS), archive_missing=True)
    assert (back.changed, back.unchanged, back.archived) == (1, 1, 0)
    assert await registry.titles() == ["Роботы", "Шахматы"]


async def test_the_same_again_changes_nothing(registry: Registry) -> None:
    await registry.bring(tidy(ROBOTS), tidy(ROBOTS | SECOND), tidy(CHESS))
    await registry.bring(tidy(ROBOTS), archive_missing=True)
    before = await registry.everything()
    registry.town.clock.move(timedelta(days=1))

    report = await registry.bring(tidy(ROBOTS), archive_missing=True)

    assert (report.unchanged, report.archived) == (1, 0)
    assert await registry.everything() == before


async def test_search_forgets_and_finds_again(registry: Registry, database: Database) -> None:
    async def indexed() -> int:
        return await registry.town.count(ProgrammeFacets)

    await registry.bring(tidy(ROBOTS), tidy(CHESS))
    assert await indexed() == 2
    await registry.bring(tidy(ROBOTS), archive_missing=True)
    assert await indexed() == 1
    await registry.bring(tidy(ROBOTS), tidy(CHESS))
    assert await indexed() == 2


async def test_an_application_to_what_left_goes_on(registry: Registry) -> None:
    town = registry.town
    await registry.bring(tidy(ROBOTS), tidy(CHESS | {"Группа": "Дебют"}))
    parent, child = await registry.family()
    applied = await town.applied(parent, child, await registry.group("Дебют"))

    await registry.bring(tidy(ROBOTS), archive_missing=True)

    accepted = await town.application_decisions.accept(
        await town.staff(), applied.id, version=applied.version
    )
    assert accepted.state is ApplicationState.CONFIRMED
    assert await town.taken(await registry.group("Дебют")) == 1
    other_parent, other = await registry.family()
    with pytest.raises(NotFound):
        await town.applied(other_parent, other, await registry.group("Дебют"))


async def test_a_group_that_left_a_live_programme_takes_no_more_applications(
    registry: Registry,
) -> None:
    town = registry.town
    await registry.bring(tidy(ROBOTS), tidy(ROBOTS | SECOND))
    parent, child = await registry.family()
    second = await registry.group("Группа 2")
    applied = await town.applied(parent, child, second)

    report = await registry.bring(tidy(ROBOTS), archive_missing=True)

    assert (report.archived, report.closed) == (0, 1)
    other_parent, other = await registry.family()
    with pytest.raises(WindowClosed) as raised:
        await town.applied(other_parent, other, second)
    assert raised.value.params == {"until": "2026-08-23"}
    taken = await town.application_decisions.accept(
        await town.staff(), applied.id, version=applied.version
    )
    assert taken.state is ApplicationState.CONFIRMED

    back = await registry.bring(tidy(ROBOTS), tidy(ROBOTS | SECOND))
    assert (back.changed, back.unchanged) == (1, 1)
    await town.applied(other_parent, other, second)
    assert await town.taken(second) == 2


async def test_a_group_that_comes_back_has_the_window_its_file_says(registry: Registry) -> None:
    window = {"Приём заявок по": "10.09.2026"}
    await registry.bring(tidy(ROBOTS | window), tidy(ROBOTS | SECOND | window))
    await registry.bring(tidy(ROBOTS | window), archive_missing=True)

    await registry.bring(tidy(ROBOTS | window), tidy(ROBOTS | SECOND | window))

    async with registry.town.database.read() as tx:
        until = (await tx.scalars(select(Group.applications_until))).all()
        assert list(until) == [date(2026, 9, 10)] * 2


async def test_what_a_refused_row_seems_to_speak_of_is_left_alone(registry: Registry) -> None:
    many = {"Мест": "много"}
    await registry.bring(tidy(ROBOTS), tidy(CHESS), tidy(CHESS | SECOND))

    report = await registry.bring(
        tidy(ROBOTS), tidy(CHESS | many), archive_missing=True, skip_bad=True
    )
    assert (len(report.refused), report.archived) == (1, 0)
    assert await registry.titles() == ["Роботы", "Шахматы"]

    nameless = {"Наименование программы": "", "Возраст от": 8}
    report = await registry.bring(tidy(ROBOTS), tidy(nameless), archive_missing=True, skip_bad=True)
    assert report.archived == 0


async def test_other_municipalities_keep_what_they_have(registry: Registry) -> None:
    town = registry.town
    other = await Municipalities(town.database, town.clock).add("other", "Другой район")
    await registry.bring(tidy(ROBOTS), tidy(CHESS | {"Муниципалитет": "Другой район"}))

    report = await registry.bring(tidy(ROBOTS), archive_missing=True)

    assert report.archived == 0
    assert await registry.titles(other.id) == ["Шахматы"]


async def test_online_and_holidays_stand_on_the_card(registry: Registry) -> None:
    await registry.bring(tidy({"Дистанционная": "да", "Каникулярная": "нет"}))
    async with registry.town.database.read() as tx:
        programme_id = (await tx.execute(select(Programme.id))).scalar_one()
    card = await registry.programmes.card(programme_id)
    assert (card.remote, card.holiday) == (True, False)

    kept = await registry.bring(tidy())
    assert kept.unchanged == 1
    turned = await registry.bring(tidy({"Дистанционная": "", "Каникулярная": "летняя"}))
    assert turned.changed == 1
    card = await registry.programmes.card(programme_id)
    assert (card.remote, card.holiday) == (False, True)


def clubs(count: int) -> list[dict[str, object]]:
    return [tidy({"Наименование программы": f"Кружок {number}"}) for number in range(count)]


async def test_a_file_that_lacks_much_is_refused_until_that_is_meant(registry: Registry) -> None:
    await registry.bring(*clubs(40))

    for trial in (True, False):
        with pytest.raises(ManyMissing) as raised:
            await registry.bring(*clubs(29), archive_missing=True, dry_run=trial)
        assert raised.value.params == {"missing": 11, "published": 40, "groups": 0, "listed": 29}
    assert len(await registry.titles()) == 40

    tried = await registry.bring(*clubs(29), archive_missing=True, even_many=True, dry_run=True)
    assert tried.missing == Missing(programmes=11, groups=0, published=40, listed=29, many=True)
    meant = await registry.bring(*clubs(29), archive_missing=True, even_many=True)
    assert meant.archived == 11
    assert len(await registry.titles()) == 29


@pytest.mark.parametrize(("before", "after"), [(30, 20), (60, 48)])
async def test_ten_programmes_or_a_fifth_may_leave_at_once(
    registry: Registry, before: int, after: int
) -> None:
    await registry.bring(*clubs(before))

    report = await registry.bring(*clubs(after), archive_missing=True)

    assert report.archived == before - after


async def test_what_one_municipality_lacks_is_not_made_small_by_another(
    registry: Registry,
) -> None:
    await Municipalities(registry.town.database, registry.town.clock).add("other", "Другой район")
    large = [row | {"Муниципалитет": "Другой район"} for row in clubs(80)]
    await registry.bring(*large, *clubs(12))

    with pytest.raises(ManyMissing) as raised:
        await registry.bring(*large, tidy(ROBOTS), archive_missing=True)

    assert raised.value.params == {"missing": 12, "published": 12, "groups": 0, "listed": 0}


async def test_an_organisation_is_the_same_however_its_number_is_marked(registry: Registry) -> None:
    async def names() -> list[str]:
        async with registry.town.database.read() as tx:
            return list(await tx.scalars(select(Organisation.name).order_by(Organisation.id)))

    def of(*spelled: str) -> list[dict[str, object]]:
        return [tidy({"Организация": name, "Группа": name}) for name in spelled]

    before = len(await names())
    await registry.bring(*of("МБОУ СОШ 5", "МБОУ СОШ № 5", "МБОУ СОШ № 15"))
    again = await registry.bring(
        *of("МБОУ СОШ 5", "МБОУ СОШ № 5", "МБОУ СОШ № 15"), archive_missing=True
    )
    assert (again.unchanged, again.archived, again.closed) == (3, 0, 0)

    report = await registry.bring(
        tidy({"Организация": "МБОУ СОШ N5.", "Группа": "МБОУ СОШ 5"}), archive_missing=False
    )

    assert (report.new, report.unchanged) == (0, 1), "known by the name it was stored under"
    assert (await names())[before:] == ["МБОУ СОШ 5", "МБОУ СОШ № 15"]


def groups(programmes: int, each: int) -> list[dict[str, object]]:
    return [row | {"Группа": f"Группа {of}"} for row in clubs(programmes) for of in range(each)]


async def test_many_groups_that_a_file_lacks_are_asked_about_as_programmes_are(
    registry: Registry,
) -> None:
    await registry.bring(*groups(5, 4))

    with pytest.raises(ManyMissing) as raised:
        await registry.bring(*groups(5, 1), archive_missing=True)
    assert raised.value.params == {"missing": 0, "published": 5, "groups": 15, "listed": 20}

    meant = await registry.bring(*groups(5, 1), archive_missing=True, even_many=True)
    assert (meant.archived, meant.closed) == (0, 15)


@pytest.mark.parametrize(("before", "after", "asks"), [(4, 2, False), (4, 1, True), (9, 0, True)])
async def test_more_than_half_of_a_small_registry_is_asked_about(
    registry: Registry, before: int, after: int, asks: bool
) -> None:
    await registry.bring(*clubs(before))
    left = [*clubs(after), tidy(ROBOTS)]

    if asks:
        with pytest.raises(ManyMissing):
            await registry.bring(*left, archive_missing=True)
    report = await registry.bring(*left, archive_missing=True, even_many=asks)

    assert report.archived == before - after
