"""What goes in and out: inbox, outbox, dialogue state, timers, leases, the mark of the key."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id


class InboxRow(Base):
    """One update as it came. state: received -> done | dead. The payload goes with `done`."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        Index(
            "ix_inbox_open",
            "queue",
            "id",
            sqlite_where=text("state = 'received'"),
            postgresql_where=text("state = 'received'"),
        ),
        Index("ix_inbox_ended", "state", "ended_at"),
    )

    id: Mapped[Id]
    bot_id: Mapped[int]
    update_id: Mapped[int]
    queue: Mapped[str]  # "chat:person": order is kept inside, nothing waits across
    kind: Mapped[str]  # message, callback_query … or "unknown"
    state: Mapped[str]
    payload: Mapped[bytes | None]
    attempts: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    lease_owner: Mapped[str | None]
    lease_epoch: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    fault: Mapped[str | None]  # class of the error of a dead row, never its text


class OutboxRow(Base):
    """One thing to tell somebody who did not cause it just now. Every row ends."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_open",
            "state",
            "not_before",
            "priority",
            "id",
        ),
        Index("ix_outbox_lane", "lane", "id"),
    )

    id: Mapped[Id]
    dedupe_key: Mapped[str] = mapped_column(unique=True)  # kind:entity:id:version:recipient
    kind: Mapped[str]  # what is told: a name in bot.outgoing's table of notices
    lane: Mapped[str]  # "person:ID" or "chat:ID": order is kept inside
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    bound_chat_id: Mapped[int | None] = mapped_column(ForeignKey("bound_chats.id"))
    priority: Mapped[int]  # 0 service, 10 campaign: lower goes first
    repeatable: Mapped[bool]  # may be sent again after an unknown outcome
    params: Mapped[bytes | None]  # sealed ids; text is rendered at send; dropped at the end
    state: Mapped[str]  # core.domain.outgoing.OutboxState
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    lease_owner: Mapped[str | None]
    lease_epoch: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]  # Telegram's words for a refusal, or a class of error
    message_id: Mapped[int | None]


class DialogueState(Base):
    """State of one conversation as the dialog library keeps it, in one sealed blob."""

    __tablename__ = "dialogue_states"

    key: Mapped[str] = mapped_column(primary_key=True)
    blob: Mapped[bytes]
    changed_at: Mapped[datetime]


class Timer(Base):
    """Something due at a moment: closing an unvisited request, dropping a dead payload."""

    __tablename__ = "timers"
    __table_args__ = (
        UniqueConstraint("kind", "entity_id"),
        Index("ix_timers_due", "done_at", "due_at"),
    )

    id: Mapped[Id]
    kind: Mapped[str]
    entity_id: Mapped[int]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Lease(Base):
    """Who holds a job; the epoch grows with each new holder, so a sleeper cannot write back."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str | None]
    epoch: Mapped[int] = mapped_column(default=0)
    until: Mapped[datetime | None]


class DataKeyMark(Base):
    """One row: a known value sealed with the DATA_KEY this database was begun with."""

    __tablename__ = "data_key_marks"

    id: Mapped[Id]
    sealed: Mapped[bytes]
    made_at: Mapped[datetime]
