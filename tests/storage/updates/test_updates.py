from __future__ import annotations

from dataclasses import replace

from storage.db.database import Database
from storage.updates import unread_updates, waiting_updates
from storage.updates.unread_updates import MOST_FORMS, UnreadForm
from tests.builders import NOON, minutes

FORM = UnreadForm("message", "message.story: missing", "passed over", 7, "{story:{}}", 1, NOON)


async def test_updates_wait_until_they_are_handled(database: Database, elsewhere: Database) -> None:
    async with database.write() as c:
        await waiting_updates.add_all(c, {2: {"update_id": 2}, 1: {"text": "ё\x00"}}, NOON)
        await waiting_updates.add_all(c, {2: {"update_id": 2}}, NOON)
    async with elsewhere.write() as c:
        left = await waiting_updates.take_over(c)
        assert [(one.update_id, one.restarts, one.raw) for one in left] == [
            (1, 0, {"text": "ё\x00"}),
            (2, 0, {"update_id": 2}),
        ]
    async with database.write() as c:
        await waiting_updates.remove_all(c, [1])
        again = await waiting_updates.take_over(c)
        assert [(one.update_id, one.restarts) for one in again] == [(2, 1)]
        await waiting_updates.remove_all(c, [2])
        assert await waiting_updates.take_over(c) == []


async def test_forms_are_counted_and_the_latest_update_is_named(database: Database) -> None:
    later = replace(FORM, update_id=9, times=2, last_at=NOON + minutes(1), shape="{}")
    other = replace(FORM, fault="message.chat: missing")
    async with database.write() as c:
        await unread_updates.add_all(c, [FORM])
        await unread_updates.add_all(c, [later, other])
    async with database.snapshot() as c:
        assert await unread_updates.latest(c) == [replace(later, times=3), other]


async def test_few_forms_are_kept(database: Database) -> None:
    forms = [replace(FORM, fault=str(n), last_at=NOON + minutes(n)) for n in range(MOST_FORMS + 5)]
    async with database.write() as c:
        await unread_updates.add_all(c, forms)
        assert await unread_updates.latest(c) == forms[: -MOST_FORMS - 1 : -1]
