"""The report of each evening (X10): which were put on their way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    """No report has been sent yet."""
    op.create_table(
        "evening_reports",
        sa.Column("shop_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("day", sa.Text, primary_key=True),
    )


def downgrade() -> None:
    """Nobody gets a report by itself."""
    op.drop_table("evening_reports")
