"""Removes what several workers shared: only one process works on a database now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0024"


def upgrade() -> None:
    """Drop the shared send slots and the claims of workers."""
    op.drop_table("sendings")
    op.drop_table("send_slots")
    op.drop_column("outbox", "claimed_at")
    op.drop_column("outbox", "claimed_by")
    op.drop_column("waiting_updates", "worker")


def downgrade() -> None:
    """Pending rows are not claimed, as after the end of all workers."""
    op.add_column("waiting_updates", sa.Column("worker", sa.Text, nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("claimed_by", sa.Text))
    op.add_column("outbox", sa.Column("claimed_at", sa.DateTime(timezone=True)))
    op.create_table(
        "send_slots",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("free_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "sendings",
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_sendings_chat_id_at", "sendings", ["chat_id", "at"])
