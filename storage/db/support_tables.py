"""Tables for the shop's day, and for when things go wrong: the guide, cases, what mishaps cost."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint, text

from storage.db.columns import Id, JsonText, PlainText, UtcDateTime, metadata

# What a shop has changed in the guide: a situation of ours by its key, or one of its own, without a key.
guide_entries = Table(
    "guide_entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey("shops.id"), nullable=False),
    Column("key", PlainText),
    Column("title", PlainText, nullable=False),  # empty: the ready one
    Column("words", PlainText, nullable=False),
    Column("to_support", PlainText, nullable=False, server_default=""),  # empty: the ready sentence
    Column("stage", PlainText, nullable=False),
    Column("place", Integer, nullable=False),
    Column("is_shown", Boolean, nullable=False),
    Column("is_suggested", Boolean, nullable=False),
    Column("made", JsonText, nullable=False),
    UniqueConstraint("shop_id", "key"),
    sqlite_autoincrement=True,  # a button of one that is gone must not mean another
)

# What the marketplace's support is told about an order: one open case per order gathers all matters.
support_cases = Table(
    "support_cases",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey("shops.id"), nullable=False, index=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False, index=True),
    Column("matters", JsonText, nullable=False),  # keys and titles of the guide's situations
    Column("notes", JsonText, nullable=False),  # what was sent, answered and decided, by whom and when
    Column("come_back_at", UtcDateTime, nullable=False),
    Column("remind_at", UtcDateTime, nullable=False, index=True),
    Column("is_over", Boolean, nullable=False),
    # At most one that is not over; on PostgreSQL too, see `hidings`.
    Index("uq_support_cases_open", "order_id", unique=True, sqlite_where=text("NOT is_over")),
    sqlite_autoincrement=True,
)  # fmt: skip

# What a mishap cost the shop, what it asks the marketplace for, and what came of it: one for each order.
compensations = Table(
    "compensations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey("shops.id"), nullable=False),
    Column("order_id", ForeignKey("orders.id"), nullable=False, unique=True),
    Column("entries", JsonText, nullable=False),  # costs, the sum asked for, answers, payments
    Column("opened_at", UtcDateTime, nullable=False),
    Index("ix_compensations_shop_id", "shop_id", "opened_at"),
    sqlite_autoincrement=True,
)

# What the shop gives to soften a mishap.
gifts = Table(
    "gifts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey("shops.id"), nullable=False, index=True),
    Column("name", PlainText, nullable=False),
    Column("cost", JsonText, nullable=False),
    sqlite_autoincrement=True,  # a button of one that is gone must not mean another
)

# Who orders branded goods for the shop, and where they are brought.
shop_profiles = Table(
    "shop_profiles",
    metadata,
    Column("shop_id", ForeignKey("shops.id"), primary_key=True, autoincrement=False),
    Column("document", JsonText, nullable=False),
)

brand_requests = Table(
    "brand_requests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey("shops.id"), nullable=False, index=True),
    Column("document", JsonText, nullable=False),
    Column("is_over", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

# Addresses that were set in the chat. They hold passwords: they are in no backup copy and on no screen.
fallback_ways = Table(
    "fallback_ways",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey("shops.id"), nullable=False, index=True),
    Column("staff_id", BigInteger),  # whose it is; NULL: the shop's
    Column("service", PlainText, nullable=False),  # "E-Mail": all that is shown of it
    Column("address", PlainText, nullable=False),
    Column("set_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,  # a button of one that is gone must not remove a new one of its id
)

# A time in which Telegram took no messages of a shop.
telegram_outages = Table(
    "telegram_outages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey("shops.id"), nullable=False, index=True),
    Column("began_at", UtcDateTime, nullable=False),
    # Only where Telegram answered nothing at all for longer than it keeps taps.
    Column("silent_since", UtcDateTime),
)

# What left by the second way: ids and kinds only.
fallback_messages = Table(
    "fallback_messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("outage_id", ForeignKey("telegram_outages.id"), nullable=False, index=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False, index=True),
    Column("about", PlainText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

# When Telegram last answered anything.
telegram_contact = Table(
    "telegram_contact",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
)

# The message that holds the newest pack for the day in a chat.
day_packs = Table(
    "day_packs",
    metadata,
    Column("shop_id", ForeignKey("shops.id"), primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
)

# The evenings whose report was put on its way: each once, also after a restart.
evening_reports = Table(
    "evening_reports",
    metadata,
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", PlainText, primary_key=True),  # 2026-03-08, by the shop's calendar
)

# When the chiefs were told of an hour that is full, and whether they dismissed it.
load_advice = Table(
    "load_advice",
    metadata,
    Column("shop_id", ForeignKey("shops.id"), primary_key=True, autoincrement=False),
    Column("hour", UtcDateTime, primary_key=True),  # its beginning
    Column("told_at", UtcDateTime, nullable=False),
    Column("orders", Integer, nullable=False),  # so many it had then
    Column("dismissed", Boolean, nullable=False),
)

# A florist who does not work on this day; without a row they do. No key to staff: a row outlives its person.
days_off = Table(
    "days_off",
    metadata,
    Column("shop_id", ForeignKey("shops.id"), primary_key=True, autoincrement=False),
    Column("staff_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", PlainText, primary_key=True),  # "2026-03-08" by the shop's calendar
)
