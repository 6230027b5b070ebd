"""«Продолжим?»: a screen had to be left out because Telegram asked to wait."""

from __future__ import annotations

from aiogram.methods import SendMessage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.outgoing.notices import Operation, Order, notice
from bot.views.buttons import RESUME


@notice("resume")
async def resume(order: Order) -> Operation:
    """One button; its tap is an ordinary update that shows the present window."""
    button = InlineKeyboardButton(
        text=order.speech.say_plain("button-resume"), callback_data=RESUME
    )
    return Operation(
        method=SendMessage(
            chat_id=order.recipient.chat_id,
            text=order.speech.say("resume"),
            reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]),
        )
    )
