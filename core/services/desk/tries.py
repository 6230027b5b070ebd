"""A brake on guessing codes: wrong ones of the last minute, by address and over all addresses.

Kept in memory: a code lives five minutes and has 144 random bits, so the brake guards the database
from a flood and not the code itself.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime

from core.clock import Clock
from core.domain.desk import WRONG_TRIES, WRONG_TRIES_IN, WRONG_TRIES_OF_ALL, DeskTriesSpent


class WrongTries:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lately: deque[tuple[datetime, str]] = deque()

    def check(self, address: str) -> None:
        """Raises DeskTriesSpent."""
        self._forget()
        own = sum(1 for _, whose in self._lately if whose == address)
        if own >= WRONG_TRIES or len(self._lately) >= WRONG_TRIES_OF_ALL:
            raise DeskTriesSpent()

    def note(self, address: str) -> None:
        """A wrong code came from there."""
        self._lately.append((self._clock.now(), address))

    def _forget(self) -> None:
        since = self._clock.now() - WRONG_TRIES_IN
        while self._lately and self._lately[0][0] <= since:
            self._lately.popleft()
