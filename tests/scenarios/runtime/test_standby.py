"""Two processes of one bot on one PostgreSQL: one works, and the other goes on when it cannot."""

from __future__ import annotations

import asyncio
import bisect
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from random import Random

import pytest
from aiohttp.typedefs import Middleware
from sqlalchemy import text

from sandbox.driver.wire import PATIENCE
from storage.db.leader import LEASE
from tests.postgres import PostgresServer
from tests.scenarios.aftermath import (
    check_cards,
    check_copy,
    check_nothing_due,
    check_orders,
    wait_until_quiet,
)
from tests.scenarios.crowd import Crowd
from tests.scenarios.runtime.test_crashes import last_event
from tests.scenarios.stage import Stage, open_stage
from tests.scenarios.standbys import Callers, Member, Pair, State

SEED = 5
LONGEST_LIFE = 4.0
"""Seconds that a process works before something happens to it, at the most; longer on a busy machine."""
SERVED_WITHIN = 15.0
"""Seconds from when the lock is free until the standby serves."""
ALL_HIRED = ("director", "manager", "florist", "florist2", "courier", "courier2")

_END_THE_LEADER = text("""
    SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database ON pg_database.oid = database
    WHERE locktype = 'advisory' AND datname = current_database()
""")


@pytest.fixture
def callers() -> Callers:
    return Callers()


@pytest.fixture
def watchers(callers: Callers) -> list[Middleware]:
    return [callers.middleware]


@pytest.fixture
async def pair(empty_stage: Stage, postgres_server: PostgresServer) -> AsyncIterator[Pair]:
    """Both were started at once on a database without a table; everybody is connected."""
    stage, url = empty_stage, postgres_server.bare_database()
    port = int(stage.bot.settings["WEB_PORT"])
    stage.bot.settings |= {
        "DATABASE_URL": url,
        "WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "WEBHOOK_SECRET": "telegram-knows-it",
        "ACCEPT_MINUTES": "0.1",
        "ACCEPT_REMINDERS": "0.05",
        "ACCEPT_REPEAT_MINUTES": "30",
    }
    pair = Pair(stage.folder, stage.bot.settings)
    async with pair.behind_a_proxy(port):
        await stage.hire(*ALL_HIRED)
        yield pair
    postgres_server.drop(url)


class Accidents:
    """What happens to the process that works; each gives the seconds until the other one served."""

    def __init__(self, stage: Stage, pair: Pair, callers: Callers) -> None:
        self._stage = stage
        self._pair = pair
        self._callers = callers

    async def kill(self) -> float:
        """It dies, and is started again: as a standby."""
        leader, standby = await self._pair.roles()
        await leader.process.stop(signal.SIGKILL)
        seconds = await _until_it_leads(standby)
        leader.process.start()
        return seconds

    async def cut(self) -> float:
        """Its connection breaks: whichever of the two is quicker leads."""
        leader, standby = await self._pair.roles()
        database = self._stage.database()
        async with database.write() as c:
            await c.execute(_END_THE_LEADER)
        await database.close()
        began = time.monotonic()
        while State.LEADS not in (await standby.state(), await leader.state()):
            assert time.monotonic() - began < PATIENCE
        return time.monotonic() - began

    async def stall(self) -> float:
        """It stops for longer than its lease, and wakes up: it must not send anything more."""
        leader, standby = await self._pair.roles()
        os.kill(leader.process.pid, signal.SIGSTOP)
        try:
            seconds = await _until_it_leads(standby) - LEASE
            await asyncio.sleep(1)  # the other one sends
        finally:
            woken = time.monotonic()
            os.kill(leader.process.pid, signal.SIGCONT)
        await leader.becomes(State.STANDS_BY)
        assert self._callers.since(woken, leader) == []
        return seconds


async def _until_it_leads(standby: Member) -> float:
    began = time.monotonic()
    await standby.becomes(State.LEADS)
    return time.monotonic() - began


@pytest.mark.timeout(1800)
@pytest.mark.requirement("X2", "X3", "X5", "R16")
@pytest.mark.parametrize(
    ("accidents", "at_once"),
    [
        (["kill", "stall", "cut"], 3),
        pytest.param(["kill"] * 20 + ["stall", "cut"] * 3, 6, marks=pytest.mark.endurance),
    ],
    ids=["some", "many"],
)
async def test_a_standby_goes_on_whatever_happens_to_the_one_that_works(
    empty_stage: Stage, pair: Pair, callers: Callers, accidents: Sequence[str], at_once: int
) -> None:
    """`at_once` orders are being worked at any moment."""
    stage, random, marks = empty_stage, Random(SEED), list[int]()
    happening = Accidents(stage, pair, callers)
    crowd = Crowd(stage, random)
    seconds: list[float] = []

    async with crowd.at_work(at_once):
        for accident in accidents:
            await pair.roles()
            await asyncio.sleep(random.uniform(1, max(LONGEST_LIFE, *seconds, 0)))
            seconds.append(await getattr(happening, accident)())
            marks.append(await last_event(stage))
        await pair.roles()
    await wait_until_quiet(stage)

    assert max(seconds) < SERVED_WITHIN
    beside = await check_cards(stage, crowd.ledger)
    lives = Counter((chat, bisect.bisect_left(marks, message.event_id)) for chat, message in beside)
    assert max(lives.values(), default=0) <= 1, beside
    await check_nothing_due(stage)
    await check_orders(stage, crowd.ledger)
    await check_copy(stage)
    assert len(crowd.ledger.promises) >= len(accidents), "hardly anything was done"


@pytest.mark.endurance
async def test_two_bots_with_databases_of_their_own_work_side_by_side_on_one_server(
    empty_stage: Stage, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    """That is how a chain of shops outgrows one token and one process."""
    folder = tmp_path / "second"
    folder.mkdir()
    urls = [postgres_server.bare_database() for _ in range(2)]
    async with open_stage(folder, bot_token="43:AAtheSecondBotOfTheChain00000000000") as second:
        stages = (empty_stage, second)
        for stage, url in zip(stages, urls, strict=True):
            await stage.start_bot(DATABASE_URL=url)
            await stage.hire("director", "manager")
        first_number, second_number = [await stage.accepted() for stage in stages]
        assert (await empty_stage.order(first_number)).number == first_number
        assert (await second.order(second_number)).number == second_number
        assert "lead_lost" not in empty_stage.bot.log + second.bot.log
    await empty_stage.stop_bot()
    for url in urls:
        postgres_server.drop(url)
