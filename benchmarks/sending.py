"""Sending at Telegram's rate limit: the rate reached of 30 messages a second, and the lag of an alarm."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.figures import Figure, report
from benchmarks.shop import Staffed, Town, colleagues, florist, shop_of, some_details, town
from orders.model.details import Category
from orders.model.rules import ShopRules
from orders.steps.commands import Accept, AssignSeller
from services.health.clock import utc_now
from storage.sending import outbox_depth
from storage.sending.outbox import Channel

MANAGERS = 100
ORDERS = 20
"""Each is shown to every manager: 2,000 cards, of which over 1,000 are pending when the alarm is due."""
AFTER_START = 6.0
"""Seconds added to the expected start-up time of the bot to get the time of the alarm."""
PATIENCE = 60.0
MEASURED = 30.0
"""Seconds over which the rate is measured."""
PER_SECOND, CHAT_PER_SECOND, GROUP_PER_MINUTE = 30, 1, 20
"""Telegram's limits."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Seconds from the alarm's due time to its arrival, and the number of cards pending then."""

    lag: float
    behind: int


async def measure(managers: int = MANAGERS, orders: int = ORDERS, seconds: float = MEASURED) -> list[Figure]:
    """Send cards to many private chats and one alarm, while the sandbox enforces the rate limits."""
    people = colleagues(manager=managers, seller=1)
    with tempfile.TemporaryDirectory() as name:
        async with town(people, Path(name)) as place, shop_of(place, people) as shop:
            return await _measure(place, shop, orders, seconds)


async def _measure(place: Town, shop: Staffed, orders: int, seconds: float) -> list[Figure]:
    async with florist(place) as bot:
        start = bot.ready_after
    for _ in range(orders):
        await shop.receive()
    await place.driver.limits(PER_SECOND, CHAT_PER_SECOND, GROUP_PER_MINUTE)
    moment = utc_now() + timedelta(seconds=2 * start + AFTER_START)
    number = await _with_reminder_at(shop, moment)
    async with florist(place):
        rate, alarm = await asyncio.gather(_rate(place, seconds), _alarm(place, shop, number, moment))
        counts = await place.driver.limit_counts()
    return [
        Figure(
            "sending",
            f"{rate:.1f} /s",
            f"{PER_SECOND} /s",
            rate / PER_SECOND,
            "0.95, no 429",
            f"{counts.refused} times 429 in {counts.counted} messages",
        ),
        Figure(
            "alarm behind waiting cards",
            f"{alarm.lag:.2f} s",
            "1 s",
            alarm.lag,
            "1",
            f"{alarm.behind} cards waited",
        ),
    ]


async def _with_reminder_at(shop: Staffed, moment: datetime) -> str:
    """Create an order whose first photo reminder (R27), which only the seller gets, is due at `moment`."""
    start = moment + timedelta(minutes=max(ShopRules().photo_before_minutes))
    order = await shop.receive(some_details(start, Category.FLOWERS_GIFTS))
    manager, seller = shop.members["manager0"], shop.members["seller0"]
    await shop.desk.do(order.id, Accept(), manager.actor)
    await shop.desk.do(order.id, AssignSeller(seller.staff_id, seller.name), manager.actor)
    return order.number


async def _rate(place: Town, seconds: float) -> float:
    """Messages per second that the sandbox accepted, measured once sending has begun."""
    loop = asyncio.get_running_loop()
    await place.driver.wait_message("manager0", timeout=PATIENCE)
    first, began = (await place.driver.limit_counts()).counted, loop.time()
    await asyncio.sleep(seconds)
    last = (await place.driver.limit_counts()).counted
    return (last - first) / (loop.time() - began)


async def _alarm(place: Town, shop: Staffed, number: str, moment: datetime) -> Alarm:
    """Wait for the reminder. The seller's card of this order was queued after all others."""
    left = (moment - utc_now()).total_seconds()
    if left < 0:
        raise RuntimeError("the bot did not start in time")
    await asyncio.sleep(left)
    async with shop.database.snapshot() as c:
        behind = await outbox_depth.pending_count(c, Channel.TELEGRAM)
    await place.driver.wait_message("seller0", containing=number, timeout=PATIENCE)
    return Alarm((utc_now() - moment).total_seconds(), behind)


if __name__ == "__main__":
    report(measure())
