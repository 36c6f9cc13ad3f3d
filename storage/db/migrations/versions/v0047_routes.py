"""Adds routes with the sequence of their stops, places, and ways (X26)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create empty tables: every route is computed by the rules of its shop."""
    op.create_table(
        "routes",
        sa.Column("shop_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("staff_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("sequence", sa.Text, nullable=False),
        sa.Column("by_hand", sa.Boolean, nullable=False),
        sa.Column("given_up", sa.Text, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("changed_at", _MOMENT),
        sa.Column("latitude", sa.Float(53)),
        sa.Column("longitude", sa.Float(53)),
        sa.Column("seen_at", _MOMENT),
    )
    op.create_table(
        "places",
        sa.Column("shop_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("latitude", sa.Float(53), nullable=False),
        sa.Column("longitude", sa.Float(53), nullable=False),
        sa.Column("noted_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "ways",
        sa.Column("shop_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("one", sa.Text, primary_key=True),
        sa.Column("other", sa.Text, primary_key=True),
        sa.Column("minutes", sa.Float(53), nullable=False),
        sa.Column("noted_at", _MOMENT, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables; the rules of the shops remain."""
    for table in ("ways", "places", "routes"):
        op.drop_table(table)
