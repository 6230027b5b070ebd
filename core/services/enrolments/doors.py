"""One door to each group: families that want the same seats come in one by one.

Within a process, that is; between processes the conditional UPDATE decides. Without a door a
thousand applicants all see the last seat free, then wait for the database's lock only to be told
that it is gone; behind a door each looks after the one before him has written.
"""

from __future__ import annotations

import asyncio
from weakref import WeakValueDictionary


class Doors:
    def __init__(self) -> None:
        self._doors: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def to(self, group_id: int) -> asyncio.Lock:
        """The same lock for all who stand before this group now."""
        door = self._doors.get(group_id)
        if door is None:
            door = self._doors[group_id] = asyncio.Lock()
        return door
