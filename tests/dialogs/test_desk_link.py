"""The way to the web desk from the chat: a one-time link, for staff, in private."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.outgoing import limiter
from bot.sandbox.client import Person, text_of
from core.domain.staff import Role
from tests.dialogs.staff_office import Office, open_office

_LINK = re.compile(r"(http://127\.0\.0\.1:\d+)/desk/enter\?c=([\w-]{24})", re.ASCII)


@pytest.fixture
async def office(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    monkeypatch.setattr(limiter, "PRIVATE_BURST", 10_000)
    async with open_office(sqlite_url) as opened:
        yield opened


async def link_of(person: Person) -> tuple[str, str]:
    await person.say("/desk")
    found = _LINK.search(text_of(await person.wait_text("/desk/enter")))
    assert found is not None
    return found[1], found[2]


async def enter(base: str, code: str) -> int:
    async with (
        aiohttp.ClientSession() as browser,
        browser.post(f"{base}/desk/enter", data={"c": code}, allow_redirects=False) as answer,
    ):
        return answer.status


async def test_a_moderator_and_a_provider_get_a_link_that_opens_once(office: Office) -> None:
    for person in (
        await office.hire("Анна"),
        await office.hire("Глеб", Role.PROVIDER, office.organisation_id),
    ):
        base, code = await link_of(person)
        assert base == office.app.web.address
        assert await enter(base, code) == 303
        assert await enter(base, code) == 403


async def test_the_office_in_the_menu_has_the_same_door(office: Office) -> None:
    anna = await office.hire("Анна")
    await anna.say("/menu")
    await anna.wait_text("Чем помочь")
    await anna.press("Для сотрудников")
    await anna.wait_text("рабочий чат")
    await anna.press("Рабочий стол")

    found = _LINK.search(text_of(await anna.wait_text("/desk/enter")))

    assert found is not None
    assert await enter(found[1], found[2]) == 303


async def test_the_address_is_the_one_the_settings_name(office: Office) -> None:
    office.app.settings.desk_url = "https://desk.example/"
    anna = await office.hire("Анна")
    await anna.say("/desk")
    assert "https://desk.example/desk/enter?c=" in text_of(await anna.wait_text("/desk/enter"))


async def test_a_parent_and_a_teacher_get_no_link(office: Office) -> None:
    parent = await office.client.user("Мария")
    await parent.after(parent.start())
    for person in (parent, await office.hire("Ольга", Role.TEACHER)):
        await person.say("/desk")
        await person.wait_text("нужны права сотрудника")


async def test_a_group_never_gets_a_link(office: Office) -> None:
    anna = await office.hire("Анна")
    chat = await office.open_chat(anna)
    await anna.say("/desk", chat=chat)
    await anna.say("/desk")  # answered after the one in the group
    await anna.wait_text("/desk/enter")
    assert not any("/desk/enter" in text_of(message) for message in (await chat.view(0)).messages)


async def test_where_personal_data_is_off_there_is_no_link(office: Office) -> None:
    office.app.settings.personal_flows = "off"
    anna = await office.hire("Анна")
    await anna.say("/desk")
    await anna.wait_text("рабочий стол закрыт")
