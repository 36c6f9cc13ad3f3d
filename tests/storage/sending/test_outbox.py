from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from storage.db.database import Database
from storage.db.errors import NoSuchOrder
from storage.db.tables import outbox as table
from storage.sending import outbox, outbox_depth
from storage.sending.outbox import Channel, Kind, Outgoing, Priority, Row
from tests.builders import NOON, an_order, minutes
from tests.outbox_rows import claim_of_orders
from tests.storage.conftest import Keep

LATER = NOON + minutes(60)


@pytest.fixture
async def card(keep: Keep) -> Outgoing:
    order = await keep(an_order())
    return Outgoing(Channel.TELEGRAM, Kind.CARD, order.id, Priority.CARD, NOON, target=42)


@pytest.fixture
def copy(card: Outgoing) -> Outgoing:
    return Outgoing(Channel.COPY, Kind.RECORD, card.order_id, Priority.COPY, NOON, version=1)


async def put(database: Database, *rows: Outgoing) -> None:
    async with database.write() as c:
        await outbox.put(c, rows)


async def claim(
    database: Database,
    channel: Channel = Channel.TELEGRAM,
    now: datetime = NOON,
    limit: int = 100,
) -> list[Row]:
    async with database.write() as c:
        return await claim_of_orders(c, channel, now, limit)


async def retry(database: Database, row: Row, not_before: datetime) -> None:
    async with database.write() as c:
        await outbox.retry(c, row.id, not_before)


async def done(database: Database, row: Row) -> None:
    async with database.write() as c:
        await outbox.done(c, row.id)


async def pending(database: Database, channel: Channel = Channel.TELEGRAM) -> int:
    async with database.snapshot() as c:
        return await outbox_depth.pending_count(c, channel)


async def test_what_is_put_is_claimed_once_and_then_gone(
    database: Database, elsewhere: Database, card: Outgoing
) -> None:
    await put(database, card)
    assert await pending(elsewhere) == 1
    [row] = await claim(elsewhere)
    assert row == Row(
        **{name: getattr(card, name) for name in Outgoing.__dataclass_fields__},
        id=row.id,
        attempts=0,
        created_at=row.created_at,
    )
    assert await claim(database) == []
    assert await pending(database) == 0
    await done(elsewhere, row)
    async with database.snapshot() as c:
        assert (await c.execute(select(table))).all() == []


async def test_the_most_urgent_leaves_first_then_the_oldest(
    database: Database, elsewhere: Database, card: Outgoing
) -> None:
    second, third = replace(card, target=2), replace(card, target=3)
    alarm = replace(card, kind=Kind.ALARM, priority=Priority.ALARM, target=4)
    await put(database, card, second, third, alarm)
    assert [row.target for row in await claim(elsewhere, limit=2)] == [4, 42]
    assert [row.target for row in await claim(elsewhere)] == [2, 3]


async def test_nothing_leaves_before_its_time_or_through_another_channel(
    database: Database, card: Outgoing, copy: Outgoing
) -> None:
    await put(database, replace(card, not_before=LATER), copy)
    assert await claim(database, now=LATER - minutes(1)) == []
    async with database.snapshot() as c:
        assert await outbox.next_due(c, Channel.TELEGRAM) == LATER
        assert await outbox.next_due(c, Channel.COPY) == NOON
    assert [row.kind for row in await claim(database, now=LATER)] == [Kind.CARD]
    async with database.snapshot() as c:
        assert await outbox.next_due(c, Channel.TELEGRAM) is None


async def test_a_card_that_waits_is_sent_once_for_all_changes(
    database: Database, elsewhere: Database, card: Outgoing
) -> None:
    loud = replace(card, sound=True, priority=Priority.ALARM, not_before=NOON - minutes(5), version=3)
    await put(database, replace(card, version=2), loud, replace(card, version=4, not_before=LATER))
    [row] = await claim(elsewhere)
    assert (row.sound, row.priority, row.not_before, row.version) == (
        True,
        Priority.ALARM,
        loud.not_before,
        4,
    )


