"""The board is read from its index alone, and only the orders of one page from their documents."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"

_NAME = "ix_orders_board"
_BEFORE = ["shop_id", "closed_at", "hidden", "seller_id", "carrier_id", "deliver_from"]


def upgrade() -> None:
    """What the board counts and sorts by stands in the index: it does not pass by the documents."""
    op.drop_index(_NAME, "orders")
    op.create_index(_NAME, "orders", [*_BEFORE, "status", "placed_at"])


def downgrade() -> None:
    """Status and time of each living order are looked up beside its document again."""
    op.drop_index(_NAME, "orders")
    op.create_index(_NAME, "orders", _BEFORE)
