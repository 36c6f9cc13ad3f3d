"""Who waits for a table is woken by every commit that wrote to it, and by nothing else."""

from __future__ import annotations

import ast
import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.goods.products import Ingredient
from orders.model.people import Role
from orders.model.rules import ShopRules
from orders.schedule.deadlines import Deadline, DeadlineKind
from storage.db import tables, upserts
from storage.db.database import Database
from storage.db.errors import NotLeading
from storage.goods import flowers, pending_pushes, products
from storage.order import deadlines, orders
from storage.sending import outbox, shop_notifications
from storage.sending.outbox import Channel, Kind, Outgoing, Priority
from storage.sending.shop_notifications import News, NewsKind
from storage.shop import closures, shops
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member
from tests import deadline_rows
from tests.builders import ACCEPTED, NOON, a_mark, a_product, an_order, minutes
from tests.storage.conftest import Deposed, Keep, opened

ROOT = Path(__file__).parents[3]
CARD = Outgoing(Channel.TELEGRAM, Kind.CARD, 1, Priority.CARD, NOON, target=7)
LATER = NOON + minutes(5)
EVENT = {"uuid": "u", "event": "order.new", "at": NOON}

Write = Callable[[AsyncConnection], Awaitable[object]]


class Waiting:
    """Somebody waits for each table."""

    def __init__(self, database: Database) -> None:
        self._events = {name: database.subscribe(table) for name, table in tables.metadata.tables.items()}

    def take(self) -> set[str]:
        """The tables whose subscribers were woken since the last time."""
        woken = {name for name, event in self._events.items() if event.is_set()}
        for event in self._events.values():
            event.clear()
        return woken


@pytest.fixture
async def waiting(database: Database, shop: Shop, anna: Member, keep: Keep) -> Waiting:
    """A shop with one order, product, hiding and row of the outbox; everybody has seen all of that."""
    await keep(an_order())
    async with database.write() as c:
        await outbox.put(c, [CARD])
        await deadline_rows.want(c, 1, Deadline(DeadlineKind.ACCEPT_SOON, NOON))
        await products.put_many(c, shop.id, [a_product(recipe=(Ingredient("пион", 15),))], NOON)
        await closures.begin(c, shop.id, a_mark(), LATER, LATER)
    return Waiting(database)


async def woken_by(database: Database, waiting: Waiting, write: Write) -> set[str]:
    waiting.take()
    async with database.write() as c:
        await write(c)
        assert waiting.take() == set(), "not before the commit"
    return waiting.take()


def a_news(c: AsyncConnection) -> Awaitable[None]:
    return shop_notifications.put(c, [News(1, 9, NewsKind.LEFT, 0, sound=True, not_before=NOON)])


async def hide_again(c: AsyncConnection) -> None:
    await closures.end(c, 1, a_mark())
    assert await closures.begin(c, 1, a_mark(), None, None)


BRINGS_WORK: list[tuple[Write, set[str]]] = [
    (lambda c: outbox.put(c, [replace(CARD, target=8)]), {"outbox"}),
    (lambda c: outbox.put(c, [replace(CARD, sound=True)]), {"outbox"}),  # is merged into the one that waits
    (a_news, {"outbox"}),
    (lambda c: outbox.retarget(c, 7, 8), {"outbox"}),
    (lambda c: outbox.bring_forward(c, NOON - minutes(9), timedelta(minutes=9)), {"outbox"}),
    (lambda c: deadline_rows.want(c, 1, Deadline(DeadlineKind.ACCEPT_OVERDUE, LATER)), {"deadlines"}),
    (lambda c: deadlines.rewrite(c, 1, lambda _: ()), {"deadlines"}),
    (lambda c: orders.save(c, an_order(ACCEPTED, id=1)), {"orders"}),
    (lambda c: closures.postpone(c, 1, None, None), {"hidings"}),
    (lambda c: closures.end(c, 1, a_mark()), {"hidings"}),
    (hide_again, {"hidings"}),
    (lambda c: products.set_stopped(c, 1, 1, stopped=True, now=NOON, by=1), {"products"}),
    (lambda c: products.set_recipe(c, 1, 1, [], NOON, None), {"products", "recipes"}),
    (lambda c: flowers.set_stems(c, 1, "пион", 3, a_mark()), {"flowers"}),
    (lambda c: shops.put(c, Shop(0, 4712, "Роза", "ru", ShopRules())), {"shops"}),
    (lambda c: shops.set_group(c, 1, -5), {"shops"}),
    (lambda c: staff.add(c, 1, "+79160000011", "Оля", Role.SELLER), {"staff", "memberships"}),
    (lambda c: staff.set_role(c, 1, 1, Role.DIRECTOR), {"memberships"}),
    (lambda c: staff.remove(c, 1, 1), {"memberships"}),
]


