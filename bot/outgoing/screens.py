"""Sending while an update is handled: what may fail, and what the update does then.

Every request of the bot passes here. Inside an update a failed *screen* must neither lose the
business effect nor be shouted at Telegram:

* no connection or 5xx: surely not done, so the whole update is tried again (`TryLater`);
* 429: wait up to 5 s, else the update ends and «Продолжим?» follows by the outbox;
* blocked or gone: the update ends;
* left without an answer: the update ends, the screen may or may not be there.

In the last three a stand-in message is returned, so that the dialogue's state is still stored.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    AnswerCallbackQuery,
    AnswerInlineQuery,
    DeleteMessage,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
    GetFile,
    GetUpdates,
    Response,
    SendChatAction,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import Chat, Message

from bot.logs import log
from bot.outgoing.limiter import Limiter
from bot.outgoing.outcomes import Fate, Outcome, read_outcome
from core.db.engine import inside_write

PATIENCE_S = 5.0
NO_MESSAGE = 2_147_483_647
"""Id of a message nobody has seen: a later edit of it ends in "not found" and a new message."""

_NO_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
"""When a message was sent that nobody has seen; nothing asks for it."""

_FREE = (AnswerCallbackQuery, AnswerInlineQuery, SendChatAction, GetUpdates)
_READS = (GetFile,)
_EDITS = (EditMessageText, EditMessageCaption, EditMessageReplyMarkup, EditMessageMedia)


class TryLater(Exception):
    """The request surely had no effect: the whole update is to be tried again."""


@dataclass
class Delivery:
    """How the screens of one update fared."""

    resume_wanted: bool = False  # a screen had to be left out: ask «Продолжим?» later
    blocked: bool = False


_delivery: ContextVar[Delivery | None] = ContextVar("kruzhok_delivery", default=None)


@contextmanager
def delivering() -> Iterator[Delivery]:
    """Requests inside the block are screens of one update."""
    delivery = Delivery()
    token = _delivery.set(delivery)
    try:
        yield delivery
    finally:
        _delivery.reset(token)


class Screens(BaseRequestMiddleware):
    """The gate of all requests: budgets, `retry_after`, and the meaning of failures."""

    def __init__(self, limiter: Limiter) -> None:
        self._limiter = limiter

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if inside_write():
            raise RuntimeError("the network was awaited inside a write transaction")
        delivery = _delivery.get()
        if isinstance(method, _FREE):
            return await self._free(make_request, bot, method)
        if isinstance(method, _READS) and delivery is not None:
            return await self._read(make_request, bot, method)
        chat_id = chat_of(method)
        if delivery is None:
            return await self._plain(make_request, bot, method, chat_id)
        return await self._screen(make_request, bot, method, chat_id, delivery)

    async def _free(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        try:
            return await make_request(bot, method)
        except Exception as error:
            if isinstance(method, GetUpdates):
                raise
            read_outcome(error)  # whatever it was, the work goes on without it
            return cast("Response[TelegramType]", True)

    async def _read(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """A question changes nothing: without an answer the whole update is tried again."""
        try:
            return await make_request(bot, method)
        except Exception as error:
            outcome = read_outcome(error)
            if outcome.fate in (Fate.NOT_DONE, Fate.UNKNOWN, Fate.LATER):
                raise TryLater(outcome.said) from error
            raise

    async def _plain(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
        chat_id: int | None,
    ) -> Response[TelegramType]:
        if chat_id is not None:
            await self._limiter.chat_turn(chat_id)
        try:
            return await make_request(bot, method)
        except Exception as error:
            outcome = read_outcome(error)
            if outcome.fate is Fate.LATER and chat_id is not None:
                self._limiter.close_chat(chat_id, outcome.wait_s)
            raise

    async def _screen(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
        chat_id: int | None,
        delivery: Delivery,
    ) -> Response[TelegramType]:
        waited = 0.0
        while True:
            if delivery.resume_wanted or delivery.blocked:
                return _stand_in(method)
            if chat_id is not None:
                if self._limiter.wait_for(chat_id) > PATIENCE_S:
                    delivery.resume_wanted = True
                    continue
                await self._limiter.chat_turn(chat_id)
            try:
                return await make_request(bot, method)
            except TelegramBadRequest as error:
                if read_outcome(error).fate is not Fate.GONE:
                    raise  # "message is not modified" and its kin are the caller's business
                outcome = read_outcome(error)
            except Exception as error:
                outcome = read_outcome(error)
            waited += outcome.wait_s
            if not self._weigh(outcome, waited, chat_id, delivery):
                return _stand_in(method)
            await asyncio.sleep(outcome.wait_s)

    def _weigh(
        self, outcome: Outcome, waited: float, chat_id: int | None, delivery: Delivery
    ) -> bool:
        """Whether to ask Telegram again after `outcome.wait_s`. Raises TryLater."""
        if outcome.fate is Fate.NOT_DONE:
            raise TryLater(outcome.said)
        if outcome.fate is Fate.LATER:
            if chat_id is not None:
                self._limiter.close_chat(chat_id, outcome.wait_s)
            if waited <= PATIENCE_S:
                return True
            delivery.resume_wanted = True
        elif outcome.fate in (Fate.BLOCKED, Fate.GONE):
            delivery.blocked = True
        log.info("screen left out", fate=outcome.fate)
        return False


def chat_of(method: TelegramMethod[Any]) -> int | None:
    """The chat whose budget a request takes from; None for requests about no chat."""
    chat_id = getattr(method, "chat_id", None)
    return chat_id if isinstance(chat_id, int) else None


def _stand_in(method: TelegramMethod[TelegramType]) -> Response[TelegramType]:
    return cast("Response[TelegramType]", _what_it_would_return(method))


def _what_it_would_return(method: TelegramMethod[Any]) -> Message | bool:
    if isinstance(method, DeleteMessage):
        return True
    chat_id = chat_of(method) or 0
    message_id = method.message_id if isinstance(method, _EDITS) else None
    return Message(
        message_id=message_id or NO_MESSAGE,
        date=_NO_MOMENT,
        chat=Chat(id=chat_id, type="private" if chat_id > 0 else "supergroup"),
        text=getattr(method, "text", None),
    )
