"""The cost of a tap in a busy shop, compared with a plain bot that does the same visible work.

Both get the same taps, five a second, in alternating rounds. For each tap the plain bot sends and edits as
many messages as the real one did on average in the previous round.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crowd import Press, messages_of, story
from benchmarks.figures import Figure, milliseconds, quantile, report
from benchmarks.processes import Program, program
from benchmarks.shop import Staffed, Town, colleagues, copies_are_written, florist, shop_of, town
from storage.sending import outbox_depth
from storage.sending.outbox import Channel

ORDERS = 60
"""Orders per round; each takes four taps."""
ROUNDS = 2
A_SECOND = 5.0
AT_ONCE = 10
"""Orders whose steps are interleaved."""
EVENTS = 2
"""Sandbox events per tap apart from messages: the press and its answer."""
QUIET_SECONDS = 2.0
"""Seconds without an event after which all work counts as done."""
PEOPLE = colleagues(manager=2, seller=2, courier=2)


@dataclass(frozen=True, slots=True)
class Round:
    """One round: seconds until each tap was answered, CPU seconds, number of sandbox events."""

    waits: list[float]
    cpu: float
    events: int

    @property
    def cpu_of_a_tap(self) -> float:
        """CPU seconds per tap, including the work after the answer."""
        return self.cpu / len(self.waits)

    @property
    def messages_of_a_tap(self) -> float:
        """Messages sent, edited or deleted per tap, apart from the answer."""
        return self.events / len(self.waits) - EVENTS


async def measure(orders: int = ORDERS, rounds: int = ROUNDS) -> list[Figure]:
    """Measure the real bot and the plain one alternately, with the same sandbox."""
    real, plain = list[Round](), list[Round]()
    with tempfile.TemporaryDirectory() as name:
        async with town(PEOPLE, Path(name)) as place, shop_of(place, PEOPLE) as shop:
            for _ in range(rounds):
                real.append(await _of_florist(place, shop, orders))
                plain.append(await _of_plain_bot(place, shop, orders, round(real[-1].messages_of_a_tap)))
    cost, bare = (min(one.cpu_of_a_tap for one in rows) for rows in (real, plain))
    wait, short = (_median([wait for one in rows for wait in one.waits]) for rows in (real, plain))
    shown = f"{real[-1].messages_of_a_tap:.1f} messages a tap (plain {plain[-1].messages_of_a_tap:.1f})"
    return [
        Figure(
            "a tap", milliseconds(cost), f"plain bot {milliseconds(bare)}", cost / bare, "3, aim 2", shown
        ),
        Figure("its answer, p50", milliseconds(wait), milliseconds(short), wait / short, "2"),
    ]


async def _of_florist(place: Town, shop: Staffed, orders: int) -> Round:
    presses = await _presses(shop, orders)
    async with florist(place) as bot:
        await copies_are_written(shop.database)
        return await _play(place, bot, presses, shop)


async def _of_plain_bot(place: Town, shop: Staffed, orders: int, shown: int) -> Round:
    chats = ",".join(str(one.telegram_id) for one in PEOPLE[:shown])
    for file in place.folder.glob("plain*.db*"):
        file.unlink()
    env = {"BOT_API_URL": place.url, "BOT_TOKEN": place.config.bot_token, "CHATS": chats}
    await place.forget_updates()
    presses = await _presses(shop, orders)
    async with program("benchmarks.plain_bot", folder=place.folder, env=env) as bot:
        return await _play(place, bot, presses, None)


async def _presses(shop: Staffed, orders: int) -> list[Press]:
    stories = [story((await shop.receive()).id, shop) for _ in range(orders)]
    batches = [stories[start : start + AT_ONCE] for start in range(0, orders, AT_ONCE)]
    return [press for batch in batches for steps in zip(*batch, strict=True) for press in steps]


async def _play(place: Town, bot: Program, presses: Sequence[Press], shop: Staffed | None) -> Round:
    under, waits = await messages_of(place), list[float]()
    await _until_quiet(place, shop)
    used, mark, began = bot.cpu_seconds(), await place.driver.mark(), time.monotonic()

    async def tap(at: float, press: Press) -> None:
        await asyncio.sleep(at - time.monotonic())
        sent = time.monotonic()
        toast = await place.driver.forge(press.person, under[press.person], press.data)
        if not toast.answered:
            raise RuntimeError(f"no answer to {press.data}")
        waits.append(time.monotonic() - sent)

    async with asyncio.TaskGroup() as group:
        for number, press in enumerate(presses):
            group.create_task(tap(began + number / A_SECOND, press))
    await _until_quiet(place, shop)
    return Round(waits, bot.cpu_seconds() - used, await place.driver.mark() - mark)


async def _until_quiet(place: Town, shop: Staffed | None) -> None:
    """Wait until the bot has sent all messages and written all copies."""
    seen, now = -1, await place.driver.mark()
    while seen != now or (shop is not None and await _waits(shop)):
        await asyncio.sleep(QUIET_SECONDS)
        seen, now = now, await place.driver.mark()


async def _waits(shop: Staffed) -> int:
    async with shop.database.snapshot() as c:
        return sum([await outbox_depth.pending_count(c, one) for one in (Channel.TELEGRAM, Channel.COPY)])


def _median(values: Sequence[float]) -> float:
    return quantile(values, 0.5)


if __name__ == "__main__":
    report(measure())
