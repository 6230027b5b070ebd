"""The chat page in Debian's chromium, with a small aiogram bot behind it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    InputMediaPhoto,
)
from playwright.async_api import Browser, expect

from bot.sandbox.client import ChatWindow, Person, SandboxClient
from bot.sandbox.pictures import png
from bot.sandbox.server import Sandbox
from tests.telegram.browser import DESKTOP, PHONE, ChatPage, open_browser
from tests.telegram.small_bot import rows, small_bot

pytestmark = pytest.mark.browser


@pytest.fixture
def silence() -> asyncio.Event:
    return asyncio.Event()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened


@pytest.fixture
async def running(bot: Bot, silence: asyncio.Event) -> AsyncIterator[None]:
    dispatcher = small_bot(silence)
    polling = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5)
    )
    yield
    silence.set()
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)


@pytest.fixture
async def maria(client: SandboxClient) -> Person:
    """A parent who has not yet written to the bot."""
    return await client.user("Мария", last_name="Петрова", phone="79001112233")


@pytest.fixture
async def staff(client: SandboxClient, maria: Person) -> ChatWindow:
    """The moderators' supergroup with topics; Maria is no member."""
    olga = await client.user("Ольга")
    ivan = await client.user("Иван")
    return await client.group("Модераторы", olga, members=[ivan], forum=True)


@pytest.fixture
async def page(
    sandbox: Sandbox, browser: Browser, maria: Person, running: None
) -> AsyncIterator[ChatPage]:
    """Maria's chat in a desktop window; nothing may go wrong in it or leave the machine."""
    opened = await ChatPage.open(browser, sandbox.url, DESKTOP)
    await opened.choose("Мария Петрова")
    yield opened
    assert opened.complaints == []
    assert opened.strangers == []


@pytest.fixture
async def talk(page: ChatPage) -> ChatPage:
    """Maria has started the bot and got its menu."""
    await page.start()
    await page.wait_text("Здравствуйте")
    return page


class TestReading:
    async def test_a_text_is_formatted_and_harmless(self, talk: ChatPage) -> None:
        await talk.wait_text("Здравствуйте, гость! Помогу найти кружок <script>alert(1)</script>")
        await expect(talk.last.locator("strong")).to_have_text("Здравствуйте")
        assert await talk.page.locator("#feed script").count() == 0

    async def test_a_spoiler_opens_on_a_tap(self, talk: ChatPage) -> None:
        hidden = talk.last.locator(".spoiler > span")
        await expect(hidden).to_be_hidden()
        await talk.last.locator(".spoiler").click()
        await expect(hidden).to_be_visible()

    async def test_an_edit_changes_the_message_in_place(self, talk: ChatPage) -> None:
        await talk.press("Найти кружок")
        await talk.wait_text("Нашлось три кружка")
        await expect(talk.messages).to_have_count(2)
        await expect(talk.last.locator(".edited")).to_have_text("изменено")

    async def test_a_deleted_message_vanishes(self, talk: ChatPage) -> None:
        await talk.say("сотри")
        await talk.wait_text("Стёрто")
        await expect(talk.feed).not_to_contain_text("Это ненадолго")

    async def test_an_album_is_one_bubble(self, talk: ChatPage, bot: Bot, maria: Person) -> None:
        captions = ("Три фото", None, None)
        media = [
            InputMediaPhoto(media=BufferedInputFile(png(90, 60), "a.png"), caption=caption)
            for caption in captions
        ]
        await bot.send_media_group(maria.id, list(media))
        await talk.wait_text("Три фото")
        await expect(talk.last.locator(".album img")).to_have_count(3)
        loaded = await talk.last.locator("img").first.evaluate("image => image.naturalWidth")
        assert loaded == 90

    async def test_typing_shows_in_the_head(self, talk: ChatPage, bot: Bot, maria: Person) -> None:
        await bot.send_chat_action(maria.id, "typing")
        await expect(talk.page.locator("#head .typing")).to_be_visible()
        await bot.send_message(maria.id, "Готово")
        await expect(talk.page.locator("#head .typing")).to_be_hidden()

    async def test_news_in_another_chat_is_marked(
        self, page: ChatPage, client: SandboxClient
    ) -> None:
        other = await client.user("Пётр")
        await other.start()
        row = page.page.locator("#list a", has_text="Пётр")
        await expect(row.get_by_label("есть новое")).to_be_visible()
        await page.choose("Пётр")
        await page.choose("Мария Петрова")
        await expect(row.get_by_label("есть новое")).to_be_hidden()


