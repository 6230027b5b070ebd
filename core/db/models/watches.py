"""Who waits for a free seat: an account and a programme, nothing about a child."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id

LIVE_WATCH = "ended_at IS NULL"


class SeatWatch(Base):
    """It ends when its person is told of a seat, or by a tap."""

    __tablename__ = "seat_watches"
    __table_args__ = (
        Index(
            "uq_seat_watches_live",
            "person_id",
            "programme_id",
            unique=True,
            sqlite_where=text(LIVE_WATCH),
            postgresql_where=text(LIVE_WATCH),
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    appearances: Mapped[int] = mapped_column(default=0)  # seats that have appeared: notices made
    since: Mapped[datetime]
    noticed_at: Mapped[datetime | None]  # a notice of the present appearance is on its way
    ended_at: Mapped[datetime | None]
