"""The way of a member of staff to the desk: the link in the chat, then the pages by keyboard."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.scenarios import family_way as way
from tests.telegram.browser import DESKTOP, WAIT, ChatPage

_LINK = re.compile(r"http://127\.0\.0\.1:\d+/desk/enter\?c=[\w-]{24}", re.ASCII)


@dataclass(kw_only=True)
class DeskPage:
    """One window on the desk; `complaints` holds what the browser complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    @classmethod
    async def open(cls, browser: Browser, link: str, size: ViewportSize = DESKTOP) -> DeskPage:
        finger = size["width"] < 800
        context = await browser.new_context(
            viewport=size, has_touch=finger, is_mobile=finger, locale="ru-RU"
        )
        opened = cls(page=await context.new_page())
        opened.page.set_default_timeout(WAIT)
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.on(
            "console",
            lambda said: opened.complaints.append(said.text) if said.type == "error" else None,
        )
        await opened.page.goto(link)
        return opened

    async def press(self, *keys: str) -> None:
        """Keys are heard once the page has loaded: its text stands before its script runs."""
        await self.page.wait_for_load_state("load")
        for key in keys:
            await self.page.keyboard.press(key)

    async def press_enter(self) -> None:
        """The button of the link's page."""
        await self.page.get_by_role("button", name="Войти").click()

    async def wait_heading(self, text: str) -> None:
        await expect(self.page.locator("h1").first).to_contain_text(text)

    async def wait_text(self, text: str) -> None:
        await expect(self.page.locator("main")).to_contain_text(text)

    async def sideways(self) -> int:
        """How far the page can be moved sideways."""
        return int(
            await self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )


async def ask_link(chat: ChatPage, *, after: str = "Приглашение принято") -> str:
    """`/desk` of the moderator, whose newest message holds `after`; gives the link that came."""
    await chat.choose(way.MODERATOR)
    await chat.wait_text(after)
    await chat.say("/desk")
    await expect(chat.newest_of_bot).not_to_contain_text(after)
    await chat.wait_text("/desk/enter?c=")
    found = _LINK.search(await chat.newest_of_bot.inner_text())
    assert found is not None
    return found[0]


async def enter(browser: Browser, link: str, size: ViewportSize = DESKTOP) -> DeskPage:
    desk = await DeskPage.open(browser, link, size)
    await desk.press_enter()
    await desk.wait_heading("1 заявление")
    return desk
