"""What the bot tells Telegram at its start: who it is, its commands, where updates go.

A start may come right after another one, so a 429 here is waited out; while Telegram is away the
start waits for it. No update is lost meanwhile: they are kept there for a day.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNotFound, TelegramUnauthorizedError
from aiogram.types import (
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.logs import log
from bot.outgoing.outcomes import Fate, read_outcome
from bot.views.commands import COMMANDS, GROUP_COMMANDS, commands_of
from core.i18n import DEFAULT_LOCALE, Texts

_MENUS = (
    (COMMANDS, BotCommandScopeAllPrivateChats()),
    (GROUP_COMMANDS, BotCommandScopeAllGroupChats()),
)
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0

T = TypeVar("T")


class TokenRefused(Exception):
    """Telegram does not know this token."""


async def insist(request: Callable[[], Awaitable[T]]) -> T:
    """Ask until Telegram answers. Raises TokenRefused, and TelegramAPIError for other refusals."""
    pause = FIRST_PAUSE_S
    while True:
        try:
            return await request()
        except (TelegramUnauthorizedError, TelegramNotFound) as error:
            # a token that is not even shaped like one is no address there: 404
            raise TokenRefused from error
        except TelegramAPIError as error:
            outcome = read_outcome(error)
            if outcome.fate not in (Fate.LATER, Fate.NOT_DONE, Fate.UNKNOWN):
                raise
            log.warning("telegram away at start", why=type(error).__name__)
        await asyncio.sleep(max(pause, outcome.wait_s))
        pause = min(pause * 2, LONGEST_PAUSE_S)


async def announce_commands(bot: Bot, texts: Texts) -> None:
    """The menus of commands in private chats and in groups, in every language; the default one for
    the rest. Staff have menus of their own, which go through the outbox (`notices/staff.py`).
    """
    for locale in texts.locales:
        speech = texts.speak(locale)
        for names, scope in _MENUS:
            await insist(
                partial(
                    bot.set_my_commands,
                    commands_of(names, speech),
                    scope=scope,
                    language_code=None if locale == DEFAULT_LOCALE else locale,
                )
            )
