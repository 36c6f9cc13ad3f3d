"""The tables of a shop's routes, places and ways (X26)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Table

from storage.db.columns import JsonText, PlainText, UtcDateTime, metadata

# The route of one person as it was sent last, and their last known position.
routes = Table(
    "routes",
    metadata,
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("staff_id", BigInteger, primary_key=True, autoincrement=False),
    Column("sequence", JsonText, nullable=False),  # ids of orders
    Column("by_hand", Boolean, nullable=False),
    Column("given_up", JsonText, nullable=False),  # orders whose window the sequence set by hand misses
    Column("told", JsonText, nullable=False),  # orders whose lost window was announced
    Column("changed_at", UtcDateTime),
    Column("latitude", Float(53)),
    Column("longitude", Float(53)),
    Column("seen_at", UtcDateTime),
)

# Coordinates that people shared. The key of an address is its digest; the key of the shop itself is empty.
places = Table(
    "places",
    metadata,
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("key", PlainText, primary_key=True),
    Column("latitude", Float(53), nullable=False),
    Column("longitude", Float(53), nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
)

# Minutes between two places, typed by people; they apply in both directions.
ways = Table(
    "ways",
    metadata,
    Column("shop_id", BigInteger, primary_key=True, autoincrement=False),
    Column("one", PlainText, primary_key=True),
    Column("other", PlainText, primary_key=True),
    Column("minutes", Float(53), nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
)
