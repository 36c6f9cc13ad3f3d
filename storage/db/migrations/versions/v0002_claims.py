"""Who is sending a row of the outbox: what a worker leaves behind when it dies must come back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """What was being sent when the older program stopped has no worker, and is taken up again."""
    op.add_column("outbox", sa.Column("claimed_by", sa.Text))
    op.add_column("outbox", sa.Column("claimed_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Whoever sends now is forgotten."""
    op.drop_column("outbox", "claimed_at")
    op.drop_column("outbox", "claimed_by")
