"""README: "start it with one command and walk the whole way in the browser".

The demo is the real one, with its registry of 143 programmes; a moderator invited by a link and a
staff chat bound by a code are part of it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.scenarios import family_way as way
from tests.scenarios.demo import running_demo
from tests.telegram.browser import DESKTOP, PHONE, ChatPage, open_browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def test_a_family_walks_from_the_greeting_to_a_place_and_back(tmp_path: Path) -> None:
    async with open_browser() as browser, running_demo(tmp_path) as address:
        page = await ChatPage.open(browser, address, PHONE)
        await look_around(page)
        await get_a_certificate(page)
        await get_a_place(page)
        await get_a_refusal(page)
        await leave(page)
        assert await page.sideways() == 0
        assert page.complaints == []
        assert page.strangers == []


async def test_the_demo_is_there_again_after_a_restart(tmp_path: Path) -> None:
    async with open_browser() as browser:
        async with running_demo(tmp_path) as address:
            page = await ChatPage.open(browser, address, DESKTOP)
            await way.greet(page)
            await way.find_club(page, "Техника", way.CLUB)
            await way.register_child(page)
        async with running_demo(tmp_path) as address:
            page = await ChatPage.open(browser, address, DESKTOP)
            await page.choose(way.PARENT)
            await page.wait_text("анкета сохранена")
            await way.need_certificate(page)
            assert page.complaints == []


async def look_around(page: ChatPage) -> None:
    await way.greet(page)
    await way.find_club(page, "Техника", way.CLUB)
    await page.wait_text("6–8 лет · бесплатно")
    await page.wait_text("Сейчас: 20 мест")


async def get_a_certificate(page: ChatPage) -> None:
    await way.register_child(page)
    await way.need_certificate(page)
    await way.ask_certificate(page)
    await page.press("Где подтвердить")
    await page.wait_text("МБОУ СОШ № 1, ул. Школьная, д. 20")

    await page.choose(way.MODERATOR)
    await page.wait_anywhere("Приглашение принято")
    await way.enter_office(page, "Сертификаты")
    await page.wait_text("Сертификат № 1")
    await expect(page.feed).not_to_contain_text("Алиса")
    await way.open_in_private(page)
    await page.wait_text("112-233-445 95")
    await way.enter_office(page, "Сертификаты")
    await page.press("Подтвердить")
    await page.wait_text(f"Решение: действует · {way.MODERATOR}")

    await page.choose(way.PARENT)
    await page.wait_text("Алиса: сертификат готов")
    await page.press("Показать номер")
    await expect(page.newest_of_bot).to_contain_text(re.compile(r"99\d{8}"))


async def get_a_place(page: ChatPage) -> None:
    await way.find_club(page, "Техника", way.CLUB)
    await way.apply(page)
    await page.wait_text("Заявка № 1 отправлена")

    await way.enter_office(page, "Заявки")
    await page.wait_text(way.CLUB)
    await expect(page.feed).not_to_contain_text("Алиса")
    await way.open_in_private(page)
    await way.enter_office(page, "Заявки")
    await page.press("Принять")
    await page.wait_text(f"Решение: подтверждена · {way.MODERATOR}")

    await page.choose(way.PARENT)
    await page.wait_text("кружок согласен, место за вами")
    await way.open_family(page)
    await page.wait_text("№ 1 · Алиса, «Робототехника базовый уровень»: кружок согласен")
    await way.find_club(page, "Техника", way.CLUB)
    await page.wait_text("Сейчас: 19 мест")


async def get_a_refusal(page: ChatPage) -> None:
    await page.press("Записать")
    await page.wait_text("Заявка в этот кружок у ребёнка уже есть")
    await way.find_club(page, "Спорт", "Теннис интенсив")
    await way.apply(page)
    await page.wait_text("Заявка № 2 отправлена")

    await way.enter_office(page, "Заявки")
    await page.press("Отказать")
    await page.press("Расписание изменилось")
    await page.wait_text("Решение: отклонена, расписание изменилось")

    await page.choose(way.PARENT)
    await page.wait_text("Изменилось расписание: посмотрите другие группы")


async def leave(page: ChatPage) -> None:
    await way.open_family(page)
    await page.press("Алиса")
    await page.wait_text("номер заканчивается на")
    await page.press("№ 1")
    await page.wait_text("кружок согласен, место за вами")
    await page.press("Отменить заявку")
    await page.wait_text("Отменить заявку № 1?")
    await page.say("да")
    await page.wait_text("Заявка № 1 отменена, место освободилось")
    await page.say("/mydata")
    await page.wait_text("Ваши данные")
    for held in (way.CHILD, "05.03.2019", "заканчивается на 45 95", "вы отменили"):
        await page.wait_text(held)
