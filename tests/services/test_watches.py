"""Waiting for a seat: told once for each time one appears, and only while it is there."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from core.db.engine import Database
from core.db.models import Group, Programme, SeatWatch
from core.domain.actors import Actor
from core.domain.refusals import NotFound
from core.domain.silence import QuietHours
from core.domain.watches import MOST_WATCHES, TooManyWatches
from tests.services.town import Town, found_town

LATE = datetime(2026, 8, 24, 20, tzinfo=UTC)  # 23:00 in Moscow
MORNING = datetime(2026, 8, 25, 6, tzinfo=UTC)


@pytest.fixture
async def full(town: Town) -> int:
    """A group without a seat."""
    return await town.group(capacity=1, taken=1)


async def programme_of(town: Town, group_id: int) -> int:
    async with town.database.read() as tx:
        return (
            await tx.execute(select(Group.programme_id).where(Group.id == group_id))
        ).scalar_one()


async def watching(town: Town, group_id: int) -> tuple[Actor, int]:
    actor = await town.parent(consented=False)
    view = await town.watches.watch(actor, await programme_of(town, group_id))
    return actor, view.id


async def has(town: Town, group_id: int, **columns: object) -> None:
    await town.execute(update(Group).where(Group.id == group_id).values(**columns))


async def told(town: Town) -> int:
    return [kind for kind, _ in await town.notices()].count("seat.appeared")


async def test_nothing_is_told_while_there_is_no_seat(town: Town, full: int) -> None:
    await watching(town, full)

    assert await town.watches.tell_of_seats() == 0


async def test_a_seat_given_back_is_told_once_to_each(town: Town) -> None:
    group = await town.group(capacity=1)
    parent, child = await town.family()
    application = await town.applied(parent, child, group)
    for _ in range(2):
        await watching(town, group)

    await town.applications.withdraw(parent, application.id)

    assert await town.watches.tell_of_seats() == 2
    assert await town.watches.tell_of_seats() == 0
    assert await told(town) == 2


@pytest.mark.parametrize(
    "columns",
    [{"capacity": 2}, {"capacity": None}],
    ids=["more seats", "no limit any more"],
)
async def test_an_import_may_bring_a_seat(
    columns: dict[str, object], town: Town, full: int
) -> None:
    await watching(town, full)

    await has(town, full, **columns)

    assert await town.watches.tell_of_seats() == 1


async def test_a_window_that_opens_brings_its_seats(town: Town) -> None:
    group = await town.group(applications_from=date(2026, 8, 25))
    await watching(town, group)
    assert await town.watches.tell_of_seats() == 0

    town.clock.move(MORNING - town.clock.now())

    assert await town.watches.tell_of_seats() == 1


async def test_the_watch_lives_until_its_person_is_told(town: Town, full: int) -> None:
    actor, watch_id = await watching(town, full)
    await has(town, full, taken=0)
    await town.watches.tell_of_seats()
    found = await town.watches.find_noticed(watch_id)
    assert found is not None
    assert found.seats_left == 1

    async with town.database.write() as tx:
        await town.watches.told(tx, watch_id)

    assert await town.watches.find_noticed(watch_id) is None
    assert await town.watches.list_mine(actor) == []
    await has(town, full, taken=1)
    await town.watches.tell_of_seats()
    await has(town, full, taken=0)
    assert await town.watches.tell_of_seats() == 0


async def test_a_seat_gone_before_its_notice_is_told_when_it_comes_again(
    town: Town, full: int
) -> None:
    _, watch_id = await watching(town, full)
    await has(town, full, taken=0)
    await town.watches.tell_of_seats()

    await has(town, full, taken=1)
    assert await town.watches.find_noticed(watch_id) is None
    await town.watches.tell_of_seats()
    await has(town, full, taken=0)

    assert await town.watches.tell_of_seats() == 1
    assert await town.watches.find_noticed(watch_id) is not None
    assert await told(town) == 2


async def test_the_night_is_silent(database: Database) -> None:
    town = await found_town(database, quiet=QuietHours())
    group = await town.group(capacity=1, taken=1)
    await watching(town, group)
    town.clock.move(LATE - town.clock.now())

    await has(town, group, taken=0)
    await town.watches.tell_of_seats()

    assert await town.notices() == [("seat.appeared", MORNING)]


async def test_who_stopped_watching_hears_nothing(town: Town, full: int) -> None:
    actor, _ = await watching(town, full)
    programme_id = await programme_of(town, full)
    assert await town.watches.watches(actor, programme_id)

    await town.watches.unwatch(actor, programme_id)

    assert not await town.watches.watches(actor, programme_id)
    await has(town, full, taken=0)
    assert await town.watches.tell_of_seats() == 0


async def test_watching_again_is_the_same_watch(town: Town, full: int) -> None:
    actor, watch_id = await watching(town, full)

    again = await town.watches.watch(actor, await programme_of(town, full))

    assert again.id == watch_id
    assert await town.count(SeatWatch) == 1


async def test_an_ended_watch_may_be_begun_anew(town: Town, full: int) -> None:
    actor, _ = await watching(town, full)
    programme_id = await programme_of(town, full)
    await town.watches.unwatch(actor, programme_id)

    await town.watches.watch(actor, programme_id)
    await has(town, full, taken=0)

    assert await town.watches.tell_of_seats() == 1


async def test_what_nobody_may_see_cannot_be_watched(town: Town) -> None:
    group = await town.group(programme={"state": "archived"})
    actor = await town.parent()

    with pytest.raises(NotFound):
        await town.watches.watch(actor, await programme_of(town, group))


async def test_one_person_waits_for_so_many_only(town: Town) -> None:
    actor = await town.parent()
    groups = [await town.group(capacity=0) for _ in range(MOST_WATCHES + 1)]
    *first, last = [await programme_of(town, group) for group in groups]
    for programme_id in first:
        await town.watches.watch(actor, programme_id)

    with pytest.raises(TooManyWatches):
        await town.watches.watch(actor, last)
    await town.watches.watch(actor, first[0])


async def test_all_that_is_watched_stands_in_the_persons_data(town: Town, full: int) -> None:
    actor, _ = await watching(town, full)
    foreign, _ = await watching(town, await town.group(capacity=0))

    held = await town.my_data.of(actor)

    assert [watch.programme_title for watch in held.watches] == ["Робототехника"]
    assert held.watches[0].seats_left == 0
    assert foreign.person_id != actor.person_id


async def test_a_programme_gone_from_the_registry_is_not_told_of(town: Town, full: int) -> None:
    actor, _ = await watching(town, full)
    await has(town, full, taken=0)
    await town.execute(update(Programme).values(state="archived"))

    assert await town.watches.tell_of_seats() == 0
    assert await town.watches.list_mine(actor) == []
    assert await told(town) == 0
