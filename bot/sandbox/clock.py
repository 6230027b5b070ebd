"""The sandbox's clock: real, or standing still until a test moves it."""

import time


class Clock:
    """Seconds since 1970 in UTC; ``frozen_at`` stops it, ``advance`` moves it either way."""

    def __init__(self, frozen_at: float | None = None) -> None:
        self._frozen_at = frozen_at
        self._shift = 0.0

    def now(self) -> float:
        base = time.time() if self._frozen_at is None else self._frozen_at
        return base + self._shift

    def advance(self, seconds: float) -> float:
        self._shift += seconds
        return self.now()

    def freeze(self) -> float:
        self._frozen_at = time.time() if self._frozen_at is None else self._frozen_at
        return self.now()
