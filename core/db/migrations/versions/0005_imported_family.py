"""Children, certificates and enrolments that came from files

Imported rows have no requester and no visit. Going down, a column that such rows leave empty stays
open: a row is worth more than a constraint.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("children") as batch:
        _tie_to_import(batch, "children")
    with op.batch_alter_table("certificates") as batch:
        _tie_to_import(batch, "certificates")
        batch.add_column(sa.Column("nominal_kopecks", _ID, nullable=True))
        batch.add_column(sa.Column("period_from", sa.Date(), nullable=True))
        batch.add_column(sa.Column("period_until", sa.Date(), nullable=True))
        batch.alter_column("requested_by", existing_type=_ID, nullable=True)
        batch.alter_column("visit_code", existing_type=sa.String(), nullable=True)
        batch.alter_column("visit_until", existing_type=sa.Date(), nullable=True)
        batch.create_index(op.f("ix_certificates_child_id"), ["child_id"])
    with op.batch_alter_table("applications") as batch:
        _tie_to_import(batch, "applications")
        batch.add_column(sa.Column("money_source", sa.String(), nullable=True))
        batch.add_column(sa.Column("enrolled_on", sa.Date(), nullable=True))
        batch.alter_column("applied_by", existing_type=_ID, nullable=True)
        batch.alter_column("answer_by", existing_type=sa.Date(), nullable=True)
        batch.create_index(op.f("ix_applications_child_id"), ["child_id"])


def downgrade() -> None:
    with op.batch_alter_table("applications") as batch:
        batch.drop_index(op.f("ix_applications_child_id"))
        _close(batch, "applications", "answer_by", sa.Date())
        _close(batch, "applications", "applied_by", _ID)
        batch.drop_column("enrolled_on")
        batch.drop_column("money_source")
        _untie(batch, "applications")
    with op.batch_alter_table("certificates") as batch:
        batch.drop_index(op.f("ix_certificates_child_id"))
        _close(batch, "certificates", "visit_until", sa.Date())
        _close(batch, "certificates", "visit_code", sa.String())
        _close(batch, "certificates", "requested_by", _ID)
        batch.drop_column("period_until")
        batch.drop_column("period_from")
        batch.drop_column("nominal_kopecks")
        _untie(batch, "certificates")
    with op.batch_alter_table("children") as batch:
        _untie(batch, "children")


def _tie_to_import(batch: BatchOperations, table: str) -> None:
    batch.add_column(sa.Column("import_id", _ID, nullable=True))
    batch.create_foreign_key(op.f(f"fk_{table}_import_id"), "imports", ["import_id"], ["id"])


def _untie(batch: BatchOperations, table: str) -> None:
    batch.drop_constraint(op.f(f"fk_{table}_import_id"), type_="foreignkey")
    batch.drop_column("import_id")


def _close(batch: BatchOperations, table: str, column: str, kind: sa.types.TypeEngine[Any]) -> None:
    held = sa.table(table, sa.column(column))
    empty = sa.select(sa.exists().where(held.c[column].is_(None)))
    if not op.get_bind().execute(empty).scalar():
        batch.alter_column(column, existing_type=kind, nullable=False)
