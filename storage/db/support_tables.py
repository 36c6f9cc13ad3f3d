"""Tables for mishaps (guide, cases, compensations, Telegram outages) and for the day of a shop."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint, text

from storage.db.columns import Id, JsonText, PlainText, UtcDateTime, metadata

# The changes of shops to the guide: a built-in situation by its key, or one of the shop's own, without a key.
guide_entries = Table(
    "guide_entries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey("shops.id"), nullable=False),
    Column("key", PlainText),
    Column("title", PlainText, nullable=False),  # empty: the default
    Column("words", PlainText, nullable=False),
    Column("to_support", PlainText, nullable=False, server_default=""),  # empty: the default text
    Column("stage", PlainText, nullable=False),
    Column("place", Integer, nullable=False),
    Column("is_shown", Boolean, nullable=False),
    Column("is_suggested", Boolean, nullable=False),
    Column("made", JsonText, nullable=False),
    UniqueConstraint("shop_id", "key"),
    sqlite_autoincrement=True,  # no reuse of ids: old buttons
)

# Cases for the marketplace's support: one open case per order collects all its matters.
support_cases = Table(
    "support_cases",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey("shops.id"), nullable=False, index=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False, index=True),
    Column("matters", JsonText, nullable=False),  # keys and titles of the guide's situations
    Column("notes", JsonText, nullable=False),  # messages, answers and decisions, with author and time
    Column("come_back_at", UtcDateTime, nullable=False),
    Column("remind_at", UtcDateTime, nullable=False, index=True),
    Column("is_over", Boolean, nullable=False),
    # At most one open case per order; on PostgreSQL too, see `hidings`.
    Index("uq_support_cases_open", "order_id", unique=True, sqlite_where=text("NOT is_over")),
    sqlite_autoincrement=True,
)  # fmt: skip

# Compensations: the costs of a mishap, the claim to the marketplace, and its result; one per order.
compensations = Table(
    "compensations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey("shops.id"), nullable=False),
    Column("order_id", ForeignKey("orders.id"), nullable=False, unique=True),
    Column("entries", JsonText, nullable=False),  # costs, claimed sum, answers, payments
    Column("opened_at", UtcDateTime, nullable=False),
    Index("ix_compensations_shop_id", "shop_id", "opened_at"),
    sqlite_autoincrement=True,
)

# The gifts that a shop offers after a mishap.
gifts = Table(
    "gifts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey("shops.id"), nullable=False, index=True),
    Column("name", PlainText, nullable=False),
    Column("cost", JsonText, nullable=False),
    sqlite_autoincrement=True,  # no reuse of ids: old buttons
)

# The profiles of shops: who orders branded goods, and the delivery address.
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

# Addresses of the second channel, set in the chat. They contain passwords: no backup copy or screen has them.
fallback_ways = Table(
    "fallback_ways",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey("shops.id"), nullable=False, index=True),
    Column("staff_id", BigInteger),  # its owner; NULL: the shop
    Column("service", PlainText, nullable=False),  # e.g. "E-Mail"; only this is shown
    Column("address", PlainText, nullable=False),
    Column("set_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,  # no reuse of ids: an old button must not remove a new address
)

# Outages: times in which Telegram accepted no messages of a shop.
telegram_outages = Table(
    "telegram_outages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey("shops.id"), nullable=False, index=True),
    Column("began_at", UtcDateTime, nullable=False),
    # Set only when Telegram answered no request for longer than it keeps taps.
    Column("silent_since", UtcDateTime),
)

# Messages sent by the second channel: ids and kinds only.
fallback_messages = Table(
    "fallback_messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("outage_id", ForeignKey("telegram_outages.id"), nullable=False, index=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False, index=True),
    Column("about", PlainText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

# When Telegram last answered a request.
telegram_contact = Table(
    "telegram_contact",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
)

# The message that has the newest print pack of the day, by chat.
day_packs = Table(
    "day_packs",
    metadata,
    Column("shop_id", ForeignKey("shops.id"), primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, nullable=False),
    Column("sent_at", UtcDateTime, nullable=False),
)

# The days whose evening report was put into the outbox, so that a restart does not repeat one.
evening_reports = Table(
    "evening_reports",
    metadata,
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", PlainText, primary_key=True),  # 2026-03-08, by the shop's calendar
)

# Advice sent to the chiefs about full hours, and whether they dismissed it.
load_advice = Table(
    "load_advice",
    metadata,
    Column("shop_id", ForeignKey("shops.id"), primary_key=True, autoincrement=False),
    Column("hour", UtcDateTime, primary_key=True),  # its start
    Column("told_at", UtcDateTime, nullable=False),
    Column("orders", Integer, nullable=False),  # its number of orders at that time
    Column("dismissed", Boolean, nullable=False),
)

# Days off of florists. No foreign key to staff: a row may outlive its person.
days_off = Table(
    "days_off",
    metadata,
    Column("shop_id", ForeignKey("shops.id"), primary_key=True, autoincrement=False),
    Column("staff_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", PlainText, primary_key=True),  # "2026-03-08" by the shop's calendar
)
