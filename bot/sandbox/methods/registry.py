"""Which methods there are: ours, and those Telegram has and the sandbox lacks."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiogram.methods

from bot.sandbox.telegram import Call

Handler = Callable[[Call], Awaitable[Any]]
HANDLERS: dict[str, Handler] = {}
NAMES: dict[str, str] = {}
TELEGRAM_HAS = {
    name.lower(): name[0].lower() + name[1:]
    for name in aiogram.methods.__all__
    if name not in ("Request", "Response", "TelegramMethod")
}


def method(name: str) -> Callable[[Handler], Handler]:
    """Register a handler under the name of its method."""

    def register(handler: Handler) -> Handler:
        HANDLERS[name.lower()] = handler
        NAMES[name.lower()] = name
        return handler

    return register
