from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any

import pytest
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sandbox.driver.wire import PATIENCE
from storage.db.database import Database
from storage.db.tables import dialogues
from storage.updates.fsm_storage import DatabaseStorage, forget_order

KEY = StorageKey(bot_id=1, chat_id=-100, user_id=42)
KEYS = [
    KEY,
    replace(KEY, bot_id=2),
    replace(KEY, chat_id=42),
    replace(KEY, user_id=43),
    replace(KEY, thread_id=7),
    replace(KEY, business_connection_id="b"),
    replace(KEY, destiny="photo"),
]


class Dispatching(StatesGroup):
    reason = State()
    name = State()


async def rows(database: Database) -> int:
    async with database.snapshot() as c:
        return (await c.execute(select(func.count()).select_from(dialogues))).scalar_one()


async def test_a_conversation_goes_on_after_a_restart(database: Database, elsewhere: Database) -> None:
    before = FSMContext(DatabaseStorage(database), KEY)
    await DatabaseStorage(database).put(KEY, Dispatching.reason, {})
    await before.update_data(order_id=7, note="🌷\u202e\0" + "ж" * 5_000)
    after = FSMContext(DatabaseStorage(elsewhere), KEY)
    assert await after.get_state() == "Dispatching:reason"
    assert await after.get_data() == {"order_id": 7, "note": "🌷\u202e\0" + "ж" * 5_000}
    assert await after.get_value("order_id") == 7


async def test_nothing_was_said_yet(database: Database) -> None:
    storage = DatabaseStorage(database)
    assert await storage.get_state(KEY) is None
    assert await storage.get_data(KEY) == {}


async def test_where_nothing_was_said_nothing_is_written_to_forget_it(database: Database) -> None:
    context = FSMContext(DatabaseStorage(database), KEY)
    async with database.write():  # on SQLite whoever writes as well waits for this one
        await asyncio.wait_for(context.clear(), PATIENCE)
    assert await rows(database) == 0


async def test_the_last_answers_are_known_while_the_next_question_is_open(
    database: Database, elsewhere: Database
) -> None:
    storage = DatabaseStorage(database)
    assert not await storage.is_answer(KEY, 801)
    await storage.put(KEY, Dispatching.reason, {"order_id": 7})
    await storage.put(KEY, None, {}, 801)
    assert (await storage.get_state(KEY), await storage.get_data(KEY)) == (None, {})
    await storage.put(KEY, Dispatching.name, {}, 802)
    assert await storage.get_state(KEY) == "Dispatching:name"
    known = DatabaseStorage(elsewhere)
    assert [await known.is_answer(KEY, one) for one in (800, 801, 802, 803)] == [False, True, True, False]
    assert not await known.is_answer(replace(KEY, user_id=43), 802)
    for later in range(810, 830):
        await storage.put(KEY, None, {}, later)
    assert not await storage.is_answer(KEY, 802)
    assert await storage.is_answer(KEY, 810)


async def test_conversations_are_kept_apart(database: Database, elsewhere: Database) -> None:
    storage = DatabaseStorage(database)
    for number, key in enumerate(KEYS):
        await storage.put(key, State(f"state {number}"), {"number": number})
    found = [(await DatabaseStorage(elsewhere).get_state(key), await storage.get_data(key)) for key in KEYS]
    assert found == [(f"@:state {number}", {"number": number}) for number in range(len(KEYS))]


async def test_a_conversation_that_is_over_leaves_nothing(database: Database, elsewhere: Database) -> None:
    context = FSMContext(DatabaseStorage(database), KEY)
    storage = DatabaseStorage(database)
    await storage.put(KEY, Dispatching.reason, {"order_id": 7})
    await storage.put(KEY, None, {"order_id": 7})
    assert (await context.get_state(), await context.get_data()) == (None, {"order_id": 7})
    await storage.put(KEY, None, {})
    assert await rows(elsewhere) == 0
    await storage.put(KEY, Dispatching.reason, {"order_id": 7})
    await context.clear()
    assert await rows(elsewhere) == 0


async def test_data_is_replaced_and_updates_are_merged(database: Database) -> None:
    storage = DatabaseStorage(database)
    await storage.put(KEY, None, {"a": 1, "b": 2})
    await storage.put(KEY, None, {"a": 3})
    assert await storage.update_data(KEY, {"c": [1, None]}) == {"a": 3, "c": [1, None]}
    assert await storage.get_data(KEY) == {"a": 3, "c": [1, None]}


async def test_of_many_updates_at_once_none_is_lost(database: Database, elsewhere: Database) -> None:
    storages = (DatabaseStorage(database), DatabaseStorage(elsewhere))
    updates: list[dict[str, Any]] = [{str(number): number} for number in range(10)]
    await asyncio.gather(
        *(storages[number % 2].update_data(KEY, update) for number, update in enumerate(updates))
    )
    assert len(await storages[0].get_data(KEY)) == 10


async def test_closing_the_storage_leaves_the_database_open(database: Database) -> None:
    await DatabaseStorage(database).close()
    await database.ping()


async def test_what_is_no_json_is_refused_and_nothing_is_changed(database: Database) -> None:
    storage = DatabaseStorage(database)
    await storage.put(KEY, None, {"a": 1})
    with pytest.raises(Exception, match="not JSON serializable"):
        await storage.put(KEY, None, {"a": object()})
    assert await storage.get_data(KEY) == {"a": 1}


@pytest.mark.requirement("X3")
async def test_half_of_a_conversation_cannot_be_written(database: Database) -> None:
    """A kill between two transactions would leave a state without its data."""
    context = FSMContext(DatabaseStorage(database), KEY)
    with pytest.raises(TypeError):
        await context.set_state(Dispatching.reason)
    with pytest.raises(TypeError):
        await context.set_data({"order_id": 7})
    assert await rows(database) == 0


class KilledError(Exception):
    """Nothing is written after it."""


@pytest.mark.requirement("X3")
@pytest.mark.parametrize("writes", [0, 1])
async def test_a_kill_between_two_writes_leaves_no_half_of_a_conversation(
    database: Database, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    storage, write, left = DatabaseStorage(database), database.write, iter(range(writes))

    @asynccontextmanager
    async def until_the_kill() -> AsyncIterator[AsyncConnection]:
        if next(left, None) is None:
            raise KilledError
        async with write() as c:
            yield c

    await storage.put(KEY, Dispatching.reason, {"order_id": 7})
    monkeypatch.setattr(database, "write", until_the_kill)
    with suppress(KilledError):
        await storage.put(KEY, Dispatching.name, {"order_id": 8})
    found = (await storage.get_state(KEY), await storage.get_data(KEY))
    before, after = ("Dispatching:reason", {"order_id": 7}), ("Dispatching:name", {"order_id": 8})
    assert found == (after if writes else before)


@pytest.mark.parametrize("damaged", ["{", "[1]", "7", "null", ""])
async def test_damaged_data_are_none(database: Database, damaged: str) -> None:
    storage = DatabaseStorage(database)
    await storage.put(KEY, Dispatching.reason, {"order": 7})
    async with database.write() as c:
        await c.execute(text("UPDATE dialogues SET data = :damaged"), {"damaged": damaged})
        await forget_order(c, 7)
    assert await storage.get_data(KEY) == {}
    assert await storage.update_data(KEY, {"a": 1}) == {"a": 1}
