"""The chat page driven as a person drives it: by what is written on it.

    async with open_browser() as browser:
        page = await ChatPage.open(browser, sandbox.url)      # PHONE or DESKTOP
        await page.choose("Анна")                             # a line of the list on the left
        await page.start()                                    # the «Начать» button
        await page.press("Найти кружок")                      # newest button with these words
        await page.say("5.3.2016")
        await page.wait_text("Проверьте")                     # in the newest message of the bot

Nothing here sleeps: every wait is for something to be seen, ``WAIT`` milliseconds at most.
"""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.async_api import Browser, Locator, Page, ViewportSize, async_playwright, expect

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1280, height=800)
WAIT = 15_000
BUTTON = ".buttons button, .buttons a"
expect.set_options(timeout=WAIT)


def need_chromium() -> None:
    if CHROMIUM.exists():
        return
    message = f"needs {CHROMIUM}: apt-get install chromium"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """Debian's chromium; skips where there is none, fails there when CI=true."""
    need_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=list(ARGUMENTS)
        )
        try:
            yield browser
        finally:
            await browser.close()


class ChatPage:
    """One window with the chat page; ``complaints`` holds what the browser complained about."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.complaints: list[str] = []
        self.strangers: list[str] = []
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )
        page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if not url.startswith((self.base, "data:", "blob:")):
            self.strangers.append(url)

    @classmethod
    async def open(
        cls,
        browser: Browser,
        url: str,
        size: ViewportSize = DESKTOP,
        *,
        dark: bool = False,
        javascript: bool = True,
    ) -> "ChatPage":
        """A window of its own memory; a phone has a finger instead of a mouse."""
        finger = size["width"] < 800
        context = await browser.new_context(
            viewport=size,
            color_scheme="dark" if dark else "light",
            has_touch=finger,
            is_mobile=finger,
            java_script_enabled=javascript,
            locale="ru-RU",
        )
        opened = cls(await context.new_page(), url)
        await opened.page.goto(url)
        return opened

    @property
    def feed(self) -> Locator:
        return self.page.locator("#feed")

    @property
    def messages(self) -> Locator:
        """All messages of people and of the bot, oldest first."""
        return self.page.locator("#feed .message")

    @property
    def last(self) -> Locator:
        return self.messages.last

    @property
    def newest_of_bot(self) -> Locator:
        """The newest message that the person who acts did not write."""
        return self.page.locator("#feed .message:not(.mine)").last

    async def choose(self, name: str) -> None:
        """Open the chat of a person or a group; on a phone goes back to the list first."""
        back = self.page.get_by_role("link", name="К списку чатов")
        if await back.is_visible():
            await back.click()
        await self.page.locator("#list a", has_text=name).first.click()
        await expect(self.page.locator("#head h1")).to_have_text(name)

    async def choose_topic(self, name: str) -> None:
        tab = self.page.locator("#tabs nav a", has_text=name).first
        await tab.click()
        await expect(tab).to_have_attribute("aria-current", "page")

    async def act_as(self, name: str) -> None:
        """Who writes in the group that is open."""
        await self.page.locator("#head select").select_option(label=name)
        await expect(self.page.locator("#head select option:checked")).to_have_text(name)

    async def add_person(self, first_name: str, phone: str = "") -> None:
        """A new person by the button above the list; their chat opens."""
        await self.page.get_by_label("Новый человек").first.click()
        form = self.page.locator("form[action='/page/do/person']")
        await form.get_by_label("Имя", exact=True).fill(first_name)
        await form.get_by_label("Телефон").fill(phone)
        await form.get_by_role("button", name="Добавить").click()
        await expect(self.page.locator("#head h1")).to_have_text(first_name)

    async def start(self) -> None:
        await self.page.get_by_role("button", name="Начать", exact=True).click()

    async def say(self, text: str) -> None:
        """Write and send; returns once the message stands in the chat."""
        await self.page.locator("#text").fill(text)
        await self.page.get_by_role("button", name="Отправить", exact=True).click()
        await expect(self.page.locator("#text")).to_have_value("")

    async def press(self, words: str) -> None:
        """The button of the newest message that has one with exactly these words or containing
        them; its answer is not waited for."""
        button = self.button(words)
        await button.first.wait_for()
        exact = button.filter(has_text=re.compile(f"^\\s*{re.escape(words)}\\s*$"))
        await (exact if await exact.count() else button).first.click()

    def button(self, words: str) -> Locator:
        """Buttons and links with these words under the newest message that has any."""
        bearing = self.messages.filter(has=self.page.locator(BUTTON, has_text=words))
        return bearing.last.locator(BUTTON).filter(has_text=words)

    async def key(self, words: str) -> None:
        """A key of the bot's keyboard below the input field."""
        await self.page.locator("#keys button", has_text=words).first.click()

    async def attach(self, words: str) -> None:
        """A tile of the attach menu: «Мой контакт», «Голосовое» …"""
        await self.page.get_by_label("Прикрепить").click()
        exact = re.compile(rf"^\s*{re.escape(words)}\s*$")
        await self.page.locator("#attach .tile", has_text=exact).click()

    async def attach_files(self, words: str, *files: dict[str, Any], text: str = "") -> None:
        """Send files ({"name", "mimeType", "buffer"}) by «Фото» or «Файл», with a caption."""
        await self.page.locator("#text").fill(text)
        await self.page.get_by_label("Прикрепить").click()
        tile = self.page.locator("#attach .tile", has_text=words)
        await tile.locator("input[type=file]").set_input_files(cast(Any, list(files)))

    async def act_on(self, message: Locator, words: str) -> None:
        """An item of a message's menu: «Ответить», «Изменить», «Удалить»."""
        await message.hover()
        await message.get_by_label("Действия с сообщением").click()
        await self.page.locator("#menu").get_by_role("menuitem", name=words).click()

    async def wait_text(self, part: str) -> None:
        """Wait until the newest message of the other side contains ``part``."""
        await expect(self.newest_of_bot).to_contain_text(part)

    async def wait_anywhere(self, part: str) -> None:
        await expect(self.feed).to_contain_text(part)

    async def wait_toast(self, part: str) -> None:
        await expect(self.page.locator("#toasts")).to_contain_text(part)

    async def wait_alert(self, part: str) -> None:
        """The bot's alert; closes it."""
        alert = self.page.locator("#alert")
        await expect(alert).to_contain_text(part)
        await alert.get_by_role("button").click()

    async def screenshot(self, path: Path) -> None:
        """What the window shows, still: no cursor, no movement."""
        await self.page.screenshot(path=path, animations="disabled", caret="hide")

    async def sideways(self) -> int:
        """By how many pixels the page is wider than the window: 0 is right."""
        width: int = await self.page.evaluate(
            "document.documentElement.scrollWidth - window.innerWidth"
        )
        return width
