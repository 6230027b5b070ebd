"""What a failed request to Telegram means: did it take effect, and what is right to do next."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum

from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiohttp import ClientConnectorError, ClientPayloadError, ServerDisconnectedError


class Fate(StrEnum):
    NOT_DONE = "not_done"  # surely without effect: trying again is right
    UNKNOWN = "unknown"  # left, and no answer came
    LATER = "later"  # 429 with a time
    BLOCKED = "blocked"
    GONE = "gone"
    MIGRATED = "migrated"
    MUTED = "muted"  # in the chat, but may not write there now: rights may come back
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`wait_s` goes with LATER, `moved_to` with MIGRATED; `said` are Telegram's words."""

    fate: Fate
    said: str = ""
    wait_s: float = 0.0
    moved_to: int | None = None


_GONE = (
    "chat not found",
    "user is deactivated",
    "bot was kicked",
    "bot is not a member",
    "bot can't initiate conversation",
    "bots can't send messages to bots",
    "can't send messages to the bot",
    "PEER_ID_INVALID",
)


_MUTED = (
    "need administrator rights",
    "not enough rights to send",
    "have no rights to send",
    "CHAT_WRITE_FORBIDDEN",
)


def read_outcome(error: Exception) -> Outcome:
    """Sort an error of aiogram's; anything that is not Telegram's is raised again."""
    if isinstance(error, TelegramRetryAfter):
        return Outcome(fate=Fate.LATER, wait_s=float(error.retry_after))
    if isinstance(error, TelegramMigrateToChat):
        return Outcome(fate=Fate.MIGRATED, moved_to=error.migrate_to_chat_id)
    if isinstance(error, TelegramServerError):
        return Outcome(fate=Fate.NOT_DONE, said="5xx")
    if isinstance(error, TelegramNetworkError):
        return _network(error.__cause__)
    if isinstance(error, ClientDecodeError):
        return Outcome(fate=Fate.UNKNOWN, said="unreadable answer")
    if isinstance(error, TelegramAPIError):
        said = error.message
        if any(words in said for words in _MUTED):
            return Outcome(fate=Fate.MUTED, said=said)
        if any(words in said for words in _GONE):
            return Outcome(fate=Fate.GONE, said=said)
        if isinstance(error, TelegramForbiddenError):
            fate = Fate.BLOCKED if "blocked" in said else Fate.GONE
            return Outcome(fate=fate, said=said)
        return Outcome(fate=Fate.REFUSED, said=said)
    raise error


def _network(cause: BaseException | None) -> Outcome:
    if isinstance(cause, ClientConnectorError):
        return Outcome(fate=Fate.NOT_DONE, said="no connection")
    if isinstance(cause, asyncio.TimeoutError):
        return Outcome(fate=Fate.UNKNOWN, said="timeout")
    if isinstance(cause, ServerDisconnectedError | ClientPayloadError):
        return Outcome(fate=Fate.UNKNOWN, said="reset")
    return Outcome(fate=Fate.UNKNOWN, said=type(cause).__name__)
