"""The tables. One module per entity reads and writes them; the migrations create them.

This module imports the other modules with tables, so that `metadata` contains them. The exceptions are
`storage.bell.tables` and `storage.delivery.tables`, whose tables have no foreign keys.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    UniqueConstraint,
    false,
    text,
)

from storage.db import client_tables, support_tables  # noqa: F401 - they add their tables to the metadata
from storage.db.columns import Id, JsonText, PlainText, UtcDateTime
from storage.db.columns import metadata as metadata  # noqa: PLC0414 - imported from here, it has all tables

shops = Table(
    "shops",
    metadata,
    Column("id", Id, primary_key=True),
    Column("marketplace_id", BigInteger, unique=True),
    Column("name", PlainText, nullable=False),
    Column("language", PlainText, nullable=False),
    Column("rules", JsonText, nullable=False),
    Column("group_chat_id", BigInteger, unique=True),
    # Whether the installation's settings describe this shop; it stays so when its name or number changes.
    Column("of_settings", Boolean, nullable=False, server_default=false()),
)

# People. Their role and name in each shop are in `memberships`.
staff = Table(
    "staff",
    metadata,
    Column("id", Id, primary_key=True),
    Column("phone", PlainText, nullable=False, unique=True),
    Column("telegram_id", BigInteger, unique=True),
    Column("language", PlainText, nullable=False),
    Column("at_shop_id", BigInteger),  # the shop that they have selected
)

# Couriers from outside, called when needed. They are not members and see nothing.
spare_couriers = Table(
    "spare_couriers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey(shops.c.id), nullable=False),
    Column("name", PlainText, nullable=False),
    Column("phone", PlainText, nullable=False),
    Column("note", PlainText, nullable=False),
    UniqueConstraint("shop_id", "phone"),
    sqlite_autoincrement=True,  # no reuse of ids: an old button must not call a new courier
)

memberships = Table(
    "memberships",
    metadata,
    Column("staff_id", ForeignKey(staff.c.id), primary_key=True),
    Column("shop_id", ForeignKey(shops.c.id), primary_key=True, index=True),
    Column("role", PlainText, nullable=False),
    Column("name", PlainText, nullable=False, server_default=""),
    Column("by_settings", PlainText),  # whether DIRECTOR_PHONE names this director: "now" or "before"
)

# Claims: another Telegram account has sent the contact of a connected person; a colleague has to approve it.
account_claims = Table(
    "account_claims",
    metadata,
    Column("id", Id, primary_key=True),
    Column("staff_id", ForeignKey(staff.c.id), nullable=False, unique=True),
    Column("connected_id", BigInteger, nullable=False),  # the connected account
    Column("telegram_id", BigInteger, nullable=False),  # the claiming account
    Column("language", PlainText, nullable=False),
    Column("account_name", PlainText, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,  # no reuse of ids: an old button must not decide a new claim
)

# Invitations, each for one person. Only digests are stored, so reading the table does not help to join.
invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey(shops.c.id), nullable=False, index=True),
    Column("role", PlainText, nullable=False),
    Column("digest", PlainText, nullable=False, unique=True),
    Column("made", JsonText, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,  # no reuse of ids: an old button must not revoke a new invitation
)

# Events of a shop that concern no order: who left, what was erased. The document has the details.
shop_notes = Table(
    "shop_notes",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey(shops.c.id), nullable=False),
    Column("kind", PlainText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("document", JsonText, nullable=False),
    Index(None, "shop_id", "kind"),
)

# The document is the order; the other columns are derived from it for searching and sorting.
# No foreign key to staff: an order restored from the backup copy may name people who no longer exist.
orders = Table(
    "orders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey(shops.c.id), nullable=False),
    Column("number", PlainText, nullable=False),
    Column("status", PlainText, nullable=False),
    Column("version", Integer, nullable=False),
    Column("placed_at", UtcDateTime, nullable=False),
    Column("deliver_from", UtcDateTime, nullable=False),
    Column("seller_id", BigInteger),
    Column("carrier_id", BigInteger),
    Column("hidden", Boolean, nullable=False),
    Column("closed_at", UtcDateTime),  # when it got its final status; NULL while it is open
    # Whether any courier of the shop may take it.
    Column("offered", Boolean, nullable=False, server_default=false()),
    # Whether the marketplace has sent the number of the order but not its details yet.
    Column("unread", Boolean, nullable=False, server_default=false()),
    Column("document", JsonText, nullable=False),
    Column("erased_at", UtcDateTime),  # when its personal data was erased
    UniqueConstraint("shop_id", "number"),
    # For the board: open (NULL) and recently closed orders are few. A covering index: the board counts and
    # sorts, and counts the archive, without reading the table rows with their long documents.
    Index(
        "ix_orders_board",
        *("shop_id", "closed_at", "hidden", "seller_id", "carrier_id", "deliver_from", "status", "placed_at"),
    ),
    Index("ix_orders_delivery", "shop_id", "deliver_from"),  # one day; the sorted archive
    Index(  # queried every few seconds; few rows
        "ix_orders_unread", "id", sqlite_where=text("unread"), postgresql_where=text("unread")
    ),
)

# The suffixes of order numbers, to find any part of a number by a range scan (`storage.order.number_index`).
number_parts = Table(
    "number_parts",
    metadata,
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("part", PlainText.bytewise(), primary_key=True),
    Column("order_id", ForeignKey(orders.c.id), primary_key=True),
)

events = Table(
    "events",
    metadata,
    Column("order_id", ForeignKey(orders.c.id), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("kind", PlainText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("document", JsonText, nullable=False),
)

# The marketplace's latest raw object of each order.
raw_orders = Table(
    "raw_orders",
    metadata,
    Column("order_id", ForeignKey(orders.c.id), primary_key=True),
    Column("raw", JsonText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

# Processed webhook deliveries; a repeated uuid is ignored.
webhook_events = Table(
    "webhook_events",
    metadata,
    Column("uuid", PlainText, primary_key=True),
    Column("event", PlainText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

deadlines = Table(
    "deadlines",
    metadata,
    Column("order_id", ForeignKey(orders.c.id), primary_key=True),
    Column("kind", PlainText, primary_key=True),
    Column("due_at", UtcDateTime, index=True),
    Column("last_fired_at", UtcDateTime),
)

# The outbox. Rows contain ids only; messages are rendered when they are sent. Sent rows are deleted.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", PlainText, nullable=False),
    Column("kind", PlainText, nullable=False),
    Column("order_id", ForeignKey(orders.c.id), index=True),
    Column("shop_id", ForeignKey(shops.c.id)),
    Column("target", BigInteger, nullable=False),
    Column("subject", BigInteger, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("sound", Boolean, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("state", PlainText, nullable=False),
    Column("why", PlainText, nullable=False),  # why it failed permanently
    Index(None, "channel", "state", "priority", "id"),
    Index("ix_outbox_shop_id", "shop_id", sqlite_where=text("shop_id IS NOT NULL")),  # see `hidings`
    CheckConstraint("(order_id IS NULL) <> (shop_id IS NULL)", name="ck_outbox_order_or_shop"),
    sqlite_autoincrement=True,  # no reuse of ids: a late response must not hit a new row
)

# The live cards of orders in chats.
cards = Table(
    "cards",
    metadata,
    Column("order_id", ForeignKey(orders.c.id), primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("slot", PlainText, primary_key=True),
    Column("message_id", BigInteger, nullable=False),
    Column("digest", PlainText, nullable=False),
)

# Every message that was ever a card, so that replies to old ones are understood.
card_messages = Table(
    "card_messages",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("order_id", ForeignKey(orders.c.id), nullable=False),
)

waiting_photos = Table(
    "waiting_photos",
    metadata,
    Column("id", Id, primary_key=True),
    Column("staff_id", ForeignKey(staff.c.id), nullable=False),
    Column("sha256", PlainText, nullable=False),
    Column("path", PlainText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("album", PlainText, nullable=False, server_default=""),  # Telegram's media_group_id
    sqlite_autoincrement=True,  # no reuse of ids: an old button must not take a new photo
)

# Drafts of orders. The document is the draft; `message_id` is the message that shows it.
drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey(shops.c.id), nullable=False),
    Column("staff_id", ForeignKey(staff.c.id), nullable=False),
    Column("number", PlainText, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("document", JsonText, nullable=False),
    Index(None, "staff_id", "shop_id"),
    sqlite_autoincrement=True,  # no reuse of ids: an old button must not open a new draft
)

# The states of dialogues. Missing parts of the key are 0 or "", because a primary key has no NULL.
dialogues = Table(
    "dialogues",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thread_id", BigInteger, primary_key=True, autoincrement=False),
    Column("business_connection_id", PlainText, primary_key=True),
    Column("destiny", PlainText, primary_key=True),
    Column("state", PlainText),
    Column("data", JsonText),
)

# The products of the shops. Their flowers are in `recipes`.
products = Table(
    "products",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey(shops.c.id), nullable=False),
    Column("offer_id", PlainText, nullable=False),
    Column("name", PlainText, nullable=False),
    Column("words", PlainText, nullable=False),  # name and offer id in lower case, for searching
    Column("price_minor", BigInteger),
    Column("currency", PlainText),
    Column("category", PlainText, nullable=False),
    Column("description", PlainText, nullable=False),
    Column("picture_url", PlainText, nullable=False),
    Column("url", PlainText, nullable=False),
    Column("marketplace_id", BigInteger),
    Column("stock", Integer),
    Column("stopped", Boolean, nullable=False),
    # What the marketplace is known to have, and when the next push to it is due.
    Column("told_shown", Boolean),
    Column("told_stock", Integer),
    Column("push_at", UtcDateTime, index=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("problem", PlainText, nullable=False, server_default=""),  # why the marketplace refused it
    Column("asked_by", BigInteger),  # who made the change and is notified of a refusal
    UniqueConstraint("shop_id", "offer_id"),
    Index("ix_products_list", "shop_id", "words"),
    sqlite_autoincrement=True,  # no reuse of ids: an old button must not act on a new product
)

recipes = Table(
    "recipes",
    metadata,
    Column("product_id", ForeignKey(products.c.id), primary_key=True),
    Column("flower", PlainText, primary_key=True),  # the flower's key; `name` is as people typed it
    Column("name", PlainText, nullable=False),
    Column("stems", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Index(None, "flower"),
)

# The counted flowers; 0 stems: the flower has run out.
flowers = Table(
    "flowers",
    metadata,
    Column("shop_id", ForeignKey(shops.c.id), primary_key=True),
    Column("flower", PlainText, primary_key=True),
    Column("stems", Integer, nullable=False),
    Column("counted", JsonText, nullable=False),
)

# The hidings of shops. The app columns have who repeated them in the marketplace's app.
hidings = Table(
    "hidings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey(shops.c.id), nullable=False, index=True),
    Column("hidden", JsonText, nullable=False),
    Column("until", UtcDateTime),
    Column("reopened", JsonText),
    Column("is_over", Boolean, nullable=False),
    Column("app_hidden", JsonText),
    Column("app_shown", JsonText),
    Column("due_at", UtcDateTime, index=True),  # when the reminder or the end is due next
    Column("reminded", Boolean, nullable=False),
    # At most one open hiding per shop. For PostgreSQL the migration creates this index: `postgresql_where`
    # here would load its dialect, 5 MiB, into every bot on SQLite.
    Index("uq_hidings_open", "shop_id", unique=True, sqlite_where=text("NOT is_over")),
    sqlite_autoincrement=True,  # no reuse of ids: old buttons
)  # fmt: skip

# The groups that refuse the bot's messages now.
group_refusals = Table(
    "group_refusals",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reason", PlainText, nullable=False),
)

# The imported money reports, each with the digest of its file and the result of the import.
money_reports = Table(
    "money_reports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey(shops.c.id), nullable=False),
    Column("sha256", PlainText, nullable=False),
    Column("staff_id", BigInteger),
    Column("at", UtcDateTime, nullable=False),
    Column("document", JsonText, nullable=False),
    UniqueConstraint("shop_id", "sha256"),
)

# Fees and payouts of the marketplace. No foreign key to orders: a report may come before its order, or
# contain unknown orders. The digest covers the whole row, so that a row of two reports is stored once.
transactions = Table(
    "transactions",
    metadata,
    Column("shop_id", ForeignKey(shops.c.id), primary_key=True, autoincrement=False),
    Column("digest", PlainText, primary_key=True),
    Column("number", PlainText, nullable=False),
    Column("operation", PlainText, nullable=False),
    Column("minor", BigInteger, nullable=False),
    Column("paid_at", UtcDateTime),
    Column("delivered_at", UtcDateTime),
    Index(None, "shop_id", "number"),
)

# Price lists that people sent, until somebody applies or drops them.
imports = Table(
    "imports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey(shops.c.id), nullable=False),
    Column("staff_id", BigInteger),
    Column("at", UtcDateTime, nullable=False),
    Column("name", PlainText, nullable=False),
    Column("state", PlainText, nullable=False),
    Column("document", JsonText, nullable=False),
    sqlite_autoincrement=True,  # no reuse of ids: an old button must not apply a new list
)


# Files not downloaded yet. `message` is the raw Telegram message; it is deleted with the row, minutes later.
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


# The command menus that were set in Telegram, by chat: language and texts.
command_menus = Table(
    "command_menus",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("menu", PlainText, nullable=False),
)


# The lists of the first day, one per director and shop.
first_days = Table(
    "first_days",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("shop_id", ForeignKey(shops.c.id), primary_key=True, autoincrement=False),
    Column("message_id", BigInteger),  # NULL: no list is shown
    Column("digest", PlainText, nullable=False),  # of the message's content
    Column("is_tried", Boolean, nullable=False),  # a trial order was completed
)


# Updates confirmed to Telegram before their handlers have finished; then the row is deleted.
waiting_updates = Table(
    "waiting_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("restarts", Integer, nullable=False),  # how often it was restarted after a crash
    Column("raw", JsonText, nullable=False),  # as Telegram sent it
)


# Statistics of updates that the bot could not decode: names of fields and types, never their values.
unread_updates = Table(
    "unread_updates",
    metadata,
    Column("digest", PlainText, primary_key=True),  # of kind, fault and outcome
    Column("kind", PlainText, nullable=False),
    Column("fault", PlainText, nullable=False),
    Column("outcome", PlainText, nullable=False),
    Column("update_id", BigInteger),  # like the columns below: of the latest update
    Column("shape", PlainText, nullable=False),
    Column("times", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
)
