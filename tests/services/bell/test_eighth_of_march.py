"""8 March: 15 orders in 32 seconds, half of them left alone, three people in the group (X14, X15)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from orders.model.order import Order
from orders.steps import commands as do
from services.bell.group_members import GroupMembers
from services.order.alarms import Alarms
from services.order.desk import Desk
from storage.db.database import Database
from storage.order import deadlines
from tests.builders import MANAGER, minutes
from tests.services.bell.wire import Bell, Recorder
from tests.services.workplace import DIRECTOR_CHAT, GROUP, MANAGER_CHAT, SELLER_CHAT, Clock, receive

ORDERS, SECONDS, ACCEPTED, MINUTES = 15, 32, 8, 8
MOST_SOUNDS = 8


async def orders_come(desk: Desk, bell: Bell, clock: Clock) -> list[Order]:
    """Each is shown before the next one comes; none waits for another."""
    found = []
    for _ in range(ORDERS):
        found.append(await receive(desk, clock()))
        await bell.deliver()
        for chat in (GROUP, DIRECTOR_CHAT, MANAGER_CHAT):
            assert any(found[-1].number in message.text for message in bell.wire.shown(chat))
        clock.turn(SECONDS / (ORDERS - 1) / 60)
    return found


async def time_goes_by(bell: Bell, clock: Clock, database: Database, until: timedelta) -> None:
    """Everything that falls due up to then fires in its second."""
    alarms, end = Alarms(database, clock), clock() + until
    while True:
        async with database.snapshot() as c:
            due = await deadlines.earliest(c)
        if due is None or due > end:
            clock.now = end
            return
        clock.now = max(clock(), due) + timedelta(seconds=1)
        await alarms.fire_due()
        await bell.deliver()


@pytest.mark.requirement("X14", "R16")
async def test_eight_minutes_of_8_march_ring_at_most_eight_times_for_a_director_in_the_group(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock, database: Database, members: GroupMembers
) -> None:
    wire.in_group = {DIRECTOR_CHAT, MANAGER_CHAT, SELLER_CHAT}
    await members.look()
    found = await orders_come(desk, bell, clock)
    for order in found[:ACCEPTED]:
        await desk.do(order.id, do.Accept(), MANAGER)
        await bell.deliver()
    await time_goes_by(bell, clock, database, minutes(MINUTES))

    sounds = {chat: wire.rang(chat) for chat in (GROUP, DIRECTOR_CHAT, MANAGER_CHAT, SELLER_CHAT)}
    assert sounds[GROUP] + sounds[DIRECTOR_CHAT] <= MOST_SOUNDS
    # The burst, and the step of 5 minutes; nothing in private.
    assert sounds == {GROUP: 2, DIRECTOR_CHAT: 0, MANAGER_CHAT: 0, SELLER_CHAT: 0}
    [waits] = wire.shown(DIRECTOR_CHAT)
    assert f"Не принято {ORDERS - ACCEPTED}" in waits.text
    lines = [one for one in wire.shown(GROUP) if one.text.startswith("🟡 ")]
    assert len(lines) == ACCEPTED
    assert len(wire.shown(GROUP)) == ACCEPTED + 1


@pytest.mark.requirement("X14", "R16")
async def test_without_a_group_it_rings_in_private_and_each_step_is_one_sound(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock, database: Database
) -> None:
    await orders_come(desk, bell, clock)
    await time_goes_by(bell, clock, database, minutes(16))
    # the burst; of the ladder the managers hear from 10 minutes on, the director from 15
    assert (wire.rang(MANAGER_CHAT), wire.rang(DIRECTOR_CHAT)) == (3, 2)
