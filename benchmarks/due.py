"""How late deadlines fire with 1,000 of 100,000 due in one second, and how long a restart takes."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks import many_orders
from benchmarks.figures import Figure, milliseconds, quantile, report
from benchmarks.many_orders import Kept
from benchmarks.shop import colleagues, florist, shop_of, town
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.schedule.deadlines import deadlines
from services.health.clock import utc_now
from tests.builders import ACCEPTED, a_window, an_order

PENDING = 100_000
DUE = 1_000
"""Orders whose first reminder to accept (R16) is due within the same second."""
PREPARATIONS, STARTS = 30.0, 3
"""Time reserved before that second, in seconds and bot starts, to fill the database and start the bot."""
LOOK_EVERY = 0.005
PATIENCE = 60.0
RULES = ShopRules()
PEOPLE = colleagues(manager=2)
_LEFT = "SELECT order_id, due_at FROM deadlines WHERE due_at >= ? AND due_at < ?"


async def measure(pending: int = PENDING, due: int = DUE) -> list[Figure]:
    """Start the bot on an empty database, then on a full one, and wait for the deadlines of one second."""
    with tempfile.TemporaryDirectory() as name:
        async with town(PEOPLE, Path(name)) as place:
            async with shop_of(place, PEOPLE), florist(place) as bot:
                empty = bot.ready_after
            moment = utc_now() + timedelta(seconds=PREPARATIONS + STARTS * empty)
            _fill(place.folder / "data/orders.db", pending, due, moment)
            async with florist(place) as bot:
                full = bot.ready_after
                lags = await _lags(place.folder / "data/orders.db", moment)
    if len(lags) != due:
        raise RuntimeError(f"{len(lags)} of {due} deadlines were seen to fire")
    p99 = quantile(lags, 0.99)
    beside = f"median {quantile(lags, 0.5):.2f} s, all after {max(lags):.2f} s; {pending:,} pending"
    return [
        Figure(f"lag of {due:,} deadlines in one second, p99", f"{p99:.2f} s", "1 s", p99, "1", beside),
        Figure(
            f"restart with {pending:,} deadlines",
            f"{full:.2f} s",
            f"empty database {empty:.2f} s",
            full / empty,
            "+ 1 s",
            f"the deadlines cost {milliseconds(full - empty)}",
        ),
    ]


def _fill(file: Path, pending: int, due: int, moment: datetime) -> None:
    kept = [Kept.of(order) for order in _new(due, moment)]
    kept += _accepted(due + 1, pending - 2 * due, moment + timedelta(hours=6))
    many_orders.write(file, kept)
    many_orders.write_deadlines(file, (one.order for one in kept), RULES)


def _new(due: int, moment: datetime) -> Iterator[Order]:
    """New orders, each with two deadlines: the first reminder and the time limit to accept."""
    first = timedelta(minutes=min(RULES.accept_reminders))
    for number in range(1, due + 1):
        placed = moment - first + timedelta(seconds=(number - 1) / due)
        window = a_window(moment + timedelta(hours=4))
        yield replace(an_order(number=str(number), placed_at=placed, window=window), id=number)


def _accepted(first_id: int, pending: int, start: datetime) -> Iterator[Kept]:
    """Accepted orders with windows from `start` on, one per second, with `pending` deadlines in total."""
    one = Kept.of(an_order(ACCEPTED, placed_at=start - timedelta(hours=6), window=a_window(start)))
    per_order = len(deadlines(one.order, RULES, {}))
    for number in range(pending // per_order):
        details = replace(one.order.details, window=a_window(start + timedelta(seconds=number)))
        order_id = first_id + number
        yield Kept(replace(one.order, id=order_id, number=str(order_id), details=details), one.document)


async def _lags(file: Path, moment: datetime) -> list[float]:
    """How late each deadline disappeared from the table, which happens when its alarm is committed."""
    between = (many_orders.stored(moment), many_orders.stored(moment + timedelta(seconds=1)))
    if utc_now() > moment:
        raise RuntimeError("the bot did not start in time")
    lags: list[float] = []
    until = time.monotonic() + PATIENCE + (moment - utc_now()).total_seconds()
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as c:
        waiting = dict(c.execute(_LEFT, between).fetchall())
        while waiting and time.monotonic() < until:
            await asyncio.sleep(LOOK_EVERY)
            left = dict(c.execute(_LEFT, between).fetchall())
            now = utc_now()
            gone = waiting.keys() - left.keys()
            lags += [(now - _moment(waiting[order_id])).total_seconds() for order_id in gone]
            waiting = left
    return lags


def _moment(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)


if __name__ == "__main__":
    report(measure())
