"""Once a working day staff hear of what waits too long, the club and the centre in their turn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.db.engine import Database
from core.db.models import Application, Certificate
from core.domain.staff import Role
from core.services.chats.reminders import remind_of_waiting
from tests.services.staff_scene import Scene, open_scene

MONDAY = datetime(2026, 9, 7, 7, 0, tzinfo=UTC)  # ten in the morning in Moscow
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def scene(database: Database) -> Scene:
    return open_scene(database)


async def at(scene: Scene, moment: datetime) -> int:
    return await remind_of_waiting(scene.database, now=moment, cipher=scene.cipher)


async def under_review(scene: Scene, since: datetime) -> int:
    """The number of a request, where a moderation chat is bound."""
    municipality_id = await scene.municipality()
    head, parent = await scene.person(1), await scene.person(2)
    await scene.holds(head, Role.HEAD, "krylovsky")
    await scene.bound(head, "krylovsky")
    number = await scene.certificate(municipality_id, parent)
    await scene.change(Certificate, number, state="under_review", state_since=since)
    return number


async def reminders(scene: Scene) -> list[Any]:
    return list(await scene.told("cards.waiting"))


async def test_a_reminder_comes_once_a_working_day_from_the_second_one(scene: Scene) -> None:
    await under_review(scene, MONDAY - 4 * DAY)  # a Thursday
    days = []
    for step in range(8):
        for hour in range(0, 16, 3):
            moment = MONDAY - 3 * DAY + step * DAY + hour * HOUR  # from Friday on
            if await at(scene, moment):
                days.append((moment.strftime("%a"), moment.hour + 3))
    assert days == [("Mon", 10), ("Tue", 10), ("Wed", 10), ("Thu", 10), ("Fri", 10)]
    assert len(await reminders(scene)) == 5


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (MONDAY - timedelta(minutes=1), 0),  # 9:59
        (MONDAY, 1),
        (MONDAY + 10 * HOUR, 1),  # down at ten, up at eight in the evening
        (MONDAY + 11 * HOUR, 0),  # nine in the evening: silence
        (MONDAY - DAY, 0),  # a Sunday
        (datetime(2026, 11, 4, 8, tzinfo=UTC), 0),  # a Wednesday off
    ],
)
async def test_it_is_said_on_working_days_by_daylight(
    scene: Scene, moment: datetime, told: int
) -> None:
    await under_review(scene, MONDAY - 20 * DAY)
    assert await at(scene, moment) == told


async def test_nothing_is_written_when_nothing_waits(scene: Scene) -> None:
    number = await under_review(scene, MONDAY - 20 * DAY)
    await scene.change(Certificate, number, state="needs_data")
    assert await at(scene, MONDAY) == 0
    assert await reminders(scene) == []


async def test_two_processes_remind_once(scene: Scene) -> None:
    await under_review(scene, MONDAY - 20 * DAY)
    assert await at(scene, MONDAY) + await at(scene, MONDAY) == 1


async def test_a_silent_club_hears_on_the_fifth_day_and_the_centre_on_the_seventh(
    scene: Scene,
) -> None:
    municipality_id = await scene.municipality()
    club = await scene.organisation(municipality_id)
    head, provider, other, parent = [await scene.person(number) for number in (1, 2, 3, 4)]
    await scene.holds(head, Role.HEAD, "krylovsky")
    await scene.holds(provider, Role.PROVIDER, "krylovsky", club)
    school = await scene.organisation(municipality_id, "Школа")
    await scene.holds(other, Role.PROVIDER, "krylovsky", school)
    await scene.bound(head, "krylovsky")
    number = await scene.application(municipality_id, club, parent)
    await scene.change(Application, number, applied_at=MONDAY)
    heard: dict[str, list[int]] = {"application.silent": [], "application.overdue": []}
    for step in range(14):
        scene.clock.move(MONDAY + step * DAY - scene.clock.now())
        await at(scene, scene.clock.now())
        for kind, days in heard.items():
            days.append(len(await scene.told(kind)))
    assert heard["application.silent"] == [0] * 7 + [1] * 7, "the Monday after: five days"
    assert heard["application.overdue"] == [0] * 9 + [1] * 5, "the Wednesday after: seven"
    [silent] = await scene.told("application.silent")
    assert silent["person_id"] == provider.person_id, "no other club"
    [overdue] = await scene.told("application.overdue")
    assert overdue["bound_chat_id"] is not None


async def test_a_centre_without_a_chat_hears_in_private(scene: Scene) -> None:
    municipality_id = await scene.municipality()
    club = await scene.organisation(municipality_id)
    head, parent = await scene.person(1), await scene.person(2)
    await scene.holds(head, Role.HEAD, "krylovsky")
    number = await scene.application(municipality_id, club, parent)
    await scene.change(Application, number, applied_at=MONDAY - 14 * DAY)
    await at(scene, MONDAY)
    [overdue] = await scene.told("application.overdue")
    assert overdue["person_id"] == head.person_id
