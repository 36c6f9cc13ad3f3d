"""The table of files that Telegram could not hand out yet; read and written in `storage.late_files`."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Table, UniqueConstraint

from storage.columns import Id, JsonText, PlainText, UtcDateTime
from storage.metadata import metadata

# `message` is the message that the file came in, as Telegram sent it; it goes with the row, minutes later.
late_files = Table(
    "late_files",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("album", PlainText, nullable=False),
    Column("file_id", PlainText, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("is_photo", Boolean, nullable=False),
    Column("language", PlainText, nullable=False),
    Column("order_id", BigInteger),
    Column("message", JsonText, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    UniqueConstraint("chat_id", "message_id"),
)
