"""Where personal data is switched off, conversations begun before are closed at the first touch.

The check stands before every handler and not only where a conversation opens: a form may have been
waiting at its last question when the process came up again as a reference book.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import Message, TelegramObject
from aiogram_dialog import Dialog, DialogManager

from bot.dialogs.consents.gate import close_what_may_not_stay, say_unavailable
from bot.dialogs.listening import forget_document


class ReferenceMode(BaseMiddleware):
    """A press or an answer meant for a closed conversation is told so; a command, a notice's
    button and the like go on to their handlers, which find nothing open."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        manager: DialogManager | None = data.get("dialog_manager")
        if manager is None or data.get("actor") is None:
            return await handler(event, data)
        closed = await close_what_may_not_stay(manager)
        if not closed or not isinstance(data.get("event_router"), Dialog):
            return await handler(event, data)
        if isinstance(event, Message):
            await forget_document(event)
        await say_unavailable(manager)
        return None
