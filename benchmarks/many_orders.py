"""Bulk test orders: rows that share a few documents, inserted directly into a migrated SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.schedule.deadlines import deadlines
from storage.db.columns import encoded
from storage.db.serial import order_document
from storage.order.number_index import SHORTEST

_ORDER = """
INSERT INTO orders (id, shop_id, number, status, version, placed_at, deliver_from, seller_id, carrier_id,
                    hidden, closed_at, document)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_NUMBER_PARTS = """
WITH RECURSIVE places(start) AS (SELECT 1 UNION ALL SELECT start + 1 FROM places WHERE start < 40)
INSERT INTO number_parts (shop_id, part, order_id)
SELECT shop_id, substr(number, start) AS part, id FROM orders, places
WHERE start = 1 OR start + :shortest - 1 <= length(number)
ORDER BY shop_id, part, id
"""
_DEADLINE = "INSERT INTO deadlines (order_id, kind, due_at) VALUES (?, ?, ?)"
_QUICK = ("PRAGMA synchronous=OFF", "PRAGMA journal_mode=OFF", "PRAGMA cache_size=-200000")
"""Durability does not matter while the file is filled."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An order with its stored document; many orders may share one document."""

    order: Order
    document: str

    @classmethod
    def of(cls, order: Order) -> Kept:
        return cls(order, encoded(order_document(order)))


def write(file: Path, kept: Iterable[Kept]) -> None:
    """Insert the orders; no other process may have the database open."""
    with _quick(file) as c:
        c.executemany(_ORDER, map(_row, kept))
        c.execute(_NUMBER_PARTS, {"shortest": SHORTEST})


def write_deadlines(file: Path, orders: Iterable[Order], rules: ShopRules) -> None:
    """Insert the deadlines that the rules give these orders."""
    with _quick(file) as c:
        c.executemany(_DEADLINE, _due(orders, rules))


@contextmanager
def _quick(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, isolation_level=None)) as c:
        for statement in (*_QUICK, "BEGIN"):
            c.execute(statement)
        yield c
        c.execute("COMMIT")


def _row(kept: Kept) -> tuple[object, ...]:
    order, progress = kept.order, kept.order.progress
    return (
        order.id,
        order.shop_id,
        order.number,
        order.status,
        order.version,
        stored(order.placed_at),
        stored(order.deliver_from),
        progress.seller.staff_id if progress.seller else None,
        progress.carrier.staff_id if progress.carrier else None,
        progress.hidden,
        stored(progress.since or order.received_at) if order.is_final else None,
        kept.document,
    )


def _due(orders: Iterable[Order], rules: ShopRules) -> Iterator[tuple[object, ...]]:
    for order in orders:
        for deadline in deadlines(order, rules, {}):
            yield order.id, deadline.kind, stored(deadline.due_at)


def stored(moment: datetime) -> str:
    """A time in the format in which SQLAlchemy stores it in SQLite."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
