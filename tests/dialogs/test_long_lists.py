"""Big families and big clubs: whatever there is can be opened, eight buttons at a time."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from bot.sandbox.client import Fields, button_texts, text_of
from core.db.models import Child, Group, Guardianship, Programme
from core.domain.actors import Actor
from core.domain.consents import ConsentKind
from core.domain.names import ChildName
from tests.dialogs.club import NOON, Club, Parent

FIRST_NAMES = ("Алиса", "Борис", "Вера", "Глеб", "Дина", "Егор", "Жанна")
BIRTH = date(2017, 3, 5)


@pytest.fixture
async def seven(club: Club, parent: Parent) -> Parent:
    """A parent of seven."""
    await club.registered(parent)
    actor = await club.actor_of(parent)
    for days, first in enumerate(FIRST_NAMES[1:], start=1):
        await club.app.services.children.register(
            actor,
            ChildName(last="Петрова", first=first),
            BIRTH + timedelta(days=days),
            key=f"child-{first}",
        )
    return parent


async def pages(parent: Parent, screen: Fields) -> AsyncIterator[Fields]:
    """The screen and all that come after it."""
    yield screen
    while "Дальше" in button_texts(screen):
        screen = await parent.press("Дальше")
        yield screen


async def choices(parent: Parent, screen: Fields, among: tuple[str, ...]) -> list[str]:
    """What the pages of this screen offer, none of them with too many buttons."""
    found: list[str] = []
    async for page in pages(parent, screen):
        assert len(button_texts(page)) <= 8
        found += [text for text in button_texts(page) if text in among]
    return found


async def opened(parent: Parent, screen: Fields, label: str) -> Fields:
    async for page in pages(parent, screen):
        if label in button_texts(page):
            return await parent.press(label)
    raise AssertionError(f"no button {label!r}")


async def test_each_of_seven_children_can_be_opened(seven: Parent) -> None:
    await seven.start()
    family = await seven.press("Мои дети")
    assert await choices(seven, family, FIRST_NAMES) == list(FIRST_NAMES)
    for first in FIRST_NAMES:
        await seven.start()
        child = await opened(seven, await seven.press("Мои дети"), first)
        assert text_of(child).startswith(f"Петрова {first}")


async def test_the_way_back_through_the_pages_shows_the_first_again(seven: Parent) -> None:
    await seven.start()
    first = await seven.press("Мои дети")
    assert "Раньше" not in button_texts(first)
    await seven.press("Дальше")
    again = await seven.press("Раньше")
    assert button_texts(again) == button_texts(first)


async def test_the_child_page_returns_to_where_the_list_was_turned(seven: Parent) -> None:
    await seven.start()
    await seven.press("Мои дети")
    second = await seven.press("Дальше")
    await seven.press("Дина")
    assert button_texts(await seven.press("Назад")) == button_texts(second)


async def test_a_list_that_became_shorter_shows_its_last_page(club: Club, seven: Parent) -> None:
    await seven.start()
    await seven.press("Мои дети")
    await seven.press("Дальше")
    last = await seven.press("Дальше")
    assert FIRST_NAMES[-1] in button_texts(last)
    async with club.app.database.write() as tx:
        child_id = select(Child.id).where(Child.first_name == FIRST_NAMES[-1]).scalar_subquery()
        await tx.execute(delete(Guardianship).where(Guardianship.child_id == child_id))
    await seven.press("Добавить ребёнка")
    back = await seven.press("Назад")
    assert FIRST_NAMES[-2] in button_texts(back)


async def test_a_certificate_can_be_asked_for_each_of_seven_children(seven: Parent) -> None:
    await seven.start()
    asked = await seven.press("Сертификат")
    assert await choices(seven, asked, FIRST_NAMES) == list(FIRST_NAMES)
    assert "Жанна" in text_of(await seven.press("Жанна"))


async def test_a_club_asks_about_each_of_seven_children(club: Club, seven: Parent) -> None:
    await seven.start(f"p_{club.chess}")
    asked = await seven.press("Записать")
    assert await choices(seven, asked, FIRST_NAMES) == list(FIRST_NAMES)


async def test_each_of_six_applications_of_a_child_can_be_opened(
    club: Club, parent: Parent
) -> None:
    await club.registered(parent)
    numbers = await _apply_to_six(club, await club.actor_of(parent))
    await parent.start()
    await parent.press("Мои дети")
    seen: list[str] = []
    async for page in pages(parent, await parent.press("Алиса")):
        labels = [text for text in button_texts(page) if text.startswith("№")]
        assert len(button_texts(page)) <= 8
        assert re.findall(r"• (№ \d+)", text_of(page)) == [_number(text) for text in labels]
        seen += labels
    assert sorted(map(_number, seen)) == sorted(f"№ {number}" for number in numbers)
    for label in seen:
        await parent.start()
        await parent.press("Мои дети")
        page = await opened(parent, await parent.press("Алиса"), label)
        assert f"{_number(label)} " in text_of(page)


async def test_another_child_begins_from_its_first_page(club: Club, seven: Parent) -> None:
    await _apply_to_six(club, await club.actor_of(seven))
    await seven.start()
    await seven.press("Мои дети")
    await seven.press("Алиса")
    await seven.press("Дальше")
    await seven.press("Назад")
    assert "Раньше" not in button_texts(await seven.press("Алиса"))


async def test_what_the_overview_leaves_out_is_said(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    actor = await club.actor_of(parent)
    await _apply_to_six(club, actor)
    await parent.start()
    assert "И ещё" not in text_of(await parent.press("Мои дети"))
    child = await club.app.services.children.register(
        actor, ChildName(last="Петрова", first="Вера"), BIRTH, key="another child"
    )
    await _apply_to_six(club, actor, child.id)
    await parent.start()
    assert "И ещё 6: нажмите на имя" in text_of(await parent.press("Мои дети"))


async def test_each_of_seven_groups_can_be_applied_to(club: Club, parent: Parent) -> None:
    await club.registered(parent)
    await _five_more_groups(club)
    names = [f"Группа {number}" for number in range(1, 8)]
    seen: list[str] = []
    async for page in pages(parent, await parent.start(f"p_{club.robots}")):
        assert len(button_texts(page)) <= 8
        told = re.findall(r"(Группа \d): ", text_of(page))
        assert [found for text in button_texts(page) for found in _group(text)] == told
        seen += told
    assert seen == names
    assert "Группы 5–7 из 7" in text_of(page)
    assert "Группа 7" in text_of(await _agreed(parent, "Записать: Группа 7"))


async def test_groups_that_take_nobody_come_last_and_have_no_button(
    club: Club, parent: Parent
) -> None:
    await _five_more_groups(club, ends_on=date(2026, 6, 1))
    card = await parent.start(f"p_{club.robots}")
    assert [found for text in button_texts(card) for found in _group(text)] == [
        "Группа 1",
        "Группа 2",
    ]
    assert re.findall(r"(Группа \d): ", text_of(card))[:2] == ["Группа 1", "Группа 2"]


async def test_a_group_is_named_by_its_hours_where_they_are_its_own(
    club: Club, parent: Parent
) -> None:
    async with club.app.database.write() as tx:
        await tx.execute(
            update(Group)
            .where(Group.programme_id == club.robots, Group.name == "Группа 2")
            .values(schedule=[{"weekday": 6, "starts": "10:00", "ends": "11:00"}])
        )
    card = await parent.start(f"p_{club.robots}")
    assert button_texts(card)[:2] == [
        "Записать: вт и чт 16:00–17:30",
        "Записать: сб 10:00–11:00",
    ]


async def _agreed(parent: Parent, label: str) -> Fields:
    """The check screen of an application, the transfer agreed to on the way."""
    await parent.press(label)
    return await parent.press("Согласен")


async def _apply_to_six(club: Club, actor: Actor, child_id: int | None = None) -> list[int]:
    """The numbers of applications of the child (the first one) to the six paid clubs."""
    services = club.app.services
    child_id = child_id or (await services.children.list_mine(actor))[0].id
    await services.consents.give(
        actor,
        ConsentKind.TRANSFER,
        version="1",
        body="передача",
        organisation_id=club.provider_id,
        key=f"transfer-{child_id}",
    )
    async with club.app.database.read() as tx:
        paid = select(Programme.id).where(Programme.registry_kind == "paid")
        groups = (await tx.execute(select(Group.id).where(Group.programme_id.in_(paid)))).scalars()
    return [
        (await services.applications.apply(actor, child_id, group, key=f"{child_id}-{group}")).id
        for group in groups
    ]


async def _five_more_groups(club: Club, ends_on: date = date(2027, 5, 31)) -> None:
    """The second club has two; now it has seven, all at the same hours, for which families pay."""
    async with club.app.database.write() as tx:
        one = (
            await tx.execute(
                select(Group.teacher, Group.address, Group.schedule).where(
                    Group.programme_id == club.robots, Group.name == "Группа 1"
                )
            )
        ).one()
        await tx.execute(
            update(Programme)
            .where(Programme.id == club.robots)
            .values(registry_kind="paid", price_kopecks=900_000)
        )
        for number in range(3, 8):
            await tx.execute(
                insert(Group).values(
                    programme_id=club.robots,
                    name=f"Группа {number}",
                    name_key=f"группа {number}",
                    teacher=one.teacher,
                    address=one.address,
                    schedule=one.schedule,
                    capacity=2,
                    taken=0,
                    ends_on=ends_on,
                    changed_at=NOON,
                )
            )


def _number(label: str) -> str:
    return label.split(" · ")[0]


def _group(label: str) -> list[str]:
    return re.findall(r"Группа \d", label)
