"""The registry of programmes: programmes, their groups, and the imports that brought them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id


class Import(Base):
    """One accepted file. Rows carry its id; reads see them once `visible_at` is set."""

    __tablename__ = "imports"

    id: Mapped[Id]
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    kind: Mapped[str]
    sha256: Mapped[str]
    rows_read: Mapped[int]
    rows_new: Mapped[int]
    rows_changed: Mapped[int]
    rows_refused: Mapped[int]
    started_at: Mapped[datetime]
    visible_at: Mapped[datetime | None]


class Programme(Base):
    __tablename__ = "programmes"
    __table_args__ = (
        UniqueConstraint("municipality_id", "identity_key"),
        Index("ix_programmes_browse", "municipality_id", "state", "direction", "title"),
    )

    id: Mapped[Id]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    identity_key: Mapped[str]  # SHA-256 of organisation, title, ages, level in normal form
    title: Mapped[str]
    annotation: Mapped[str | None]
    direction: Mapped[str]  # core.domain.programmes.Direction
    age_from_months: Mapped[int]
    age_to_months: Mapped[int]  # inclusive
    level: Mapped[str | None]
    form: Mapped[str | None]
    registry_kind: Mapped[str | None]  # core.domain.programmes.Registry
    hours: Mapped[int | None]
    price_kopecks: Mapped[int | None]
    normative_price_kopecks: Mapped[int | None]
    adapted: Mapped[bool]
    remote: Mapped[bool] = mapped_column(default=False, server_default=false())
    holiday: Mapped[bool] = mapped_column(default=False, server_default=false())  # or summer
    state: Mapped[str]  # draft | published | archived
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    changed_at: Mapped[datetime]


class Group(Base):
    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("programme_id", "name_key"),)

    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    name: Mapped[str]
    name_key: Mapped[str]
    teacher: Mapped[str | None]
    address: Mapped[str | None]
    schedule: Mapped[
        list[dict[str, Any]]
    ]  # [{"weekday": 1..7, "starts": "15:00", "ends": "16:30"}]
    schedule_note: Mapped[str | None]  # the cell as it stood, where it could not be read whole
    capacity: Mapped[int | None]  # None: not limited by the registry
    taken: Mapped[int] = mapped_column(default=0)  # seats taken; recounted by doctor
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    applications_from: Mapped[date | None]
    applications_until: Mapped[date | None]  # None: until the group ends
    # False: the registry lists it no more, so its window was closed; a later listing opens it
    listed: Mapped[bool] = mapped_column(default=True, server_default=true())
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    changed_at: Mapped[datetime]
