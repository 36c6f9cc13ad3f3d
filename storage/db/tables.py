"""The tables. One module per entity reads and writes them; the migrations make them.

The modules with further tables are imported here, so that `metadata` knows them. Only those of the bell stand
in a wing of their own, `storage.bell`; none of them refers to another table.
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
from storage.db.columns import metadata as metadata  # noqa: PLC0414 - who has it from here has all tables

shops = Table(
    "shops",
    metadata,
    Column("id", Id, primary_key=True),
    Column("marketplace_id", BigInteger, unique=True),
    Column("name", PlainText, nullable=False),
    Column("language", PlainText, nullable=False),
    Column("rules", JsonText, nullable=False),
    Column("group_chat_id", BigInteger, unique=True),
    # Whether the installation's settings describe it: one shop, whatever its name or number becomes.
    Column("of_settings", Boolean, nullable=False, server_default=false()),
)

# A person; what they are in which shop, and how they are called there, stands in memberships.
staff = Table(
    "staff",
    metadata,
    Column("id", Id, primary_key=True),
    Column("phone", PlainText, nullable=False, unique=True),
    Column("telegram_id", BigInteger, unique=True),
    Column("language", PlainText, nullable=False),
    Column("at_shop_id", BigInteger),  # the one of their shops that they look at now
)

# Couriers from outside, who are called when there is nobody else. They are no staff and see nothing.
spare_couriers = Table(
    "spare_couriers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey(shops.c.id), nullable=False),
    Column("name", PlainText, nullable=False),
    Column("phone", PlainText, nullable=False),
    Column("note", PlainText, nullable=False),
    UniqueConstraint("shop_id", "phone"),
    sqlite_autoincrement=True,  # a button of one who is gone must not call a new one of his id
)

memberships = Table(
    "memberships",
    metadata,
    Column("staff_id", ForeignKey(staff.c.id), primary_key=True),
    Column("shop_id", ForeignKey(shops.c.id), primary_key=True, index=True),
    Column("role", PlainText, nullable=False),
    Column("name", PlainText, nullable=False, server_default=""),
    Column("by_settings", PlainText),  # of a director: whether DIRECTOR_PHONE names them, "now" or "before"
)

# Another Telegram account has sent the contact of a person who is connected; somebody must allow it.
account_claims = Table(
    "account_claims",
    metadata,
    Column("id", Id, primary_key=True),
    Column("staff_id", ForeignKey(staff.c.id), nullable=False, unique=True),
    Column("connected_id", BigInteger, nullable=False),  # the account that is connected
    Column("telegram_id", BigInteger, nullable=False),  # the one that claims the place
    Column("language", PlainText, nullable=False),
    Column("account_name", PlainText, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,  # a button of a claim that is over must not decide a new one of its id
)

# Links by which somebody joins a shop, each once. Only the digest is kept: who reads the table cannot join.
invitations = Table(
    "invitations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey(shops.c.id), nullable=False, index=True),
    Column("role", PlainText, nullable=False),
    Column("digest", PlainText, nullable=False, unique=True),
    Column("made", JsonText, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,  # a button of one that is gone must not take back a new one of its id
)

# What happened in a shop beside its orders: who left, what was erased. The document says it.
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

# The document is the order; the columns beside it are what is searched and sorted by, written from it.
# No key to staff: an order restored from the backup copy may name people who are not there any more.
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
    Column("closed_at", UtcDateTime),  # when it became final; NULL while it lives
    # Whether any courier of the shop may take it.
    Column("offered", Boolean, nullable=False, server_default=false()),
    # Whether the marketplace has named it and could not show it yet.
    Column("unread", Boolean, nullable=False, server_default=false()),
    Column("document", JsonText, nullable=False),
    Column("erased_at", UtcDateTime),  # when what was personal in it was erased
    UniqueConstraint("shop_id", "number"),
    # The board: the living (NULL) and the lately closed are few. What it counts and sorts by is all in here,
    # so that it does not pass by the long documents; the archive is counted here as well.
    Index(
        "ix_orders_board",
        *("shop_id", "closed_at", "hidden", "seller_id", "carrier_id", "deliver_from", "status", "placed_at"),
    ),
    Index("ix_orders_delivery", "shop_id", "deliver_from"),  # one day, and the archive in its order
    Index(  # the few that are looked for every few seconds
        "ix_orders_unread", "id", sqlite_where=text("unread"), postgresql_where=text("unread")
    ),
)

# The ends of each order's number, by which any part of it is found: the orders of a part stand together.
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

# The marketplace's own object of an order, as it was read last.
raw_orders = Table(
    "raw_orders",
    metadata,
    Column("order_id", ForeignKey(orders.c.id), primary_key=True),
    Column("raw", JsonText, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

# Webhook deliveries that are done; a repeat of the same uuid does nothing.
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

# What has to leave: ids only, rendered from the order or the shop as it is then. What is done is deleted.
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
    Column("why", PlainText, nullable=False),  # why it failed for good
    Index(None, "channel", "state", "priority", "id"),
    Index("ix_outbox_shop_id", "shop_id", sqlite_where=text("shop_id IS NOT NULL")),  # see `hidings`
    CheckConstraint("(order_id IS NULL) <> (shop_id IS NULL)", name="ck_outbox_order_or_shop"),
    sqlite_autoincrement=True,  # a late answer for a row that is done must not meet a new one of its id
)

# The live card of an order in a chat.
cards = Table(
    "cards",
    metadata,
    Column("order_id", ForeignKey(orders.c.id), primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("slot", PlainText, primary_key=True),
    Column("message_id", BigInteger, nullable=False),
    Column("digest", PlainText, nullable=False),
)

# Every message that was ever a card: a reply to an old one is understood too.
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
    sqlite_autoincrement=True,  # a button of a photo that is gone must not take a new one of its id
)

# Orders that somebody is writing down. The document is the draft; `message_id` is the message that shows it.
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
    sqlite_autoincrement=True,  # a button of a draft that is gone must not open a new one of its id
)

# Where conversations stand. Absent parts of the key are 0 and "": a key has no NULL.
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

# What the shop sells. Which flowers each needs stands in recipes.
products = Table(
    "products",
    metadata,
    Column("id", Id, primary_key=True),
    Column("shop_id", ForeignKey(shops.c.id), nullable=False),
    Column("offer_id", PlainText, nullable=False),
    Column("name", PlainText, nullable=False),
    Column("words", PlainText, nullable=False),  # name and offer id in small letters: what is searched
    Column("price_minor", BigInteger),
    Column("currency", PlainText),
    Column("category", PlainText, nullable=False),
    Column("description", PlainText, nullable=False),
    Column("picture_url", PlainText, nullable=False),
    Column("url", PlainText, nullable=False),
    Column("marketplace_id", BigInteger),
    Column("stock", Integer),
    Column("stopped", Boolean, nullable=False),
    # What the marketplace is known to have, and when the next try is due to make it what is wanted.
    Column("told_shown", Boolean),
    Column("told_stock", Integer),
    Column("push_at", UtcDateTime, index=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("problem", PlainText, nullable=False, server_default=""),  # what the marketplace said against it
    Column("asked_by", BigInteger),  # whose wish it is: who is told when it cannot be
    UniqueConstraint("shop_id", "offer_id"),
    Index("ix_products_list", "shop_id", "words"),
    sqlite_autoincrement=True,  # a button of a product that is gone must not take a new one of its id
)

recipes = Table(
    "recipes",
    metadata,
    Column("product_id", ForeignKey(products.c.id), primary_key=True),
    Column("flower", PlainText, primary_key=True),  # the flower's key; `name` is how it was written
    Column("name", PlainText, nullable=False),
    Column("stems", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Index(None, "flower"),
)

# The flowers that were counted; 0 stems: out of it.
flowers = Table(
    "flowers",
    metadata,
    Column("shop_id", ForeignKey(shops.c.id), primary_key=True),
    Column("flower", PlainText, primary_key=True),
    Column("stems", Integer, nullable=False),
    Column("counted", JsonText, nullable=False),
)

# The times a shop was hidden. Who did what in the marketplace's app stands in the app columns.
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
    Column("due_at", UtcDateTime, index=True),  # the next moment at which the reminder or the end is due
    Column("reminded", Boolean, nullable=False),
    # At most one that is not over. For PostgreSQL the migration says so: `postgresql_where` here would load
    # its dialect, 5 MiB, into every bot on SQLite.
    Index("uq_hidings_open", "shop_id", unique=True, sqlite_where=text("NOT is_over")),
    sqlite_autoincrement=True,  # a button of one must not mean another
)  # fmt: skip

# A group that does not take the bot's messages, as long as it lasts.
group_refusals = Table(
    "group_refusals",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reason", PlainText, nullable=False),
)

# A money report that was taken in: what it held, by the digest of its file.
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

# What the marketplace took and paid. No key to orders: a report may come before its order, and of orders that
# are not here. The digest is of all that is written in the row: the same row of two reports is one.
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

# A price list that was sent, until somebody says whether it counts.
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
    sqlite_autoincrement=True,  # a button of one that is gone must not take a new one of its id
)


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


# The menu of commands that Telegram has been given for a chat: its language and words.
command_menus = Table(
    "command_menus",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("menu", PlainText, nullable=False),
)


# The list of the first day of a director in one of their shops.
first_days = Table(
    "first_days",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("shop_id", ForeignKey(shops.c.id), primary_key=True, autoincrement=False),
    Column("message_id", BigInteger),  # NULL: no list is shown
    Column("digest", PlainText, nullable=False),  # of what the message shows
    Column("is_tried", Boolean, nullable=False),  # a trial order has come to its end
)


# Updates that were confirmed to Telegram before their handler was through; the row goes when it is.
waiting_updates = Table(
    "waiting_updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
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
