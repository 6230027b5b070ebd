"""Reminders, tries, tokens and the later life of a certificate"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from core.db.models.base import Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_COLUMNS: tuple[tuple[str, sa.types.TypeEngine[Any]], ...] = (
    ("state_since", Moment()),
    ("needed_data", sa.String()),
    ("needed_note", sa.LargeBinary()),
    ("halt_reason", sa.String()),
    ("halt_note", sa.LargeBinary()),
    ("token_sealed", sa.LargeBinary()),
    ("token_sha256", sa.String()),
)


def upgrade() -> None:
    for name, kind in _COLUMNS:
        op.add_column("certificates", sa.Column(name, kind, nullable=True))
    op.create_index(
        op.f("ix_certificates_token_sha256"), "certificates", ["token_sha256"], unique=True
    )
    op.create_table(
        "attach_tries",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("tried_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_attach_tries_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attach_tries")),
    )
    op.create_index(op.f("ix_attach_tries_tried_at"), "attach_tries", ["tried_at"])
    op.create_table(
        "attach_tasks",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("municipality_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("typed_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("settled_by", _ID, nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_attach_tasks_municipality_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_attach_tasks_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["people.id"], name=op.f("fk_attach_tasks_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attach_tasks")),
    )
    op.create_index(
        "uq_attach_tasks_open",
        "attach_tasks",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("attach_tasks")
    op.drop_table("attach_tries")
    op.drop_index(op.f("ix_certificates_token_sha256"), table_name="certificates")
    for name, _kind in reversed(_COLUMNS):
        op.drop_column("certificates", name)
