"""Advice and lists of what is open, over a registry and a family's past."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from core.db.models import Application, Group
from core.domain.advice import ReasonKind, Taste
from core.domain.programmes import Direction
from core.domain.refusals import NotFound
from core.services.advice.advice import Advice
from core.services.programmes.open_now import OpenProgrammes
from tests.services.town import Town

SATURDAY = [{"weekday": 6, "starts": "10:00", "ends": "11:00"}]
TUESDAY_LATE = [{"weekday": 2, "starts": "18:00", "ends": "19:00"}]


@pytest.fixture
def advice(town: Town) -> Advice:
    return Advice(town.database, town.clock)


@pytest.fixture
def open_now(town: Town) -> OpenProgrammes:
    return OpenProgrammes(town.database, town.clock)


async def club(town: Town, title: str, direction: str = "technical", **columns: Any) -> int:
    """The group of a new programme."""
    of_programme = {"title": title, "direction": direction, **columns.pop("programme", {})}
    return await town.group(programme=of_programme, **columns)


async def test_the_childs_own_past_shapes_the_advice(town: Town, advice: Advice) -> None:
    parent, child = await town.family()
    group = await club(town, "Робототехника")
    await town.applied(parent, child, group)
    await club(town, "В то же время", "sports")
    await club(town, "Шахматы", "sports", schedule=SATURDAY)
    await club(town, "Моделирование", schedule=TUESDAY_LATE)
    await club(town, "Для старших", programme={"age_from_months": 132, "age_to_months": 200})

    found = await advice.for_child(parent, child.id, Taste())

    assert found.child_name is not None
    assert found.child_name.first == "Алиса"
    by_title = {one.title: one for one in found.items}
    assert set(by_title) == {"Шахматы", "Моделирование"}
    new = by_title["Шахматы"].reasons
    assert new[0].kind is ReasonKind.NEW
    assert {reason.kind for reason in new} >= {ReasonKind.AGE, ReasonKind.FREE}
    assert ReasonKind.SAME_PLACE in {one.kind for one in by_title["Моделирование"].reasons}


async def test_what_was_taken_back_is_neither_tried_nor_busy(town: Town, advice: Advice) -> None:
    parent, child = await town.family()
    application = await town.applied(parent, child, await club(town, "Робототехника"))
    await town.applications.withdraw(parent, application.id)

    found = await advice.for_child(parent, child.id, Taste())

    assert [one.title for one in found.items] == ["Робототехника"]
    assert ReasonKind.NEW not in {reason.kind for reason in found.items[0].reasons}


async def test_what_is_finished_was_tried(town: Town, advice: Advice) -> None:
    parent, child = await town.family()
    await town.applied(parent, child, await club(town, "Робототехника"))
    await town.execute(update(Application).values(state="finished"))
    await club(town, "Шахматы", "sports")

    found = await advice.for_child(parent, child.id, Taste(themes=frozenset({Direction.SPORTS})))

    assert [one.title for one in found.items] == ["Шахматы", "Робототехника"]
    assert found.items[0].reasons[0].kind is ReasonKind.NEW


async def test_nobody_elses_child_is_advised(town: Town, advice: Advice) -> None:
    _, child = await town.family()

    with pytest.raises(NotFound):
        await advice.for_child(await town.parent(), child.id, Taste())


async def test_an_age_is_enough_and_closed_groups_are_left_out(town: Town, advice: Advice) -> None:
    await club(town, "Шахматы", schedule=SATURDAY)
    await club(town, "Закрыто", applications_until=date(2026, 8, 1))
    await club(town, "В архиве", programme={"state": "archived"})

    found = await advice.for_age(
        town.municipality.id, 8, Taste(weekdays=frozenset({6, 7}), free=True)
    )

    assert found.child_name is None
    assert [one.title for one in found.items] == ["Шахматы"]
    assert [reason.kind for reason in found.items[0].reasons] == [
        ReasonKind.DAYS,
        ReasonKind.FREE,
        ReasonKind.AGE,
    ]


async def test_the_most_wanted_have_seats_and_come_by_how_many_go(
    town: Town, open_now: OpenProgrammes
) -> None:
    for title, taken in (("Немного", 1), ("Полно", 10), ("Много", 7)):
        await club(town, title, taken=taken)

    page = await open_now.most_wanted(town.municipality.id, offset=0, limit=1)
    after = await open_now.most_wanted(None, offset=1, limit=5)

    assert [line.title for line in page.items] == ["Много"]
    assert page.total == 2
    assert page.items[0].seats_left == 3
    assert [line.title for line in after.items] == ["Немного"]
    elsewhere = await open_now.most_wanted(town.municipality.id + 1, offset=0, limit=5)
    assert elsewhere.items == ()


async def test_what_is_like_a_programme_shares_its_words_first(
    town: Town, open_now: OpenProgrammes
) -> None:
    full = await club(town, "Рисование для малышей", "arts", capacity=0)
    for title, more in (
        ("Танцы", {}),
        ("Учимся рисованию", {}),
        ("Рисование, мест нет", {"capacity": 0}),
        ("Рисование для взрослых", {"programme": {"age_from_months": 180, "age_to_months": 215}}),
    ):
        await club(town, title, "arts", **more)
    await club(town, "Рисование схем", "technical")
    async with town.database.read() as tx:
        programme_id = (
            await tx.execute(select(Group.programme_id).where(Group.id == full))
        ).scalar_one()

    found = await open_now.like(programme_id, limit=3)

    assert [line.title for line in found] == ["Учимся рисованию", "Танцы"]
    assert await open_now.like(10**9, limit=3) == ()
