"""Long polling of our own: raw `getUpdates`, committed before the next offset confirms them.

Nothing is parsed here: an update of a kind or value nobody knows cannot stop the rest. One that
is no readable JSON at all is singled out and set aside by its number.
"""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.intake.inbox import Inbox
from bot.intake.updates import (
    KINDS,
    BrokenBody,
    NotAnUpdate,
    RawUpdate,
    UnreadableBody,
    read_body,
    read_update,
)
from bot.logs import log
from bot.metrics import UPDATES_ACCEPTED

LONG_POLL_S = 25
BATCH = 100
FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 5.0


class PollingRefused(Exception):
    """Telegram answered no; `code` is the HTTP status, the words are not kept."""

    def __init__(self, code: int, retry_after: float = 0.0) -> None:
        super().__init__(str(code))
        self.code = code
        self.retry_after = retry_after


class Polling:
    """One poller; `method_url` is the address of `getUpdates` of this bot."""

    def __init__(self, session: ClientSession, method_url: str, inbox: Inbox) -> None:
        self._session = session
        self._url = method_url
        self._inbox = inbox
        self._offset: int | None = None
        self._limit = BATCH
        self._pause = FIRST_PAUSE_S

    async def step(self) -> None:
        """For the nursery: one long poll. Failures wait 0.2…5 s and go on."""
        try:
            documents = await self._ask()
        except PollingRefused as error:
            log.warning("polling refused", code=error.code)
            await self._rest(error.retry_after)
            return
        except UnreadableBody as error:
            await self._single_out(error)
            return
        except (ClientError, TimeoutError, BrokenBody) as error:
            log.warning("polling failed", why=type(error).__name__)
            await self._rest()
            return
        self._limit = BATCH
        updates = _readable(documents)
        await self._take(updates)
        if documents and not updates:
            await self._step_over()
        else:
            self._pause = FIRST_PAUSE_S

    async def _take(self, updates: list[RawUpdate]) -> None:
        await self._inbox.accept(updates)
        UPDATES_ACCEPTED.labels(way="polling").inc(len(updates))
        if updates:
            self._offset = max(update.update_id for update in updates) + 1

    async def _step_over(self) -> None:
        """The head of Telegram's queue has no number: the next offset can only be its own.

        Whatever has a number stands behind it, so one step forward confirms nothing else.
        """
        if self._offset is not None:
            self._offset += 1
        await self._rest()

    async def _single_out(self, unreadable: UnreadableBody) -> None:
        """Ask for one at a time until the one that cannot be read stands alone; set it aside."""
        log.error("updates that cannot be read", limit=self._limit)
        if self._limit == 1:
            update = unreadable.set_aside()
            await self._take([update] if update else [])
            if update is None:
                await self._rest()
        self._limit = 1

    async def _ask(self) -> list[Any]:
        body: dict[str, Any] = {
            "timeout": LONG_POLL_S,
            "limit": self._limit,
            "allowed_updates": list(KINDS),
        }
        if self._offset is not None:
            body["offset"] = self._offset
        async with self._session.post(
            self._url, json=body, timeout=ClientTimeout(total=LONG_POLL_S + 15)
        ) as response:
            answer = read_body(await response.read())
            if not isinstance(answer, dict) or not answer.get("ok"):
                raise PollingRefused(response.status, _retry_after(answer))
            result = answer.get("result")
            return result if isinstance(result, list) else []

    async def _rest(self, at_least: float = 0.0) -> None:
        await asyncio.sleep(max(self._pause, at_least))
        self._pause = min(self._pause * 2, LONGEST_PAUSE_S)


def _readable(documents: list[Any]) -> list[RawUpdate]:
    updates = []
    for document in documents:
        try:
            updates.append(read_update(document))
        except NotAnUpdate:
            log.error("an update without a number was dropped")
    return updates


def _retry_after(answer: Any) -> float:
    parameters = answer.get("parameters") if isinstance(answer, dict) else None
    value = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return float(value) if isinstance(value, int) else 0.0
