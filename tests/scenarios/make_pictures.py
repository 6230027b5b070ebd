"""Makes the pictures of the documents from the real product: the demo in the chat page.

    .venv/bin/python -m tests.scenarios.make_pictures

writes `docs/images/chat-phone.png` (390×844, the card of a club), `docs/images/chat-desktop.png`
(1280×800, an application and its answer) and of the web desk `desk-desktop.png` (a request) and
`desk-phone.png` (the queue). Needs Debian's chromium. Make them anew when a screen
they show has changed.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser

from tests.scenarios import desk_way
from tests.scenarios import family_way as way
from tests.scenarios.demo import HOUSE, running_demo
from tests.telegram.browser import DESKTOP, PHONE, ChatPage, open_browser

PICTURES = HOUSE / "docs" / "images"
MOST_BYTES = 300 * 1024


async def make(folder: Path) -> None:
    with TemporaryDirectory() as kept:
        async with open_browser() as browser, running_demo(Path(kept)) as address:
            await _phone(browser, address, folder / "chat-phone.png")
            await _desktop(browser, address, folder / "chat-desktop.png")
    with TemporaryDirectory() as kept:
        async with open_browser() as browser, running_demo(Path(kept)) as address:
            await _desk(browser, address, folder)


async def _phone(browser: Browser, address: str, place: Path) -> None:
    page = await ChatPage.open(browser, address, PHONE)
    await way.greet(page)
    await way.find_club(page, "Техника", way.CLUB)
    await _picture(page, place)


async def _desktop(browser: Browser, address: str, place: Path) -> None:
    page = await ChatPage.open(browser, address, DESKTOP)
    await page.choose(way.PARENT)
    await way.register_child(page)
    await way.need_certificate(page)
    await way.ask_certificate(page)
    await way.enter_office(page, "Сертификаты")
    await page.press("Подтвердить")
    await page.wait_text("Решение")
    await page.choose(way.PARENT)
    await page.wait_text("сертификат готов")
    await page.say("/menu")
    await way.find_club(page, "Техника", way.CLUB)
    await way.apply(page)
    await way.enter_office(page, "Заявки")
    await page.press("Принять")
    await page.wait_text("Решение")
    await page.choose(way.PARENT)
    await page.wait_text("место за вами")
    await _picture(page, place)


async def _desk(browser: Browser, address: str, folder: Path) -> None:
    chat = await ChatPage.open(browser, address, DESKTOP)
    await way.greet(chat)
    await way.find_club(chat, "Техника", way.CLUB)
    await way.register_child(chat)
    await way.need_certificate(chat)
    await way.ask_certificate(chat)
    link = await desk_way.ask_link(chat)
    desk = await desk_way.enter(browser, link)
    await desk.press("j", "Enter")
    await desk.wait_text(way.CHILD)
    await desk.page.screenshot(path=folder / "desk-desktop.png")
    phone = await desk_way.enter(browser, await desk_way.ask_link(chat, after=link), PHONE)
    await phone.page.screenshot(path=folder / "desk-phone.png")


async def _picture(page: ChatPage, place: Path) -> None:
    await way.settled(page)
    await page.screenshot(place)
    assert page.complaints == []


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    asyncio.run(make(PICTURES))
    for picture in sorted(PICTURES.glob("*.png")):
        size = picture.stat().st_size
        print(f"{picture.relative_to(HOUSE)}: {size // 1024} KiB")
        assert size <= MOST_BYTES
