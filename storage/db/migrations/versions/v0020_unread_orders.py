"""Indexes the orders of which only the number is known, to find them without reading documents (X13)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0018"

_NAME = "ix_orders_unread"


def upgrade() -> None:
    """No existing order is one: earlier versions stored an order only with its details."""
    op.add_column("orders", sa.Column("unread", sa.Boolean, nullable=False, server_default=sa.false()))
    where = sa.text("unread")
    op.create_index(_NAME, "orders", ["id"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """The order's document still has this information."""
    op.drop_index(_NAME, "orders")
    op.drop_column("orders", "unread")
