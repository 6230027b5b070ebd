"""What the demo begins with: a registry of the present study year, organisations on the map."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select, update

from bot.app import make_services
from bot.demo.dates import autumn_of, moved
from bot.demo.story import found_municipality, read_story
from core.db.models import Group, Municipality, Organisation, Programme
from core.domain.wishes import Point, Sort
from core.services.registry_import import ProgrammeImport
from tests.services.town import Town

OKTYABRSKAYA = Point(latitude=46.27, longitude=39.80)


async def begun(town: Town, today: date) -> int:
    """The demo's municipality."""
    story = read_story()
    await town.execute(
        update(Municipality)
        .where(Municipality.id == town.municipality.id)
        .values(code="town", name="Другой район")
    )
    services = make_services(town.database, town.clock, town.chance, town.cipher, None)
    registry = ProgrammeImport(town.database, town.clock, town.chance)
    await found_municipality(story, services, registry, today)
    place = await services.municipalities.find_by_code(story.municipality["code"])
    assert place is not None
    return place.id


async def last_days(town: Town, municipality_id: int) -> set[date | None]:
    async with town.database.read() as tx:
        rows = await tx.scalars(
            select(Group.ends_on)
            .join(Programme, Programme.id == Group.programme_id)
            .where(Programme.municipality_id == municipality_id)
        )
        return set(rows)


async def test_every_organisation_has_a_point_and_the_nearest_come_first(town: Town) -> None:
    place = await begun(town, date(2026, 11, 22))

    async with town.database.read() as tx:
        pointless = await tx.scalar(
            select(func.count()).where(
                Organisation.municipality_id == place, Organisation.latitude.is_(None)
            )
        )
    assert pointless == 0
    search = make_services(town.database, town.clock, town.chance, town.cipher, None).search
    wished = await search.understand("рядом", place)
    found = await search.look(
        wished, municipality_id=place, sort=Sort.NEARNESS, near=OKTYABRSKAYA, limit=50
    )
    away = [one.distance_m for one in found.items]
    assert None not in away
    assert away == sorted(away, key=lambda metres: metres or 0)
    assert away[0] is not None
    assert away[0] < 1000


async def test_a_demo_of_a_later_year_has_groups_of_that_year(town: Town) -> None:
    place = await begun(town, date(2026, 11, 22))
    assert await last_days(town, place) == {date(2027, 5, 31)}

    assert await begun(town, date(2028, 7, 1)) == place

    assert await last_days(town, place) == {date(2029, 5, 31)}


@pytest.mark.parametrize(
    ("today", "autumn"),
    [(date(2026, 9, 1), 2026), (date(2027, 5, 31), 2026), (date(2027, 6, 1), 2027)],
)
def test_from_june_on_the_coming_autumn_is_looked_for(today: date, autumn: int) -> None:
    assert autumn_of(today) == autumn
    assert moved("01.09.2026–31.05.2027, ул. Школьная", 1) == "01.09.2027–31.05.2028, ул. Школьная"
