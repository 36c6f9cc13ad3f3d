"""Adds the command menus set in Telegram, and the lists of the first day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0040"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """A chat without a row has the menu for strangers; a director without a row has not started the list."""
    op.create_table(
        "command_menus",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("menu", sa.Text, nullable=False),
    )
    op.create_table(
        "first_days",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("is_tried", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """The menus set in Telegram stay unchanged."""
    op.drop_table("first_days")
    op.drop_table("command_menus")
