"""Adds drafts of orders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create an empty table."""
    op.create_table(
        "drafts",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("staff_id", _ID, sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("message_id", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_staff_id_shop_id", "drafts", ["staff_id", "shop_id"])


def downgrade() -> None:
    """Drafts not saved as orders are lost."""
    op.drop_table("drafts")
