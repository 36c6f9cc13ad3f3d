"""A message counts as being sent until Telegram has answered: a busy worker sends later than its moment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """What is known of the last minute's messages counts as answered: that is over within seconds."""
    op.add_column("sendings", sa.Column("left_at", sa.DateTime(timezone=True)))
    op.execute("UPDATE sendings SET left_at = at")


def downgrade() -> None:
    """Messages count from their moment alone again."""
    with op.batch_alter_table("sendings") as batch:
        batch.drop_column("left_at")
