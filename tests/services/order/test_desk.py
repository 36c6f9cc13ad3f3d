from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from orders.model.order import Order
from orders.model.people import MARKETPLACE, Actor, Role
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from orders.schedule.deadlines import Deadline, DeadlineKind, deadlines
from orders.steps import commands as do
from orders.steps.events import Accepted, Received
from services.order.desk import Desk
from storage.db import tables
from storage.db.database import Database
from storage.db.errors import DatabaseUnavailable
from storage.order import cards, events, marketplace_objects
from storage.order import deadlines as deadline_rows
from storage.order import orders as order_rows
from storage.order.cards import Card, Slot
from storage.sending.outbox import Channel, Kind
from tests.builders import COURIER, DIRECTOR, MANAGER, NOON, RULES, SELLER, minutes
from tests.services.workplace import (
    COURIER_CHAT,
    DIRECTOR_CHAT,
    GROUP,
    MANAGER_CHAT,
    SELLER_CHAT,
    Clock,
    an_incoming,
    clear,
    receive,
    rows,
)

TOMORROW = NOON + timedelta(days=1)
STRANGER = Actor(Role.DIRECTOR, 6, "Зоя", shop_id=2)


class Looked(Exception):  # noqa: N818 - no error: it rolls a mere look back
    """Nothing was to be changed."""


async def kept(database: Database, order_id: int) -> Order | None:
    async with database.snapshot() as c:
        return await order_rows.get(c, order_id)


async def due(database: Database) -> list[tuple[DeadlineKind, datetime]]:
    """Each deadline that is armed; what it would take to fire them is not kept."""
    found: list[tuple[DeadlineKind, datetime]] = []
    with suppress(Looked):
        async with database.write() as c:
            found = [(one.kind, one.due_at) for one in await deadline_rows.claim(c, TOMORROW, 100)]
            raise Looked
    return sorted(found)


async def count_events(database: Database, order_id: int) -> int:
    async with database.snapshot() as c:
        return len(await events.history(c, order_id))


async def refusal(desk: Desk, order_id: int, command: do.Command, actor: Actor) -> Refusal:
    with pytest.raises(Refusal) as refused:
        await desk.do(order_id, command, actor)
    return refused.value


def drop(path: Path, table: str) -> None:
    """As if the disk had lost it: everything that needs this table fails."""
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"DROP TABLE {table}")
        other.commit()


@pytest.mark.requirement("R15", "R80", "X1")
async def test_a_new_order_stands_there_with_all_that_follows_from_it(
    desk: Desk, elsewhere: Database
) -> None:
    incoming = an_incoming(NOON - minutes(1))
    receipt = await desk.receive(1, incoming)
    assert receipt.is_new
    order = await kept(elsewhere, receipt.order.id)
    assert order == receipt.order
    assert (order.number, order.placed_at, order.received_at) == (incoming.number, NOON - minutes(1), NOON)
    async with elsewhere.snapshot() as c:
        [first] = await events.history(c, order.id)
        raw = await marketplace_objects.raw_of(c, order.id)
    assert isinstance(first.event, Received)
    assert raw == incoming.raw
    assert await due(elsewhere) == [
        (DeadlineKind.ACCEPT_OVERDUE, NOON + minutes(14)),
        (DeadlineKind.ACCEPT_SOON, NOON + minutes(4)),
    ]
    aloud = {row.target for row in await rows(elsewhere) if row.sound}
    assert aloud == {GROUP, DIRECTOR_CHAT, MANAGER_CHAT}


