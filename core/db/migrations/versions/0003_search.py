"""Search: words of programmes, synonyms, what was not found"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.db.models.base import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_REGISTRY = (
    ("programmes", "remote", sa.false()),
    ("programmes", "holiday", sa.false()),
    ("groups", "listed", sa.true()),
)
_POINT = ("latitude", "longitude")

# the full-text index beside programme_texts; see core.db.fulltext
_FTS5 = """
CREATE VIRTUAL TABLE programme_texts_fts USING fts5(
    words, place, content='programme_texts', content_rowid='programme_id',
    detail='column', columnsize=0, tokenize="unicode61 remove_diacritics 0"
)
"""
_VECTOR = """
ALTER TABLE programme_texts ADD COLUMN vector tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', words), 'A') || setweight(to_tsvector('simple', place), 'B')
) STORED
"""
_GIN = "CREATE INDEX ix_programme_texts_vector ON programme_texts USING gin (vector)"


def upgrade() -> None:
    # added and dropped without a batch: a rebuild would lose triggers and partial indexes
    for table, column, standing in _REGISTRY:
        op.add_column(
            table, sa.Column(column, sa.Boolean(), nullable=False, server_default=standing)
        )
    for column in _POINT:
        op.add_column("organisations", sa.Column(column, sa.Double(), nullable=True))
    _make_words()
    _make_programmes()
    _make_taught()
    op.execute("INSERT INTO search_version (id, number) VALUES (1, 0)")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_FTS5)
    else:
        op.execute(_VECTOR)
        op.execute(_GIN)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE programme_texts_fts")
    for table in (
        "search_misses",
        "search_synonyms",
        "programme_texts",
        "programme_hours",
        "programme_facets",
        "search_version",
        "search_words",
        "search_titles",
    ):
        op.drop_table(table)
    for column in _POINT[::-1]:
        op.drop_column("organisations", column)
    for table, column, _ in _REGISTRY[::-1]:
        op.drop_column(table, column)


def _make_words() -> None:
    op.create_table(
        "search_titles",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("stems", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_titles")),
        sa.UniqueConstraint("stems", name=op.f("uq_search_titles_stems")),
    )
    op.create_table(
        "search_words",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("stem", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("place", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_words")),
        sa.UniqueConstraint("stem", name=op.f("uq_search_words_stem")),
    )
    op.create_table(
        "search_version",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("number", _BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_version")),
    )


def _make_programmes() -> None:
    op.create_table(
        "programme_facets",
        sa.Column("programme_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("municipality_id", _BIG, nullable=False),
        sa.Column("organisation_id", _BIG, nullable=False),
        sa.Column("title_id", _BIG, nullable=False),
        sa.Column("import_id", _BIG, nullable=True),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("age_from_months", _BIG, nullable=False),
        sa.Column("age_to_months", _BIG, nullable=False),
        sa.Column("price_kopecks", _BIG, nullable=True),
        sa.Column("certificate", sa.Boolean(), nullable=False),
        sa.Column("adapted", sa.Boolean(), nullable=False),
        sa.Column("holiday", sa.Boolean(), nullable=False),
        sa.Column("remote", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_programme_facets")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_programme_facets_programme_id"),
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_programme_facets_{column}")
            )
            for column, table in (
                ("municipality_id", "municipalities"),
                ("organisation_id", "organisations"),
                ("title_id", "search_titles"),
                ("import_id", "imports"),
            )
        ),
    )
    for name, columns in (
        ("title", ["title_id"]),
        ("place", ["municipality_id", "direction"]),
    ):
        op.create_index(f"ix_programme_facets_{name}", "programme_facets", columns)
    op.create_table(
        "programme_hours",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("programme_id", _BIG, nullable=False),
        sa.Column("days", _BIG, nullable=False),
        sa.Column("starts", _BIG, nullable=False),
        sa.Column("ends", _BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_hours")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_programme_hours_programme_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_programme_hours_programme_id"), "programme_hours", ["programme_id"])
    op.create_table(
        "programme_texts",
        sa.Column("programme_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("programme_id", name=op.f("pk_programme_texts")),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_programme_texts_programme_id"),
            ondelete="CASCADE",
        ),
    )


def _make_taught() -> None:
    op.create_table(
        "search_synonyms",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("municipality_id", _BIG, nullable=True),
        sa.Column("phrase", sa.String(), nullable=False),
        sa.Column("phrase_key", sa.String(), nullable=False),
        sa.Column("stands_for", sa.String(), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_synonyms")),
        sa.UniqueConstraint(
            "municipality_id",
            "phrase_key",
            name=op.f("uq_search_synonyms_municipality_id_phrase_key"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_search_synonyms_municipality_id"),
        ),
    )
    op.create_table(
        "search_misses",
        sa.Column("id", _BIG, autoincrement=True, nullable=False),
        sa.Column("municipality_id", _BIG, nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("times", _BIG, nullable=False),
        sa.Column("last_at", Moment(), nullable=False),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_misses")),
        sa.UniqueConstraint(
            "municipality_id", "words", name=op.f("uq_search_misses_municipality_id_words")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_search_misses_municipality_id"),
        ),
    )
