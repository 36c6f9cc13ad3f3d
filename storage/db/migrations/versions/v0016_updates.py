"""Adds unfinished updates, and statistics of updates that could not be decoded (X22)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Create two empty tables."""
    op.create_table(
        "waiting_updates",
        sa.Column("update_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("worker", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("restarts", sa.Integer, nullable=False),
        sa.Column("raw", sa.Text, nullable=False),
    )
    op.create_table(
        "unread_updates",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("fault", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("update_id", sa.BigInteger),
        sa.Column("shape", sa.Text, nullable=False),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Updates that the newer version has not finished are lost."""
    op.drop_table("unread_updates")
    op.drop_table("waiting_updates")
