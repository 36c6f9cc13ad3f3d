"""Of whom a row of the outbox speaks: a chat that cannot be reached is told of in another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Rows so far speak of nobody but their target."""
    op.add_column("outbox", sa.Column("subject", sa.BigInteger, nullable=False, server_default="0"))


def downgrade() -> None:
    """Words about others are told without saying of whom: they are taken out first."""
    op.execute("DELETE FROM outbox WHERE kind = 'unreachable'")
    op.drop_column("outbox", "subject")
