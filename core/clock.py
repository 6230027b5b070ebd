"""Time and chance, injected: production reads the machine, tests move and seed them."""

from __future__ import annotations

import random
import secrets
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where "now" comes from; always an aware UTC moment."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class MovableClock:
    """A clock that stands still until somebody moves it: spans of days are tested in process."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs an aware moment")
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    def move(self, step: timedelta) -> None:
        """Go forward by `step`."""
        self._now += step


class Chance(Protocol):
    """Where random ids come from."""

    def token(self, length: int = 22) -> str:
        """Random text of `length` characters of `A-Za-z0-9_-` (6 bits each)."""
        ...

    def digits(self, length: int) -> str:
        """Random decimal digits."""
        ...

    def octets(self, length: int) -> bytes:
        """Random bytes (nonces)."""
        ...


_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"


class SystemChance:
    """Cryptographic randomness of the operating system."""

    def token(self, length: int = 22) -> str:
        return "".join(secrets.choice(_ALPHABET) for _ in range(length))

    def digits(self, length: int) -> str:
        return "".join(secrets.choice("0123456789") for _ in range(length))

    def octets(self, length: int) -> bytes:
        return secrets.token_bytes(length)


class SeededChance:
    """Repeatable randomness for tests; never for production."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def token(self, length: int = 22) -> str:
        return "".join(self._random.choice(_ALPHABET) for _ in range(length))

    def digits(self, length: int) -> str:
        return "".join(self._random.choice("0123456789") for _ in range(length))

    def octets(self, length: int) -> bytes:
        return self._random.randbytes(length)
