"""How often a bot may write (telegram.md §4): edits and sends share one budget.

Three budgets, each a bucket: a private chat, a group, and bulk over chats whose people have been
silent for a while. Telegram publishes no exact numbers; these are the ones the product must keep.
After a refusal the chat stays closed for ``retry_after`` seconds: whoever writes inside it is
refused again and counted as a violation.
"""

import math
from dataclasses import dataclass

from bot.sandbox.refusals import Refusal, too_many
from bot.sandbox.world import Chat

# A tenth of a token early is let through: the network may bring two sends closer together.
EARLY = 0.1


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Seconds and messages. ``on=False`` lifts the rate limits and nothing else."""

    on: bool = True
    bulk_per_second: float = 30.0
    silent_after: float = 5.0
    private_burst: float = 6.0
    private_per_second: float = 1.0
    group_burst: float = 20.0
    group_per_second: float = 20.0 / 60.0
    callback_answer: float = 15.0
    callback_in_queue: float = 150.0
    inline_in_queue: float = 30.0
    update_in_queue: float = 86400.0
    delete_within: float = 48 * 3600.0
    upload_bytes: int = 50 * 1024 * 1024
    photo_bytes: int = 10 * 1024 * 1024
    download_bytes: int = 20 * 1024 * 1024
    poll_seconds: float = 50.0
    hurried_poll_seconds: float = 3.0
    set_webhook_every: float = 1.0
    same_upload_bytes: int = 100_000


class Bucket:
    """Tokens up to ``capacity``, refilled ``per_second``."""

    def __init__(self, capacity: float, per_second: float, now: float) -> None:
        self.capacity = capacity
        self.per_second = per_second
        self.tokens = capacity
        self.at = now

    def fill(self, now: float) -> None:
        self.tokens = min(self.capacity, self.tokens + max(0.0, now - self.at) * self.per_second)
        self.at = now

    def wait(self, now: float) -> float:
        """Seconds until a token is there; 0 when it is."""
        self.fill(now)
        lacking = 1.0 - EARLY - self.tokens
        return lacking / self.per_second if lacking > 1e-9 else 0.0

    def take(self) -> None:
        self.tokens -= 1.0


class Flood(Refusal):
    """A 429; ``inside`` tells that the bot wrote although it was told to wait."""

    def __init__(self, seconds: int, *, inside: bool) -> None:
        told = too_many(seconds)
        super().__init__(told.code, told.description, **told.parameters)
        self.inside = inside


class RateLimiter:
    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._chats: dict[int, Bucket] = {}
        self._bulk: Bucket | None = None
        self._closed_until: dict[int, float] = {}

    def forget(self) -> None:
        """Start with full buckets and open chats."""
        self._chats.clear()
        self._closed_until.clear()
        self._bulk = None

    def close(self, chat_id: int, seconds: int, now: float) -> Flood:
        """Close a chat by force, as a fault does."""
        self._closed_until[chat_id] = now + seconds
        return Flood(seconds, inside=False)

    def spend(self, chat: Chat, now: float) -> None:
        """Count one message into the chat; raises ``Flood`` when it is one too many."""
        until = self._closed_until.get(chat.id, 0.0)
        if now < until:
            raise Flood(math.ceil(until - now), inside=True)
        if not self.limits.on:
            return
        buckets = [self._of(chat, now)]
        if now - chat.heard_at > self.limits.silent_after:
            buckets.append(self._bulk_bucket(now))
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > 0:
            seconds = max(1, math.ceil(wait))
            self._closed_until[chat.id] = now + seconds
            raise Flood(seconds, inside=False)
        for bucket in buckets:
            bucket.take()

    def _of(self, chat: Chat, now: float) -> Bucket:
        bucket = self._chats.get(chat.id)
        if bucket is None:
            of = self.limits
            if chat.type == "private":
                bucket = Bucket(of.private_burst, of.private_per_second, now)
            else:
                bucket = Bucket(of.group_burst, of.group_per_second, now)
            self._chats[chat.id] = bucket
        return bucket

    def _bulk_bucket(self, now: float) -> Bucket:
        if self._bulk is None:
            of = self.limits
            self._bulk = Bucket(of.bulk_per_second, of.bulk_per_second, now)
        return self._bulk


class UploadLimiter:
    """Large files of one and the same size sent again and again: first slower, then refused.

    Telegram means «send the file_id instead of the file».
    """

    AHEAD = 5.0
    SAVED = 1.0

    def __init__(self) -> None:
        self._next: dict[int, float] = {}

    def delay(self, size: int, now: float) -> float:
        """Seconds the upload has to wait; raises ``Flood`` when too many wait already."""
        next_time = self._next.get(size, 0.0)
        if next_time > now + self.AHEAD:
            raise Flood(60, inside=False)
        step = min(max(size * 1e-7, 0.2), 0.9)
        self._next[size] = max(next_time + step, now - self.SAVED)
        return max(0.0, self._next[size] - now)
