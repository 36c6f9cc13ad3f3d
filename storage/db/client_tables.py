"""The tables of the client's side: links, talk, and the messages of both."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Table, text

from storage.db.columns import Id, JsonText, PlainText, UtcDateTime, metadata

# The link by which the client of an order follows it. Only a digest of what it holds is kept; who has opened
# it is known by the chat. What that chat shows now stands in the last columns.
client_links = Table(
    "client_links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False, index=True),
    Column("nonce", PlainText, nullable=False),
    Column("digest", PlainText, nullable=False, unique=True),
    Column("made", JsonText, nullable=False),
    Column("chat_id", BigInteger, index=True),
    Column("language", PlainText, nullable=False),
    Column("opened_at", UtcDateTime),
    Column("second_at", UtcDateTime),  # when somebody else came with it
    Column("is_over", Boolean, nullable=False),
    Column("revoked", JsonText),
    Column("card_id", BigInteger),
    Column("card_digest", PlainText, nullable=False),
    Column("photo_sha256", PlainText, nullable=False),
    # At most one that is not over; on PostgreSQL too, see `hidings`.
    Index("uq_client_links_open", "order_id", unique=True, sqlite_where=text("NOT is_over")),
)  # fmt: skip

# What client and shop said to each other, and the links and ready texts that were taken for the client.
client_talk = Table(
    "client_talk",
    metadata,
    Column("id", Id, primary_key=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("mark", JsonText, nullable=False),
    Column("kind", PlainText, nullable=False),
    Column("words", PlainText, nullable=False),
    Column("file_id", PlainText, nullable=False),  # Telegram's, of a photo or a voice message
)

# The messages of these talks, in the chats of both sides: an answer to one belongs to its order.
client_messages = Table(
    "client_messages",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("order_id", ForeignKey("orders.id"), nullable=False, index=True),
)

# The order's photos in the client's chat, each by the message that shows it.
client_photos = Table(
    "client_photos",
    metadata,
    Column("order_id", ForeignKey("orders.id"), primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("sha256", PlainText, nullable=False),
)

# Where a courier is, while they show it to the client of a delivery, by the live location in their chat.
shown_positions = Table(
    "shown_positions",
    metadata,
    Column("order_id", ForeignKey("orders.id"), primary_key=True, autoincrement=False),
    Column("courier_chat", BigInteger, nullable=False),
    Column("location_id", BigInteger, nullable=False),
    Column("note_id", BigInteger),
    Column("until", UtcDateTime, nullable=False),
    Column("latitude", Float, nullable=False),
    Column("longitude", Float, nullable=False),
    Column("client_chat", BigInteger, nullable=False),
    Column("map_id", BigInteger),
    Column("sent_at", UtcDateTime),
    Index("ix_shown_positions_location", "courier_chat", "location_id"),
)
