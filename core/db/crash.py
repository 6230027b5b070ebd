"""The crash hook: `KRUZHOK_CRASH=before|after:N` ends the process at its N-th commit.

Tests count the commits of a way once, then run it for every N on both sides and compare the
tables with those of the run that was left in peace. `os._exit` is the kill -9 of a polite test:
no `finally`, no flush, no rollback runs.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

EXIT_CODE = 137


@dataclass(kw_only=True)
class CrashPoint:
    """Counts commits of this process and ends it at the chosen one."""

    side: Literal["before", "after"] | None = None
    at: int = 0
    commits: int = 0

    @classmethod
    def from_environment(cls) -> CrashPoint:
        """Raises ValueError when the variable is set but not `before:N` or `after:N`."""
        text = os.environ.get("KRUZHOK_CRASH", "")
        if not text:
            return cls()
        side, _, number = text.partition(":")
        if side == "before" and number.isdecimal():
            return cls(side="before", at=int(number))
        if side == "after" and number.isdecimal():
            return cls(side="after", at=int(number))
        raise ValueError("KRUZHOK_CRASH must be before:N or after:N, for example after:7")

    def before_commit(self) -> None:
        self.commits += 1
        if self.side == "before" and self.commits == self.at:
            os._exit(EXIT_CODE)

    def after_commit(self) -> None:
        if self.side == "after" and self.commits == self.at:
            os._exit(EXIT_CODE)
