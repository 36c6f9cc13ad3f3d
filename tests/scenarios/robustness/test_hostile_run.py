"""Ten thousand hostile updates, files, requests and buttons: nobody and nothing makes the bot deaf (X22)."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from random import Random

import pytest

from orders.model.status import Status
from tests.scenarios.hostile import Hostility
from tests.scenarios.robustness.test_heavy_files import MOST, memory, watched
from tests.scenarios.stage import Stage
from tests.scenarios.trouble import get

IN_TIME = 5.0
"""Seconds within which a director's tap is answered throughout."""
AT_ONCE = 4
"""Attacks that are made at the same time, between two taps of the director."""
QUIET_AFTER = 60
"""Seconds after the last attack at which the memory is read again."""


async def tap_answered(stage: Stage) -> tuple[str, float]:
    """A new order, and how long the director waits for the answer to «Принять»."""
    number = await stage.new_order()
    card = await stage.card("director", number)
    began = time.monotonic()
    toast = await stage.driver.press("director", card.message_id, "Принять", timeout=60)
    assert (toast.text or "").startswith("Принято"), toast
    return number, time.monotonic() - began


async def under_attack(stage: Stage, actions: int, seed: int, quiet: float) -> str:
    """Attack so often; gives the figures as a line."""
    pid, waits, numbers = stage.bot.pid, list[float](), list[str]()
    hostility = Hostility(stage.driver, int(stage.bot.settings["WEB_PORT"]), Random(seed))
    before = memory(pid)
    async with watched(pid) as seen:
        while hostility.count < actions:
            attack = asyncio.create_task(hostility.round(AT_ONCE))
            number, seconds = await tap_answered(stage)
            numbers.append(number)
            waits.append(seconds)
            await attack
        await hostility.end()
        await all_are_there(stage, numbers)
        await asyncio.sleep(quiet)
    after, worst = memory(pid), max(seen)
    assert (await get(stage, "/healthz"))[0] == 200
    assert max(waits) < IN_TIME
    assert worst - before <= MOST
    ordered = sorted(waits)
    mib = 1024 * 1024
    return (
        f"{hostility.count} actions, {len(waits)} taps: median {ordered[len(ordered) // 2]:.2f} s, "
        f"p99 {ordered[int(len(ordered) * 0.99)]:.2f} s, slowest {ordered[-1]:.2f} s; "
        f"memory before {before // mib}, at the worst {worst // mib}, after {quiet:g} s {after // mib} MiB"
    )


async def all_are_there(stage: Stage, numbers: list[str]) -> None:
    """Every order that was placed meanwhile is accepted, and its card stands in the director's chat."""
    for number in numbers:
        assert (await stage.order(number)).status is Status.ACCEPTED
    await stage.card("director", numbers[-1], "Принят · ")


@pytest.mark.requirement("X22")
@pytest.mark.timeout(300)
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is read from /proc")
async def test_hundreds_of_hostile_actions_keep_no_tap_waiting(stage: Stage) -> None:
    await under_attack(stage, 250, seed=8, quiet=0)


@pytest.mark.endurance
@pytest.mark.requirement("X22")
@pytest.mark.timeout(3600)
async def test_ten_thousand_hostile_actions_keep_no_tap_waiting(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = await under_attack(stage, 10_000, seed=2026, quiet=QUIET_AFTER)
    with capsys.disabled():
        print(f"\n{figures}")  # noqa: T201 - the figures are what the run is for
