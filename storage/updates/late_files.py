"""Files that could not be downloaded from Telegram yet, each with its message, to be retried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.tables import late_files

_DUE = (
    select(late_files)
    .where(late_files.c.due_at <= bindparam("now"))
    .order_by(late_files.c.id)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class LateFile:
    """`message` is Telegram's message; `order_id` the order it was sent for, where that was known then."""

    chat_id: int
    message_id: int
    album: str
    file_id: str
    size: int
    is_photo: bool
    language: str
    order_id: int | None
    message: dict[str, Any]
    since: datetime


async def add(c: AsyncConnection, late: LateFile, due_at: datetime) -> bool:
    """Store a file to be requested again at `due_at`. Returns False when the message is stored already."""
    values = {name: getattr(late, name) for name in LateFile.__slots__}
    return await upserts.add(c, late_files, {**values, "due_at": due_at})


async def has_album(c: AsyncConnection, chat_id: int, album: str) -> bool:
    """Returns whether a file of this album is stored."""
    same = select(late_files).where(late_files.c.chat_id == chat_id, late_files.c.album == album)
    return bool((await c.execute(select(exists(same.subquery())))).scalar())


async def has_message(c: AsyncConnection, chat_id: int, message_id: int) -> bool:
    """Whether the file of this message waits."""
    same = select(late_files).where(late_files.c.chat_id == chat_id, late_files.c.message_id == message_id)
    return bool((await c.execute(select(exists(same.subquery())))).scalar())


async def due(c: AsyncConnection, now: datetime, limit: int) -> list[LateFile]:
    """Returns the files that are due for another request, the oldest first."""
    return [_late(row) for row in await c.execute(_DUE, {"now": now, "limit": limit})]


async def put_off(c: AsyncConnection, late: LateFile, due_at: datetime) -> None:
    """Schedule the next request."""
    await c.execute(update(late_files).where(*_is(late)).values(due_at=due_at))


async def remove(c: AsyncConnection, late: LateFile) -> None:
    """Delete a file that was downloaded or given up."""
    await c.execute(delete(late_files).where(*_is(late)))


def _is(late: LateFile) -> tuple[Any, ...]:
    return late_files.c.chat_id == late.chat_id, late_files.c.message_id == late.message_id


def _late(row: Row[Any]) -> LateFile:
    return LateFile(**{name: getattr(row, name) for name in LateFile.__slots__})
