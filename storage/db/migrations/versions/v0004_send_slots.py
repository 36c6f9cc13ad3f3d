"""Stores when messages were sent and when the next may be, so that several workers share one rate limit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Earlier messages are unknown; they no longer count after a minute."""
    op.create_table(
        "send_slots",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "sendings",
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_sendings_chat_id_at", "sendings", ["chat_id", "at"])


def downgrade() -> None:
    """Each worker has its own rate limit again."""
    op.drop_table("sendings")
    op.drop_table("send_slots")
