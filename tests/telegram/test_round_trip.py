"""A whole conversation between a person and a real aiogram bot over HTTP."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)

from bot.sandbox.client import Person, SandboxClient, button_texts
from bot.sandbox.pictures import png
from bot.sandbox.server import Sandbox

YES = InlineKeyboardMarkup(
    inline_keyboard=[
        [InlineKeyboardButton(text="Да", callback_data="yes")],
        [InlineKeyboardButton(text="Ссылка", url="https://t.me/kruzhok_demo_bot?start=p_5")],
    ]
)
PHONE = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Мой номер", request_contact=True)]])


def small_bot() -> Dispatcher:
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart())
    async def start(message: Message, command: CommandObject) -> None:
        text = f"<b>Здравствуйте</b>, {command.args or 'гость'} &lt;3"
        await message.answer(text, reply_markup=YES, parse_mode="HTML")

    @dispatcher.callback_query()
    async def tapped(callback: CallbackQuery) -> None:
        await callback.answer("Принято")
        assert isinstance(callback.message, Message)
        await callback.message.edit_text("Готово")

    @dispatcher.message(lambda message: message.contact is not None)
    async def contact(message: Message) -> None:
        assert message.contact is not None
        assert message.from_user is not None
        own = message.contact.user_id == message.from_user.id
        await message.answer(f"{message.contact.phone_number} {own}")

    @dispatcher.message(lambda message: message.text == "номер")
    async def ask_phone(message: Message) -> None:
        await message.answer("Нажмите", reply_markup=PHONE)

    @dispatcher.message(lambda message: message.photo)
    async def photo(message: Message, bot: Bot) -> None:
        assert message.photo is not None
        file = await bot.get_file(message.photo[-1].file_id)
        assert file.file_path is not None
        downloaded = await bot.download_file(file.file_path)
        assert downloaded is not None
        document = BufferedInputFile(downloaded.read(), "copy.png")
        await message.answer_document(document, caption="Ваше фото")

    return dispatcher


@pytest.fixture
async def running(sandbox: Sandbox, bot: Bot) -> AsyncIterator[None]:
    dispatcher = small_bot()
    polling = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5)
    )
    yield
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)


@pytest.mark.usefixtures("running")
class TestConversation:
    async def test_start_brings_a_formatted_text_with_buttons(self, client: SandboxClient) -> None:
        anna = await client.user("Анна")
        answer = await anna.after(anna.start("p_1"))
        assert answer["text"] == "Здравствуйте, p_1 <3"
        assert answer["entities"] == [{"type": "bold", "offset": 0, "length": 12}]
        assert button_texts(answer) == ["Да", "Ссылка"]

    async def test_a_tap_is_answered_and_changes_the_message(self, client: SandboxClient) -> None:
        anna = await client.user("Анна")
        await anna.after(anna.start())
        answer = await anna.after(anna.press("Да"))
        assert answer["text"] == "Готово"
        assert await anna.alerts() == ["Принято"]
        assert await anna.history() == ["/start", "Здравствуйте, гость <3", "Готово"]

    async def test_a_link_to_the_bot_presses_start(self, client: SandboxClient) -> None:
        anna = await client.user("Анна")
        await anna.after(anna.start())
        answer = await anna.after(anna.press("Ссылка"))
        assert answer["text"] == "Здравствуйте, p_5 <3"

    async def test_a_client_drops_an_invalid_payload(self, client: SandboxClient) -> None:
        anna = await client.user("Анна")
        answer = await anna.after(anna.start("не тот"))
        assert answer["text"] == "Здравствуйте, гость <3"

    async def test_the_contact_key_sends_the_own_number(self, client: SandboxClient) -> None:
        anna = await client.user("Анна", phone="79001112233")
        await anna.after(anna.say("номер"))
        answer = await anna.after(anna.key("Мой номер"))
        assert answer["text"] == "79001112233 True"

    async def test_somebody_elses_contact_is_told_apart(self, client: SandboxClient) -> None:
        anna = await client.user("Анна")
        await anna.after(anna.start())
        answer = await anna.after(anna.do("send_contact", own=False, phone="79995554433"))
        assert answer["text"] == "79995554433 False"

    async def test_a_photo_comes_back_byte_for_byte(self, client: SandboxClient) -> None:
        anna = await client.user("Анна")
        picture = png(30, 20)
        answer = await anna.after(anna.send_file(picture, "a.png", kind="photo"))
        assert answer["caption"] == "Ваше фото"
        assert answer["document"]["file_size"] == len(picture)


async def test_an_album_is_several_messages_of_one_group(bot: Bot, anna: Person) -> None:
    media = [InputMediaPhoto(media=BufferedInputFile(png(9, 9), f"{n}.png")) for n in range(3)]
    sent = await bot.send_media_group(anna.id, list(media))
    assert len(sent) == 3
    assert len({message.media_group_id for message in sent}) == 1


async def test_a_snapshot_rewinds_the_world(bot: Bot, client: SandboxClient, anna: Person) -> None:
    before = await client.snapshot()
    await bot.send_message(anna.id, "после снимка")
    await client.restore(before)
    assert await anna.history() == ["/start"]
    updates = await bot.get_updates()
    assert [update.message.text for update in updates if update.message] == ["/start"]
