"""Two budgets: bulk over all chats, and each chat's own; `retry_after` is obeyed exactly.

Interactive replies take from the chat's budget only; the outbox takes from both. Sends and edits
share a budget, answers to callbacks are free. Figures: reliability §3; they stay inside
Telegram's published ones.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

from aiolimiter import AsyncLimiter

PRIVATE_BURST = 5
PRIVATE_PER_SECOND = 1.0
GROUP_BURST = 20
GROUP_PER_SECOND = 20 / 60
REMEMBERED_CHATS = 20_000


@dataclass
class _Bucket:
    tokens: float
    at: float
    closed_until: float = 0.0


class Limiter:
    """Budgets of this process."""

    def __init__(self, *, bulk_rate: float) -> None:
        # one every 1/rate seconds: a larger burst lets more than the rate through
        self._bulk = AsyncLimiter(1, 1 / bulk_rate)
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    async def bulk_turn(self) -> None:
        """Wait for the bulk budget."""
        await self._bulk.acquire()

    async def chat_turn(self, chat_id: int) -> None:
        """Wait for the chat's budget and out of any `retry_after`."""
        wait = self.wait_for(chat_id)
        if wait > 0:
            await asyncio.sleep(wait)
            return await self.chat_turn(chat_id)
        self._buckets[chat_id].tokens -= 1

    def wait_for(self, chat_id: int) -> float:
        """Seconds until the chat may be written to; 0 when it may be now."""
        now = asyncio.get_running_loop().time()
        burst, rate = _budget(chat_id)
        bucket = self._buckets.get(chat_id)
        if bucket is None:
            bucket = self._buckets[chat_id] = _Bucket(tokens=burst, at=now)
            if len(self._buckets) > REMEMBERED_CHATS:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(chat_id)
        bucket.tokens = min(burst, bucket.tokens + (now - bucket.at) * rate)
        bucket.at = now
        if bucket.closed_until > now:
            return bucket.closed_until - now
        return 0.0 if bucket.tokens >= 1 else (1 - bucket.tokens) / rate

    def close_chat(self, chat_id: int, seconds: float) -> None:
        """Telegram said to wait: nothing goes to this chat until then."""
        self.wait_for(chat_id)
        bucket = self._buckets[chat_id]
        until = asyncio.get_running_loop().time() + seconds
        bucket.closed_until = max(bucket.closed_until, until)
        bucket.tokens = min(bucket.tokens, 1)


def _budget(chat_id: int) -> tuple[float, float]:
    if chat_id > 0:
        return PRIVATE_BURST, PRIVATE_PER_SECOND
    return GROUP_BURST, GROUP_PER_SECOND
