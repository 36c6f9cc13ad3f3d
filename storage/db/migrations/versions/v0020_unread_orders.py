"""Orders that stand here by their number alone are found without reading every document (X13)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0018"

_NAME = "ix_orders_unread"


def upgrade() -> None:
    """No order of before is one: each was read before it was kept."""
    op.add_column("orders", sa.Column("unread", sa.Boolean, nullable=False, server_default=sa.false()))
    where = sa.text("unread")
    op.create_index(_NAME, "orders", ["id"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """The document says it still."""
    op.drop_index(_NAME, "orders")
    op.drop_column("orders", "unread")
