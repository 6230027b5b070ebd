"""The queue of updates to the bot.

An update stays until the bot confirms it (a higher offset, or a 2xx to the webhook) or it grows
too old: a day, taps 150 seconds. On purpose it can be handed over several times and shuffled
between chats, seeded, to show that handlers survive what at-least-once delivery allows.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from bot.sandbox.world import Fields, Update, World

NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")
MESSAGES = ("message", "edited_message", "channel_post", "edited_channel_post")
HISTORY = 10_000


@dataclass(frozen=True, kw_only=True)
class Redelivery:
    """``most`` copies of each update at most; ``keep_order`` within one chat.

    With ``keep_order`` the first copy of an update never overtakes an earlier one of its queue;
    further copies may come at any time.
    """

    most: int = 1
    shuffle: bool = False
    keep_order: bool = True
    seed: int = 0


class Updates:
    def __init__(self, world: Callable[[], World]) -> None:
        self._world = world
        self.redelivery = Redelivery()
        self.chance = Random(0)
        self.came = asyncio.Event()
        self._counted: set[int] = set()

    def repeat(self, redelivery: Redelivery) -> None:
        self.redelivery = redelivery
        self.chance = Random(redelivery.seed)
        self._counted.clear()

    def allowed(self, kind: str) -> bool:
        chosen = self._world().allowed_updates
        return kind in chosen if chosen else kind not in NOT_BY_DEFAULT

    def push(self, kind: str, body: Any, queue: int, expires_at: float) -> Update | None:
        """Queue an update; None when the bot did not ask for its kind."""
        if not self.allowed(kind):
            return None
        world = self._world()
        update = Update(
            id=world.next_update_id, kind=kind, body=body, queue=queue, expires_at=expires_at
        )
        world.next_update_id += 1
        return self.add(update)

    def push_raw(self, document: Fields, queue: int, expires_at: float) -> Update:
        """Queue any JSON object, known kind or not; it keeps its update_id if it has one."""
        world = self._world()
        update_id = document.get("update_id")
        if not isinstance(update_id, int):
            update_id = world.next_update_id
        world.next_update_id = max(world.next_update_id, update_id) + 1
        body = {**document, "update_id": update_id}
        return self.add(
            Update(id=update_id, kind="", body=body, queue=queue, expires_at=expires_at)
        )

    def add(self, update: Update) -> Update:
        world = self._world()
        world.updates.append(update)
        world.updates.sort(key=lambda queued: queued.id)
        world.history.append(update)
        del world.history[:-HISTORY]
        self.wake()
        return update

    def wake(self) -> None:
        self.came.set()
        self.came = asyncio.Event()

    def redeliver(self, update_id: int, times: int) -> int:
        """Hand an old update over again, confirmed or not; gives how many copies were queued."""
        found = [update for update in self._world().history if update.id == update_id][-1:]
        copies = found * times
        self._world().again.extend(copies)
        self.wake()
        return len(copies)

    def expire(self, now: float) -> None:
        world = self._world()
        if any(update.expires_at <= now for update in world.updates):
            world.updates = [update for update in world.updates if update.expires_at > now]

    def confirm(self, offset: int) -> None:
        world = self._world()
        world.updates = [update for update in world.updates if update.id >= offset]

    def keep_last(self, count: int) -> None:
        """A negative offset: all but the last ``count`` are forgotten."""
        world = self._world()
        world.updates = world.updates[-count:]

    def drop(self) -> None:
        self._world().updates.clear()
        self._world().again.clear()

    def batch(self, limit: int) -> list[Update]:
        """What getUpdates gives now: the queue's head with copies, as ``redelivery`` says."""
        world = self._world()
        again, world.again = world.again[:limit], world.again[limit:]
        fresh = world.updates[: limit - len(again)]
        for update in fresh:
            again.extend([update] * (self.copies(update) - 1))
        if not self.redelivery.shuffle:
            return self._mixed(fresh, again) if again else fresh
        return self._mixed(self._shuffled(fresh), again)

    def copies(self, update: Update) -> int:
        """How often to hand the update over, decided once."""
        if update.id in self._counted or self.redelivery.most < 2:
            return 1
        self._counted.add(update.id)
        return self.chance.randint(1, self.redelivery.most)

    def _shuffled(self, fresh: list[Update]) -> list[Update]:
        if not self.redelivery.keep_order:
            return self.chance.sample(fresh, len(fresh))
        lines: dict[int, list[Update]] = {}
        for update in fresh:
            lines.setdefault(update.queue, []).append(update)
        merged = []
        while lines:
            queue = self.chance.choice(sorted(lines))
            merged.append(lines[queue].pop(0))
            if not lines[queue]:
                del lines[queue]
        return merged

    def _mixed(self, first: list[Update], copies: list[Update]) -> list[Update]:
        """Copies anywhere after their first delivery in this batch, if there is one."""
        mixed = list(first)
        for copy in copies:
            begin = mixed.index(copy) + 1 if copy in mixed else 0
            mixed.insert(self.chance.randint(begin, len(mixed)), copy)
        return mixed
