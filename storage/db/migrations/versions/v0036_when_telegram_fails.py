"""Adds the second channel for outages of Telegram (X21), and the print pack of the day (X9)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0034"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create empty tables: there are no addresses and no outages."""
    op.create_table(
        "fallback_ways",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("staff_id", sa.BigInteger),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_fallback_ways_shop_id", "fallback_ways", ["shop_id"])
    op.create_table(
        "telegram_outages",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("silent_since", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_telegram_outages_shop_id", "telegram_outages", ["shop_id"])
    op.create_table(
        "fallback_messages",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("outage_id", _ID, sa.ForeignKey("telegram_outages.id"), nullable=False),
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_fallback_messages_outage_id", "fallback_messages", ["outage_id"])
    op.create_index("ix_fallback_messages_order_id", "fallback_messages", ["order_id"])
    op.create_table(
        "telegram_contact",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )

    op.create_table(
        "day_packs",
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Telegram is the only channel again."""
    for table in ("day_packs", "telegram_contact", "fallback_messages", "telegram_outages", "fallback_ways"):
        op.drop_table(table)
