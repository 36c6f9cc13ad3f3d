from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial

import pytest

from orders.schedule.deadlines import Deadline, DeadlineKind
from orders.schedule.deadlines import deadlines as deadlines_of
from storage.db.database import Database
from storage.db.errors import NoSuchOrder
from storage.order import deadlines
from storage.order.deadlines import Due
from tests import deadline_rows
from tests.builders import ACCEPTED, NOON, RULES, an_order, minutes
from tests.storage.conftest import Keep

SOON, OVERDUE = DeadlineKind.ACCEPT_SOON, DeadlineKind.ACCEPT_OVERDUE


async def want(database: Database, order_id: int, *wanted: Deadline) -> None:
    async with database.write() as c:
        await deadline_rows.want(c, order_id, *wanted)


async def claim(database: Database, now: datetime, limit: int = 10) -> list[Due]:
    async with database.write() as c:
        return await deadlines.claim(c, now, limit)


async def test_what_is_due_is_claimed_the_longest_overdue_first(
    keep: Keep, database: Database, elsewhere: Database
) -> None:
    first, second = await keep(an_order()), await keep(an_order())
    await want(database, first.id, Deadline(SOON, NOON + minutes(5)), Deadline(OVERDUE, NOON + minutes(15)))
    await want(database, second.id, Deadline(SOON, NOON + minutes(1)))
    async with elsewhere.snapshot() as c:
        assert await deadlines.earliest(c) == NOON + minutes(1)
    assert await claim(elsewhere, NOON) == []
    found = [await claim(elsewhere, NOON + minutes(5), limit=1) for _ in range(3)]
    assert found == [[Due(second.id, SOON, NOON + minutes(1))], [Due(first.id, SOON, NOON + minutes(5))], []]


async def test_without_deadlines_there_is_no_earliest(database: Database) -> None:
    async with database.snapshot() as c:
        assert await deadlines.earliest(c) is None


async def test_a_deadline_fires_once(keep: Keep, database: Database, elsewhere: Database) -> None:
    order = await keep(an_order())
    await want(database, order.id, Deadline(SOON, NOON))
    claims = (claim(each, NOON + minutes(1)) for each in (database, elsewhere, database, elsewhere))
    assert sum(len(found) for found in await asyncio.gather(*claims)) == 1
    assert await claim(elsewhere, NOON + minutes(60)) == []
    async with elsewhere.snapshot() as c:
        assert await deadline_rows.fired(c, order.id) == {SOON: NOON + minutes(1)}


async def claim_and_fail(database: Database) -> None:
    async with database.write() as c:
        assert len(await deadlines.claim(c, NOON, 10)) == 1
        raise RuntimeError("stop")


async def test_a_deadline_whose_firing_fails_stays(keep: Keep, database: Database) -> None:
    order = await keep(an_order())
    await want(database, order.id, Deadline(SOON, NOON))
    with pytest.raises(RuntimeError, match="stop"):
        await claim_and_fail(database)
    assert await claim(database, NOON) == [Due(order.id, SOON, NOON)]


async def test_a_deadline_that_has_moved_is_claimed_when_it_is_due(keep: Keep, database: Database) -> None:
    order = await keep(an_order())
    await want(database, order.id, Deadline(SOON, NOON))
    await want(database, order.id, Deadline(SOON, NOON + minutes(5)))
    assert await claim(database, NOON) == []
    assert await claim(database, NOON + minutes(5)) == [Due(order.id, SOON, NOON + minutes(5))]


async def test_what_is_not_wanted_any_more_is_gone(
    keep: Keep, database: Database, elsewhere: Database
) -> None:
    order = await keep(an_order())
    await want(database, order.id, Deadline(SOON, NOON), Deadline(OVERDUE, NOON))
    await want(database, order.id, Deadline(OVERDUE, NOON + minutes(1)))
    assert await claim(elsewhere, NOON + minutes(60)) == [Due(order.id, OVERDUE, NOON + minutes(1))]
    await want(database, order.id)
    assert await claim(elsewhere, NOON + minutes(60)) == []


async def fire_all(
    database: Database, order_id: int, moments: Sequence[float]
) -> list[tuple[DeadlineKind, float]]:
    """Plays the alarms of a new order: at each minute whatever is due fires, and the rows are rewritten."""
    found = []
    order = an_order(id=order_id)
    for moment in moments:
        now = NOON + minutes(moment)
        for one in await claim(database, now):
            found.append((one.kind, moment))
            async with database.write() as c:
                await deadlines.rewrite(c, order_id, partial(deadlines_of, order, RULES))
    return found


async def test_no_reminder_is_ever_repeated(keep: Keep, database: Database) -> None:
    order = await keep(an_order())
    await want(database, order.id, *deadlines_of(order, RULES, {}))
    assert await fire_all(database, order.id, range(27)) == [
        (SOON, 5),
        (SOON, 10),
        (OVERDUE, 15),
        (OVERDUE, 20),
        (OVERDUE, 25),
    ]


async def test_what_has_fired_is_remembered_while_nothing_is_wanted(keep: Keep, database: Database) -> None:
    order = await keep(an_order())
    await want(database, order.id, Deadline(SOON, NOON + minutes(5)))
    await claim(database, NOON + minutes(5))
    await want(database, order.id, *deadlines_of(an_order(ACCEPTED), RULES, {}))
    async with database.snapshot() as c:
        assert await deadline_rows.fired(c, order.id) == {SOON: NOON + minutes(5)}


async def test_a_deadline_needs_its_order(database: Database) -> None:
    with pytest.raises(NoSuchOrder):
        await want(database, 9, Deadline(SOON, NOON))
