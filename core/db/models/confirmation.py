"""Points of confirmation: who looked for whom, where documents were seen, families on paper."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id


class PointLookup(Base):
    """An officer looked for a request; what was found is open to him for a while."""

    __tablename__ = "point_lookups"
    __table_args__ = (Index("ix_point_lookups_person", "person_id", "at"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    way: Mapped[str]  # core.domain.confirmation.FindingWay
    certificate_id: Mapped[int | None] = mapped_column(
        ForeignKey("certificates.id"), index=True
    )  # None: nothing was found
    at: Mapped[datetime]


class PointConfirmation(Base):
    """Where the documents of a certificate's family were seen, and by whom."""

    __tablename__ = "point_confirmations"
    __table_args__ = (Index("ix_point_confirmations_point", "organisation_id", "at"),)

    id: Mapped[Id]
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class PaperConsent(Base):
    """A guardian's consent on paper: the ground for a child entered without an account."""

    __tablename__ = "paper_consents"

    id: Mapped[Id]
    child_id: Mapped[int] = mapped_column(ForeignKey("children.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[str]  # as the point numbers its papers
    given_on: Mapped[date]
    guardian_name_sealed: Mapped[bytes | None]
    phone_sealed: Mapped[bytes | None]
    taken_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    taken_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class JoinSlip(Base):
    """A one-time link by which a family on paper joins its child later; only its hash is kept."""

    __tablename__ = "join_slips"

    id: Mapped[Id]
    child_id: Mapped[int] = mapped_column(ForeignKey("children.id"), index=True)
    code_sha256: Mapped[str] = mapped_column(unique=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
