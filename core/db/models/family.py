"""Children, their guardians, certificates and applications.

A row that a file brought carries the number of its import: that is its ground, it has no requester
and no visit, and nobody reads it before the import is visible.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id

LIVE_CERTIFICATE = "state IN ('awaiting_visit','under_review','needs_data','to_enter','active')"
LIVE_APPLICATION = "state IN ('new','needs_detail','confirmed','studying')"


class Child(Base):
    __tablename__ = "children"
    __table_args__ = (Index("ix_children_match", "name_key", "born"),)

    id: Mapped[Id]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    last_name: Mapped[str | None]
    first_name: Mapped[str | None]
    patronymic: Mapped[str | None]
    name_key: Mapped[bytes | None]  # blind index of the normal form of the name
    born: Mapped[date | None]
    snils_sealed: Mapped[bytes | None]
    snils_index: Mapped[bytes | None] = mapped_column(index=True)
    state: Mapped[str]  # core.domain.children.ChildState
    changes_in_person: Mapped[bool] = mapped_column(default=False, server_default=false())
    key: Mapped[str] = mapped_column(unique=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    entered_at: Mapped[datetime]


class Guardianship(Base):
    __tablename__ = "guardianships"
    __table_args__ = (UniqueConstraint("child_id", "person_id"),)

    id: Mapped[Id]
    child_id: Mapped[int] = mapped_column(ForeignKey("children.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str] = mapped_column(default="guardian", server_default="guardian")
    kind: Mapped[str | None]  # core.domain.family.GuardianKind, once said
    document_shown_until: Mapped[date | None]  # a guardian's paper, as staff saw it
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Certificate(Base):
    """From the request to the end of its life; the id is the number parents are told (№ 318)."""

    __tablename__ = "certificates"
    __table_args__ = (
        Index(
            "uq_certificates_live_child",
            "child_id",
            unique=True,
            sqlite_where=text(LIVE_CERTIFICATE),
            postgresql_where=text(LIVE_CERTIFICATE),
        ),
        Index("ix_certificates_state", "municipality_id", "state"),
    )

    id: Mapped[Id]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("children.id"), index=True)
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: imported
    kind: Mapped[str]  # record | financed
    state: Mapped[str]  # core.domain.certificates.CertificateState
    number_sealed: Mapped[bytes | None]
    number_index: Mapped[bytes | None] = mapped_column(unique=True)
    number_tail: Mapped[str | None]  # the last four digits, which messages may show
    nominal_kopecks: Mapped[int | None]  # of a financed one, for the period
    period_from: Mapped[date | None]
    period_until: Mapped[date | None]  # inclusive
    visit_code: Mapped[str | None]  # three words of the officer: request number and two digits
    visit_until: Mapped[date | None]
    refusal_reason: Mapped[str | None]  # a code of core.domain.certificates.RefusalReason
    refusal_note: Mapped[bytes | None]  # typed by staff, sealed
    version: Mapped[int]  # grows with each change of state
    key: Mapped[str] = mapped_column(unique=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    requested_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    state_since: Mapped[datetime | None]  # when the present state began; None: long ago
    needed_data: Mapped[str | None]  # core.domain.certificates.NeededData, while it is waited for
    needed_note: Mapped[bytes | None]  # the same in words typed by staff, sealed
    halt_reason: Mapped[str | None]  # core.domain.certificates.HaltReason: suspended or annulled
    halt_note: Mapped[bytes | None]  # typed by staff, sealed
    token_sealed: Mapped[bytes | None]  # of the link in the card's QR, to be shown again
    token_sha256: Mapped[str | None] = mapped_column(index=True, unique=True)


class Application(Base):
    """A request for a seat in a group; the id is the number parents are told (№ 4821)."""

    __tablename__ = "applications"
    __table_args__ = (
        Index(
            "uq_applications_live_programme",
            "child_id",
            "programme_id",
            unique=True,
            sqlite_where=text(LIVE_APPLICATION),
            postgresql_where=text(LIVE_APPLICATION),
        ),
        Index("ix_applications_group", "group_id", "state"),
    )

    id: Mapped[Id]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("children.id"), index=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    applied_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: imported
    source: Mapped[str]  # core.domain.enrolment.ApplicationSource
    state: Mapped[str]  # core.domain.enrolment.ApplicationState
    money_source: Mapped[str | None]  # core.domain.enrolment.MoneySource, where a roster says it
    enrolled_on: Mapped[date | None]
    answer_by: Mapped[date | None]
    refusal_reason: Mapped[str | None]
    refusal_note: Mapped[bytes | None]
    version: Mapped[int]
    key: Mapped[str] = mapped_column(unique=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    applied_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
