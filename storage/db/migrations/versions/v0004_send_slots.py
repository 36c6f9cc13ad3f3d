"""When messages left and when the next may: several workers keep one pace."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Nothing is known of what was sent before; that is over within a minute."""
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
    """Each worker keeps its own pace again."""
    op.drop_table("sendings")
    op.drop_table("send_slots")
