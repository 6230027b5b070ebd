"""The bot as a process of its own, quick to start: forked from a server that has imported it.

It is the real `App` on a real database and a real port; only the clock is shifted, so that a way
written for one August day is walked on any day.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

from pydantic import SecretStr

from bot.app import build_app
from bot.logs import set_up_logs
from bot.outgoing import limiter
from bot.sandbox.server import TOKEN
from bot.settings import Settings

BEGINNING = datetime(2026, 8, 24, 9, tzinfo=UTC)  # Monday, noon in Moscow
DATA_KEY = "a" * 43 + "="


@dataclass(frozen=True, kw_only=True)
class BotPlan:
    """What a process is started with; `shift_s` is added to the machine's clock."""

    database_url: str
    telegram_url: str
    port: int
    webhook: bool
    shift_s: float
    log: str
    crash: str = ""
    log_level: str = "INFO"
    budgets: bool = True
    """False lifts the budgets of chats, for tests that are about effects and not about pace."""

    def settings(self) -> Settings:
        return Settings(
            _env_file=None,
            bot_token=SecretStr(TOKEN),
            telegram_api_url=self.telegram_url,
            data_key=SecretStr(DATA_KEY),
            http_port=self.port,
            webhook_url=f"http://127.0.0.1:{self.port}" if self.webhook else "",
            quiet_hours="off",
            operator_name="МБУДО ДДТ",
            operator_address="ст. Крыловская, ул. Орджоникидзе, 86",
            operator_phone="+7 86161 3-00-00",
        )


class ShiftedClock:
    """The machine's clock, moved."""

    def __init__(self, shift_s: float) -> None:
        self._shift = timedelta(seconds=shift_s)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift


def launch(plan: BotPlan) -> BaseProcess:
    """Start the process; it lives until SIGTERM or its crash point."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "tests.faults.crash.stage"])
    process = context.Process(target=_live, args=(plan,), daemon=True)
    process.start()
    return process


def _live(plan: BotPlan) -> None:
    log = os.open(Path(plan.log), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.stdout = os.fdopen(1, "w", buffering=1, closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    os.environ["KRUZHOK_CRASH"] = plan.crash
    set_up_logs(plan.log_level)
    if not plan.budgets:
        limiter.PRIVATE_BURST = limiter.GROUP_BURST = 100_000
    asyncio.run(_serve(plan))


async def _serve(plan: BotPlan) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    app = build_app(
        plan.settings(), database_url=plan.database_url, clock=ShiftedClock(plan.shift_s)
    )
    await app.start()
    await stop.wait()
    await app.stop()
