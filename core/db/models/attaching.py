"""Looking for a certificate one already has: tries, and tasks for staff where none was found."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id

OPEN_TASK = "settled_at IS NULL"


class AttachTry(Base):
    """One try in vain: who and when, never what was typed. It is forgotten after a day."""

    __tablename__ = "attach_tries"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    tried_at: Mapped[datetime] = mapped_column(index=True)


class AttachTask(Base):
    """A certificate that was not found: staff look for it. One open task a person."""

    __tablename__ = "attach_tasks"
    __table_args__ = (
        Index(
            "uq_attach_tasks_open",
            "person_id",
            unique=True,
            sqlite_where=text(OPEN_TASK),
            postgresql_where=text(OPEN_TASK),
        ),
    )

    id: Mapped[Id]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    typed_sealed: Mapped[bytes | None]  # {"number", "born"}; dropped once settled
    made_at: Mapped[datetime]
    outcome: Mapped[str | None]  # core.domain.attaching.TaskOutcome
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    settled_at: Mapped[datetime | None]
