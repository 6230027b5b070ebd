"""What the bot asked and what came of it: the witness of every figure about the bot's behaviour.

Outcomes: ok, refusal (an answer of Telegram's own), fault (the line broke, see ``fault``),
unsupported (the sandbox lacks the method) and broken (the sandbox failed): tests should fail on
the last two. The last ``keep`` entries are held, the counters for ever.
"""

from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any


@dataclass(kw_only=True)
class Entry:
    """``done`` tells whether the world was changed, whatever the bot heard of it."""

    number: int
    time: float
    method: str
    params: dict[str, Any]
    outcome: str = "pending"
    code: int = 0
    description: str = ""
    fault: str = ""
    done: bool = False
    violation: bool = False
    chat_id: int | None = None
    message_ids: list[int] = field(default_factory=list)
    finished: float = 0.0


class Journal:
    def __init__(self, keep: int = 200_000) -> None:
        self.entries: deque[Entry] = deque(maxlen=keep)
        self.counts: Counter[str] = Counter()
        self.violations = 0
        self._next = 1

    def open(self, method: str, params: dict[str, Any], now: float) -> Entry:
        entry = Entry(number=self._next, time=now, method=method, params=params)
        self._next += 1
        self.entries.append(entry)
        return entry

    def close(self, entry: Entry, now: float) -> None:
        entry.finished = now
        self.counts[f"{entry.method} {entry.outcome}"] += 1
        if entry.code:
            self.counts[f"code {entry.code}"] += 1
        if entry.violation:
            self.violations += 1

    def find(
        self,
        *,
        method: str | None = None,
        outcome: str | None = None,
        chat_id: int | None = None,
        after: int = 0,
    ) -> list[Entry]:
        """Entries that fit all the given conditions, oldest first."""
        return [
            entry
            for entry in self.entries
            if entry.number > after
            and (method is None or entry.method.lower() == method.lower())
            and (outcome is None or entry.outcome == outcome)
            and (chat_id is None or entry.chat_id == chat_id)
        ]

    @property
    def unsupported(self) -> list[str]:
        return [entry.method for entry in self.entries if entry.outcome == "unsupported"]

    def clear(self) -> None:
        self.entries.clear()
        self.counts.clear()
        self.violations = 0
