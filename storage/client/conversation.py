"""The talk of client and shop about an order (X7, R64); `storage.client.links.erase` deletes it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.client.links import Said, TalkKind
from orders.model.order import Mark
from storage.db import serial, upserts
from storage.db.client_tables import client_messages, client_talk


async def add(
    c: AsyncConnection, order_id: int, mark: Mark, kind: TalkKind, words: str = "", file_id: str = ""
) -> Said:
    """Store a message of the talk and return it with its id."""
    values = {
        "order_id": order_id,
        "at": mark.at,
        "mark": serial.mark_document(mark),
        "kind": kind,
        "words": words,
        "file_id": file_id,
    }
    result = await c.execute(insert(client_talk).values(values).returning(client_talk.c.id))
    return Said(result.scalar_one(), mark, kind, words, file_id)


async def get(c: AsyncConnection, said_id: int) -> Said | None:
    """Returns a message of the talk, or None."""
    row = (await c.execute(select(client_talk).where(client_talk.c.id == said_id))).one_or_none()
    return _said(row) if row else None


async def of_order(c: AsyncConnection, order_id: int) -> list[Said]:
    """Returns the talk about the order, oldest first."""
    query = select(client_talk).where(client_talk.c.order_id == order_id).order_by(client_talk.c.id)
    return [_said(row) for row in await c.execute(query)]


async def note_message(c: AsyncConnection, chat_id: int, message_id: int, order_id: int) -> None:
    """Store that a Telegram message belongs to the talk about the order, so that replies to it do, too."""
    key = {"chat_id": chat_id, "message_id": message_id}
    await upserts.put(c, client_messages, key, {"order_id": order_id})


async def order_of(c: AsyncConnection, chat_id: int, message_id: int) -> int | None:
    """Returns the order to whose talk this Telegram message belongs, or None."""
    own = (client_messages.c.chat_id == chat_id, client_messages.c.message_id == message_id)
    found: int | None = await c.scalar(select(client_messages.c.order_id).where(*own))
    return found


def _said(row: Row[Any]) -> Said:
    return Said(row.id, serial.read_mark(row.mark), TalkKind(row.kind), row.words, row.file_id)
