"""What is done when a timer rings, and what it is given.

A deed runs inside one write, in which its timer was marked as done; it looks at the present state
itself and answers whether there was anything to do.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from core.cipher import Cipher
from core.db.engine import Tx
from core.domain.silence import QuietHours


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """`due_at`: when it should have rung; a process that was away rings later than that."""

    now: datetime
    due_at: datetime
    cipher: Cipher
    quiet: QuietHours | None


Deed = Callable[[Tx, int, Surroundings], Awaitable[bool]]
"""Takes the write, the timer's entity, the surroundings."""
