"""Several people who tap on many orders concurrently, as on a busy day."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from benchmarks.processes import READY_SECONDS, Program
from benchmarks.shop import Staffed, Town
from messages.callbacks.order import Do, Tap
from orders.model.status import Status
from storage.db.database import Database
from storage.db.tables import orders

LANES = 8
"""Orders worked on concurrently."""
CHIEFS = ("manager0", "manager1")
SELLERS = ("seller0", "seller1")


@dataclass(frozen=True, slots=True)
class Press:
    """One tap: the person and the button's callback data."""

    person: str
    data: str


Story = tuple[Press, ...]


@dataclass(frozen=True, slots=True)
class Pressed:
    """The result: number of answered taps, total seconds, and the latency of each in seconds.

    `cpu` is the total CPU time in seconds that the bots used meanwhile.
    """

    taps: int
    seconds: float
    waits: list[float]
    cpu: float

    @property
    def rate(self) -> float:
        """Taps per second."""
        return self.taps / self.seconds

    @property
    def cpu_of_a_tap(self) -> float:
        """CPU seconds per tap, including the bots' background work."""
        return self.cpu / self.taps

    @property
    def processors(self) -> float:
        """How many CPUs the bots used on average."""
        return self.cpu / self.seconds


def story(order_id: int, shop: Staffed) -> Story:
    """The taps of one order from acceptance to completion: four steps by two people."""
    chief, seller = CHIEFS[order_id % len(CHIEFS)], SELLERS[order_id // 2 % len(SELLERS)]

    def tap(person: str, do: Do, arg: str = "") -> Press:
        return Press(person, Tap(do=do, order=order_id, arg=arg).pack())

    return (
        tap(chief, Do.ACCEPT),
        tap(chief, Do.ASSIGN_TO, str(shop.members[seller].staff_id)),
        tap(seller, Do.SELF),
        tap(seller, Do.IN_PERSON),
    )


async def press_all(place: Town, stories: Sequence[Story], bots: Sequence[Program]) -> Pressed:
    """Process all orders, `LANES` at a time; each step waits for the answer to the previous one."""
    waits: list[float] = []
    under = await messages_of(place)
    queue = iter(stories)
    began, used = time.monotonic(), _cpu(bots)
    await asyncio.gather(*(_lane(place, queue, under, waits) for _ in range(LANES)))
    return Pressed(len(waits), time.monotonic() - began, waits, _cpu(bots) - used)


def _cpu(bots: Sequence[Program]) -> float:
    return sum(bot.cpu_seconds() for bot in bots)


async def messages_of(place: Town) -> dict[str, int]:
    """The id of a bot message in each person's chat, to press buttons on."""
    found = {}
    for person in CHIEFS + SELLERS:
        mark = await place.driver.mark()
        await place.driver.text(person, "Заказы")
        found[person] = (
            await place.driver.wait_message(person, since=mark, timeout=READY_SECONDS)
        ).message_id
    return found


async def _lane(place: Town, queue: Iterator[Story], under: dict[str, int], waits: list[float]) -> None:
    for steps in queue:
        for press in steps:
            began = time.monotonic()
            toast = await place.driver.forge(press.person, under[press.person], press.data)
            if not toast.answered:
                raise RuntimeError(f"no answer to {press.data}")
            waits.append(time.monotonic() - began)


async def check_all_done(database: Database, how_many: int) -> None:
    """Check that all taps were stored, not only answered. Raises RuntimeError unless all orders are done."""
    async with database.snapshot() as c:
        done = await c.scalar(select(func.count()).where(orders.c.status == Status.DONE))
    if done != how_many:
        raise RuntimeError(f"{done} of {how_many} orders are done")
