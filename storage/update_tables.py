"""The tables of Telegram's updates: those that wait for their handler, and those that were not decoded."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, Table

from storage.columns import JsonText, PlainText, UtcDateTime
from storage.metadata import metadata

# Updates that were confirmed to Telegram before their handler was through; the row goes when it is.
waiting_updates = Table(
    "waiting_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("worker", PlainText, nullable=False),  # the process that handles it
    Column("at", UtcDateTime, nullable=False),
    Column("restarts", Integer, nullable=False),  # how often it was begun again after a crash
    Column("raw", JsonText, nullable=False),  # as Telegram sent it
)

# Forms of updates that the bot could not decode: names of fields and types, never their values.
unread_updates = Table(
    "unread_updates",
    metadata,
    Column("digest", PlainText, primary_key=True),  # of kind, fault and outcome
    Column("kind", PlainText, nullable=False),
    Column("fault", PlainText, nullable=False),
    Column("outcome", PlainText, nullable=False),
    Column("update_id", BigInteger),  # of the latest; the other columns tell of it too
    Column("shape", PlainText, nullable=False),
    Column("times", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
)
