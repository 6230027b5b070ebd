"""Taps: answered before the work, and counted only on the message that shows the dialogue now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import CallbackQuery, TelegramObject
from aiogram_dialog.api.entities import Stack
from aiogram_dialog.api.internal import STACK_KEY
from aiogram_dialog.utils import remove_intent_id

Stale = Callable[[CallbackQuery, dict[str, Any]], Awaitable[Any]]
"""Says that the button is outdated and shows the present window or the menu."""


class AnswerFirst(BaseMiddleware):
    """Stops the little clock on the button before anything slow begins.

    Buttons with a prefix of `answers_itself` answer in their handler, where it may be an alert.
    """

    def __init__(self, answers_itself: tuple[str, ...]) -> None:
        self._answers_itself = answers_itself

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if isinstance(event, CallbackQuery) and not (event.data or "").startswith(
            self._answers_itself
        ):
            await event.answer()
        return await handler(event, data)


class PresentScreenOnly(BaseMiddleware):
    """The library checks the intent, not the message: an old «ok» would press the present one."""

    def __init__(self, stale: Stale) -> None:
        self._stale = stale

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if not isinstance(event, CallbackQuery) or not event.data:
            return await handler(event, data)
        intent, _ = remove_intent_id(event.data)
        stack: Stack | None = data.get(STACK_KEY)
        if not intent or stack is None:
            return await handler(event, data)
        shown = event.message.message_id if event.message is not None else None
        if shown != stack.last_message_id:
            return await self._stale(event, data)
        return await handler(event, data)
