"""Guardians by kind, invitations, requests to change a child's record, merges"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.db.models.base import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = (
    "child_merges",
    "child_changes",
    "recovery_tries",
    "family_codes",
    "family_invitation_children",
    "family_invitations",
)


def upgrade() -> None:
    op.add_column(
        "guardianships",
        sa.Column("role", sa.String(), server_default="guardian", nullable=False),
    )
    op.add_column("guardianships", sa.Column("kind", sa.String(), nullable=True))
    op.add_column("guardianships", sa.Column("document_shown_until", sa.Date(), nullable=True))
    op.add_column(
        "children",
        sa.Column("changes_in_person", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    _invitations()
    _recovery()
    _changes()
    _merges()


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    with op.batch_alter_table("children") as batch:
        batch.drop_column("changes_in_person")
    with op.batch_alter_table("guardianships") as batch:
        batch.drop_column("document_shown_until")
        batch.drop_column("kind")
        batch.drop_column("role")


def _invitations() -> None:
    op.create_table(
        "family_invitations",
        _id(),
        sa.Column("code_sha256", sa.String(), nullable=False),
        sa.Column("inviter_id", _ID, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("used_by", _ID, nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        _to("family_invitations", "inviter_id", "people"),
        _to("family_invitations", "used_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_invitations")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_family_invitations_code_sha256")),
    )
    op.create_index(op.f("ix_family_invitations_inviter_id"), "family_invitations", ["inviter_id"])
    op.create_table(
        "family_invitation_children",
        _id(),
        sa.Column("invitation_id", _ID, nullable=False),
        sa.Column("child_id", _ID, nullable=False),
        _to("family_invitation_children", "invitation_id", "family_invitations"),
        _to("family_invitation_children", "child_id", "children"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_invitation_children")),
        sa.UniqueConstraint(
            "invitation_id",
            "child_id",
            name=op.f("uq_family_invitation_children_invitation_id_child_id"),
        ),
    )
    op.create_index(
        op.f("ix_family_invitation_children_child_id"), "family_invitation_children", ["child_id"]
    )


def _recovery() -> None:
    op.create_table(
        "family_codes",
        _id(),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("code_sha256", sa.String(), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("used_by", _ID, nullable=True),
        sa.Column("dropped_at", Moment(), nullable=True),
        _to("family_codes", "person_id", "people"),
        _to("family_codes", "used_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_codes")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_family_codes_code_sha256")),
    )
    live = sa.text("used_at IS NULL AND dropped_at IS NULL")
    op.create_index(
        "uq_family_codes_live",
        "family_codes",
        ["person_id"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    op.create_table(
        "recovery_tries",
        _id(),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        _to("recovery_tries", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_tries")),
    )
    op.create_index("ix_recovery_tries_person", "recovery_tries", ["person_id", "at"])


def _changes() -> None:
    op.create_table(
        "child_changes",
        _id(),
        sa.Column("child_id", _ID, nullable=False),
        sa.Column("requested_by", _ID, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("wanted", sa.LargeBinary(), nullable=True),
        sa.Column("former", sa.LargeBinary(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("requested_at", Moment(), nullable=False),
        sa.Column("decided_by", _ID, nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        _to("child_changes", "child_id", "children"),
        _to("child_changes", "requested_by", "people"),
        _to("child_changes", "decided_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_changes")),
        sa.UniqueConstraint("key", name=op.f("uq_child_changes_key")),
    )
    op.create_index(op.f("ix_child_changes_child_id"), "child_changes", ["child_id"])
    op.create_index(
        "uq_child_changes_open",
        "child_changes",
        ["child_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def _merges() -> None:
    op.create_table(
        "child_merges",
        _id(),
        sa.Column("municipality_id", _ID, nullable=False),
        sa.Column("kept_id", _ID, nullable=False),
        sa.Column("gone_id", _ID, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proposed_by", _ID, nullable=False),
        sa.Column("proposed_at", Moment(), nullable=False),
        sa.Column("decided_by", _ID, nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("undo_until", Moment(), nullable=True),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=True),
        _to("child_merges", "municipality_id", "municipalities"),
        _to("child_merges", "kept_id", "children"),
        _to("child_merges", "gone_id", "children"),
        _to("child_merges", "proposed_by", "people"),
        _to("child_merges", "decided_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_merges")),
    )
    op.create_index(op.f("ix_child_merges_kept_id"), "child_merges", ["kept_id"])
    live = sa.text("state IN ('proposed','confirmed')")
    op.create_index(
        "uq_child_merges_live",
        "child_merges",
        ["gone_id"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )


def _id() -> sa.Column[int]:
    return sa.Column("id", _ID, autoincrement=True, nullable=False)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
