"""Rights handed over, reminders to staff chats"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.db.models.base import Moment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("staff_rights") as batch:
        batch.add_column(sa.Column("starts_at", Moment(), nullable=True))
        batch.add_column(sa.Column("granted_by", _ID, nullable=True))
        batch.add_column(sa.Column("delegated_from", _ID, nullable=True))
        batch.create_foreign_key(
            op.f("fk_staff_rights_granted_by"), "people", ["granted_by"], ["id"]
        )
        batch.create_foreign_key(
            op.f("fk_staff_rights_delegated_from"), "staff_rights", ["delegated_from"], ["id"]
        )
    with op.batch_alter_table("staff_invitations") as batch:
        batch.add_column(sa.Column("starts_at", Moment(), nullable=True))
        batch.add_column(sa.Column("ends_at", Moment(), nullable=True))
        batch.add_column(sa.Column("made_by", _ID, nullable=True))
        batch.create_foreign_key(
            op.f("fk_staff_invitations_made_by"), "people", ["made_by"], ["id"]
        )
    op.add_column("bound_chats", sa.Column("left_at", Moment(), nullable=True))
    op.add_column("municipalities", sa.Column("reminded_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("municipalities", "reminded_on")
    op.drop_column("bound_chats", "left_at")
    with op.batch_alter_table("staff_invitations") as batch:
        batch.drop_constraint(op.f("fk_staff_invitations_made_by"), type_="foreignkey")
        batch.drop_column("made_by")
        batch.drop_column("ends_at")
        batch.drop_column("starts_at")
    with op.batch_alter_table("staff_rights") as batch:
        batch.drop_constraint(op.f("fk_staff_rights_delegated_from"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_staff_rights_granted_by"), type_="foreignkey")
        batch.drop_column("delegated_from")
        batch.drop_column("granted_by")
        batch.drop_column("starts_at")
