"""The bot is killed over and over while people work: nothing that was acknowledged may be missing."""

from __future__ import annotations

import asyncio
import bisect
import time
from collections import Counter
from random import Random

import pytest

from tests.scenarios.aftermath import (
    check_cards,
    check_copy,
    check_nothing_due,
    check_orders,
    wait_until_quiet,
)
from tests.scenarios.crowd import Crowd
from tests.scenarios.stage import Stage

SEED = 8
AT_ONCE = 6
"""Orders that are being worked at any moment."""
LONGEST_LIFE = 4
"""How many times as long as its start took the bot lives after it, at the most: longer on a busy machine."""
LEAST_LIFE = 1.5
"""Seconds that the longest life lasts in any case."""
IN_START = 0.15
"""Share of the power cuts that come while the bot is still starting."""
START_SECONDS = 0.4


async def last_event(stage: Stage) -> int:
    """The id of the newest event, once what the dead bot was sending has arrived."""
    newest = await stage.driver.mark()
    while (later := await stage.driver.mark()) != newest:
        newest = later
    return newest


async def cut_power(stage: Stage, random: Random, kills: int) -> list[int]:
    """Kill the bot again and again; gives the id of the newest event in the sandbox after each."""
    marks = []
    for _ in range(kills):
        if random.random() < IN_START:
            await asyncio.sleep(random.uniform(0, START_SECONDS))
        else:
            started = time.monotonic()
            await stage.wait_ready()
            longest = max(LEAST_LIFE, LONGEST_LIFE * (time.monotonic() - started))
            await asyncio.sleep(random.uniform(0, longest))
        await stage.kill_bot()
        marks.append(await last_event(stage))
        stage.bot.start()
    return marks


@pytest.mark.timeout(900)
@pytest.mark.requirement("X2", "X3", "X5", "R16", "R80")
@pytest.mark.parametrize("kills", [5, pytest.param(100, marks=pytest.mark.endurance)])
async def test_power_cuts_lose_nothing_that_was_acknowledged(empty_stage: Stage, kills: int) -> None:
    stage = empty_stage
    await stage.start_bot(ACCEPT_MINUTES="0.1", ACCEPT_REMINDERS="0.05", ACCEPT_REPEAT_MINUTES="30")
    await stage.hire("director", "manager", "florist", "florist2", "courier", "courier2")
    crowd = Crowd(stage, Random(SEED))

    async with crowd.at_work(AT_ONCE):
        marks = await cut_power(stage, Random(SEED), kills)
        await stage.wait_ready()
    await wait_until_quiet(stage)

    beside = await check_cards(stage, crowd.ledger)
    # the last that a life did is the mark of its end itself, and belongs to it
    lives = [(chat, bisect.bisect_left(marks, message.event_id)) for chat, message in beside]
    too_often = {place for place, times in Counter(lives).items() if times > 1}
    told = [
        f"{chat} {message}"
        for place, (chat, message) in zip(lives, beside, strict=True)
        if place in too_often
    ]
    assert not told, "\n\n".join(told)
    await check_nothing_due(stage)
    await stage.stop_bot()
    await check_orders(stage, crowd.ledger)
    await check_copy(stage)
    assert len(crowd.ledger.promises) >= kills // 2, "hardly anything was done"
