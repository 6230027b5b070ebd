"""Municipalities and organisations."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id


class Municipality(Base):
    __tablename__ = "municipalities"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    timezone: Mapped[str]
    regime: Mapped[str]  # pfdo | social_order
    registry_mode: Mapped[str]  # own | external
    centre_name: Mapped[str | None]  # how the municipal centre calls itself
    centre_phone: Mapped[str | None]
    ordinal: Mapped[int] = mapped_column(unique=True)  # order of adding: digits 3-4 of own numbers
    certificate_serial: Mapped[int] = mapped_column(default=0)  # last serial given out
    added_at: Mapped[datetime]
    reminded_on: Mapped[date | None]  # the last day staff were told of what waits too long


class Organisation(Base):
    __tablename__ = "organisations"
    __table_args__ = (UniqueConstraint("municipality_id", "name_key"),)

    id: Mapped[Id]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    name: Mapped[str]
    name_key: Mapped[str]  # normal form for comparing, core.domain.naming
    address: Mapped[str | None]
    phone: Mapped[str | None]
    confirms_certificates: Mapped[bool]  # certificates are confirmed here in person
    confirmation_hours: Mapped[str | None]  # as a person says it: when and where
    confirmation_plan: Mapped[int | None]  # children the point expects in a year
    latitude: Mapped[float | None]  # degrees; both or none, sent by staff
    longitude: Mapped[float | None]
    added_at: Mapped[datetime]
