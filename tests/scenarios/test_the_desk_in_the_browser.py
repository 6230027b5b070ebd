"""The promise of the web desk: from the link in the chat to a confirmed certificate by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.scenarios import desk_way
from tests.scenarios import family_way as way
from tests.scenarios.demo import running_demo
from tests.telegram.browser import DESKTOP, PHONE, ChatPage, open_browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


async def test_staff_come_in_by_a_link_and_confirm_by_keyboard(tmp_path: Path) -> None:
    async with open_browser() as browser, running_demo(tmp_path) as address:
        chat = await ChatPage.open(browser, address, DESKTOP)
        await ask_for_a_certificate(chat)
        link = await desk_way.ask_link(chat)

        desk = await desk_way.enter(browser, link)
        await desk.wait_heading("1 заявление")
        await expect(desk.page.locator("main")).not_to_contain_text("Алиса")
        await desk.press("j", "Enter")
        await desk.wait_text(way.CHILD)
        await desk.wait_text(way.SNILS)
        await desk.press("Escape")
        await desk.wait_heading("1 заявление")
        await desk.press("j", "Enter")
        await desk.wait_text(way.CHILD)
        await desk.press("r", "c")  # while a reason is chosen «c» confirms nothing
        await expect(desk.page.get_by_label("Своими словами")).to_be_visible()
        await desk.press("Escape", "Escape")
        await desk.wait_heading("1 заявление")
        await desk.press("/")
        await desk.page.keyboard.type("иванова алиса")
        await desk.press("Enter")
        await desk.wait_text("ждёт визита")
        await desk.press("ArrowDown", "Enter")
        await desk.wait_text(way.CHILD)
        await desk.press("c")
        await desk.wait_text("№ 1: записано")
        await desk.wait_text("Ничего не ждёт решения")
        assert desk.complaints == []

        again = await desk_way.DeskPage.open(browser, link)
        await again.press_enter()
        await again.wait_text("Эта ссылка уже не действует")
        await chat.choose(way.PARENT)
        await chat.wait_text("Алиса: сертификат готов")


async def test_the_desk_fits_a_phone(tmp_path: Path) -> None:
    async with open_browser() as browser, running_demo(tmp_path) as address:
        chat = await ChatPage.open(browser, address, DESKTOP)
        await ask_for_a_certificate(chat)

        desk = await desk_way.enter(browser, await desk_way.ask_link(chat), PHONE)

        assert await desk.sideways() == 0
        await desk.page.get_by_role("link", name="№ 1").tap()
        await desk.wait_text(way.CHILD)
        assert await desk.sideways() == 0
        await desk.page.get_by_text("Отказать").first.tap()
        await desk.page.get_by_label("данные не сходятся").tap()
        await desk.page.get_by_role("button", name="Отказать").tap()
        await desk.wait_text("№ 1: записано")
        assert desk.complaints == []


async def ask_for_a_certificate(chat: ChatPage) -> None:
    await way.greet(chat)
    await way.find_club(chat, "Техника", way.CLUB)
    await way.register_child(chat)
    await way.need_certificate(chat)
    await way.ask_certificate(chat)
