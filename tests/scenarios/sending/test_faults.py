"""A bad day: Telegram and the marketplace refuse, hang, cut off and repeat themselves; the shop works on."""

from __future__ import annotations

import asyncio
from random import Random

import pytest
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox.driver import FaultCounts
from tests.scenarios.aftermath import (
    check_cards,
    check_copy,
    check_nothing_due,
    check_orders,
    wait_until_quiet,
)
from tests.scenarios.crowd import Crowd
from tests.scenarios.stage import Stage

pytestmark = pytest.mark.endurance

ACTIONS = 10_000
"""Calls of the Bot API and of the marketplace, deeds of people and clients: what faults are made among."""
SEED = 29
AT_ONCE = 12
"""Orders that are being worked at any moment."""

CALLS = {
    "429": 0.01,
    "500": 0.02,
    "502": 0.01,
    "timeout_before": 0.01,
    "timeout_after": 0.01,
    "drop_before": 0.01,
    "drop_after": 0.01,
    "slow": 0.02,
    "slow_seconds": 0.2,
}
PLAN = {
    "methods": ["*"],
    "timeout_seconds": 0.5,
    "bot_api": CALLS,
    "marketplace": CALLS,
    "updates": {"double": 0.05, "reorder": 0.05, "late_seconds": 0.3},
    "webhooks": {"double": 0.1, "drop_answer": 0.1},
}
MADE = {
    "bot_api": set(CALLS) - {"slow_seconds"},
    "updates": {"double", "reorder"},
    "webhooks": {"double", "drop_answer"},
}
"""The faults of which each must have been made."""


class Counter:
    """Counts what is done in the sandbox, by people and by the bot; looking is no action."""

    def __init__(self) -> None:
        self.enough = asyncio.Event()
        self.actions = 0

    def note(self, request: web.Request) -> None:
        if request.method == "GET" and request.path.startswith("/control/"):
            return
        self.actions += 1
        if self.actions == ACTIONS:
            self.enough.set()


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def watchers(counter: Counter) -> list[Middleware]:
    @web.middleware
    async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
        counter.note(request)
        return await handler(request)

    return [count]


def check_made(counts: FaultCounts) -> None:
    """The day was as bad as planned."""
    for section, faults in MADE.items():
        for fault in faults:
            assert counts.of(section, fault) > 0, f"{section}: no {fault} was made"
    assert counts.of("marketplace") > 0


@pytest.mark.timeout(900)
@pytest.mark.requirement("X1", "X2", "X3", "R2", "R16")
async def test_ten_thousand_actions_among_faults_bring_every_order_to_its_end(
    empty_stage: Stage, counter: Counter
) -> None:
    stage = empty_stage
    await stage.start_bot(ACCEPT_MINUTES="0.2", ACCEPT_REMINDERS="0.1", ACCEPT_REPEAT_MINUTES="30")
    await stage.hire("director", "manager", "florist", "florist2", "courier", "courier2")
    crowd = Crowd(stage, Random(SEED))

    await stage.driver.faults(SEED, **PLAN)
    async with crowd.at_work(AT_ONCE):
        await counter.enough.wait()
    await wait_until_quiet(stage)
    check_made(await stage.driver.fault_counts())
    await stage.driver.faults()

    await check_cards(stage, crowd.ledger)
    await check_nothing_due(stage)
    await stage.stop_bot()
    await check_orders(stage, crowd.ledger)
    await check_copy(stage)
