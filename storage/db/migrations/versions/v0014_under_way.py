"""Counts a message as being sent until Telegram has answered: a busy worker sends later than scheduled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """The stored messages of the last minute count as answered; the difference ends within seconds."""
    op.add_column("sendings", sa.Column("left_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE sendings SET left_at = at")


def downgrade() -> None:
    """Messages count from their scheduled time only."""
    with op.batch_alter_table("sendings") as batch:
        batch.drop_column("left_at")
