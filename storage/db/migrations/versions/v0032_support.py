"""Adds the shops' changes to the emergency guide, and support cases (R92, R95)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0030"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create empty tables: every shop has the default guide and no cases."""
    op.create_table(
        "guide_entries",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("key", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("is_shown", sa.Boolean, nullable=False),
        sa.Column("is_suggested", sa.Boolean, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.UniqueConstraint("shop_id", "key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "support_cases",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("order_id", _ID, sa.ForeignKey("orders.id"), nullable=False),
        sa.Column("matters", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("come_back_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remind_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_over", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_support_cases_shop_id", "support_cases", ["shop_id"])
    op.create_index("ix_support_cases_order_id", "support_cases", ["order_id"])
    op.create_index("ix_support_cases_remind_at", "support_cases", ["remind_at"])
    is_open = sa.text("NOT is_over")
    op.create_index(
        "uq_support_cases_open",
        "support_cases",
        ["order_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def downgrade() -> None:
    """Every shop has the default guide again; cases are lost."""
    op.drop_table("support_cases")
    op.drop_table("guide_entries")
