"""The board with a million orders: page, counts and search compared with bare SQL for the same rows."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks import many_orders
from benchmarks.figures import Figure, milliseconds, quantile, report
from benchmarks.many_orders import Kept
from benchmarks.shop import database_of
from messages.order.board import PAGE_SIZE as PAGE
from orders.model.rules import ShopRules
from orders.order.board import Section, Span
from storage.db.database import Database
from storage.order import board
from storage.order.board import BoardQuery
from storage.shop import shops
from storage.shop.shops import Shop
from tests.builders import (
    ACCEPTED,
    LONG_WAY,
    ON_THE_WAY,
    PHOTO_ATTACHED,
    SELLER_ASSIGNED,
    Given,
    a_window,
    an_order,
)

ORDERS = 1_000_000
LIVING = 10_000
LATELY = 500
"""Orders closed within the last 48 hours, which are still on the board."""
ROUNDS = 200
ARCHIVE_HOURS = ShopRules().archive_hours

FIRST_NUMBER = 25_000_000
PHOTO_STEPS = (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED)

Look = Callable[[], Awaitable[object]]

_COUNTS = """
    SELECT status, count(*) FROM (
        SELECT status FROM orders WHERE shop_id = 1 AND closed_at IS NULL
        UNION ALL
        SELECT status FROM orders WHERE shop_id = 1 AND closed_at >= :before AND NOT hidden
    ) GROUP BY status
"""
_PAGE = """
    SELECT document FROM orders JOIN (
        SELECT id, row_number() OVER (ORDER BY
            CASE WHEN status = 'new' THEN 0 WHEN closed_at IS NULL THEN 1 ELSE 2 END,
            CASE WHEN status = 'new' THEN placed_at WHEN closed_at IS NULL THEN deliver_from END,
            CASE WHEN closed_at IS NOT NULL THEN deliver_from END DESC,
            id
        ) AS place
        FROM (
            SELECT id, status, placed_at, deliver_from, closed_at FROM orders
            WHERE shop_id = 1 AND closed_at IS NULL
            UNION ALL
            SELECT id, status, placed_at, deliver_from, closed_at FROM orders
            WHERE shop_id = 1 AND closed_at >= :before AND NOT hidden
        )
        WHERE status NOT IN ('cancelled', 'declined')
        ORDER BY place LIMIT :limit
    ) USING (id) ORDER BY place
"""
_SEARCH = """
    SELECT document FROM orders WHERE id IN (
        SELECT order_id FROM number_parts WHERE shop_id = 1 AND part >= :digits AND part < :digits || 'x'
    )
    ORDER BY CASE WHEN number = :digits THEN 0 WHEN closed_at IS NULL THEN 1 ELSE 2 END,
        placed_at DESC, id DESC
    LIMIT :limit
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """The same query through the storage layer and in bare SQL."""

    what: str
    ours: Look
    bare: Look
    size: Callable[[Any], int] = len
    """The number of orders in an answer; both answers must have the same."""
    bare_size: Callable[[Any], int] = len


async def measure(orders: int = ORDERS, living: int = LIVING, rounds: int = ROUNDS) -> list[Figure]:
    """Fill a database, then time both alternately, so that other load affects both equally."""
    with tempfile.TemporaryDirectory() as name:
        folder, now = Path(name), datetime.now(UTC)
        database = database_of(folder)
        try:
            await _prepare(database)
            await database.close()
            many_orders.write(folder / "data/orders.db", _orders(orders, living, now))
            async with aiosqlite.connect(folder / "data/orders.db") as plain:
                return [await _compare(pair, rounds, orders) for pair in _pairs(database, plain, now, orders)]
        finally:
            await database.close()


async def _prepare(database: Database) -> None:
    await database.migrate()
    async with database.write() as c:
        await shops.put(c, Shop(0, None, "Лепесток", "ru", ShopRules()))


def _orders(orders: int, living: int, now: datetime) -> Iterator[Kept]:
    """Archived orders, then recently closed ones, then open ones, in order of placing."""
    archived = islice(cycle(_templates(now, LONG_WAY)), orders - living - LATELY)
    lately = islice(cycle(_templates(now, LONG_WAY)), LATELY)
    alive = islice(cycle(_templates(now, (), (ACCEPTED, SELLER_ASSIGNED), PHOTO_STEPS, ON_THE_WAY)), living)
    parts = (
        (archived, now - timedelta(days=900), 850 * 86_400 / orders),
        (lately, now - timedelta(days=1), 1.0),
    )
    order_id = 0
    for part, start, gap in (*parts, (alive, now - timedelta(hours=2), 0.1)):
        for number, kept in enumerate(part):
            order_id += 1
            yield _placed(kept, order_id, start + timedelta(seconds=number * gap))


def _templates(now: datetime, *stories: tuple[Given, ...]) -> list[Kept]:
    return [Kept.of(an_order(*steps, placed_at=now, window=a_window(now))) for steps in stories]


def _placed(kept: Kept, order_id: int, at: datetime) -> Kept:
    details = replace(kept.order.details, window=a_window(at + timedelta(hours=3)))
    progress = replace(kept.order.progress, since=at)
    number = str(FIRST_NUMBER + order_id * 7)
    order = replace(kept.order, id=order_id, number=number, placed_at=at, details=details, progress=progress)
    return Kept(order, kept.document)


def _pairs(database: Database, plain: aiosqlite.Connection, now: datetime, orders: int) -> list[Pair]:
    before = now - timedelta(hours=ARCHIVE_HOURS)
    query = BoardQuery(1, Section.ALL, Span(), before)
    digits = str(FIRST_NUMBER + orders * 7 // 2)[:6]
    given: dict[str, object] = {"before": many_orders.stored(before), "digits": digits, "limit": PAGE}

    def ours(look: Callable[[AsyncConnection], Awaitable[object]]) -> Look:
        async def ask() -> object:
            async with database.snapshot() as c:
                return await look(c)

        return ask

    async def search() -> object:
        async with database.read_one() as c:
            return await board.find(c, 1, digits, None, PAGE)

    def bare(statement: str) -> Look:
        async def ask() -> object:
            return await plain.execute_fetchall(statement, given)

        return ask

    return [
        Pair("board page", ours(lambda c: board.page(c, query, PAGE, 0)), bare(_PAGE)),
        Pair("board counts", ours(lambda c: board.counts(c, query)), bare(_COUNTS), _all, _sum),
        Pair("search", search, bare(_SEARCH)),
    ]


def _all(counts: dict[Section, int]) -> int:
    return counts[Section.ALL]


def _sum(rows: list[tuple[str, int]]) -> int:
    return sum(number for _status, number in rows)


async def _compare(pair: Pair, rounds: int, total: int) -> Figure:
    size = pair.size(await pair.ours())
    if size != pair.bare_size(await pair.bare()):
        raise RuntimeError(f"{pair.what}: not the same rows")
    ours, bare = [], []
    for _ in range(rounds):
        ours.append(await _seconds(pair.ours))
        bare.append(await _seconds(pair.bare))
    mine, least = quantile(ours, 0.99), quantile(bare, 0.99)
    medians = f"medians {milliseconds(quantile(ours, 0.5))} and {milliseconds(quantile(bare, 0.5))}"
    return Figure(
        f"{pair.what} of {total:,} orders, p99",
        milliseconds(mine),
        f"bare SQL {milliseconds(least)}",
        mine / least,
        "2, and 20 ms",
        f"{medians}; of {size:,} orders",
    )


async def _seconds(look: Look) -> float:
    began = time.perf_counter()
    await look()
    return time.perf_counter() - began


if __name__ == "__main__":
    report(measure())
