"""A small aiogram bot for the chat page to talk with."""

import asyncio

from aiogram import Dispatcher
from aiogram.enums import ContentType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
)

BOT_LINK = "https://t.me/kruzhok_demo_bot?start=p_5"


def rows(*lines: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(text=text, url=target)
                if target.startswith("https:")
                else InlineKeyboardButton(text=text, callback_data=target)
                for text, target in line
            ]
            for line in lines
        ]
    )


MENU = rows(
    [("Найти кружок", "find"), ("Мои дети", "children")],
    [("Сертификат", "alert"), ("Молчание", "silence")],
    [("Шахматы", BOT_LINK)],
)
PHONE_KEY = ReplyKeyboardMarkup(
    keyboard=[[KeyboardButton(text="Поделиться контактом", request_contact=True)]],
    resize_keyboard=True,
)


def small_bot(silence: asyncio.Event) -> Dispatcher:
    """Echoes; a menu on /start; «Молчание» is answered only when ``silence`` ends."""
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart())
    async def start(message: Message, command: CommandObject) -> None:
        text = (
            f"<b>Здравствуйте</b>, {command.args or 'гость'}! Помогу <i>найти кружок</i> "
            "&lt;script&gt;alert(1)&lt;/script&gt; и <tg-spoiler>секрет</tg-spoiler>. /help"
        )
        await message.answer(text, reply_markup=MENU, parse_mode="HTML")

    @dispatcher.message(Command("help"))
    async def help_(message: Message) -> None:
        await message.answer("Вот помощь")

    @dispatcher.callback_query()
    async def tapped(callback: CallbackQuery) -> None:
        assert isinstance(callback.message, Message)
        if callback.data == "silence":
            await silence.wait()
            await callback.answer("Дождались")
        elif callback.data == "alert":
            await callback.answer("Заявление ждёт визита", show_alert=True)
        else:
            await callback.answer("Ищу")
            await callback.message.edit_text(
                "Нашлось три кружка", reply_markup=rows([("Назад", "back")])
            )

    @dispatcher.message(lambda message: message.contact is not None)
    async def contact(message: Message) -> None:
        assert message.contact is not None
        assert message.from_user is not None
        own = message.contact.user_id == message.from_user.id
        await message.answer(f"{message.contact.phone_number}: {'свой' if own else 'чужой'}")

    @dispatcher.message(lambda message: message.text == "номер")
    async def ask_phone(message: Message) -> None:
        await message.answer("Нажмите кнопку внизу", reply_markup=PHONE_KEY)

    @dispatcher.message(lambda message: message.text == "сотри")
    async def vanish(message: Message) -> None:
        await (await message.answer("Это ненадолго")).delete()
        await message.answer("Стёрто")

    @dispatcher.edited_message()
    async def edited(message: Message) -> None:
        await message.answer(f"Исправлено: {message.text}")

    @dispatcher.message()
    async def echo(message: Message) -> None:
        replied = message.reply_to_message
        about = f" на «{replied.text}»" if replied else ""
        caption = f" с подписью {message.caption}" if message.caption else ""
        await message.answer(
            f"{ContentType(message.content_type).value}: {message.text or ''}{about}{caption}"
        )

    return dispatcher
