"""Families that wait for a free seat"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.db.models.base import Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "seat_watches",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("programme_id", _ID, nullable=False),
        sa.Column("appearances", _ID, nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("noticed_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_seat_watches_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_seat_watches_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_watches")),
    )
    op.create_index(op.f("ix_seat_watches_programme_id"), "seat_watches", ["programme_id"])
    op.create_index(
        "uq_seat_watches_live",
        "seat_watches",
        ["person_id", "programme_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("seat_watches")
