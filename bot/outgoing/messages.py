"""How the dialog library sends: as it does, but taps are answered by our own middleware."""

from __future__ import annotations

from aiogram import Bot
from aiogram.types import CallbackQuery
from aiogram_dialog.manager.message_manager import MessageManager


class ScreenMessages(MessageManager):
    """`AnswerFirst` has answered the tap before any work: a second answer is a wasted request."""

    async def answer_callback(self, bot: Bot, callback_query: CallbackQuery) -> None:
        return None
