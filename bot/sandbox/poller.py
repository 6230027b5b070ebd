"""The one long poll that may hang, and what the last one asked."""

import asyncio

from bot.sandbox.refusals import Refusal


class Polling:
    def __init__(self) -> None:
        self.waiting: asyncio.Future[None] | None = None
        self.hangs = asyncio.Event()
        self.last_offset: int | None = None
        self.last_start = float("-inf")
        self.webhook_allowed_at = float("-inf")

    def hang(self) -> asyncio.Future[None]:
        """Begin a long poll: the future fails when somebody ends it."""
        self.waiting = asyncio.get_running_loop().create_future()
        self.hangs.set()
        return self.waiting

    def done(self, ended: asyncio.Future[None]) -> None:
        ended.cancel()
        if self.waiting is ended:
            self.waiting = None
            self.hangs.clear()

    def end_waiting(self, refusal: Refusal) -> None:
        """Answer the hanging poll, if there is one, with ``refusal``."""
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(refusal)
        self.waiting = None