async def test_other_chats_kinds_and_orders_are_not_mixed(
    database: Database, card: Outgoing, keep: Keep
) -> None:
    other = await keep(an_order())
    others = [replace(card, target=43), replace(card, kind=Kind.ALARM), replace(card, order_id=other.id)]
    await put(database, card, *others)
    assert len(await claim(database)) == 4


async def test_every_version_has_its_copy(database: Database, copy: Outgoing) -> None:
    await put(database, copy, replace(copy, version=2), copy)
    assert [row.version for row in await claim(database, Channel.COPY)] == [1, 2]


async def test_a_change_while_the_card_is_being_sent_is_sent_after_it(
    database: Database, card: Outgoing
) -> None:
    await put(database, card)
    [first] = await claim(database)
    await put(database, card)
    await done(database, first)
    [second] = await claim(database)
    assert second.id != first.id


async def test_what_did_not_work_out_waits_and_counts(
    database: Database, elsewhere: Database, card: Outgoing
) -> None:
    await put(database, card)
    for attempt in range(3):
        [row] = await claim(elsewhere, now=LATER)
        assert row.attempts == attempt
        await retry(database, row, LATER)
    assert await claim(elsewhere, now=LATER - minutes(1)) == []


async def test_a_failed_try_goes_into_the_newer_row_that_waits(
    database: Database, elsewhere: Database, card: Outgoing
) -> None:
    await put(database, replace(card, sound=True, priority=Priority.ALARM))
    [first] = await claim(database)
    await put(database, replace(card, version=2, not_before=LATER))
    await retry(database, first, NOON + minutes(1))
    assert await pending(elsewhere) == 1
    [row] = await claim(elsewhere, now=LATER)
    assert row.id != first.id
    assert (row.sound, row.priority, row.version, row.attempts) == (True, Priority.ALARM, 2, 1)
    assert row.not_before == NOON + minutes(1)


async def test_a_late_answer_for_a_row_that_is_gone_changes_nothing(
    database: Database, card: Outgoing
) -> None:
    await put(database, card)
    [first] = await claim(database)
    await done(database, first)
    await put(database, replace(card, target=43))
    await retry(database, first, LATER)
    await done(database, first)
    assert [row.target for row in await claim(database)] == [43]


async def test_what_failed_for_good_stays_with_its_reason(
    database: Database, elsewhere: Database, card: Outgoing
) -> None:
    await put(database, card)
    [row] = await claim(database)
    async with database.write() as c:
        await outbox.fail(c, row.id, "bot was blocked by the user 🌷")
    assert await claim(elsewhere, now=LATER) == []
    async with elsewhere.snapshot() as c:
        kept = (await c.execute(select(table.c.state, table.c.why))).one()
    assert kept == ("failed", "bot was blocked by the user 🌷")
    await put(database, card)
    assert len(await claim(elsewhere)) == 1


async def test_after_a_crash_what_was_being_sent_waits_again(
    database: Database, elsewhere: Database, card: Outgoing, copy: Outgoing
) -> None:
    await put(database, card, replace(card, target=43), copy)
    taken = await claim(database)
    await claim(database, Channel.COPY)
    await put(database, replace(card, sound=True))
    async with elsewhere.write() as c:
        assert await outbox.release_all(c, Channel.TELEGRAM) == 2
        assert await outbox.release_all(c, Channel.TELEGRAM) == 0
    rows = await claim(elsewhere)
    assert [(row.target, row.sound, row.attempts) for row in rows] == [(43, False, 1), (42, True, 1)]
    assert taken[0].id not in {row.id for row in rows}
    assert await claim(elsewhere, Channel.COPY) == []


async def test_what_is_put_in_a_transaction_that_fails_never_leaves(
    database: Database, elsewhere: Database, card: Outgoing
) -> None:
    with pytest.raises(NoSuchOrder):
        await put(database, card, replace(card, order_id=card.order_id + 1))
    assert await claim(elsewhere) == []
