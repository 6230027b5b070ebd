"""Tasks for the outside registry, differences between files and what stands"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.db.models.base import Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_OPEN = sa.text("state = 'open'")
_LIVE = "state IN ('awaiting_visit','under_review','needs_data','active')"
_LIVE_WITH_TO_ENTER = "state IN ('awaiting_visit','under_review','needs_data','to_enter','active')"


def upgrade() -> None:
    op.create_table(
        "registry_tasks",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("municipality_id", _ID, nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", _ID, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", _ID, nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("done_at", Moment(), nullable=True),
        sa.Column("done_by", _ID, nullable=True),
        _municipality("registry_tasks"),
        sa.ForeignKeyConstraint(["done_by"], ["people.id"], name=op.f("fk_registry_tasks_done_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_tasks")),
    )
    op.create_index(
        "uq_registry_tasks_open",
        "registry_tasks",
        ["subject", "subject_id"],
        unique=True,
        sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )
    op.create_index("ix_registry_tasks_state", "registry_tasks", ["municipality_id", "state"])
    op.create_table(
        "registry_differences",
        sa.Column("id", _ID, autoincrement=True, nullable=False),
        sa.Column("municipality_id", _ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", _ID, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("ours_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("theirs_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("import_id", _ID, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("version", _ID, nullable=False),
        sa.Column("found_at", Moment(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.Column("settled_by", _ID, nullable=True),
        _municipality("registry_differences"),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_registry_differences_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["people.id"], name=op.f("fk_registry_differences_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_differences")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_registry_differences_fingerprint")),
    )
    op.create_index(
        "ix_registry_differences_state", "registry_differences", ["municipality_id", "state"]
    )
    _index_live(_LIVE_WITH_TO_ENTER)


def downgrade() -> None:
    op.execute("UPDATE certificates SET state = 'under_review' WHERE state = 'to_enter'")
    _index_live(_LIVE)
    op.drop_table("registry_differences")
    op.drop_table("registry_tasks")


def _municipality(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["municipality_id"], ["municipalities.id"], name=op.f(f"fk_{table}_municipality_id")
    )


def _index_live(where: str) -> None:
    """A child has one live certificate; which states are live has changed."""
    op.drop_index("uq_certificates_live_child", "certificates")
    op.create_index(
        "uq_certificates_live_child",
        "certificates",
        ["child_id"],
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
