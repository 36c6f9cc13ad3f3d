"""Adds advice about full hours, and days off of florists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create empty tables."""
    op.create_table(
        "load_advice",
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), primary_key=True, autoincrement=False),
        sa.Column("hour", _MOMENT, primary_key=True),
        sa.Column("told_at", _MOMENT, nullable=False),
        sa.Column("orders", sa.Integer, nullable=False),
        sa.Column("dismissed", sa.Boolean, nullable=False),
    )
    op.create_table(
        "days_off",
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), primary_key=True, autoincrement=False),
        sa.Column("staff_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("day", sa.Text, primary_key=True),
    )


def downgrade() -> None:
    """Advice may repeat, and days off have to be entered again."""
    op.drop_table("days_off")
    op.drop_table("load_advice")
