"""Background work in one place: it keeps references, logs failures, cancels on shutdown."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.logs import log
from core.db.engine import DatabaseAway

PAUSE_AFTER_FAILURE_S = 0.5


class Nursery:
    """Owns the tasks of one application."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closing = False

    def start(self, work: Coroutine[Any, Any, Any], *, name: str) -> asyncio.Task[Any]:
        """Run once; a failure is logged."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def keep(self, step: Callable[[], Awaitable[None]], *, name: str) -> None:
        """Run `step` for ever; after a failure it is logged and tried again."""
        self.start(self._for_ever(step, name), name=name)

    async def close(self) -> None:
        """Cancel what runs and wait for it."""
        self._closing = True
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _for_ever(self, step: Callable[[], Awaitable[None]], name: str) -> None:
        while not self._closing:
            try:
                await step()
            except DatabaseAway:
                log.warning("database away", work=name)
                await asyncio.sleep(PAUSE_AFTER_FAILURE_S)
            except Exception as error:
                log.error("background work failed", work=name, exc_info=error)
                await asyncio.sleep(PAUSE_AFTER_FAILURE_S)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("background task failed", work=task.get_name(), exc_info=error)


async def signal_or_pause(signal: asyncio.Event, seconds: float) -> None:
    """Wait for the signal, at most so long.

    Not `asyncio.wait_for`: on Python 3.11 that loses a cancellation which comes with the signal.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await signal.wait()
