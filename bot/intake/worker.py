"""Takes updates from the inbox and hands them to the dispatcher, one at a time per queue.

How an update ends (architecture §2, "When one update fails"):

* handled: dialogue state and `done` in one write;
* database away, or Telegram surely did nothing: back to the inbox with a pause, this queue waits;
* anything else: rolled back, set aside after one try, and the person hears a number and a way
  out; the next update is served at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from aiogram import Bot, Dispatcher
from aiogram.enums import ChatAction
from aiogram.types import Update

from bot.intake.dialogue import buffered
from bot.intake.inbox import CRASHES, Claimed, Inbox, LeaseLost
from bot.intake.nursery import Nursery, signal_or_pause
from bot.intake.updates import MEMBERSHIP
from bot.logs import log
from bot.metrics import UPDATES_ENDED
from bot.outgoing.screens import TryLater, delivering
from core.db.engine import Database, DatabaseAway
from core.domain.outgoing import Notice

POLL_S = 0.2
"""How often other processes' commits are looked for; our own wake us by an event."""
RENEW_S = 10.0
TYPING_AFTER_S = 1.0
FIRST_PAUSE = timedelta(seconds=0.2)
LONGEST_PAUSE = timedelta(seconds=5)

SayFailure = Callable[[Claimed], Awaitable[None]]
"""Tells the person that it did not work, with a number and a way out; never raises."""
ResumeNotice = Callable[[Claimed], Awaitable[Notice | None]]
"""«Продолжим?» for a screen that could not be shown; None when the person is unknown."""


class Worker:
    """Bounded: at most `slots` updates at once, the rest wait in the inbox."""

    def __init__(
        self,
        inbox: Inbox,
        database: Database,
        dispatcher: Dispatcher,
        bot: Bot,
        nursery: Nursery,
        *,
        slots: int,
        say_failure: SayFailure,
        resume_notice: ResumeNotice,
    ) -> None:
        self._inbox = inbox
        self._database = database
        self._dispatcher = dispatcher
        self._bot = bot
        self._nursery = nursery
        self._slots = slots
        self._say_failure = say_failure
        self._resume_notice = resume_notice
        self._held: dict[int, asyncio.Task[None]] = {}
        self._pauses: dict[int, int] = {}

    async def run_once(self) -> int:
        """Claim what is due and start on it; how many were claimed."""
        free = self._slots - len(self._held)
        if free <= 0:
            return 0
        claimed = await self._inbox.claim(free)
        for one in claimed:
            task = self._nursery.start(self._handle(one), name=f"update:{one.update.kind}")
            self._held[one.row_id] = task
            task.add_done_callback(partial(self._let_go, one.row_id))
        return len(claimed)

    async def step(self) -> None:
        """For the nursery: work, then wait for a commit or a moment."""
        signal = self._database.signal("inbox")
        signal.clear()
        if await self.run_once() == 0:
            await signal_or_pause(signal, POLL_S)

    async def renew_step(self) -> None:
        """For the nursery: keep the leases of what takes long."""
        await asyncio.sleep(RENEW_S)
        if self._held:
            await self._inbox.renew(list(self._held))

    async def stop(self) -> None:
        """Claim nothing more and finish what is being handled (shutdown)."""
        self._slots = 0
        await asyncio.gather(*self._held.values(), return_exceptions=True)

    def _let_go(self, row_id: int, _task: asyncio.Task[None]) -> None:
        self._held.pop(row_id, None)
        self._database.signal("inbox").set()

    async def _handle(self, claimed: Claimed) -> None:
        try:
            await self._attempt(claimed)
        except LeaseLost:
            log.warning("lease lost", row=claimed.row_id)
        except (TryLater, DatabaseAway) as error:
            await self._later(claimed, error)
        except Exception as error:
            await self._bury(claimed, error)
        else:
            self._pauses.pop(claimed.row_id, None)
            UPDATES_ENDED.labels(kind=claimed.update.kind, end="done").inc()

    async def _attempt(self, claimed: Claimed) -> None:
        if claimed.attempts > CRASHES:
            raise ProcessKilledByIt
        update = Update.model_validate(claimed.update.payload, context={"bot": self._bot})
        with buffered() as changes, delivering() as delivery:
            work = asyncio.create_task(self._dispatcher.feed_update(self._bot, update))
            await self._with_typing(work, claimed)
        notices = []
        if delivery.resume_wanted and (notice := await self._resume_notice(claimed)):
            notices.append(notice)
        await self._inbox.finish(claimed, changes, notices)

    async def _with_typing(self, work: asyncio.Task[object], claimed: Claimed) -> None:
        try:
            done, _ = await asyncio.wait({work}, timeout=TYPING_AFTER_S)
            if not done and claimed.update.is_private and claimed.update.chat_id is not None:
                await self._say_typing(claimed.update.chat_id)
            await work
        except asyncio.CancelledError:
            work.cancel()
            raise

    async def _say_typing(self, chat_id: int) -> None:
        try:
            await self._bot.send_chat_action(chat_id, ChatAction.TYPING)
        except Exception as error:  # the work goes on whatever became of the courtesy
            log.info("typing not shown", why=type(error).__name__)

    async def _later(self, claimed: Claimed, error: Exception) -> None:
        tries = self._pauses.get(claimed.row_id, 0)
        self._pauses[claimed.row_id] = tries + 1
        pause = min(FIRST_PAUSE * 2**tries, LONGEST_PAUSE)
        log.warning("update later", row=claimed.row_id, why=type(error).__name__, tries=tries + 1)
        while True:
            try:
                return await self._inbox.postpone(claimed, pause)
            except LeaseLost:
                return
            except DatabaseAway:
                await asyncio.sleep(pause.total_seconds())

    async def _bury(self, claimed: Claimed, error: Exception) -> None:
        fault = type(error).__name__
        log.error("update set aside", row=claimed.row_id, kind=claimed.update.kind, exc_info=error)
        if claimed.update.kind != MEMBERSHIP:  # nobody waits for an answer to coming or going
            await self._say_failure(claimed)
        UPDATES_ENDED.labels(kind=claimed.update.kind, end="dead").inc()
        while True:
            try:
                return await self._inbox.bury(claimed, fault)
            except LeaseLost:
                return
            except DatabaseAway:
                await asyncio.sleep(FIRST_PAUSE.total_seconds())


class ProcessKilledByIt(Exception):
    """The process died each time this update was handled."""
