"""Adds orders offered to all couriers (R40), and spare couriers (R89)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Existing orders are not offered."""
    op.add_column("orders", sa.Column("offered", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "spare_couriers",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.UniqueConstraint("shop_id", "phone"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """The order's document still has its carrier."""
    op.drop_table("spare_couriers")
    op.drop_column("orders", "offered")
