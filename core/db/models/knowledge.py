"""The knowledge base: entries, their answers by place and time, every version, what was asked in
vain.

Whoever changes an entry raises the number of `knowledge_state` in the same write: processes see by
it that their index is old.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id

COMMON = "municipality_id IS NULL"


class KnowledgeEntry(Base):
    """A question with examples of how it is asked."""

    __tablename__ = "knowledge_entries"
    __table_args__ = (
        Index("uq_knowledge_entries_local", "municipality_id", "code", unique=True),
        Index(  # two NULLs never equal each other, so common codes need an index of their own
            "uq_knowledge_entries_common",
            "code",
            unique=True,
            sqlite_where=text(COMMON),
            postgresql_where=text(COMMON),
        ),
    )

    id: Mapped[Id]
    code: Mapped[str]  # the id of an imported file; of entries made here their own
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    topic: Mapped[str]
    audience: Mapped[str]  # core.domain.knowledge.Audience
    question: Mapped[str]
    examples: Mapped[list[str]]
    version: Mapped[int]  # the number of its last version
    key: Mapped[str | None] = mapped_column(unique=True)  # the use case's, where it was made here
    added_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class KnowledgeAnswer(Base):
    """One answer. Never changed: it ends and another is added."""

    __tablename__ = "knowledge_answers"
    __table_args__ = (Index("ix_knowledge_answers_entry", "entry_id", "ended_at"),)

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("knowledge_entries.id"))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    regime: Mapped[str | None]  # core.domain.municipality.Regime
    registry_mode: Mapped[str | None]  # core.domain.municipality.RegistryMode
    audience: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]  # inclusive
    text: Mapped[str]  # with variables in braces
    link: Mapped[str | None]
    picture: Mapped[str | None]  # an address, or the name a messenger gave to it
    file: Mapped[str | None]
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class KnowledgeVersion(Base):
    """The whole entry as it stood after a change. Never changed."""

    __tablename__ = "knowledge_versions"
    __table_args__ = (UniqueConstraint("entry_id", "number"),)

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(ForeignKey("knowledge_entries.id"))
    number: Mapped[int]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: an import
    changed_at: Mapped[datetime]
    fields: Mapped[list[str]]  # what changed
    snapshot: Mapped[dict[str, Any]]


class KnowledgeState(Base):
    """One row: how often the base has changed."""

    __tablename__ = "knowledge_state"

    id: Mapped[Id]
    number: Mapped[int]


class QuestionMiss(Base):
    """A question the base could not answer, without numbers, names and without who asked."""

    __tablename__ = "question_misses"
    __table_args__ = (UniqueConstraint("municipality_id", "text_key"),)

    id: Mapped[Id]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    text: Mapped[str]
    text_key: Mapped[str]  # in small letters
    nearest_id: Mapped[int | None] = mapped_column(ForeignKey("knowledge_entries.id"))
    times: Mapped[int]
    last_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