@pytest.mark.requirement("R18", "R80", "X3", "X5")
async def test_one_change_keeps_order_event_deadlines_and_outbox_together(
    desk: Desk, clock: Clock, database: Database, elsewhere: Database
) -> None:
    order = await receive(desk, NOON)
    await clear(database)
    async with database.write() as c:
        await cards.put(c, Card(order.id, GROUP, Slot.CARD, 7, ""))
        await cards.put(c, Card(order.id, MANAGER_CHAT, Slot.ALARM, 8, ""))
    clock.turn(3)
    changed = await desk.do(order.id, do.Accept(), MANAGER)
    assert (changed.status, changed.version) == (Status.ACCEPTED, 2)
    assert await kept(elsewhere, order.id) == changed
    async with elsewhere.snapshot() as c:
        history = await events.history(c, order.id)
        assert await events.order_at(c, order.id, 2) == changed
    assert isinstance(history[-1].event, Accepted)
    assert (history[-1].version, history[-1].event.mark.at) == (2, NOON + minutes(3))
    assert await due(elsewhere) == sorted((one.kind, one.due_at) for one in deadlines(changed, RULES, {}))
    found = await rows(elsewhere)
    assert {(row.kind, row.target) for row in found if row.channel is Channel.TELEGRAM} == {
        (Kind.CARD, GROUP),
        (Kind.ALARM, MANAGER_CHAT),
    }
    assert not any(row.sound for row in found)
    assert [row.version for row in found if row.channel is Channel.COPY] == [2]


async def test_a_change_wakes_others_only_when_it_is_kept(
    desk: Desk, database: Database, elsewhere: Database
) -> None:
    woken = database.subscribe(tables.orders)
    order = await receive(desk, NOON)
    assert woken.is_set()
    assert await kept(elsewhere, order.id) == order
    woken.clear()
    await refusal(desk, order.id, do.Hide(), MANAGER)
    assert not woken.is_set()


@pytest.mark.requirement("R18")
async def test_of_two_who_accept_at_once_one_wins_and_the_other_reads_by_whom(
    desk: Desk, elsewhere: Database, clock: Clock
) -> None:
    order = await receive(desk, NOON)
    other_worker = Desk(elsewhere, clock)
    answers = await asyncio.gather(
        desk.do(order.id, do.Accept(), MANAGER),
        other_worker.do(order.id, do.Accept(), DIRECTOR),
        return_exceptions=True,
    )
    [won] = [answer for answer in answers if isinstance(answer, Order)]
    [lost] = [answer for answer in answers if isinstance(answer, Refusal)]
    assert lost.reason is Reason.ALREADY
    assert lost.mark == won.progress.accepted
    assert await count_events(elsewhere, order.id) == 2


@pytest.mark.requirement("R9")
async def test_a_double_tap_changes_nothing_more(desk: Desk, elsewhere: Database) -> None:
    order = await receive(desk, NOON)
    taps = (desk.do(order.id, do.Accept(), MANAGER) for _ in range(5))
    answers = await asyncio.gather(*taps, return_exceptions=True)
    assert len([answer for answer in answers if isinstance(answer, Refusal)]) == 4
    assert await count_events(elsewhere, order.id) == 2


@pytest.mark.requirement("X1")
async def test_an_order_that_comes_twice_is_one_order(desk: Desk, elsewhere: Database, clock: Clock) -> None:
    first, second = an_incoming(NOON, "25836184"), an_incoming(NOON, "25836184")
    other_worker = Desk(elsewhere, clock)
    receipts = await asyncio.gather(
        desk.receive(1, first), other_worker.receive(1, second), desk.receive(1, first)
    )
    assert sorted(receipt.is_new for receipt in receipts) == [False, False, True]
    [order_id] = {receipt.order.id for receipt in receipts}
    assert await count_events(elsewhere, order_id) == 1
    assert len([row for row in await rows(elsewhere) if row.channel is Channel.COPY]) == 1


@pytest.mark.requirement("X1", "X6")
async def test_the_same_number_of_two_shops_is_two_orders(desk: Desk) -> None:
    ours = await desk.receive(1, an_incoming(NOON, "42"))
    theirs = await desk.receive(2, an_incoming(NOON, "42"))
    assert ours.order.id != theirs.order.id
    assert await desk.find_number(1, "42") == ours.order
    assert await desk.find_number(2, "42") == theirs.order
    assert await desk.find_number(1, "43") is None


@pytest.mark.requirement("X1")
async def test_an_order_that_comes_again_later_is_given_back_as_it_is_now(desk: Desk) -> None:
    incoming = an_incoming(NOON)
    order = (await desk.receive(1, incoming)).order
    accepted = await desk.do(order.id, do.Accept(), MANAGER)
    assert (await desk.receive(1, incoming)).order == accepted


