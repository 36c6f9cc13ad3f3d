"""Moves the photos in the clients' chats from the live cards to their own table (X7)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Each photo keeps its message id, or 0 where it has none."""
    op.create_table(
        "client_photos",
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), primary_key=True),
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("sha256", sa.Text, nullable=False),
    )
    op.execute(
        "INSERT INTO client_photos (order_id, chat_id, message_id, sha256) "
        "SELECT order_id, chat_id, message_id, digest FROM cards WHERE slot LIKE 'client-photo %'"
    )
    op.execute("DELETE FROM cards WHERE slot LIKE 'client-photo %'")


def downgrade() -> None:
    """Move the photos back to the live cards, each with its own slot."""
    op.execute(
        "INSERT INTO cards (order_id, chat_id, slot, message_id, digest) "
        "SELECT order_id, chat_id, 'client-photo ' || message_id, message_id, sha256 FROM client_photos"
    )
    op.drop_table("client_photos")