class TestTapping:
    async def test_a_toast_and_an_alert_answer_taps(self, talk: ChatPage) -> None:
        await talk.press("Сертификат")
        await talk.wait_alert("Заявление ждёт визита")
        await talk.press("Найти кружок")
        await talk.wait_toast("Ищу")

    async def test_a_button_waits_until_its_tap_is_answered(
        self, talk: ChatPage, silence: asyncio.Event
    ) -> None:
        await talk.press("Молчание")
        await expect(talk.button("Молчание")).to_have_attribute("aria-busy", "true")
        silence.set()
        await talk.wait_toast("Дождались")
        await expect(talk.button("Молчание")).not_to_have_attribute("aria-busy", "true")

    async def test_a_link_to_the_bot_starts_it_with_the_payload(self, talk: ChatPage) -> None:
        await talk.press("Шахматы")
        await talk.wait_text("Здравствуйте, p_5")

    async def test_a_command_in_a_text_is_sent(self, talk: ChatPage) -> None:
        await talk.last.get_by_role("button", name="/help").click()
        await talk.wait_text("Вот помощь")

    async def test_the_commands_of_the_bot_can_be_chosen(self, page: ChatPage, bot: Bot) -> None:
        await bot.set_my_commands([BotCommand(command="help", description="Помощь")])
        await page.page.reload()
        await page.start()
        await page.page.get_by_label("Команды бота").click()
        await page.page.get_by_role("button", name="/help Помощь").click()
        await page.wait_text("Вот помощь")

    async def test_the_contact_key_shares_the_own_number(self, talk: ChatPage) -> None:
        await talk.say("номер")
        await talk.key("Поделиться контактом")
        await talk.wait_text("79001112233: свой")


class TestWriting:
    async def test_enter_sends_and_keeps_the_focus(self, talk: ChatPage) -> None:
        await talk.page.locator("#text").press_sequentially("привет")
        await talk.page.keyboard.press("Enter")
        await talk.wait_text("text: привет")
        await expect(talk.page.locator("#text")).to_be_focused()

    async def test_a_draft_survives_what_comes_meanwhile(
        self, talk: ChatPage, bot: Bot, maria: Person
    ) -> None:
        await talk.page.locator("#text").fill("почти готово")
        await talk.wait_text("Здравствуйте")
        await bot.send_message(maria.id, "между делом")
        await talk.wait_text("между делом")
        await expect(talk.page.locator("#text")).to_have_value("почти готово")

    async def test_a_message_is_answered(self, talk: ChatPage) -> None:
        await talk.say("первое")
        await talk.wait_text("text: первое")
        await talk.act_on(talk.last, "Ответить")
        await talk.say("второе")
        await talk.wait_text("text: второе на «text: первое»")
        await expect(talk.feed.locator(".mine .replied")).to_contain_text("text: первое")

    async def test_an_own_message_is_edited(self, talk: ChatPage) -> None:
        await talk.say("опичатка")
        await talk.wait_text("text: опичатка")
        await talk.act_on(talk.feed.locator(".mine").last, "Изменить")
        await expect(talk.page.locator("#text")).to_have_value("опичатка")
        await talk.say("опечатка")
        await talk.wait_text("Исправлено: опечатка")

    async def test_the_attach_menu_sends_each_thing(
        self, talk: ChatPage, client: SandboxClient
    ) -> None:
        things = {
            "Мой контакт": "79001112233: свой",
            "Геопозиция": "location",
            "Голосовое": "voice",
            "Видео\N{SOFT HYPHEN}сообщение": "video_note",
            "Видео": "video",
            "Аудио": "audio",
            "Анимация": "animation",
            "Стикер": "sticker",
            "Кубик": "dice",
        }
        for tile, heard in things.items():
            await client.advance(1)  # the bot may write once a second
            await talk.attach(tile)
            await talk.wait_text(heard)
            await expect(talk.page.locator("#attach .card")).to_be_hidden()

    async def test_photos_go_with_a_caption(self, talk: ChatPage) -> None:
        picture = {"name": "a.png", "mimeType": "image/png", "buffer": png(80, 60)}
        await talk.attach_files("Фото", picture, text="справка")
        await talk.wait_text("photo: с подписью справка")
        await expect(talk.page.locator("#text")).to_have_value("")

    async def test_a_file_comes_back_to_be_saved(self, talk: ChatPage, sandbox: Sandbox) -> None:
        evil = {"name": "список.html", "mimeType": "text/html", "buffer": b"<script>1</script>"}
        await talk.attach_files("Файл", evil)
        await talk.wait_text("document")
        link = await talk.feed.locator(".file").get_attribute("href")
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{sandbox.url}{link}") as response,
        ):
            assert response.headers["Content-Disposition"].startswith("attachment")
            assert response.headers["X-Content-Type-Options"] == "nosniff"

    async def test_somebody_elses_contact_and_a_poll_have_forms(self, talk: ChatPage) -> None:
        await talk.page.get_by_label("Прикрепить").click()
        await talk.page.get_by_text("Чужой контакт").click()
        await talk.page.get_by_role("button", name="Отправить контакт").click()
        await talk.wait_text("чужой")
        await talk.page.get_by_label("Прикрепить").click()
        await talk.page.locator("#attach summary", has_text="Опрос").click()
        await talk.page.get_by_role("button", name="Отправить опрос").click()
        await talk.wait_text("poll")
        await expect(talk.feed.locator(".mine .poll")).to_contain_text("Когда удобнее?")

    async def test_the_bot_is_stopped_and_turned_on_again(
        self, talk: ChatPage, client: SandboxClient, maria: Person
    ) -> None:
        await talk.page.get_by_role("button", name="Остановить бота").click()
        await expect(talk.page.locator("#text")).to_be_hidden()
        assert (await client.get(f"chats/{maria.id}"))["blocked"] is True
        await talk.page.locator("#gate").get_by_role("button", name="Включить бота").click()
        await expect(talk.page.locator("#text")).to_be_visible()


