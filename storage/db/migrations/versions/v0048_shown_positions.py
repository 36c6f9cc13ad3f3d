"""Adds the positions that couriers share with the client of a delivery (X23)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create an empty table."""
    op.create_table(
        "shown_positions",
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), primary_key=True, autoincrement=False),
        sa.Column("courier_chat", sa.BigInteger, nullable=False),
        sa.Column("location_id", sa.BigInteger, nullable=False),
        sa.Column("note_id", sa.BigInteger),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("latitude", sa.Float, nullable=False),
        sa.Column("longitude", sa.Float, nullable=False),
        sa.Column("client_chat", sa.BigInteger, nullable=False),
        sa.Column("map_id", sa.BigInteger),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_shown_positions_location", "shown_positions", ["courier_chat", "location_id"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("shown_positions")
