"""How fast an import goes: nobody may wait half a second for the write lock, whatever the disk."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from core.db.engine import Database, Tx

_SLOWER, _FASTER = 0.5, 1.25  # how much the next write may differ from the last one
_TICK_S = 0.001


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How much goes into one write.

    `chunk`: rows at first; `most`: rows at most. A write is meant to take `write_s` seconds: the
    next one is made greater or smaller by how long the last one took. `gathered`: changed rows that
    may wait for the last write. `breath`: seconds between writes, in which others, who look for the
    lock every hundredth of a second, find it free.
    """

    chunk: int = 300
    most: int = 2_000
    write_s: float = 0.15
    gathered: int = 500
    breath: float = 0.03


class Pacing:
    """Writes of one import, timed. `rows` is what the next one should take."""

    def __init__(self, database: Database, pace: Pace) -> None:
        self._database = database
        self._pace = pace
        self.rows = pace.chunk
        self._ended = 0.0

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """One write, when the last one is a breath ago: what is done in between costs no time."""
        await asyncio.sleep(self._ended + self._pace.breath - time.monotonic())
        began = 0.0
        async with self._database.write() as tx:
            began = time.monotonic()
            yield tx
        self._ended = time.monotonic()
        self._learn(self._ended - began)

    def _learn(self, took_s: float) -> None:
        fits = self._pace.write_s / max(took_s, _TICK_S)
        rows = self.rows * min(max(fits, _SLOWER), _FASTER)
        self.rows = min(math.ceil(rows), self._pace.most)
