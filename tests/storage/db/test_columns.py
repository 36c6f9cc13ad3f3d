from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from storage.db.database import Database
from storage.db.tables import webhook_events
from storage.order import marketplace_objects
from tests.builders import NOON


async def moment_of(database: Database) -> datetime:
    async with database.snapshot() as c:
        found: datetime = (await c.execute(select(webhook_events.c.at))).scalar_one()
    return found


async def test_a_moment_comes_back_in_utc(database: Database, elsewhere: Database) -> None:
    local = datetime(2026, 3, 8, 1, 30, 15, 123456, ZoneInfo("Asia/Vladivostok"))
    async with database.write() as c:
        await marketplace_objects.mark_done(c, "u", "order.paid", local)
    found = await moment_of(elsewhere)
    assert found == local
    assert found.tzinfo is UTC


async def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        async with database.write() as c:
            await marketplace_objects.mark_done(c, "u", "order.paid", NOON.replace(tzinfo=None))


HOSTILE = [
    "🌷👨‍👩‍👧 букет",
    "\u202eверсуак\u202c \u200f",
    "я" * 5_000,
    "'; DROP TABLE orders; --",
    "<b>%_\\</b>\r\n\t",
    "",
]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_text_comes_back_as_it_was(database: Database, elsewhere: Database, value: str) -> None:
    async with database.write() as c:
        await marketplace_objects.mark_done(c, value, value, NOON)
    async with elsewhere.snapshot() as c:
        assert await marketplace_objects.is_done(c, value)
        assert (await c.execute(select(webhook_events.c.event))).scalar_one() == value


async def test_text_that_no_database_can_hold_is_kept_without_that(database: Database) -> None:
    async with database.write() as c:
        assert await marketplace_objects.mark_done(c, "a\0b\ud83d", "", NOON)
        assert not await marketplace_objects.mark_done(c, "a\0b\ud83d", "", NOON)
        assert (await c.execute(select(webhook_events.c.uuid))).scalar_one() == "ab?"
