"""Parents see published programmes of their municipality, with the seats of this moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from core.clock import MovableClock
from core.db.engine import Database
from core.db.models import Group, Import, Organisation, Programme
from core.domain.programmes import Direction, Level, RegistryKind
from core.domain.refusals import NotFound
from core.services.municipalities.municipalities import Municipalities
from core.services.programmes import Programmes

NOW = datetime(2026, 9, 10, 9, tzinfo=UTC)


class Registry:
    """A municipality's registry, filled by hand."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = MovableClock(NOW)
        self.seen = Programmes(database, self.clock)
        self.municipality_id = 0
        self.organisation_id = 0

    async def open(self, *, timezone: str = "Europe/Moscow") -> Registry:
        place = await Municipalities(self.database, self.clock).add(
            "krylovsky", "Крыловский район", timezone=timezone
        )
        self.municipality_id = place.id
        self.organisation_id = await self.add(
            Organisation,
            municipality_id=place.id,
            name="Дом творчества",
            name_key="домтворчества",
            confirms_certificates=True,
            added_at=NOW,
        )
        return self

    async def add(self, table: Any, **values: Any) -> int:
        async with self.database.write() as tx:
            made = await tx.execute(insert(table).values(**values).returning(table.id))
            return int(made.scalar_one())

    async def programme(self, title: str, **values: Any) -> int:
        return await self.add(
            Programme,
            **{
                "municipality_id": self.municipality_id,
                "organisation_id": self.organisation_id,
                "identity_key": title,
                "title": title,
                "direction": Direction.TECHNICAL,
                "age_from_months": 84,
                "age_to_months": 131,
                "level": Level.BASIC,
                "registry_kind": RegistryKind.SIGNIFICANT,
                "price_kopecks": 0,
                "adapted": False,
                "state": "published",
                "changed_at": NOW,
                **values,
            },
        )

    async def group(self, programme_id: int, name: str = "Группа 1", **values: Any) -> int:
        return await self.add(
            Group,
            **{
                "programme_id": programme_id,
                "name": name,
                "name_key": name,
                "schedule": [{"weekday": 2, "starts": "16:00", "ends": "17:30"}],
                "capacity": 10,
                "taken": 0,
                "ends_on": date(2027, 5, 31),
                "changed_at": NOW,
                **values,
            },
        )

    async def unseen_import(self) -> int:
        counts = dict.fromkeys(("rows_read", "rows_new", "rows_changed", "rows_refused"), 0)
        return await self.add(Import, kind="programmes", sha256="", started_at=NOW, **counts)

    async def lines(self, *, offset: int = 0, limit: int = 10) -> list[tuple[str, int | None]]:
        page = await self.seen.browse(
            self.municipality_id, Direction.TECHNICAL, offset=offset, limit=limit
        )
        return [(line.title, line.seats_left) for line in page.items]


@pytest.fixture
async def registry(database: Database) -> Registry:
    return await Registry(database).open()


async def test_directions_tell_how_many_published_programmes_they_have(registry: Registry) -> None:
    await registry.programme("Судомодели")
    await registry.programme("Роботы")
    await registry.programme("Хор", direction=Direction.ARTS)
    await registry.programme("Старое", state="archived")
    await registry.programme("Будущее", state="draft", direction=Direction.SPORTS)

    assert await registry.seen.directions(registry.municipality_id) == [
        (Direction.TECHNICAL, 2),
        (Direction.ARTS, 1),
    ]


async def test_a_list_goes_by_title_and_by_pages(registry: Registry) -> None:
    for title in ("Шахматы", "Авиамодели", "Роботы"):
        await registry.programme(title)

    assert [title for title, _ in await registry.lines(limit=2)] == ["Авиамодели", "Роботы"]
    page = await registry.seen.browse(
        registry.municipality_id, Direction.TECHNICAL, offset=2, limit=2
    )
    assert ([line.title for line in page.items], page.total) == (["Шахматы"], 3)
    assert not page.has_more
    assert await registry.lines(offset=9) == []


async def test_another_municipality_s_programmes_are_not_in_the_list(registry: Registry) -> None:
    await registry.programme("Роботы")
    other = await Municipalities(registry.database, registry.clock).add("other", "Другой район")

    assert await registry.seen.directions(other.id) == []
    page = await registry.seen.browse(other.id, Direction.TECHNICAL, offset=0, limit=5)
    assert (page.items, page.total) == ((), 0)


