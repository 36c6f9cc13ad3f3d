"""Several who write at once: everything happens once, and nothing that one decided is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from orders.model.order import Order
from orders.model.people import Role
from orders.model.refusals import Refusal
from orders.steps.commands import Accept, AssignSeller
from services.order.desk import Desk, Incoming
from storage.db.database import Database
from storage.order import events, orders
from storage.sending import outbox_depth
from storage.sending.outbox import Channel
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member
from tests.builders import MANAGER, NOON, some_details
from tests.storage.conftest import opened

WRITERS = 3

Writers = list[Database]


@pytest.fixture
async def writers(database_url: str) -> AsyncIterator[Writers]:
    """Each with connections of its own."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(opened(database_url)) for _ in range(WRITERS)]


def a_desk(database: Database) -> Desk:
    return Desk(database, lambda: NOON)


async def receive(database: Database, shop: Shop) -> Order:
    incoming = Incoming("25836184", NOON, some_details(), {})
    return (await a_desk(database).receive(shop.id, incoming)).order


async def test_of_two_who_accept_at_once_one_wins(writers: Writers, shop: Shop) -> None:
    order = await receive(writers[0], shop)
    wishes = (a_desk(database).do(order.id, Accept(), MANAGER) for database in writers)
    answers = await asyncio.gather(*wishes, return_exceptions=True)
    assert sum(isinstance(answer, Order) for answer in answers) == 1
    assert sum(isinstance(answer, Refusal) for answer in answers) == WRITERS - 1
    async with writers[0].snapshot() as c:
        assert len(await events.history(c, order.id)) == 2


async def test_of_many_changes_at_once_none_is_lost(writers: Writers, shop: Shop, anna: Member) -> None:
    order = await receive(writers[0], shop)
    await a_desk(writers[0]).do(order.id, Accept(), MANAGER)
    assign = (
        a_desk(writers[number % WRITERS]).do(order.id, AssignSeller(anna.staff_id, f"Анна {number}"), MANAGER)
        for number in range(12)
    )
    await asyncio.gather(*assign)
    async with writers[0].snapshot() as c:
        kept = await orders.get(c, order.id)
        history = await events.history(c, order.id)
        waiting = await outbox_depth.pending_count(c, Channel.COPY)
    assert [entry.version for entry in history] == list(range(1, 15))
    assert kept is not None
    assert (kept.version, waiting) == (14, 14)


async def test_an_order_that_comes_by_several_ways_at_once_is_kept_once(writers: Writers, shop: Shop) -> None:
    found = await asyncio.gather(*(receive(database, shop) for database in writers))
    assert len({order.id for order in found}) == 1
    async with writers[0].snapshot() as c:
        assert len(await events.history(c, found[0].id)) == 1


async def test_an_account_that_two_people_claim_at_once_is_of_one(writers: Writers, shop: Shop) -> None:
    async def connect(database: Database, phone: str) -> None:
        async with database.write() as c:
            member = await staff.add(c, shop.id, phone, "", Role.SELLER)
        async with database.write() as c:
            await staff.connect(c, member.staff_id, 42, "ru", "")

    await asyncio.gather(*(connect(each, f"+7916000002{n}") for n, each in enumerate(writers)))
    async with writers[0].snapshot() as c:
        assert len(await staff.by_telegram(c, 42)) == 1
