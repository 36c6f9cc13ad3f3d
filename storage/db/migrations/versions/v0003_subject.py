"""Adds the subject of an outbox row: an unreachable chat is reported to another chat."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Existing rows have no subject besides their target."""
    op.add_column("outbox", sa.Column("subject", sa.BigInteger, nullable=False, server_default="0"))


def downgrade() -> None:
    """Delete reports of unreachable chats, which make no sense without their subject."""
    op.execute("DELETE FROM outbox WHERE kind = 'unreachable'")
    op.drop_column("outbox", "subject")
