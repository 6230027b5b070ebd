"""Acts of erasure: that somebody was erased, never who it was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id


class Erasure(Base):
    """One act; the id is the number the person is told. Never changed but for `exported_at`."""

    __tablename__ = "erasures"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)  # the use case's; acts are matched by it
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    children: Mapped[list[int]] = mapped_column(JSON)  # ids of the children erased with the person
    counts: Mapped[dict[str, Any]]  # what was ended, by kind
    at: Mapped[datetime]
    exported_at: Mapped[datetime | None]  # when it was written into the file beside the database
