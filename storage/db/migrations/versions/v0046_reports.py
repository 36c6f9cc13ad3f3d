"""Stores the days whose evening report was put into the outbox (X10)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    """Create an empty table."""
    op.create_table(
        "evening_reports",
        sa.Column("shop_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("day", sa.Text, primary_key=True),
    )


def downgrade() -> None:
    """Evening reports are no longer sent automatically."""
    op.drop_table("evening_reports")
