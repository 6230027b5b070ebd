"""What is told to somebody who did not cause it just now: a notice, and how its sending ended.

A notice carries ids and codes, never personal values: its text is rendered at the moment of
sending, in the recipient's language, from the state of that moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

SERVICE = 0
"""Priority of service messages; smaller goes first."""
CAMPAIGN = 10


class OutboxState(StrEnum):
    """`pending` waits for its turn; every other state is an end."""

    PENDING = "pending"
    SENT = "sent"
    BLOCKED = "blocked"  # the person blocked the bot, or the account is gone from it
    GONE = "gone"  # the chat, the account or the message does not exist any more
    REJECTED = "rejected"  # Telegram refused the request: a mistake of ours
    UNKNOWN = "unknown"  # left, and no answer came; not repeatable, so it stays
    EXPIRED = "expired"  # too late to be of use
    DROPPED = "dropped"  # at its time there was nothing to say any more


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One message to be. Exactly one of `person_id` and `bound_chat_id` is set.

    (kind, entity, entity_id, version, recipient) is told once, however often it is enqueued.
    """

    kind: str  # name of a renderer at the messenger's edge
    entity: str  # table name
    entity_id: int
    version: int
    person_id: int | None = None
    bound_chat_id: int | None = None
    params: Mapping[str, int | str] = field(default_factory=dict)
    priority: int = SERVICE
    repeatable: bool = True  # may be sent again when the outcome is unknown
    not_before: datetime | None = None
    expires_at: datetime | None = None

    def __post_init__(self) -> None:
        if (self.person_id is None) == (self.bound_chat_id is None):
            raise ValueError("a notice has one recipient: a person or a bound chat")

    @property
    def lane(self) -> str:
        """Order is kept inside a lane."""
        if self.person_id is not None:
            return f"person:{self.person_id}"
        return f"chat:{self.bound_chat_id}"

    @property
    def dedupe_key(self) -> str:
        return f"{self.kind}:{self.entity}:{self.entity_id}:{self.version}:{self.lane}"