async def test_seats_are_those_of_this_moment(registry: Registry) -> None:
    programme_id = await registry.programme("Роботы")
    first = await registry.group(programme_id, capacity=10, taken=4)
    await registry.group(programme_id, "Группа 2", capacity=5, taken=5)
    assert await registry.lines() == [("Роботы", 6)]

    async with registry.database.write() as tx:
        await tx.execute(update(Group).where(Group.id == first).values(taken=10))

    assert await registry.lines() == [("Роботы", 0)]
    card = await registry.seen.card(programme_id)
    assert [group.seats_left for group in card.groups] == [0, 0]


async def test_an_overbooked_group_takes_no_seats_from_the_others(registry: Registry) -> None:
    programme_id = await registry.programme("Роботы")
    await registry.group(programme_id, capacity=3, taken=8)
    await registry.group(programme_id, "Группа 2", capacity=5, taken=1)

    assert await registry.lines() == [("Роботы", 4)]
    card = await registry.seen.card(programme_id)
    assert [group.seats_left for group in card.groups] == [0, 4]


async def test_a_group_without_a_limit_has_no_number_of_seats(registry: Registry) -> None:
    programme_id = await registry.programme("Роботы")
    await registry.group(programme_id)
    await registry.group(programme_id, "Группа 2", capacity=None)

    assert await registry.lines() == [("Роботы", None)]


@pytest.mark.parametrize(
    ("window", "takes"),
    [
        ({}, True),
        ({"ends_on": date(2026, 9, 10)}, True),
        ({"ends_on": date(2026, 9, 9)}, False),
        ({"ends_on": None}, True),
        ({"applications_from": date(2026, 9, 10)}, True),
        ({"applications_from": date(2026, 9, 11)}, False),
        ({"applications_until": date(2026, 9, 10)}, True),
        ({"applications_until": date(2026, 9, 9)}, False),
    ],
)
async def test_without_a_window_a_group_takes_applications_until_its_end(
    registry: Registry, window: dict[str, Any], takes: bool
) -> None:
    programme_id = await registry.programme("Роботы")
    await registry.group(programme_id, **window)

    card = await registry.seen.card(programme_id)
    assert [group.takes_applications for group in card.groups] == [takes]
    assert await registry.lines() == [("Роботы", 10 if takes else 0)]


async def test_a_day_begins_at_midnight_of_the_municipality(database: Database) -> None:
    registry = await Registry(database).open(timezone="Asia/Vladivostok")
    programme_id = await registry.programme("Роботы")
    await registry.group(programme_id, ends_on=date(2026, 9, 10))
    registry.clock.move(timedelta(hours=4))
    assert (await registry.seen.card(programme_id)).groups[0].takes_applications

    registry.clock.move(timedelta(hours=2))  # 15:00 in UTC is past midnight there

    assert not (await registry.seen.card(programme_id)).groups[0].takes_applications


async def test_rows_of_an_import_are_seen_once_it_is_visible(registry: Registry) -> None:
    coming = await registry.unseen_import()
    old = await registry.programme("Старая")
    await registry.group(old, "Старая группа", capacity=1)
    await registry.group(old, "Новая группа", capacity=7, import_id=coming)
    new = await registry.programme("Новая", import_id=coming)
    await registry.group(new, import_id=coming)

    assert await registry.lines() == [("Старая", 1)]
    assert [group.name for group in (await registry.seen.card(old)).groups] == ["Старая группа"]
    with pytest.raises(NotFound):
        await registry.seen.card(new)

    async with registry.database.write() as tx:
        await tx.execute(update(Import).values(visible_at=NOW))

    assert await registry.lines() == [("Новая", 10), ("Старая", 8)]
    assert len((await registry.seen.card(old)).groups) == 2


@pytest.mark.parametrize("state", ["draft", "archived"])
async def test_a_card_of_what_is_not_published_is_not_found(registry: Registry, state: str) -> None:
    programme_id = await registry.programme("Роботы", state=state)

    with pytest.raises(NotFound):
        await registry.seen.card(programme_id)
    with pytest.raises(NotFound):
        await registry.seen.card(programme_id + 1)


async def test_a_card_says_all_that_the_registry_does(registry: Registry) -> None:
    programme_id = await registry.programme("Роботы", annotation="Собираем.", hours=72)
    await registry.group(programme_id, teacher="Иванова А. П.", address="ул. Школьная, д. 2")

    card = await registry.seen.card(programme_id)

    assert (card.title, card.annotation, card.hours) == ("Роботы", "Собираем.", 72)
    assert (card.organisation_name, card.organisation_id) == (
        "Дом творчества",
        registry.organisation_id,
    )
    assert (card.level, card.registry_kind) == (Level.BASIC, RegistryKind.SIGNIFICANT)
    (group,) = card.groups
    assert (group.teacher, group.address) == ("Иванова А. П.", "ул. Школьная, д. 2")
    assert [(one.weekday, one.starts.hour) for one in group.schedule] == [(2, 16)]
