"""The first tables.

Migrations use SQLAlchemy's own types, so that they do not change when the project's types change.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_TABLES = (
    "shops",
    "staff",
    "memberships",
    "orders",
    "events",
    "raw_orders",
    "webhook_events",
    "deadlines",
    "outbox",
    "cards",
    "card_messages",
    "waiting_photos",
    "dialogues",
)

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    _make_people()
    _make_orders()
    _make_marketplace()
    _make_duties()
    _make_cards()
    _make_conversations()


def downgrade() -> None:
    """Drop the tables with all their data."""
    for table in reversed(_TABLES):
        op.drop_table(table)


def _make_people() -> None:
    op.create_table(
        "shops",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("marketplace_id", sa.BigInteger, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("rules", sa.Text, nullable=False),
        sa.Column("group_chat_id", sa.BigInteger, unique=True),
    )
    op.create_table(
        "staff",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("phone", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("telegram_id", sa.BigInteger, unique=True),
        sa.Column("language", sa.Text, nullable=False),
    )
    op.create_table(
        "memberships",
        sa.Column("staff_id", _ID, sa.ForeignKey("staff.id"), primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), primary_key=True, index=True),
        sa.Column("role", sa.Text, nullable=False),
    )


def _make_orders() -> None:
    op.create_table(
        "orders",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("placed_at", _MOMENT, nullable=False),
        sa.Column("deliver_from", _MOMENT, nullable=False),
        sa.Column("seller_id", sa.BigInteger),
        sa.Column("carrier_id", sa.BigInteger),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("closed_at", _MOMENT),
        sa.Column("document", sa.Text, nullable=False),
        sa.UniqueConstraint("shop_id", "number"),
    )
    board = ["shop_id", "closed_at", "hidden", "seller_id", "carrier_id", "deliver_from"]
    op.create_index("ix_orders_board", "orders", board)
    op.create_index("ix_orders_delivery", "orders", ["shop_id", "deliver_from"])
    op.create_table(
        "events",
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )


def _make_marketplace() -> None:
    op.create_table(
        "raw_orders",
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), primary_key=True),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
    )
    op.create_table(
        "webhook_events",
        sa.Column("uuid", sa.Text, primary_key=True),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
    )


def _make_duties() -> None:
    op.create_table(
        "deadlines",
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), primary_key=True),
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("due_at", _MOMENT, index=True),
        sa.Column("last_fired_at", _MOMENT),
    )
    op.create_table(
        "outbox",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), nullable=False, index=True),
        sa.Column("target", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("sound", sa.Boolean, nullable=False),
        sa.Column("not_before", _MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(None, "outbox", ["channel", "state", "priority", "id"])


def _make_cards() -> None:
    op.create_table(
        "cards",
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), primary_key=True),
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("slot", sa.Text, primary_key=True),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    op.create_table(
        "card_messages",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), nullable=False),
    )


def _make_conversations() -> None:
    op.create_table(
        "waiting_photos",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("staff_id", _ID, sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "dialogues",
        sa.Column("bot_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("user_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("thread_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("business_connection_id", sa.Text, primary_key=True),
        sa.Column("destiny", sa.Text, primary_key=True),
        sa.Column("state", sa.Text),
        sa.Column("data", sa.Text),
    )
