from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from orders.model.rules import ShopRules
from orders.schedule.deadlines import DeadlineKind
from orders.steps import commands as do
from services.health.clock import utc_now
from services.health.troubles import TroubleKind, Troubles
from services.order.alarms import Alarms
from services.order.desk import Desk
from storage.db import tables
from storage.db.database import Database
from storage.order import deadlines as deadline_rows
from storage.sending.outbox import Kind
from storage.shop import shops
from tests.builders import MANAGER, minutes
from tests.sandbox.tools import eventually
from tests.services.workplace import (
    DIRECTOR_CHAT,
    GROUP,
    MANAGER_CHAT,
    Clock,
    an_incoming,
    clear,
    kept_running,
    receive,
    rows,
    running,
)

SOON, OVERDUE = DeadlineKind.ACCEPT_SOON, DeadlineKind.ACCEPT_OVERDUE
Logged = Sequence[Mapping[str, object]]


@pytest.fixture
def clock() -> Clock:
    """The scheduler follows the real time, so these tests do too."""
    return Clock(utc_now())


@pytest.fixture
def alarms(database: Database) -> Alarms:
    return Alarms(database, utc_now)


async def set_rules(database: Database, **changes: float | tuple[float, ...]) -> None:
    async with database.write() as c:
        shop = await shops.get(c, 1)
        assert shop is not None
        await shops.put(c, replace(shop, rules=replace(ShopRules(), **changes)))  # type: ignore[arg-type]  # any rule


async def aloud(database: Database) -> set[int]:
    return {row.target for row in await rows(database) if row.kind is Kind.BELL and row.sound}


async def next_due(database: Database) -> datetime | None:
    async with database.snapshot() as c:
        return await deadline_rows.earliest(c)


async def until_fired(logged: Logged, *kinds: DeadlineKind) -> None:
    async def all_fired() -> bool:
        return Counter(fired(logged)) == Counter(kinds)

    await eventually(all_fired)


def fired(logged: Logged) -> list[object]:
    return [entry["kind"] for entry in logged if entry["event"] == "alarm_fired"]


@pytest.mark.requirement("R16", "X3")
async def test_what_fell_due_while_nobody_ran_fires_at_once_and_once(
    alarms: Alarms, desk: Desk, clock: Clock, database: Database, elsewhere: Database
) -> None:
    clock.turn(-23)
    order = await receive(desk, clock())
    await clear(database)
    with capture_logs() as found:
        async with running(alarms.run()):
            await until_fired(found, SOON, OVERDUE)
    assert await aloud(elsewhere) == {GROUP, MANAGER_CHAT, DIRECTOR_CHAT}
    assert await next_due(elsewhere) == order.placed_at + minutes(25)


@pytest.mark.requirement("R16")
async def test_a_reminder_that_comes_late_reaches_those_of_its_hour(
    alarms: Alarms, desk: Desk, clock: Clock, database: Database, elsewhere: Database
) -> None:
    clock.turn(-12)
    order = await receive(desk, clock())
    await clear(database)
    with capture_logs() as found:
        async with running(alarms.run()):
            await until_fired(found, SOON)
    assert await aloud(elsewhere) == {GROUP, MANAGER_CHAT}
    assert await next_due(elsewhere) == order.placed_at + minutes(15)


@pytest.mark.requirement("R16")
async def test_it_is_armed_again_when_an_earlier_deadline_comes(
    alarms: Alarms, desk: Desk, clock: Clock, database: Database
) -> None:
    await receive(desk, clock())
    with capture_logs() as found:
        async with running(alarms.run()):
            await asyncio.sleep(0)
            assert fired(found) == []
            await set_rules(database, accept_minutes=0.003, accept_reminders=(), accept_repeat_minutes=60)
            clock.now = utc_now()
            order = await receive(desk, clock())
            await until_fired(found, OVERDUE)
    [entry] = [entry for entry in found if entry["event"] == "alarm_fired"]
    assert entry["order_id"] == order.id
    assert utc_now() >= order.placed_at + minutes(0.003)


@pytest.mark.requirement("R16")
async def test_it_fires_again_and_again_until_somebody_accepts(
    alarms: Alarms, desk: Desk, clock: Clock, database: Database, elsewhere: Database
) -> None:
    await set_rules(database, accept_minutes=0.001, accept_reminders=(), accept_repeat_minutes=0.002)
    order = await receive(desk, clock())
    with capture_logs() as found:
        async with running(alarms.run()):

            async def three() -> bool:
                return len(fired(found)) >= 3

            await eventually(three)
            await desk.do(order.id, do.Accept(), MANAGER)
            before = len(fired(found))
            assert await next_due(elsewhere) is None
            await asyncio.sleep(0.25)
            assert len(fired(found)) == before
    assert set(fired(found)) == {OVERDUE}


