"""Officers, paper consents, plans of points"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.db.models.base import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("organisations", sa.Column("confirmation_plan", _ID, nullable=True))
    _lookups()
    _confirmations()
    _paper_consents()
    _join_slips()


def downgrade() -> None:
    for table in ("join_slips", "paper_consents", "point_confirmations", "point_lookups"):
        op.drop_table(table)
    op.drop_column("organisations", "confirmation_plan")


def _lookups() -> None:
    op.create_table(
        "point_lookups",
        _id(),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("organisation_id", _ID, nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("certificate_id", _ID, nullable=True),
        sa.Column("at", Moment(), nullable=False),
        _refers("point_lookups", "person_id", "people"),
        _refers("point_lookups", "organisation_id", "organisations"),
        _refers("point_lookups", "certificate_id", "certificates"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_lookups")),
    )
    op.create_index("ix_point_lookups_person", "point_lookups", ["person_id", "at"])
    op.create_index(op.f("ix_point_lookups_certificate_id"), "point_lookups", ["certificate_id"])


def _confirmations() -> None:
    op.create_table(
        "point_confirmations",
        _id(),
        sa.Column("certificate_id", _ID, nullable=False),
        sa.Column("organisation_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        _refers("point_confirmations", "certificate_id", "certificates"),
        _refers("point_confirmations", "organisation_id", "organisations"),
        _refers("point_confirmations", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_confirmations")),
        sa.UniqueConstraint("certificate_id", name=op.f("uq_point_confirmations_certificate_id")),
    )
    op.create_index(
        "ix_point_confirmations_point", "point_confirmations", ["organisation_id", "at"]
    )


def _paper_consents() -> None:
    op.create_table(
        "paper_consents",
        _id(),
        sa.Column("child_id", _ID, nullable=False),
        sa.Column("organisation_id", _ID, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("guardian_name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("taken_by", _ID, nullable=False),
        sa.Column("taken_at", Moment(), nullable=False),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        _refers("paper_consents", "child_id", "children"),
        _refers("paper_consents", "organisation_id", "organisations"),
        _refers("paper_consents", "taken_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_consents")),
    )
    op.create_index(op.f("ix_paper_consents_child_id"), "paper_consents", ["child_id"])


def _join_slips() -> None:
    op.create_table(
        "join_slips",
        _id(),
        sa.Column("child_id", _ID, nullable=False),
        sa.Column("code_sha256", sa.String(), nullable=False),
        sa.Column("made_by", _ID, nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("used_by", _ID, nullable=True),
        _refers("join_slips", "child_id", "children"),
        _refers("join_slips", "made_by", "people"),
        _refers("join_slips", "used_by", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_slips")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_join_slips_code_sha256")),
    )
    op.create_index(op.f("ix_join_slips_child_id"), "join_slips", ["child_id"])


def _id() -> sa.Column[int]:
    return sa.Column("id", _ID, autoincrement=True, nullable=False)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))
