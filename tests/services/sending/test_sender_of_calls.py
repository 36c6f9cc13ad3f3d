"""Rows for the marketplace: several orders at once, and answers that are neither success nor failure."""

from __future__ import annotations

import asyncio

import pytest

from orders.steps.commands import Accept
from services.order.desk import Desk
from services.sending.sender import GivenUp, NotNow, Sender
from storage.db.database import Database
from storage.sending import outbox
from storage.sending.outbox import Channel, Row
from tests.builders import MANAGER, NOON, minutes
from tests.sandbox.tools import eventually
from tests.services.workplace import Clock, Sent, receive, rows, running


class Marketplace:
    """Answers a row with what was laid ready for it; otherwise takes it."""

    def __init__(self) -> None:
        self.tried: list[Row] = []
        self.answers: dict[int, Exception] = {}
        self.slow: set[int] = set()

    async def deliver(self, row: Row) -> None:
        self.tried.append(row)
        if row.order_id in self.slow:
            await asyncio.Event().wait()
        if row.order_id in self.answers:
            raise self.answers.pop(row.order_id)


@pytest.fixture
def marketplace() -> Marketplace:
    return Marketplace()


@pytest.fixture
def sender(database: Database, marketplace: Marketplace, clock: Clock) -> Sender:
    return Sender(database, Channel.MARKETPLACE, marketplace.deliver, clock)


async def accepted(desk: Desk) -> int:
    order = await receive(desk, NOON)
    return (await desk.do(order.id, Accept(), MANAGER)).id


async def until(database: Database, *states: tuple[str, int]) -> list[Sent]:
    """The rows for the marketplace, once they are in these states with so many attempts."""

    async def so_they_are() -> bool:
        kept = await rows(database, channel=Channel.MARKETPLACE)
        return [(row.state, row.attempts) for row in kept] == list(states)

    await eventually(so_they_are)
    return await rows(database, channel=Channel.MARKETPLACE)


@pytest.mark.requirement("X1")
async def test_being_asked_to_wait_is_no_attempt(
    desk: Desk, sender: Sender, marketplace: Marketplace, elsewhere: Database
) -> None:
    order_id = await accepted(desk)
    marketplace.answers[order_id] = NotNow(90)

    async def waits_as_told() -> bool:
        [row] = await rows(elsewhere, channel=Channel.MARKETPLACE)
        return (row.state, row.attempts, row.not_before) == ("pending", 0, NOON + minutes(1.5))

    async with running(sender.run()):
        await eventually(waits_as_told)
    assert len(marketplace.tried) == 1


@pytest.mark.requirement("X1")
async def test_a_row_that_was_given_up_is_left_as_it_was_noted(
    desk: Desk, sender: Sender, marketplace: Marketplace, database: Database, elsewhere: Database
) -> None:
    order_id = await accepted(desk)
    [row] = await rows(database, channel=Channel.MARKETPLACE)
    marketplace.answers[order_id] = GivenUp()
    async with running(sender.run()):
        await until(elsewhere, ("sending", 0))
        async with database.write() as c:
            await outbox.fail(c, row.id, "Order is cancelled")
    async with elsewhere.snapshot() as c:
        assert await outbox.answer_of_failed(c, Channel.MARKETPLACE, order_id) == "Order is cancelled"
        assert await outbox.answer_of_failed(c, Channel.MARKETPLACE, order_id + 1) is None
        assert await outbox.answer_of_failed(c, Channel.TELEGRAM, order_id) is None


@pytest.mark.requirement("X1")
async def test_an_order_that_is_answered_slowly_keeps_no_other_waiting_but_waits_for_itself(
    desk: Desk, sender: Sender, marketplace: Marketplace, elsewhere: Database
) -> None:
    slow = await accepted(desk)
    marketplace.slow.add(slow)
    async with running(sender.run()):
        await until(elsewhere, ("sending", 0))
        await accepted(desk)
        await until(elsewhere, ("sending", 0))  # the other has left
    assert [row.order_id for row in marketplace.tried].count(slow) == 1


@pytest.mark.requirement("X1", "X3")
async def test_what_was_being_called_when_the_process_died_counts_as_tried(
    desk: Desk, sender: Sender, marketplace: Marketplace, database: Database, elsewhere: Database
) -> None:
    await accepted(desk)
    async with database.write() as c:
        await outbox.claim(c, Channel.MARKETPLACE, NOON, 1)
    async with running(sender.run()):
        await until(elsewhere)
    assert [row.attempts for row in marketplace.tried] == [1]
