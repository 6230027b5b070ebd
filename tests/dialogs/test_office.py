"""Who works for the centre sees a door in the menu, nobody else does; it closes with the right."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import update

from bot.outgoing import limiter
from bot.sandbox.client import Fields, Person, button_texts, text_of
from core.db.models import Municipality, StaffRight
from core.domain.municipality import RegistryMode
from core.domain.staff import Role
from tests.dialogs.staff_office import Office, open_office

DOOR = "Для сотрудников"
LIBRARY = "Ответы, слова, файлы"
MOST_BUTTONS = 8


@pytest.fixture
async def office(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    monkeypatch.setattr(limiter, "PRIVATE_BURST", 10_000)
    async with open_office(sqlite_url) as opened:
        yield opened


@pytest.fixture
async def anna(office: Office) -> Person:
    return await office.hire("Анна")


async def menu(person: Person) -> Fields:
    await person.say("/menu")
    return await person.wait_text("Чем помочь")


async def press(person: Person, label: str, shows: str) -> Fields:
    await person.press(label)
    return await person.wait_text(shows)


async def test_staff_find_what_they_may_do_in_the_menu(anna: Person) -> None:
    for button, shows in (
        ("База знаний", "Напишите"),
        ("Слова поиска", "поиск"),
        ("Загрузить файл", "Пришлите файл"),
    ):
        assert DOOR in button_texts(await menu(anna))
        await press(anna, DOOR, "рабочий чат")
        await press(anna, LIBRARY, "слова поиска")
        await press(anna, button, shows)


async def test_the_fullest_door_has_eight_buttons(office: Office) -> None:
    """A head where the registry is kept elsewhere."""
    head = await office.hire("Ольга", Role.HEAD)
    async with office.app.database.write() as tx:
        await tx.execute(update(Municipality).values(registry_mode=RegistryMode.EXTERNAL))

    await menu(head)

    assert len(button_texts(await press(head, DOOR, "рабочий чат"))) <= MOST_BUTTONS
    assert len(button_texts(await press(head, "Для руководителя", "Для руководителя"))) == 4


async def test_where_personal_data_is_switched_off_the_door_says_which_files_are_taken(
    office: Office, anna: Person
) -> None:
    office.app.settings.personal_flows = "off"
    await menu(anna)
    await press(anna, DOOR, "рабочий чат")
    await press(anna, LIBRARY, "слова поиска")

    assert "Списки детей здесь не принимаю" in text_of(
        await press(anna, "Загрузить файл", "Пришлите файл")
    )


async def test_parents_and_clubs_see_no_door(office: Office) -> None:
    parent = await office.client.user("Мария")
    await parent.after(parent.start())
    provider = await office.hire("Глеб", Role.PROVIDER, office.organisation_id)

    for person in (parent, provider):
        assert DOOR not in button_texts(await menu(person))


async def test_the_door_closes_with_the_right(office: Office, anna: Person) -> None:
    await menu(anna)
    await press(anna, DOOR, "рабочий чат")
    await press(anna, LIBRARY, "слова поиска")
    async with office.app.database.write() as tx:
        await tx.execute(update(StaffRight).values(revoked_at=StaffRight.granted_at))

    await press(anna, "База знаний", "нужны права сотрудника")

    assert DOOR not in button_texts(await menu(anna))
