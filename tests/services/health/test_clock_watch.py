"""The clock jumps: nothing is held back by a future that is no more, and what is due rings once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select
from structlog.testing import capture_logs

from services.health import clock_watch as module
from services.health.clock import utc_now
from services.health.clock_watch import ClockWatch
from services.order.alarms import Alarms
from services.order.desk import Desk
from storage.db import tables
from storage.db.database import Database
from storage.db.tables import outbox as table
from storage.order import deadlines as deadline_rows
from storage.sending import outbox, shop_notifications
from storage.sending.outbox import Channel
from storage.sending.shop_notifications import News, NewsKind
from tests.builders import NOON, minutes
from tests.deadline_rows import fired
from tests.sandbox.tools import eventually
from tests.services.workplace import MANAGER_CHAT, Clock, receive, rows, running


class Steady:
    """A clock that nobody can set."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def steady() -> Steady:
    return Steady()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.02)


@pytest.fixture
def watch(database: Database, clock: Clock, steady: Steady) -> ClockWatch:
    return ClockWatch(database, clock, steady)


@pytest.mark.requirement("R16", "X3")
async def test_after_a_jump_back_alarms_that_rang_in_the_future_ring_again_in_time(
    watch: ClockWatch, desk: Desk, database: Database, clock: Clock
) -> None:
    order = await receive(desk, NOON)
    clock.turn(60)
    async with database.write() as c:
        await deadline_rows.claim(c, clock(), 10)
    clock.turn(-59)

    async def due_soon() -> bool:
        async with database.snapshot() as c:
            due = await deadline_rows.earliest(c)
        return due == NOON + minutes(5)

    async with running(watch.run()):
        await eventually(due_soon)
    async with database.snapshot() as c:
        assert set((await fired(c, order.id)).values()) == {clock()}


@pytest.mark.requirement("X3")
async def test_after_a_jump_back_what_waits_to_be_sent_waits_no_longer_than_it_was_meant_to(
    watch: ClockWatch, desk: Desk, database: Database, clock: Clock
) -> None:
    await receive(desk, NOON)
    [row] = await rows(database, channel=Channel.COPY)
    later, meant = NOON + timedelta(seconds=40), NOON - minutes(60) + timedelta(seconds=40)
    async with database.write() as c:
        await outbox.claim(c, Channel.COPY, NOON, 1)
        await outbox.retry(c, row.id, later)
        await shop_notifications.put(
            c, [News(1, MANAGER_CHAT, NewsKind.NOT_REOPENED, 0, sound=True, not_before=later)]
        )

    async def waits_as_meant() -> bool:
        [found] = await rows(database, channel=Channel.COPY)
        async with database.snapshot() as c:
            told_at = await c.scalar(select(table.c.not_before).where(table.c.shop_id == 1))
        return found.not_before == told_at == meant

    with capture_logs() as logged:
        async with running(watch.run()):
            await asyncio.sleep(0.1)
            clock.turn(-60)
            await eventually(waits_as_meant)
    assert [entry["seconds"] for entry in logged if entry["event"] == "clock_jumped"] == [-3600]


async def test_a_clock_that_goes_as_it_should_is_left_in_peace(
    watch: ClockWatch, database: Database, clock: Clock, steady: Steady
) -> None:
    woken = database.subscribe(tables.outbox, tables.deadlines)

    async def begun() -> bool:
        return woken.is_set()

    with capture_logs() as logged:
        async with running(watch.run()):
            await eventually(begun)
            woken.clear()
            for _ in range(5):
                steady.seconds += 60
                clock.turn(1)
                await asyncio.sleep(0.03)
    assert logged == []
    assert not woken.is_set()


@pytest.fixture
def traveller() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(utc_now(), tick=True) as found:
        yield found


@pytest.mark.requirement("R16", "X3")
async def test_after_a_jump_ahead_an_alarm_rings_at_once_and_once(
    database: Database, traveller: time_machine.Traveller
) -> None:
    desk = Desk(database, utc_now)
    alarms, watch = Alarms(database, utc_now), ClockWatch(database, utc_now)

    async def rung() -> bool:
        return any(entry["event"] == "alarm_fired" for entry in logged)

    with capture_logs() as logged:
        async with running(alarms.run(), watch.run()):
            await receive(desk, utc_now())
            assert not await rung()
            traveller.shift(timedelta(hours=1))
            await eventually(rung)
    fired = [entry["kind"] for entry in logged if entry["event"] == "alarm_fired"]
    assert len(fired) == len(set(fired))
    assert "accept_overdue" in fired


@pytest.mark.requirement("R16", "X3")
async def test_after_a_jump_back_an_alarm_rings_in_its_own_time(
    database: Database, traveller: time_machine.Traveller
) -> None:
    desk = Desk(database, utc_now)
    alarms, watch = Alarms(database, utc_now), ClockWatch(database, utc_now)

    async def rung() -> bool:
        return any(entry["event"] == "alarm_fired" for entry in logged)

    with capture_logs() as logged:
        async with running(alarms.run(), watch.run()):
            await receive(desk, utc_now())
            traveller.shift(-timedelta(hours=1))
            await asyncio.sleep(0.1)
            assert not await rung()
            traveller.shift(timedelta(hours=1, minutes=6))
            await eventually(rung)
