"""Adds the worker that has claimed an outbox row, so that the rows of a crashed worker can be requeued."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Rows that the older program was sending when it stopped have no worker and are requeued."""
    op.add_column("outbox", sa.Column("claimed_by", sa.Text))
    op.add_column("outbox", sa.Column("claimed_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Claims are lost."""
    op.drop_column("outbox", "claimed_at")
    op.drop_column("outbox", "claimed_by")
