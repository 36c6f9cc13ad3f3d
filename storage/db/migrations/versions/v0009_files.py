"""Adds the marketplace's money reports (R13) and pending price lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create empty tables: no file was imported before."""
    op.create_table(
        "money_reports",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("staff_id", sa.BigInteger),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.UniqueConstraint("shop_id", "sha256"),
    )
    op.create_table(
        "transactions",
        sa.Column(
            "shop_id",
            _ID,
            sa.ForeignKey("shops.id"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("operation", sa.Text, nullable=False),
        sa.Column("minor", sa.BigInteger, nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True)),
        sa.Column("delivered_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_transactions_shop_id_number", "transactions", ["shop_id", "number"])

    op.create_table(
        "imports",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("staff_id", sa.BigInteger),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Reports and price lists can be sent again."""
    op.drop_table("imports")
    op.drop_table("transactions")
    op.drop_table("money_reports")
