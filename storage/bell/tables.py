"""The tables of the bell, of the boards and of what passes in a chat (X14, X15)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Table

from storage.db.columns import PlainText, UtcDateTime, metadata

# When a chat last made a sound for orders that wait to be accepted, and the card that its reader works with.
bells = Table(
    "bells",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("rung_at", UtcDateTime),
    Column("ladder_rung_at", UtcDateTime),  # for an order that waited already
    Column("in_hand", BigInteger),  # an order's id
)

# The messages of a chat that leave it by themselves (`orders.bell.passing`).
passing = Table(
    "passing_messages",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", PlainText, nullable=False),
    Column("dialogue", PlainText, nullable=False),  # the one that waits for an answer to it; empty for none
)

# Who of the staff sits in a shop's group, as far as Telegram has said so.
group_members = Table(
    "group_members",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("telegram_id", BigInteger, primary_key=True, autoincrement=False),
    Column("is_member", Boolean, nullable=False),
)

# Where a person wants to hear, where they chose it; the quiet hours are "22:00" by the shop's clock.
hearing = Table(
    "hearing",
    metadata,
    Column("staff_id", BigInteger, primary_key=True, autoincrement=False),
    Column("place", PlainText, nullable=False),
    Column("quiet_from", PlainText, nullable=False),  # empty: no quiet hours
    Column("quiet_to", PlainText, nullable=False),
)

# The pinned board of the day of one person in one shop.
boards = Table(
    "boards",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, nullable=False),
    Column("digest", PlainText, nullable=False),
    Column("drawn_at", UtcDateTime, nullable=False),
)
