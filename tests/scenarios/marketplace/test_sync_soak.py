"""A long day of the marketplace: webhooks repeated, shuffled and lost, calls that fail, polls over it all."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import pytest

from orders.model.order import Order
from orders.model.status import Status
from orders.steps.events import Received
from sandbox.driver import PlacedOrder
from storage.db.database import Database
from storage.order import events, marketplace_objects
from storage.order import orders as order_rows
from tests.scenarios.stage import Stage

SEED = 17
AT_ONCE = 25
PATIENCE = 1200
"""Seconds after which an order that has not come is lost."""

ONE_CALL_IN_FIVE = {"500": 0.08, "502": 0.04, "drop_before": 0.04, "drop_after": 0.02, "timeout_before": 0.02}
PLAN = {
    "timeout_seconds": 0.2,
    "marketplace": ONE_CALL_IN_FIVE,
    "webhooks": {"double": 0.2, "drop_answer": 0.1, "lose": 0.3},
}
OFTEN = {"POLL_SECONDS": "0.5", "RECONCILE_MINUTES": "0.2"}

THERE = (1, 2, 3, 4)
"""How far an order gets in the marketplace's own app."""
HERE = {1: Status.NEW, 2: Status.ACCEPTED, 3: Status.DONE, 4: Status.COURIER_LEFT}


@dataclass
class Day:
    """What the marketplace has: every number with the status that it ends in there."""

    stage: Stage
    random: Random
    ends: dict[str, int] = field(default_factory=dict)

    async def pass_by(self, orders: int) -> None:
        """So many orders are placed, a few at once; of some nothing is ever told, of some all of it twice."""
        turns = iter(range(orders))

        async def one_after_another() -> None:
            for _ in turns:
                await self._one()

        await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))

    async def _one(self) -> None:
        deliver = self.random.choice(("webhook", "webhook", "none"))
        placed = await self.stage.driver.place_order(deliver=deliver)
        end = self.random.choice(THERE)
        self.ends[str(placed.id)] = end
        if end != THERE[0]:
            await self.stage.driver.change_order(placed.id, status=end)
        if self.random.random() < 0.3:
            await self._tell_an_old_one()

    async def _tell_an_old_one(self) -> None:
        """A webhook that comes long after its order has gone on."""
        number = self.random.choice(list(self.ends))
        told: PlacedOrder = await self.stage.driver.resend_webhook(int(number))
        assert told.id == int(number)


async def numbers(database: Database) -> list[str]:
    async with database.snapshot() as c:
        return [order.number async for order in order_rows.every(c)]


async def statuses(database: Database) -> dict[str, Status]:
    async with database.snapshot() as c:
        return {order.number: order.status async for order in order_rows.every(c)}


async def shown_last(database: Database) -> dict[str, int]:
    """The marketplace's status in each order as it was shown last; what was on its way may come after it."""
    async with database.snapshot() as c:
        raw = {o.number: await marketplace_objects.raw_of(c, o.id) async for o in order_rows.every(c)}
    return {number: one["status"] for number, one in raw.items() if one is not None}


async def caught_up(database: Database, ends: dict[str, int]) -> None:
    """Wait until every order is here, and as far as it is there."""
    wanted = {number: HERE[end] for number, end in ends.items()}
    found: dict[str, Status] = {}
    for _ in range(PATIENCE):
        if (found := await statuses(database)) == wanted and await shown_last(database) == ends:
            return
        await asyncio.sleep(1)
    behind = {number: (found.get(number), end) for number, end in wanted.items() if found.get(number) != end}
    raise AssertionError(f"{len(behind)} of {len(wanted)} orders are lost or behind: {behind}")


async def check_each_once(stage: Stage, database: Database, ends: dict[str, int]) -> None:
    """One row, one beginning, its own object kept; the group was told of it once, if of anything at all."""
    kept = await numbers(database)
    assert Counter(kept) == Counter(list(ends))
    async with database.snapshot() as c:
        orders: list[Order] = [order async for order in order_rows.every(c)]
        for order in orders:
            happened = [entry.event for entry in await events.history(c, order.id)]
            assert [type(one) for one in happened].count(Received) == 1, order.number
            assert len(happened) == order.version <= 3, order.number
            raw = await marketplace_objects.raw_of(c, order.id)
            assert raw is not None
            assert (raw["id"], raw["status"]) == (int(order.number), ends[order.number])
    named = [
        message.text.partition("\n")[0].split(" · ")[0].split()[-1]
        for message in await stage.driver.messages("director", "group")
        if message.from_bot
    ]
    told = Counter(word for word in named if word in ends)  # others say how many orders wait
    assert set(told.values()) <= {1}


@pytest.mark.timeout(3600)
@pytest.mark.requirement("X1", "X3")
@pytest.mark.parametrize("orders", [30, pytest.param(5000, marks=pytest.mark.endurance)])
async def test_every_order_is_there_once_whatever_webhooks_and_calls_do(
    empty_stage: Stage, orders: int
) -> None:
    await empty_stage.start_bot(**OFTEN, ACCEPT_MINUTES="600", ACCEPT_REMINDERS="500")
    day = Day(empty_stage, Random(SEED))
    database = empty_stage.database()
    await empty_stage.driver.faults(SEED, **PLAN)

    await day.pass_by(orders)
    await caught_up(database, day.ends)

    made = await empty_stage.driver.fault_counts()
    await empty_stage.driver.faults()
    assert made.of("marketplace") > 0
    assert made.of("webhooks", "lose") > 0
    assert made.of("webhooks", "double") > 0
    await check_each_once(empty_stage, database, day.ends)
    await database.close()
