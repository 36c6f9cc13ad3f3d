"""Stores the states of dialogues (aiogram's FSM) in the database, so that they survive a restart (X3)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from sqlalchemy import Text, bindparam, delete, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.database import Database
from storage.db.tables import dialogues

_ANSWERED = "answered"
"""The `destiny` of the row that records the last answers."""
_MOST_ANSWERS = 20
"""Telegram repeats the updates of one unconfirmed batch, so several answers may come again."""
_KEY = (
    dialogues.c.bot_id,
    dialogues.c.chat_id,
    dialogues.c.user_id,
    dialogues.c.thread_id,
    dialogues.c.business_connection_id,
    dialogues.c.destiny,
)
_IS_KEY = tuple(column == bindparam(f"of_{column.name}") for column in _KEY)
_STATE = select(dialogues.c.state).where(*_IS_KEY)
_AS_TEXT = type_coerce(dialogues.c.data, Text)
_DATA = select(_AS_TEXT).where(*_IS_KEY)
_IS_KEPT = select(dialogues.c.bot_id).where(*_IS_KEY)
_FORGET = delete(dialogues).where(*_IS_KEY, dialogues.c.state.is_(None), dialogues.c.data.is_(None))


class DatabaseStorage(BaseStorage):
    """Do not call it inside `Database.write()`: each call runs its own transaction.

    Only `put` sets a state, together with its data: with two transactions, a crash after the first would
    leave a state without its data (X3).
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(
        self, key: StorageKey, state: State | None, data: Mapping[str, Any], answer: int | None = None
    ) -> None:
        """Replace the dialogue. Without state and data, delete it.

        `answer`: the message that answered the question before; it is recorded in the same transaction.
        """
        if state is None and not data and answer is None and not await self._is_kept(key):
            return
        async with self._database.write() as c:
            await _put(c, key, {"state": state.state if state else None, "data": dict(data) or None})
            if answer is not None:
                answers = [*await _answers(c, key), answer][-_MOST_ANSWERS:]
                await _put(c, replace(key, destiny=_ANSWERED), {"data": {"messages": answers}})

    async def is_answer(self, key: StorageKey, message_id: int) -> bool:
        """Whether this message is one of the person's last recorded answers."""
        async with self._database.read_one() as c:
            return message_id in await _answers(c, key)

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Ends the dialogue and deletes its data, for `FSMContext.clear`. Raises TypeError for a state."""
        if state is not None:
            raise TypeError("a state is set together with its data: put()")
        await self.put(key, None, {})

    async def get_state(self, key: StorageKey) -> str | None:
        async with self._database.read_one() as c:
            state: str | None = await c.scalar(_STATE, _is(key))
        return state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Ends the dialogue like `set_state`. Raises TypeError when there are data."""
        if data:
            raise TypeError("data are replaced together with their state: put()")
        await self.put(key, None, {})

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        async with self._database.read_one() as c:
            return await _data(c, key)

    async def update_data(self, key: StorageKey, data: Mapping[str, Any]) -> dict[str, Any]:
        """Merges into the data in one transaction, so that concurrent calls do not lose changes."""
        async with self._database.write() as c:
            merged = {**await _held_data(c, key), **data}
            await _put(c, key, {"data": merged or None})
        return merged

    async def _is_kept(self, key: StorageKey) -> bool:
        """Whether there is a row to delete: reading is cheap, writing waits for the lock and the disk."""
        async with self._database.read_one() as c:
            return await c.scalar(_IS_KEPT, _is(key)) is not None

    async def close(self) -> None:
        """Does nothing: this object does not own the database."""


async def forget_order(c: AsyncConnection, order_id: int) -> None:
    """Delete the dialogues about an order, because their answers may be personal data."""
    for row in (await c.execute(select(*_KEY, _AS_TEXT.label("data")))).all():
        if _read(row.data).get("order") == order_id:
            key = [column == getattr(row, column.name) for column in _KEY]
            await c.execute(delete(dialogues).where(*key))


async def _put(c: AsyncConnection, key: StorageKey, values: Mapping[str, Any]) -> None:
    """Upserts these columns; deletes the row when it has neither state nor data."""
    await upserts.put(c, dialogues, _columns(key), values)
    await c.execute(_FORGET, _is(key))


async def _answers(c: AsyncConnection, key: StorageKey) -> list[int]:
    kept = (await _data(c, replace(key, destiny=_ANSWERED))).get("messages")
    return kept if isinstance(kept, list) else []


async def _data(c: AsyncConnection, key: StorageKey) -> dict[str, Any]:
    return _read(await c.scalar(_DATA, _is(key)))


async def _held_data(c: AsyncConnection, key: StorageKey) -> dict[str, Any]:
    """Returns the data and locks their row until this transaction ends, by writing it unchanged."""
    columns = _columns(key)
    written = upserts.insert(c, dialogues).values(columns)
    held = written.on_conflict_do_update(index_elements=list(columns), set_={"bot_id": key.bot_id})
    return _read(await c.scalar(held.returning(_AS_TEXT)))


def _read(text: str | None) -> dict[str, Any]:
    """Parses the data; returns an empty dict when they are damaged."""
    try:
        data = json.loads(text) if text else None
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _is(key: StorageKey) -> dict[str, Any]:
    return {f"of_{name}": value for name, value in _columns(key).items()}


def _columns(key: StorageKey) -> dict[str, Any]:
    return {
        "bot_id": key.bot_id,
        "chat_id": key.chat_id,
        "user_id": key.user_id,
        "thread_id": key.thread_id or 0,
        "business_connection_id": key.business_connection_id or "",
        "destiny": key.destiny,
    }
