"""Adds client links and the talk with clients (X7)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create empty tables: no client had a link before."""
    _create_links()
    op.create_table(
        "client_talk",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("file_id", sa.Text, nullable=False),
    )
    op.create_index("ix_client_talk_order_id", "client_talk", ["order_id"])
    op.create_table(
        "client_messages",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), nullable=False),
    )
    op.create_index("ix_client_messages_order_id", "client_messages", ["order_id"])


def _create_links() -> None:
    op.create_table(
        "client_links",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), nullable=False),
        sa.Column("nonce", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False, unique=True),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("chat_id", sa.BigInteger),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True)),
        sa.Column("second_at", sa.DateTime(timezone=True)),
        sa.Column("is_over", sa.Boolean, nullable=False),
        sa.Column("revoked", sa.Text),
        sa.Column("card_id", sa.BigInteger),
        sa.Column("card_digest", sa.Text, nullable=False),
        sa.Column("photo_sha256", sa.Text, nullable=False),
    )
    op.create_index("ix_client_links_order_id", "client_links", ["order_id"])
    op.create_index("ix_client_links_chat_id", "client_links", ["chat_id"])
    is_open = sa.text("NOT is_over")
    op.create_index(
        "uq_client_links_open",
        "client_links",
        ["order_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def downgrade() -> None:
    """Clients follow their orders in the marketplace's app again."""
    op.drop_table("client_messages")
    op.drop_table("client_talk")
    op.drop_table("client_links")
