"""Adds last sounds by chat, members of groups, where each member gets sounds, and boards (X14, X15)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Create empty tables: no members of groups and no sounds are known."""
    op.create_table(
        "bells",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("rung_at", sa.DateTime(timezone=True)),
        sa.Column("ladder_rung_at", sa.DateTime(timezone=True)),
        sa.Column("in_hand", sa.BigInteger),
        sa.Column("open_list", sa.BigInteger),
    )
    op.create_table(
        "group_members",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("telegram_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("is_member", sa.Boolean, nullable=False),
    )
    op.create_table(
        "hearing",
        sa.Column("staff_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("quiet_from", sa.Text, nullable=False),
        sa.Column("quiet_to", sa.Text, nullable=False),
    )
    op.create_table(
        "boards",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("shop_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Every chat gets its own sounds again."""
    for table in ("boards", "hearing", "group_members", "bells"):
        op.drop_table(table)
