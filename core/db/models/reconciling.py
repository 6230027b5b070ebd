"""Where the registry is kept elsewhere: what staff carry over by hand, what files say otherwise."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id

OPEN_TASK = "state = 'open'"


class RegistryTask(Base):
    """A decided request or application to be entered into the other registry by a person."""

    __tablename__ = "registry_tasks"
    __table_args__ = (
        Index(
            "uq_registry_tasks_open",
            "subject",
            "subject_id",
            unique=True,
            sqlite_where=text(OPEN_TASK),
            postgresql_where=text(OPEN_TASK),
        ),
        Index("ix_registry_tasks_state", "municipality_id", "state"),
    )

    id: Mapped[Id]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    subject: Mapped[str]  # core.domain.staff.CardSubject
    subject_id: Mapped[int]
    state: Mapped[str]  # core.domain.registry_tasks.TaskState
    version: Mapped[int]
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(
        ForeignKey("people.id")
    )  # None: an import, a family


class RegistryDifference(Base):
    """What a file of the other registry says otherwise than we do; people settle it."""

    __tablename__ = "registry_differences"
    __table_args__ = (Index("ix_registry_differences_state", "municipality_id", "state"),)

    id: Mapped[Id]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    kind: Mapped[str]  # core.domain.registry_tasks.DifferenceKind
    subject: Mapped[str]  # certificates | children | applications
    subject_id: Mapped[int]
    fingerprint: Mapped[bytes] = mapped_column(unique=True)  # keyed: one difference, one row
    ours_sealed: Mapped[bytes]  # JSON, as each stood when it was found
    theirs_sealed: Mapped[bytes]
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"))  # the newest that said so
    state: Mapped[str]  # core.domain.registry_tasks.DifferenceState
    answer: Mapped[str | None]  # core.domain.registry_tasks.DifferenceAnswer
    version: Mapped[int]
    found_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