@pytest.mark.requirement("R16", "X3")
async def test_of_several_workers_one_fires_each_deadline(
    alarms: Alarms, desk: Desk, clock: Clock, elsewhere: Database
) -> None:
    clock.turn(-16)
    for _ in range(10):
        await receive(desk, clock())
    other_worker = Alarms(elsewhere, utc_now)
    with capture_logs() as found:
        async with running(alarms.run(), other_worker.run()):
            await until_fired(found, *[SOON, OVERDUE] * 10)
            await asyncio.sleep(0.05)
    assert len(fired(found)) == 20


@pytest.mark.requirement("X3")
async def test_a_restart_repeats_nothing(
    alarms: Alarms, desk: Desk, clock: Clock, database: Database, elsewhere: Database
) -> None:
    clock.turn(-12)
    await receive(desk, clock())
    with capture_logs() as found:
        async with running(alarms.run()):
            await until_fired(found, SOON)
    with capture_logs() as found:
        async with running(Alarms(elsewhere, utc_now).run()):
            await asyncio.sleep(0.1)
    assert fired(found) == []


@pytest.mark.requirement("R16")
async def test_more_deadlines_than_fit_into_one_go_fire_all_the_same(
    alarms: Alarms, desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.order.alarms.BATCH", 2)
    clock.turn(-6)
    for _ in range(5):
        await receive(desk, clock())
    with capture_logs() as found:
        async with running(alarms.run()):
            await until_fired(found, *[SOON] * 5)


async def test_without_deadlines_it_waits(alarms: Alarms, elsewhere: Database) -> None:
    with capture_logs() as found:
        async with running(alarms.run()):
            await asyncio.sleep(0.05)
    assert found == []
    assert await next_due(elsewhere) is None


@pytest.mark.requirement("R16", "X3")
async def test_one_order_that_cannot_be_read_silences_no_other(
    alarms: Alarms, desk: Desk, clock: Clock, database: Database
) -> None:
    clock.turn(-6)
    broken, sound = await receive(desk, clock()), await receive(desk, clock())
    async with database.write() as c:
        await c.exec_driver_sql("UPDATE orders SET document = '{}' WHERE id = ?", (broken.id,))
    with capture_logs() as found:
        async with running(alarms.run()):
            await until_fired(found, SOON)
    assert [(entry["event"], entry["order_id"]) for entry in found] == [
        ("alarm_unreadable", broken.id),
        ("alarm_fired", sound.id),
    ]


@pytest.mark.requirement("X3")
async def test_it_goes_on_when_the_database_is_there_again(
    alarms: Alarms, desk: Desk, clock: Clock, elsewhere: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.health.background.FIRST_PAUSE", 0.02)
    clock.turn(-6)
    await receive(desk, clock())
    await rename(elsewhere, "deadlines", "lost")
    with capture_logs() as found:
        async with running(kept_running("alarms", alarms.run)):

            async def told() -> bool:
                return bool({"job_waits", "job_failed"} & {entry["event"] for entry in found})

            await eventually(told)
            await rename(elsewhere, "lost", "deadlines")
            await until_fired(found, SOON)


async def rename(database: Database, table: str, other: str) -> None:
    async with database.write() as c:
        await c.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {other}")


@pytest.mark.requirement("X13", "R16")
async def test_an_order_that_waits_with_nobody_to_ring_is_a_trouble_until_somebody_hears(
    desk: Desk, clock: Clock, database: Database, elsewhere: Database
) -> None:
    troubles = Troubles(clock)
    async with database.write() as c:
        await c.execute(update(tables.staff).values(telegram_id=None))
        await c.execute(update(tables.shops).values(group_chat_id=None))
    clock.turn(-7)
    await receive(desk, clock())
    changed = troubles.subscribe()
    async with running(Alarms(database, utc_now, troubles).run()):
        await asyncio.wait_for(changed.wait(), 60)
        assert set(troubles.standing()) == {TroubleKind.NOBODY}

        async with elsewhere.write() as c:
            await c.execute(update(tables.shops).where(tables.shops.c.id == 1).values(group_chat_id=GROUP))
        changed.clear()
        clock.turn(-4)
        await desk.receive(1, replace(an_incoming(clock()), number="25836185"))
        await asyncio.wait_for(changed.wait(), 60)
    assert troubles.standing() == {}
