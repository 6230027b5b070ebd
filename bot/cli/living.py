"""The bot or the demo in this process: until a signal, then finish what is being handled.

Apart from the other commands, because aiogram takes two seconds to import and they need none of it.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from typing import Protocol

from aiogram.exceptions import TelegramAPIError

from bot.app import App, SchemaBehind, TokenMissing, build_app
from bot.cli.endings import line_of
from bot.cli.session import ended_well, note, told
from bot.demo.run import Demo, upgrade
from bot.logs import log
from bot.outgoing.introduction import TokenRefused
from bot.settings import Settings
from core.i18n import Speech


class Runnable(Protocol):
    """Something that starts, runs by itself and stops."""

    async def start(self) -> object: ...
    async def stop(self) -> None: ...


def live_bot(chosen: Settings) -> None:
    """On Telegram."""
    _until_signal(lambda: _bot(chosen))


def live_demo(chosen: Settings) -> None:
    """On the sandbox, with the demo municipality."""
    _until_signal(lambda: _demo(chosen))


async def _bot(chosen: Settings) -> App:
    await upgrade(chosen.database())
    app = build_app(chosen)
    if chosen.personal_flows == "on" and not chosen.operator_known:
        note(told("cli-operator-unknown"))
    await app.start()
    note(told("cli-running"))
    return app


async def _demo(chosen: Settings) -> Demo:
    demo = Demo(chosen)
    note(told("cli-demo-running", address=await demo.start()))
    return demo


def _until_signal(start: Callable[[], Awaitable[Runnable]]) -> None:
    ended_well(lambda: _live(start), words=line_of_live)


async def _live(start: Callable[[], Awaitable[Runnable]]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    starting = asyncio.ensure_future(start())
    stopped = asyncio.ensure_future(stop.wait())
    # Telegram may be away while we start: a signal must end that wait too
    await asyncio.wait({starting, stopped}, return_when=asyncio.FIRST_COMPLETED)
    if not starting.done():
        starting.cancel()
        await asyncio.wait({starting})  # it closes behind itself
        return
    running = starting.result()
    await stopped
    log.info("stopping")
    await running.stop()


def line_of_live(error: Exception, voice: Speech) -> str:
    """What ends a start, besides what ends any command. Telegram's own words are shown: they never
    hold the token."""
    match error:
        case SchemaBehind():
            return voice.say_plain("cli-refusal-schema-behind")
        case TokenRefused() | TokenMissing():
            return voice.say_plain("cli-token-refused")
        case TelegramAPIError():
            method = error.method.__api_method__
            key = "cli-webhook-refused" if method == "setWebhook" else "cli-telegram-refused"
            return voice.say_plain(key, said=error.message, method=method)
    return line_of(error, voice)
