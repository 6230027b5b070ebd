"""The web desk: one-time entries, sessions, expiring links to tables. Only hashes of codes lie
here, and nothing about families: a table is made at the moment somebody downloads it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id


class DeskEntry(Base):
    """A link from the bot into the desk: one use, five minutes."""

    __tablename__ = "desk_entries"

    id: Mapped[Id]
    code_sha256: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class DeskSession(Base):
    """A browser that has come in."""

    __tablename__ = "desk_sessions"

    id: Mapped[Id]
    token_sha256: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class DeskFile(Base):
    """A link to a table, for the one who asked for it."""

    __tablename__ = "desk_files"

    id: Mapped[Id]
    token_sha256: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str]  # core.domain.desk.FileKind
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))  # of a roster
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
