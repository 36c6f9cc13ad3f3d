"""Several people who tap at once on many orders, as on a busy day."""

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
"""Orders that are being worked on at the same moment."""
CHIEFS = ("manager0", "manager1")
SELLERS = ("seller0", "seller1")


@dataclass(frozen=True, slots=True)
class Press:
    """One tap: who, and what the button carries."""

    person: str
    data: str


Story = tuple[Press, ...]


@dataclass(frozen=True, slots=True)
class Pressed:
    """What the crowd did: taps that were answered, in how many seconds, and how long each took.

    `cpu` is the processor time in seconds that the bots used meanwhile, all together.
    """

    taps: int
    seconds: float
    waits: list[float]
    cpu: float

    @property
    def rate(self) -> float:
        """Taps a second."""
        return self.taps / self.seconds

    @property
    def cpu_of_a_tap(self) -> float:
        """Seconds of processor time, with all that the bots did beside."""
        return self.cpu / self.taps

    @property
    def processors(self) -> float:
        """How many processors the bots had all the time; database, sandbox and crowd share the others."""
        return self.cpu / self.seconds


def story(order_id: int, shop: Staffed) -> Story:
    """An order from acceptance to done: four steps, two people."""
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
    """Work all orders off, `LANES` at a time, each step after the one before was answered."""
    waits: list[float] = []
    under = await messages_of(place)
    queue = iter(stories)
    began, used = time.monotonic(), _cpu(bots)
    await asyncio.gather(*(_lane(place, queue, under, waits) for _ in range(LANES)))
    return Pressed(len(waits), time.monotonic() - began, waits, _cpu(bots) - used)


def _cpu(bots: Sequence[Program]) -> float:
    return sum(bot.cpu_seconds() for bot in bots)


async def messages_of(place: Town) -> dict[str, int]:
    """A message of the bot in each chat, under which buttons can be."""
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
    """Every tap was not only answered but kept: all orders are done."""
    async with database.snapshot() as c:
        done = await c.scalar(select(func.count()).where(orders.c.status == Status.DONE))
    if done != how_many:
        raise RuntimeError(f"{done} of {how_many} orders are done")