@pytest.mark.parametrize(("write", "woken"), BRINGS_WORK)
async def test_whatever_brings_work_wakes_those_who_wait_for_it(
    database: Database, waiting: Waiting, write: Write, woken: set[str]
) -> None:
    assert woken <= await woken_by(database, waiting, write)


async def test_who_takes_or_ends_its_own_work_does_not_wake_itself(
    database: Database, waiting: Waiting, shop: Shop
) -> None:
    async with database.snapshot() as c:
        assert await outbox.next_due(c, Channel.TELEGRAM) is not None
    own: list[Write] = [
        lambda c: outbox.claim(c, Channel.TELEGRAM, NOON, 9),
        lambda c: outbox.claim(c, Channel.TELEGRAM, NOON, 9, one_each=True),
        lambda c: outbox.retry(c, 1, LATER),
        lambda c: outbox.release_all(c, Channel.TELEGRAM),
        lambda c: outbox.fail(c, 1, "because"),
        lambda c: outbox.done(c, 1),
        lambda c: deadlines.claim(c, NOON, 9),
        lambda c: pending_pushes.claim(c, shop.id, NOON, LATER, 9),
    ]
    for write in own:
        assert await woken_by(database, waiting, write) == set()


@pytest.mark.parametrize(
    "write",
    [
        lambda c: c.execute(insert(tables.webhook_events).values(EVENT)),
        lambda c: c.execute(insert(tables.webhook_events), [EVENT, EVENT | {"uuid": "v"}]),
        lambda c: c.scalar(insert(tables.webhook_events).values(EVENT).returning(tables.webhook_events.c.at)),
        lambda c: c.execute(update(tables.webhook_events).values(at=NOON)),
        lambda c: c.execute(delete(tables.webhook_events)),
        lambda c: upserts.add(c, tables.webhook_events, EVENT),
        lambda c: upserts.put(c, tables.webhook_events, {"uuid": "u"}, {"event": "e", "at": NOON}),
        lambda c: c.execute(upserts.insert(c, tables.webhook_events).values(EVENT).on_conflict_do_nothing()),
    ],
)
async def test_each_way_of_writing_into_a_table_is_noticed(database: Database, write: Write) -> None:
    assert await woken_by(database, Waiting(database), write) == {"webhook_events"}


def test_nothing_is_written_in_words_which_nobody_would_notice() -> None:
    """SQLite's own copy file aside; migrations run while nobody waits."""
    written = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for floor in ("storage", "services", "flowwow", "handlers", "bot")
        for path in (ROOT / floor).rglob("*.py")
        if not {"migrations", "backup"} & set(path.parts)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.match(r"\s*(INSERT INTO|INSERT OR|UPDATE \w+ SET|DELETE FROM)\b", node.value)
    ]
    assert written == []


async def put_and_fail(c: AsyncConnection) -> None:
    await outbox.put(c, [replace(CARD, target=8)])
    raise RuntimeError("stop")


async def test_what_is_rolled_back_wakes_nobody(database: Database, waiting: Waiting) -> None:
    with pytest.raises(RuntimeError, match="stop"):
        await woken_by(database, waiting, put_and_fail)
    assert waiting.take() == set()
    assert await woken_by(database, waiting, lambda c: shops.set_group(c, 1, -5)) == {"shops"}, (
        "of the transaction before nothing is left"
    )


async def test_what_may_not_be_committed_wakes_nobody(database_url: str, database: Database) -> None:
    async with opened(database_url, Deposed(looks=1)) as former:
        waiting = Waiting(former)
        with pytest.raises(NotLeading):
            async with former.write() as c:
                await upserts.add(c, tables.webhook_events, EVENT)
        assert waiting.take() == set()
    async with database.snapshot() as c:
        assert (await c.execute(tables.webhook_events.select())).all() == []


async def test_who_reads_or_tries_whether_anything_can_be_written_wakes_nobody(
    database: Database, waiting: Waiting
) -> None:
    await database.ping()
    await database.try_writing()
    await database.could_write()
    async with database.snapshot() as c:
        await shops.all_shops(c)
    assert waiting.take() == set()


async def test_after_an_outage_everybody_looks_again(database: Database, waiting: Waiting) -> None:
    database.wake_all()
    assert waiting.take() == set(tables.metadata.tables)


async def test_commits_that_come_while_somebody_is_busy_are_one_wake(database: Database, shop: Shop) -> None:
    woken = database.subscribe(tables.shops, tables.outbox)
    for group in (-5, -6):
        async with database.write() as c:
            await shops.set_group(c, shop.id, group)
    async with asyncio.timeout(60):
        await woken.wait()
    woken.clear()
    assert not woken.is_set()
