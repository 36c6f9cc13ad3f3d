"""Three bots share one PostgreSQL and one Telegram; one of them dies while the shop is at work."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator
from random import Random

import pytest

from tests.postgres import PostgresServer
from tests.scenarios import crowd as crowd_module
from tests.scenarios.aftermath import (
    check_cards,
    check_copy,
    check_nothing_due,
    check_orders,
    wait_until_quiet,
)
from tests.scenarios.crowd import OVERDUE, Crowd
from tests.scenarios.plots import CHIEFS, Plot, draw
from tests.scenarios.stage import Stage
from tests.scenarios.workers import Worker, behind_a_proxy

pytestmark = pytest.mark.endurance

SEED = 5
AT_ONCE = 30
TELEGRAM_PER_SECOND = 30
MOST_DEEDS = 5
WHOLE_CHAT = 500
"""Messages of a chat that people look through."""
BEFORE_THE_CUT = 10
"""Seconds that all three work before one of them dies."""


@pytest.fixture
async def workers(empty_stage: Stage, postgres_server: PostgresServer) -> AsyncIterator[list[Worker]]:
    """Three, which were started at once on a database without a table; everybody is connected."""
    stage = empty_stage
    url = postgres_server.bare_database()
    port = int(stage.bot.settings["WEB_PORT"])
    stage.bot.settings |= {
        "DATABASE_URL": url,
        "WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "WEBHOOK_SECRET": "telegram-knows-it",
        "ACCEPT_MINUTES": "0.5",
        "ACCEPT_REMINDERS": "0.3",
        "ACCEPT_REPEAT_MINUTES": "30",
    }
    some = [Worker(stage.folder, stage.bot.settings) for _ in range(3)]
    async with behind_a_proxy(port, some):
        await stage.hire("director", "manager", "florist", "florist2", "courier", "courier2")
        yield some
    postgres_server.drop(url)


def draw_short(random: Random) -> Plot:
    """Many orders at once are the point here, not long ones."""
    while len((plot := draw(random)).deeds) > MOST_DEEDS:
        pass
    return plot


async def overdue_alarms(stage: Stage, numbers: set[str]) -> Counter[tuple[str, str]]:
    """How many overdue alarms each chat has ever had of each order."""
    found: Counter[tuple[str, str]] = Counter()
    for person, chat in (*((chief, "bot") for chief in CHIEFS), ("director", "group")):
        for message in await stage.driver.messages(person, chat):
            found.update(
                (f"{person} {chat}", number) for number in numbers if f"{number}{OVERDUE}" in message.text
            )
    return found


@pytest.mark.timeout(900)
@pytest.mark.requirement("R16", "X2", "X3", "X5")
async def test_three_workers_of_which_one_dies_do_everything_once(
    empty_stage: Stage, workers: list[Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = empty_stage
    monkeypatch.setattr(crowd_module, "LOOKED_AT", WHOLE_CHAT)  # thirty orders: the oldest is far up
    monkeypatch.setattr(crowd_module, "draw", draw_short)
    await stage.driver.limits(bot_per_second=TELEGRAM_PER_SECOND)
    crowd = Crowd(stage, Random(SEED))

    async with crowd.at_work(AT_ONCE):
        await asyncio.sleep(BEFORE_THE_CUT)
        await workers[1].process.stop(signal.SIGKILL)
    await wait_until_quiet(stage)

    assert len(crowd.ledger.plots) >= AT_ONCE
    assert (await stage.driver.limit_counts()).refused == 0
    beside = await check_cards(stage, crowd.ledger)
    repeated = Counter(chat for chat, _message in beside)
    told = "\n\n".join(f"{chat} {message}" for chat, message in beside)
    assert max(repeated.values(), default=0) <= 1, told
    await check_nothing_due(stage)
    await check_orders(stage, crowd.ledger)
    alarms = await overdue_alarms(stage, set(crowd.ledger.plots))
    twice = Counter(chat for (chat, _number), times in alarms.items() if times > 1)
    assert alarms
    assert max(alarms.values()) <= 2
    assert max(twice.values(), default=0) <= 1, alarms
    await check_copy(stage)