@pytest.mark.requirement("X3")
@pytest.mark.parametrize("table", ["outbox", "deadlines", "events"])
async def test_a_change_that_fails_in_the_middle_leaves_nothing(
    table: str, desk: Desk, path: Path, database: Database, elsewhere: Database
) -> None:
    order = await receive(desk, NOON)
    before = await rows(elsewhere)
    woken = database.subscribe(tables.orders, tables.events)
    drop(path, table)
    with pytest.raises(DatabaseUnavailable):
        await desk.do(order.id, do.Accept(), MANAGER)
    assert await kept(elsewhere, order.id) == order
    assert not woken.is_set()
    if table != "events":
        assert await count_events(elsewhere, order.id) == 1
    if table != "outbox":
        assert await rows(elsewhere) == before


@pytest.mark.requirement("X3")
async def test_an_order_whose_arrival_fails_in_the_middle_can_come_again(
    desk: Desk, path: Path, elsewhere: Database
) -> None:
    drop(path, "raw_orders")
    with pytest.raises(DatabaseUnavailable):
        await desk.receive(1, an_incoming(NOON, "42"))
    assert await Desk(elsewhere, Clock(NOON)).find_number(1, "42") is None
    assert await rows(elsewhere) == []


@pytest.mark.requirement("R14", "X6")
async def test_an_order_one_may_not_see_is_like_one_that_is_not_there(desk: Desk) -> None:
    order = await receive(desk, NOON)
    await desk.do(order.id, do.Accept(), MANAGER)
    for actor in (SELLER, COURIER, STRANGER):
        for order_id in (order.id, 999):
            assert (await refusal(desk, order_id, do.Accept(), actor)).reason is Reason.NOT_FOUND
            assert (await refusal(desk, order_id, do.Undo("x"), actor)).status is None
            with pytest.raises(Refusal):
                await desk.look(order_id, actor)
            with pytest.raises(Refusal):
                await desk.history(order_id, actor)


@pytest.mark.requirement("R14", "R20")
async def test_a_seller_sees_and_hears_of_an_order_once_it_is_hers(
    desk: Desk, database: Database, elsewhere: Database
) -> None:
    order = await receive(desk, NOON)
    await desk.do(order.id, do.Accept(), MANAGER)
    await clear(database)
    await desk.do(order.id, do.AssignSeller(3, "Оля"), MANAGER)
    assert (await desk.look(order.id, SELLER)).status is Status.ACCEPTED
    assert [row.target for row in await rows(elsewhere) if row.sound] == [SELLER_CHAT]


@pytest.mark.requirement("X6")
async def test_nobody_of_another_shop_is_told_anything(desk: Desk, elsewhere: Database) -> None:
    order = await receive(desk, NOON)
    for command, actor in (
        (do.Accept(), MANAGER),
        (do.AssignSeller(3, "Оля"), MANAGER),
        (do.AssignCourier(4, "Пётр"), SELLER),
        (do.Cancel(), MARKETPLACE),
    ):
        await desk.do(order.id, command, actor)
    reached = {row.target for row in await rows(elsewhere, channel=Channel.TELEGRAM)}
    assert reached == {GROUP, DIRECTOR_CHAT, MANAGER_CHAT, SELLER_CHAT, COURIER_CHAT}


@pytest.mark.requirement("X4", "X5")
async def test_the_history_shows_the_step_and_its_undo(desk: Desk, clock: Clock) -> None:
    order = await receive(desk, NOON)
    await desk.do(order.id, do.Accept(), MANAGER)
    clock.turn(2)
    undone = await desk.do(order.id, do.Undo("не тот"), MANAGER)
    assert undone.status is Status.NEW
    history = await desk.history(order.id, DIRECTOR)
    assert [(version, type(event).__name__) for version, event in history] == [
        (1, "Received"),
        (2, "Accepted"),
        (3, "Undone"),
    ]


@pytest.mark.requirement("R16", "X4")
async def test_an_order_that_is_new_again_waits_for_acceptance_again(
    desk: Desk, clock: Clock, elsewhere: Database
) -> None:
    order = await receive(desk, NOON)
    await desk.do(order.id, do.Accept(), MANAGER)
    clock.turn(2)
    undone = await desk.do(order.id, do.Undo("не тот"), MANAGER)
    wanted: tuple[Deadline, ...] = deadlines(undone, RULES, {})
    assert await due(elsewhere) == sorted((one.kind, one.due_at) for one in wanted)
