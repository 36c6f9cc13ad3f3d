"""One bot keeps the pace that Telegram allows, however busy it or Telegram is."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise
from random import Random

from sandbox.driver.wire import PATIENCE
from services.sending.rate_limiter import Limits, RateLimiter
from services.sending.send_slots import UNANSWERED, SendSlots
from storage.sending.outbox import Priority
from tests.services.pacing import most_within_a_second


async def test_what_leaves_or_is_counted_late_makes_no_second_too_full() -> None:
    pace, random = RateLimiter(Limits(bot_per_second=20)), Random(3)
    counted: list[float] = []

    async def send(chat: int) -> None:
        async with pace.turn(chat, Priority.CARD):
            await asyncio.sleep(random.choice([0, 0, 0.3, 0.6]))
            counted.append(time.monotonic())
            await asyncio.sleep(random.choice([0, 0.1]))

    await asyncio.gather(*(send(chat) for chat in range(60)))

    assert len(counted) == 60
    assert most_within_a_second(counted) <= 20


async def test_each_picture_of_an_album_takes_room() -> None:
    pace = RateLimiter(Limits(bot_per_second=10))
    counted: list[float] = []

    async def send(chat: int, messages: int) -> None:
        async with pace.turn(chat, Priority.CARD, messages):
            counted.extend([time.monotonic()] * messages)

    await asyncio.gather(*(send(chat, messages) for chat, messages in enumerate((4, 4, 4, 4, 4))))

    assert most_within_a_second(counted) <= 10


async def test_an_album_larger_than_the_limit_leaves_by_itself() -> None:
    pace = RateLimiter(Limits(bot_per_second=2))
    async with asyncio.timeout(PATIENCE), pace.turn(1, Priority.CARD, 3):
        pass


async def test_an_alarm_overtakes_what_waits_for_room() -> None:
    pace = RateLimiter(Limits(bot_per_second=2))
    left: list[Priority] = []

    async def send(priority: Priority) -> None:
        async with pace.turn(1, priority):
            left.append(priority)

    cards = [asyncio.create_task(send(Priority.CARD)) for _ in range(4)]
    await asyncio.wait(cards, return_when=asyncio.FIRST_COMPLETED)
    await asyncio.gather(send(Priority.ALARM), *cards)

    assert left.index(Priority.ALARM) < 4


async def test_a_group_that_had_a_burst_never_stands_still_for_long() -> None:
    now = 1000.0
    pace = RateLimiter(Limits(bot_per_second=100_000), lambda: now)
    left: list[float] = []
    while now < 1120:
        while pace.wait_for_chat(-5) > 0:
            now += 0.1
        async with pace.turn(-5, Priority.CARD):
            left.append(now)
    gaps = [later - earlier for earlier, later in pairwise(left)]
    assert gaps[:10] == [0] * 10, "half a minute's messages leave at once"
    assert max(gaps) < 7
    assert max(sum(at <= one < at + 60 for one in left) for at in left) <= 20


def test_messages_that_telegram_never_answers_do_not_silence_the_bot() -> None:
    now = 1000.0
    slots = SendSlots(30, lambda: now)
    assert all(slots.take(1).key is not None for _ in range(30))
    assert slots.take(1).key is None

    now += UNANSWERED + 1

    assert slots.take(1).key is not None


async def hang(pace: RateLimiter, chat_id: int) -> None:
    async with pace.turn(chat_id, Priority.CARD):
        await asyncio.Event().wait()


async def test_a_turn_that_nobody_waits_for_any_more_is_anothers() -> None:
    pace = RateLimiter(Limits(bot_per_second=1))
    first = asyncio.create_task(hang(pace, 1))
    await asyncio.sleep(0)
    impatient = asyncio.create_task(hang(pace, 2))
    await asyncio.sleep(0)
    impatient.cancel()
    first.cancel()

    async with asyncio.timeout(PATIENCE), pace.turn(3, Priority.CARD):
        pass
    await asyncio.gather(first, impatient, return_exceptions=True)