class TestGoingAround:
    async def test_a_new_person_starts_talking(self, page: ChatPage) -> None:
        await page.add_person("Света", phone="79005556677")
        await page.start()
        await page.wait_text("Здравствуйте, гость")

    async def test_topics_are_tabs_and_members_take_turns(
        self, page: ChatPage, bot: Bot, staff: ChatWindow
    ) -> None:
        topic = await bot.create_forum_topic(staff.id, "Сертификаты")
        thread = topic.message_thread_id
        keyboard = rows([("Подтвердить", "ok")])
        await bot.send_message(staff.id, "№ 318", message_thread_id=thread, reply_markup=keyboard)
        await page.page.reload()
        await page.choose("Модераторы")
        await expect(page.feed).not_to_contain_text("№ 318")
        await page.choose_topic("Сертификаты")
        await page.act_as("Иван")
        await page.wait_anywhere("№ 318")
        await page.press("Подтвердить")
        await page.wait_anywhere("Нашлось три кружка")
        await page.say("готово")
        assert "message_thread_id" in (await staff.messages())[-1]

    async def test_a_phone_shows_the_list_or_the_conversation(
        self, sandbox: Sandbox, browser: Browser, maria: Person, running: None
    ) -> None:
        page = await ChatPage.open(browser, sandbox.url, PHONE)
        await expect(page.page.locator("#talk")).to_be_hidden()
        await page.choose("Мария Петрова")
        await expect(page.page.locator("#list")).to_be_hidden()
        await page.start()
        await page.wait_text("Здравствуйте")
        assert await page.sideways() == 0
        await page.page.go_back()
        await expect(page.page.locator("#list")).to_be_visible()

    async def test_without_javascript_the_forms_still_work(
        self, sandbox: Sandbox, browser: Browser, maria: Person, running: None
    ) -> None:
        page = await ChatPage.open(browser, sandbox.url, javascript=False)
        await page.choose("Мария Петрова")
        await page.start()
        await maria.wait_text("Здравствуйте")
        await page.page.reload()
        await page.wait_text("Здравствуйте")

    async def test_everything_to_tap_is_large_enough(self, talk: ChatPage, tmp_path: Path) -> None:
        small = await talk.page.evaluate(
            """() => [...document.querySelectorAll('button, summary, select, #list a, #tabs a')]
                .filter(e => e.offsetParent && !e.matches('.link'))
                .filter(e => Math.min(e.offsetWidth, e.offsetHeight) < 40)
                .map(e => e.outerHTML.slice(0, 80))"""
        )
        assert small == []
