"""The tables by which several workers send at one pace; read and written in `storage.sendings`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table

from storage.columns import UtcDateTime
from storage.metadata import metadata

# When the next may leave, of all messages (chat 0) or to a chat that is held.
send_slots = Table(
    "send_slots",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("free_at", UtcDateTime, nullable=False),
)

# The moments of what left within the last minute or so, and when Telegram answered it.
sendings = Table(
    "sendings",
    metadata,
    Column("chat_id", BigInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime),
    Index(None, "chat_id", "at"),
)
