"""One tap on a disk that fails: it is done whole or not at all, and the person is told (X2, X3, X5)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import aiosqlite
import pytest
from sqlalchemy import Connection, Engine, event, text

from messages.callbacks.order import Do, Tap
from messages.i18n.texts import Translator
from orders.model.status import Status
from services.health.clock import utc_now
from services.order.desk import Desk
from storage.db.tables import metadata
from storage.order import orders as order_rows
from tests.handlers.conftest import DIRECTOR, Shop
from tests.services.workplace import receive

pytestmark = pytest.mark.requirement("X2", "X3", "X5")

APOLOGY = Translator("ru").plain("toast-trouble")
AT_LEAST = 10
"""Statements of one tap: fewer would mean that the faults miss them."""
SECOND = 2
"""The version of an order after its first step."""
MANY = 12

Kept = dict[str, list[str]]


class Fault:
    """What the driver does for the `at`-th time from now on does not work."""

    def __init__(self, at: int) -> None:
        self._left = at

    @property
    def has_come(self) -> bool:
        return self._left <= 0

    def strike(self, *_what: object) -> None:
        self._left -= 1
        if self._left == 0:
            raise sqlite3.OperationalError("disk I/O error")


async def an_order(shop: Shop) -> int:
    """A new order; gives its id."""
    return (await receive(Desk(shop.app.database, utc_now), utc_now())).id


@contextmanager
def failing_statement(at: int) -> Iterator[Fault]:
    fault = Fault(at)
    ways = ("do_execute", "do_executemany", "do_execute_no_params")
    for way in ways:
        event.listen(Engine, way, fault.strike)
    try:
        yield fault
    finally:
        for way in ways:
            event.remove(Engine, way, fault.strike)


async def kept(shop: Shop) -> Kept:
    """All that the database holds."""
    async with shop.app.database.snapshot() as c:
        return {
            table.name: sorted(map(repr, (await c.execute(table.select())).all()))
            for table in metadata.sorted_tables
        }


async def accepted_by_the_director(shop: Shop, order_id: int) -> list[str]:
    return await shop.hears(DIRECTOR, data=Tap(do=Do.ACCEPT, order=order_id).pack(), text="?")


async def is_whole(shop: Shop, order_id: int, before: Kept) -> bool:
    """Whether the order is accepted, with its event, its deadlines and what is to be sent of it."""
    async with shop.app.database.snapshot() as c:
        [order] = await order_rows.load(c, [order_id])
    now = await kept(shop)
    changed = {name for name in now if now[name] != before[name]}
    is_recorded = len(now["events"]) == len(before["events"]) + 1
    is_accepted = order.status is Status.ACCEPTED and order.version == SECOND
    return is_accepted and is_recorded and changed >= {"orders", "events", "deadlines", "outbox"}


async def test_whichever_statement_fails_a_tap_is_done_whole_or_not_at_all(
    shop: Shop,
) -> None:
    order_id = await an_order(shop)
    before = await kept(shop)
    for at in range(1, 100):
        with failing_statement(at) as fault:
            said = await accepted_by_the_director(shop, order_id)
        if not fault.has_come:
            break
        assert said[-1] == APOLOGY, at
        assert await kept(shop) == before or await is_whole(shop, order_id, before), at
    assert at > AT_LEAST
    assert await is_whole(shop, order_id, before)


@pytest.mark.parametrize("is_written", [False, True], ids=["lost", "written all the same"])
async def test_a_commit_that_fails_is_no_half_of_a_tap_and_the_next_tap_ends_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, *, is_written: bool
) -> None:
    order_id = await an_order(shop)
    before, commit = await kept(shop), aiosqlite.Connection.commit
    for at in range(1, 100):
        fault = Fault(at)

        async def failing(connection: aiosqlite.Connection, fault: Fault = fault) -> None:
            if is_written:
                await commit(connection)
            fault.strike()
            if not is_written:
                await commit(connection)

        with monkeypatch.context() as patched:
            patched.setattr(aiosqlite.Connection, "commit", failing)
            said = await accepted_by_the_director(shop, order_id)
        if not fault.has_come:
            break
        assert said[-1] == APOLOGY, at
        assert await kept(shop) == before or await is_whole(shop, order_id, before), at
    assert at > 1
    assert await is_whole(shop, order_id, before)


async def test_a_full_disk_takes_no_half_of_a_tap(shop: Shop) -> None:
    found = [await an_order(shop) for _ in range(MANY)]
    pages, refused = await page_count(shop), 0
    for order_id in found:
        before = await kept(shop)
        for more in range(MANY):
            with full_at(pages + more):
                said = await accepted_by_the_director(shop, order_id)
            if said[-1] != APOLOGY:
                break
            refused += 1
            assert await kept(shop) == before
        assert await is_whole(shop, order_id, before)
        pages = await page_count(shop)
    assert refused


@contextmanager
def full_at(pages: int) -> Iterator[None]:
    """No file grows beyond so many pages, as on a full disk."""

    def limit(c: Connection) -> None:
        c.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    event.listen(Engine, "begin", limit)
    try:
        yield
    finally:
        event.remove(Engine, "begin", limit)


async def page_count(shop: Shop) -> int:
    async with shop.app.database.snapshot() as c:
        return int((await c.execute(text("PRAGMA page_count"))).scalar_one())
