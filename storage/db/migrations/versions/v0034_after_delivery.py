"""Adds compensations, gifts, and branded goods (R73-R75, R85, R88)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create empty tables."""
    op.create_table(
        "compensations",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), nullable=False, unique=True),
        sa.Column("entries", sa.Text, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_compensations_shop_id", "compensations", ["shop_id", "opened_at"])
    op.create_table(
        "gifts",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("cost", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "shop_profiles",
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), primary_key=True, autoincrement=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "brand_requests",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False, index=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("is_over", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Drop the tables with all their data."""
    for table in ("brand_requests", "shop_profiles", "gifts", "compensations"):
        op.drop_table(table)
