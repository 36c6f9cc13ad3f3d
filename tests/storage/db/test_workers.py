"""Several workers on one database: everything happens once, and nothing that one decided is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest

from orders.model.order import Order
from orders.model.people import Role
from orders.model.refusals import Refusal
from orders.model.rules import ShopRules
from orders.schedule.deadlines import Deadline, DeadlineKind
from orders.steps.commands import Accept, AssignSeller
from services.db.commit_signal import CommitSignal
from services.order.desk import Desk, Incoming
from storage.db.database import Database
from storage.order import deadlines, events, orders
from storage.order.deadlines import Due
from storage.sending import outbox
from storage.sending.outbox import Channel, Kind, Outgoing, Priority, Row
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member
from tests.builders import MANAGER, NOON, an_order, some_details
from tests.deadline_rows import want
from tests.storage.conftest import Keep, opened

WORKERS = 3
MANY = 300

Workers = list[Database]


@pytest.fixture
async def workers(database_url: str) -> AsyncIterator[Workers]:
    """Each with connections of its own, as processes have."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(opened(database_url)) for _ in range(WORKERS)]


@pytest.fixture
async def card(keep: Keep) -> Outgoing:
    order = await keep(an_order())
    return Outgoing(Channel.TELEGRAM, Kind.CARD, order.id, Priority.CARD, NOON)


def a_desk(database: Database) -> Desk:
    return Desk(database, CommitSignal(), lambda: NOON)


async def take_rows(database: Database, worker: int) -> list[Row]:
    taken: list[Row] = []
    while True:
        async with database.write() as c:
            rows = await outbox.claim(c, Channel.TELEGRAM, f"worker {worker}", NOON, 7)
        taken += rows
        if not rows:
            return taken


async def test_of_many_rows_each_is_claimed_once(workers: Workers, card: Outgoing) -> None:
    async with workers[0].write() as c:
        await outbox.put(c, [replace(card, target=number) for number in range(MANY)])
    taken = await asyncio.gather(*(take_rows(database, n) for n, database in enumerate(workers)))
    assert sorted(row.target for rows in taken for row in rows) == list(range(MANY))


async def take_deadlines(database: Database) -> list[Due]:
    taken: list[Due] = []
    while True:
        async with database.write() as c:
            found = await deadlines.claim(c, NOON, 7)
        taken += found
        if not found:
            return taken


async def test_of_many_deadlines_each_is_claimed_once(workers: Workers, keep: Keep) -> None:
    kept = [await keep(an_order()) for _ in range(MANY // 10)]
    async with workers[0].write() as c:
        for order in kept:
            await want(c, order.id, *(Deadline(kind, NOON) for kind in DeadlineKind))
    taken = await asyncio.gather(*map(take_deadlines, workers))
    # Who finds the rest locked by others goes; what those did not take is for the next round.
    taken.append(await take_deadlines(workers[0]))
    found = sorted((due.order_id, due.kind) for each in taken for due in each)
    assert found == sorted((order.id, kind) for order in kept for kind in DeadlineKind)


async def receive(database: Database, shop: Shop) -> Order:
    incoming = Incoming("25836184", NOON, some_details(), {})
    return (await a_desk(database).receive(shop.id, incoming)).order


async def test_of_two_who_accept_at_once_one_wins(workers: Workers, shop: Shop) -> None:
    order = await receive(workers[0], shop)
    wishes = (a_desk(database).do(order.id, Accept(), MANAGER) for database in workers)
    answers = await asyncio.gather(*wishes, return_exceptions=True)
    assert sum(isinstance(answer, Order) for answer in answers) == 1
    assert sum(isinstance(answer, Refusal) for answer in answers) == WORKERS - 1
    async with workers[0].snapshot() as c:
        assert len(await events.history(c, order.id)) == 2


async def test_of_many_changes_at_once_none_is_lost(workers: Workers, shop: Shop, anna: Member) -> None:
    order = await receive(workers[0], shop)
    await a_desk(workers[0]).do(order.id, Accept(), MANAGER)
    assign = (
        a_desk(workers[number % WORKERS]).do(order.id, AssignSeller(anna.staff_id, f"Анна {number}"), MANAGER)
        for number in range(12)
    )
    await asyncio.gather(*assign)
    async with workers[0].snapshot() as c:
        kept = await orders.get(c, order.id)
        history = await events.history(c, order.id)
        waiting = await outbox.pending_count(c, Channel.COPY)
    assert [entry.version for entry in history] == list(range(1, 15))
    assert kept is not None
    assert (kept.version, waiting) == (14, 14)


async def test_an_order_that_comes_by_several_ways_at_once_is_kept_once(workers: Workers, shop: Shop) -> None:
    found = await asyncio.gather(*(receive(database, shop) for database in workers))
    assert len({order.id for order in found}) == 1
    async with workers[0].snapshot() as c:
        assert len(await events.history(c, found[0].id)) == 1


async def enter(database: Database) -> Shop:
    async with database.write() as c:
        shop = await shops.put(c, Shop(0, None, "Лепесток", "ru", ShopRules()))
        await staff.add(c, shop.id, "+79160000010", "", Role.DIRECTOR)
    return shop


async def test_workers_that_start_at_once_enter_one_shop(workers: Workers) -> None:
    entered = await asyncio.gather(*map(enter, workers))
    assert len({shop.id for shop in entered}) == 1
    async with workers[0].snapshot() as c:
        assert len(await shops.all_shops(c)) == 1
        assert len(await staff.of_shop(c, entered[0].id)) == 1


async def test_an_account_that_two_people_claim_at_once_is_of_one(workers: Workers, shop: Shop) -> None:
    async def connect(database: Database, phone: str) -> None:
        async with database.write() as c:
            member = await staff.add(c, shop.id, phone, "", Role.SELLER)
        async with database.write() as c:
            await staff.connect(c, member.staff_id, 42, "ru", "")

    await asyncio.gather(*(connect(each, f"+7916000002{n}") for n, each in enumerate(workers)))
    async with workers[0].snapshot() as c:
        assert len(await staff.by_telegram(c, 42)) == 1
