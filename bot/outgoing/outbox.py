"""Sends the outbox: claim -> render in the recipient's language -> send -> settle.

Each send has one outcome (reliability §3). What is *unknown* is sent again where a repeat harms
nobody (service messages carry their number), and stays `unknown` where it would (campaigns).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Message

from bot.intake.nursery import Nursery, signal_or_pause
from bot.logs import log
from bot.metrics import OUTBOX_ENDED
from bot.outgoing.limiter import Limiter
from bot.outgoing.notices import Operation, Order, Recipient, render
from bot.outgoing.outcomes import Fate, Outcome, read_outcome
from bot.outgoing.queue import Letter, OutboxQueue
from bot.services import Services
from core.db.engine import Database, DatabaseAway
from core.domain.outgoing import OutboxState
from core.i18n import Speech, Texts

POLL_S = 0.2
BATCH = 25
LONGEST_PAUSE = timedelta(seconds=60)
MENDS = 3
"""How often one row may be mended (a topic made anew) before the refusal stands."""
SHORT_WAIT_S = 0.3
"""A chat whose budget opens later than this gives its turn to others."""
UNTIL_PERSONAL = timedelta(minutes=10)
"""How often a personal notice looks whether personal flows are on again."""
IMPERSONAL = frozenset({"resume", "commands.staff"})
"""Private notices that say nothing of a person: they go even in reference mode."""
_UNCHANGED = "message is not modified"


@dataclass(frozen=True, kw_only=True)
class SendReport:
    """What one round did, by number of rows."""

    claimed: int = 0
    sent: int = 0
    ended_otherwise: int = 0
    put_back: int = 0


class OutboxSender:
    """The only sender to anyone but the person being answered."""

    def __init__(
        self,
        queue: OutboxQueue,
        database: Database,
        bot: Bot,
        bot_username: str,
        services: Services,
        texts: Texts,
        limiter: Limiter,
        nursery: Nursery,
        *,
        personal_flows: bool,
    ) -> None:
        self._queue = queue
        self._database = database
        self._bot = bot
        self._bot_username = bot_username
        self._services = services
        self._texts = texts
        self._limiter = limiter
        self._personal = personal_flows
        self._zones: dict[int, str] = {}
        self._mends: Counter[int] = Counter()
        self._nursery = nursery
        self._held: dict[int, asyncio.Task[OutboxState | None]] = {}
        self._slots = BATCH

    async def run_once(self, limit: int = BATCH) -> SendReport:
        """One whole round over up to `limit` rows; costs two reads when there is nothing."""
        letters = await self._claim(limit)
        ends = await asyncio.gather(*(self._deliver(letter) for letter in letters))
        return SendReport(
            claimed=len(letters),
            sent=ends.count(OutboxState.SENT),
            put_back=ends.count(None),
            ended_otherwise=sum(end not in (None, OutboxState.SENT) for end in ends),
        )

    async def step(self) -> None:
        """For the nursery: begin on what is due, then wait for a commit or a moment.

        Nobody waits for the slowest of a round, and leadership is renewed while sends run.
        """
        signal = self._database.signal("outbox")
        signal.clear()
        letters = await self._claim(self._slots - len(self._held))
        for letter in letters:
            task = self._nursery.start(self._deliver(letter), name=f"notice:{letter.kind}")
            self._held[letter.row_id] = task
            task.add_done_callback(partial(self._let_go, letter.row_id))
        if not letters:
            await signal_or_pause(signal, POLL_S)

    async def stop(self) -> None:
        """Claim nothing more and finish what is being sent (shutdown)."""
        self._slots = 0
        await asyncio.gather(*self._held.values(), return_exceptions=True)

    async def _claim(self, limit: int) -> list[Letter]:
        if limit <= 0 or not await self._queue.due() or not await self._queue.lead():
            return []
        return await self._queue.claim(limit)

    def _let_go(self, row_id: int, _task: asyncio.Task[OutboxState | None]) -> None:
        self._held.pop(row_id, None)
        self._database.signal("outbox").set()

    async def _deliver(self, letter: Letter) -> OutboxState | None:
        """The end of the row, or None when it went back into its place."""
        if letter.expired:
            return await self._end(letter, OutboxState.EXPIRED)
        if letter.chat_id is None:
            return await self._end(letter, OutboxState.GONE)
        if not self._personal and letter.person_id is not None and letter.kind not in IMPERSONAL:
            await self._put_back(letter, UNTIL_PERSONAL)
            return None
        if not letter.reachable:
            blocked = letter.person_id is not None
            return await self._end(letter, OutboxState.BLOCKED if blocked else OutboxState.GONE)
        try:
            operation = await render(await self._order(letter, letter.chat_id))
        except DatabaseAway:
            await self._put_back(letter, _pause(letter.attempts))
            return None
        except Exception as error:
            log.error("notice not rendered", kind=letter.kind, row=letter.row_id, exc_info=error)
            return await self._end(letter, OutboxState.REJECTED, said=type(error).__name__)
        if operation is None:
            return await self._end(letter, OutboxState.DROPPED)
        return await self._send(letter, operation, letter.chat_id)

    async def _send(self, letter: Letter, operation: Operation, chat_id: int) -> OutboxState | None:
        wait = self._limiter.wait_for(chat_id)
        if wait > SHORT_WAIT_S:
            await self._put_back(letter, timedelta(seconds=wait))
            return None
        await self._limiter.bulk_turn()
        try:
            result = await self._bot(operation.method)
        except TelegramBadRequest as error:
            said = error.message.lower()
            if _UNCHANGED in said:
                return await self._end(letter, OutboxState.SENT, operation=operation)
            if operation.mend and self._may_mend(letter) and _any(operation.mend_on, said):
                await self._mend(letter, operation)
                return None
            return await self._judge(letter, read_outcome(error), chat_id)
        except Exception as error:
            return await self._judge(letter, read_outcome(error), chat_id)
        return await self._end(letter, OutboxState.SENT, operation=operation, result=result)

    async def _judge(self, letter: Letter, outcome: Outcome, chat_id: int) -> OutboxState | None:
        if outcome.fate is Fate.LATER:
            await self._put_back(letter, timedelta(seconds=outcome.wait_s))
            return None
        if outcome.fate is Fate.NOT_DONE:
            await self._put_back(letter, _pause(letter.attempts))
            return None
        if outcome.fate is Fate.UNKNOWN:
            if letter.repeatable:
                await self._put_back(letter, _pause(letter.attempts))
                return None
            return await self._end(letter, OutboxState.UNKNOWN, said=outcome.said)
        if outcome.fate is Fate.MIGRATED and outcome.moved_to is not None:
            await self._follow(letter, chat_id, outcome.moved_to)
            return None
        if outcome.fate is Fate.MUTED and letter.bound_chat_id is not None:
            # an administrator may give the rights back, of which Telegram does not always tell
            await self._put_back(letter, LONGEST_PAUSE)
            return None
        if outcome.fate is Fate.BLOCKED:
            await self._services.people.mark_blocked("telegram", chat_id)
            return await self._end(letter, OutboxState.BLOCKED, said=outcome.said)
        if outcome.fate is Fate.GONE:
            if letter.bound_chat_id is not None:
                await self._services.bound_chats.left("telegram", chat_id)
            return await self._end(letter, OutboxState.GONE, said=outcome.said)
        return await self._end(letter, OutboxState.REJECTED, said=outcome.said)

    async def _end(
        self,
        letter: Letter,
        state: OutboxState,
        *,
        said: str = "",
        operation: Operation | None = None,
        result: Any = None,
    ) -> OutboxState:
        message_id = result.message_id if isinstance(result, Message) else None
        async with self._database.write() as tx:
            ours = await self._queue.settle(tx, letter, state, said=said, message_id=message_id)
            if ours and operation and operation.after and result is not None:
                await operation.after(tx, result)
        self._mends.pop(letter.row_id, None)
        OUTBOX_ENDED.labels(kind=letter.kind, end=state).inc()
        if state in (OutboxState.REJECTED, OutboxState.UNKNOWN):
            log.warning("notice not sent", kind=letter.kind, row=letter.row_id, end=state)
        return state

    async def _put_back(self, letter: Letter, delay: timedelta) -> None:
        async with self._database.write() as tx:
            await self._queue.postpone(tx, letter, delay)

    def _may_mend(self, letter: Letter) -> bool:
        self._mends[letter.row_id] += 1
        return self._mends[letter.row_id] <= MENDS

    async def _mend(self, letter: Letter, operation: Operation) -> None:
        async with self._database.write() as tx:
            if operation.mend is not None:
                await operation.mend(tx)
            await self._queue.postpone(tx, letter, timedelta(0))

    async def _follow(self, letter: Letter, old: int, new: int) -> None:
        await self._services.bound_chats.moved("telegram", old, new)
        await self._put_back(letter, timedelta(0))

    async def _order(self, letter: Letter, chat_id: int) -> Order:
        params = dict(letter.params)
        return Order(
            kind=letter.kind,
            entity=params.pop("entity"),
            entity_id=params.pop("entity_id"),
            version=params.pop("version"),
            params=params,
            recipient=Recipient(
                chat_id=chat_id, person_id=letter.person_id, bound_chat_id=letter.bound_chat_id
            ),
            services=self._services,
            speech=await self._speech(letter),
            bot_username=self._bot_username,
            now=self._queue.now(),
        )

    async def _speech(self, letter: Letter) -> Speech:
        if letter.zone_of is None:
            return self._texts.speak(letter.locale)
        zone = self._zones.get(letter.zone_of)
        if zone is None:
            zone = (await self._services.municipalities.get(letter.zone_of)).timezone
            self._zones[letter.zone_of] = zone
        return self._texts.speak(letter.locale, zone)


def _pause(attempts: int) -> timedelta:
    return min(timedelta(seconds=0.5 * 2 ** min(attempts, 10)), LONGEST_PAUSE)


def _any(parts: tuple[str, ...], said: str) -> bool:
    return any(part in said for part in parts)
