"""Stores the messages that the bot will delete by itself; the open menu of a chat is one of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0048"


def upgrade() -> None:
    """Move the open menus to the new table."""
    op.create_table(
        "passing_messages",
        sa.Column("chat_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("dialogue", sa.Text, nullable=False),
    )
    op.execute(
        "INSERT INTO passing_messages (chat_id, message_id, kind, dialogue) "
        "SELECT chat_id, open_list, 'menu', '' FROM bells WHERE open_list IS NOT NULL"
    )
    op.drop_column("bells", "open_list")


def downgrade() -> None:
    """Move back the newest menu of each chat; the other messages are forgotten."""
    op.add_column("bells", sa.Column("open_list", sa.BigInteger))
    op.execute(
        "UPDATE bells SET open_list = (SELECT MAX(message_id) FROM passing_messages "
        "WHERE passing_messages.chat_id = bells.chat_id AND kind = 'menu')"
    )
    op.drop_table("passing_messages")
