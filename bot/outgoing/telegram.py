"""The bot's connection: one session, every request through the gate and the metrics."""

from __future__ import annotations

import time

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from bot.metrics import REQUEST_SECONDS, REQUESTS
from bot.outgoing.limiter import Limiter
from bot.outgoing.outcomes import read_outcome
from bot.outgoing.screens import Screens

TIMEOUT_S = 20.0


class Measured(BaseRequestMiddleware):
    """Counts requests by method and fate, and their time."""

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        began = time.monotonic()
        fate = "ok"
        try:
            return await make_request(bot, method)
        except Exception as error:
            fate = read_outcome(error).fate
            raise
        finally:
            REQUEST_SECONDS.observe(time.monotonic() - began)
            REQUESTS.labels(method=method.__api_method__, fate=fate).inc()


def connect(token: str, api_url: str, limiter: Limiter) -> Bot:
    """A bot whose requests go to `api_url`, formatted as HTML."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api_url), timeout=TIMEOUT_S)
    session.middleware(Screens(limiter))
    session.middleware(Measured())
    return Bot(token, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
