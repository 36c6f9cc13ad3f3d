"""Adds an index for finding orders by a part of their number without scanning all numbers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SHORTEST = 4
_LONGEST = "SELECT coalesce(max(length(number)), 0) FROM orders"
_FILL = sa.text("""
    INSERT INTO number_parts (shop_id, part, order_id)
    SELECT shop_id, substr(number, CAST(:start AS integer)), id FROM orders
    WHERE length(number) >= CAST(:start AS integer) + CAST(:more AS integer)
""")


def upgrade() -> None:
    """Index existing orders by their number and by each suffix of it with four characters or more."""
    part = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "number_parts",
        sa.Column("shop_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("part", part, primary_key=True),
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), primary_key=True),
    )
    c = op.get_bind()
    for start in range(1, c.scalar(sa.text(_LONGEST)) + 1):
        c.execute(_FILL, {"start": start, "more": 0 if start == 1 else _SHORTEST - 1})


def downgrade() -> None:
    """Searches scan all numbers again."""
    op.drop_table("number_parts")
