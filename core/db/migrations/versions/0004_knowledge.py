"""Knowledge base: questions, answers, their versions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.db.models.base import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COMMON = sa.text("municipality_id IS NULL")


def _id() -> sa.Column[int]:
    return sa.Column("id", _BIG, autoincrement=True, nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _points_to(
    table: str, column: str, target: str, *, nullable: bool = False
) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column(column, _BIG, nullable=nullable),
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}")),
    )


def upgrade() -> None:
    _make_entries()
    _make_answers()
    _make_versions()
    op.create_table(
        "knowledge_state",
        _id(),
        sa.Column("number", _BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_knowledge_state")),
    )
    op.execute("INSERT INTO knowledge_state (id, number) VALUES (1, 0)")
    _make_misses()


def downgrade() -> None:
    for table in (
        "question_misses",
        "knowledge_state",
        "knowledge_versions",
        "knowledge_answers",
        "knowledge_entries",
    ):
        op.drop_table(table)


def _make_entries() -> None:
    table = "knowledge_entries"
    op.create_table(
        table,
        _id(),
        _text("code"),
        *_points_to(table, "municipality_id", "municipalities", nullable=True),
        _text("topic"),
        _text("audience"),
        _text("question"),
        sa.Column("examples", sa.JSON(), nullable=False),
        sa.Column("version", _BIG, nullable=False),
        _text("key", nullable=True),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("key", name=op.f(f"uq_{table}_key")),
    )
    op.create_index(f"uq_{table}_local", table, ["municipality_id", "code"], unique=True)
    op.create_index(
        f"uq_{table}_common",
        table,
        ["code"],
        unique=True,
        sqlite_where=_COMMON,
        postgresql_where=_COMMON,
    )


def _make_answers() -> None:
    table = "knowledge_answers"
    op.create_table(
        table,
        _id(),
        *_points_to(table, "entry_id", "knowledge_entries"),
        *_points_to(table, "municipality_id", "municipalities", nullable=True),
        _text("regime", nullable=True),
        _text("registry_mode", nullable=True),
        _text("audience", nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        _text("text"),
        _text("link", nullable=True),
        _text("picture", nullable=True),
        _text("file", nullable=True),
        sa.Column("added_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index("ix_knowledge_answers_entry", table, ["entry_id", "ended_at"])


def _make_versions() -> None:
    table = "knowledge_versions"
    op.create_table(
        table,
        _id(),
        *_points_to(table, "entry_id", "knowledge_entries"),
        sa.Column("number", _BIG, nullable=False),
        *_points_to(table, "changed_by", "people", nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("entry_id", "number", name=op.f(f"uq_{table}_entry_id_number")),
    )


def _make_misses() -> None:
    table = "question_misses"
    op.create_table(
        table,
        _id(),
        *_points_to(table, "municipality_id", "municipalities"),
        _text("text"),
        _text("text_key"),
        *_points_to(table, "nearest_id", "knowledge_entries", nullable=True),
        sa.Column("times", _BIG, nullable=False),
        sa.Column("last_at", Moment(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint(
            "municipality_id", "text_key", name=op.f(f"uq_{table}_municipality_id_text_key")
        ),
    )
