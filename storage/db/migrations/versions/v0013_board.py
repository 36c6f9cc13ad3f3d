"""Makes the index of the board a covering one: only the orders of one page are read from the table."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"

_NAME = "ix_orders_board"
_BEFORE = ["shop_id", "closed_at", "hidden", "seller_id", "carrier_id", "deliver_from"]


def upgrade() -> None:
    """Add the columns by which the board counts and sorts to its index."""
    op.drop_index(_NAME, "orders")
    op.create_index(_NAME, "orders", [*_BEFORE, "status", "placed_at"])


def downgrade() -> None:
    """The board reads status and time of each open order from the table again."""
    op.drop_index(_NAME, "orders")
    op.create_index(_NAME, "orders", _BEFORE)
