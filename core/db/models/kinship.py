"""How a family comes together and apart: invitations, codes of recovery, changes of a child's
record, children entered twice.

Codes are kept as hashes only. Values somebody wants changed, and what a merge took away, are
sealed; a merge's journal holds ids.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.models.base import Base, Id

LIVE_CODE = "used_at IS NULL AND dropped_at IS NULL"
OPEN_CHANGE = "state = 'open'"
LIVE_MERGE = "state IN ('proposed','confirmed')"


class FamilyInvitation(Base):
    """One-time and expiring: a second parent, a helper, or a child of fourteen and more."""

    __tablename__ = "family_invitations"

    id: Mapped[Id]
    code_sha256: Mapped[str] = mapped_column(unique=True)
    inviter_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str]  # core.domain.family.FamilyRole
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    revoked_at: Mapped[datetime | None]


class FamilyInvitationChild(Base):
    """Which children the invited person will see."""

    __tablename__ = "family_invitation_children"
    __table_args__ = (UniqueConstraint("invitation_id", "child_id"),)

    id: Mapped[Id]
    invitation_id: Mapped[int] = mapped_column(ForeignKey("family_invitations.id"))
    child_id: Mapped[int] = mapped_column(ForeignKey("children.id"), index=True)


class FamilyCode(Base):
    """A code by which a guardian who lost the account comes back; one at a time."""

    __tablename__ = "family_codes"
    __table_args__ = (
        Index(
            "uq_family_codes_live",
            "person_id",
            unique=True,
            sqlite_where=text(LIVE_CODE),
            postgresql_where=text(LIVE_CODE),
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    code_sha256: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    dropped_at: Mapped[datetime | None]


class RecoveryTry(Base):
    """One wrong guess at a family code: five an hour, then it is over for a while."""

    __tablename__ = "recovery_tries"
    __table_args__ = (Index("ix_recovery_tries_person", "person_id", "at"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class ChildChange(Base):
    """A request to change a confirmed child's record; afterwards, the history of the old value."""

    __tablename__ = "child_changes"
    __table_args__ = (
        Index(
            "uq_child_changes_open",
            "child_id",
            unique=True,
            sqlite_where=text(OPEN_CHANGE),
            postgresql_where=text(OPEN_CHANGE),
        ),
    )

    id: Mapped[Id]
    child_id: Mapped[int] = mapped_column(ForeignKey("children.id"), index=True)
    requested_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str]  # core.domain.family_records.ChangeState
    field: Mapped[str]  # core.domain.family_records.RecordField
    wanted: Mapped[bytes | None]  # sealed; goes when it is refused
    former: Mapped[bytes | None]  # sealed; the value before an accepted change
    key: Mapped[str] = mapped_column(unique=True)
    requested_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]


class ChildMerge(Base):
    """Two records of one child: proposed by one staff person, confirmed by another."""

    __tablename__ = "child_merges"
    __table_args__ = (
        Index(
            "uq_child_merges_live",
            "gone_id",
            unique=True,
            sqlite_where=text(LIVE_MERGE),
            postgresql_where=text(LIVE_MERGE),
        ),
    )

    id: Mapped[Id]
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    kept_id: Mapped[int] = mapped_column(ForeignKey("children.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("children.id"))
    state: Mapped[str]  # core.domain.family_doubles.MergeState
    proposed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    undo_until: Mapped[datetime | None]
    moved: Mapped[list[dict[str, Any]]]  # rows that changed their child: table, id, what was
    record: Mapped[bytes | None]  # sealed: the record that went; dropped when undo is over
