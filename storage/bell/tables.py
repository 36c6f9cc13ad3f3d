"""The tables of sounds, pinned boards and messages that the bot deletes by itself (X14, X15)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Table

from storage.db.columns import PlainText, UtcDateTime, metadata

# When a chat last got a sound for orders waiting to be accepted, and the order whose card its reader uses.
bells = Table(
    "bells",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("rung_at", UtcDateTime),
    Column("ladder_rung_at", UtcDateTime),  # a repeated sound, for an order that still waits
    Column("in_hand", BigInteger),  # an order's id
)

# The messages of a chat that the bot will delete by itself (`orders.bell.passing`).
passing = Table(
    "passing_messages",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", PlainText, nullable=False),
    Column("dialogue", PlainText, nullable=False),  # the dialogue that this message asks for; or empty
)

# Who is in a shop's group, as reported by Telegram.
group_members = Table(
    "group_members",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("telegram_id", BigInteger, primary_key=True, autoincrement=False),
    Column("is_member", Boolean, nullable=False),
)

# Where a person wants to get sounds, if they chose it; quiet hours are texts like "22:00" in the shop's time.
hearing = Table(
    "hearing",
    metadata,
    Column("staff_id", BigInteger, primary_key=True, autoincrement=False),
    Column("place", PlainText, nullable=False),
    Column("quiet_from", PlainText, nullable=False),  # empty: no quiet hours
    Column("quiet_to", PlainText, nullable=False),
)

# The pinned board of the day, one per chat and shop.
boards = Table(
    "boards",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, nullable=False),
    Column("digest", PlainText, nullable=False),
    Column("drawn_at", UtcDateTime, nullable=False),
)
