"""The messages of a chat that the bot will delete by itself (X15)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.bell.passing import Kind, Passing
from storage.bell.tables import passing
from storage.db import upserts


async def of_chat(c: AsyncConnection, chat_id: int) -> list[Passing]:
    """Returns the stored messages of the chat, oldest first."""
    query = select(passing).where(passing.c.chat_id == chat_id).order_by(passing.c.message_id)
    return [Passing(row.message_id, Kind(row.kind), row.dialogue) for row in await c.execute(query)]


async def swap(c: AsyncConnection, chat_id: int, gone: Sequence[Passing], come: Sequence[Passing]) -> None:
    """Delete the rows of removed messages and upsert those of new ones."""
    if gone:
        ids = [one.message_id for one in gone]
        await c.execute(delete(passing).where(passing.c.chat_id == chat_id, passing.c.message_id.in_(ids)))
    rows = [
        {"chat_id": chat_id, "message_id": one.message_id, "kind": one.kind.value, "dialogue": one.dialogue}
        for one in come
    ]
    await upserts.put_all(c, passing, ("chat_id", "message_id"), rows)
