"""The photos in the clients' chats: which message shows which (X7)."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.client_tables import client_photos

NOWHERE = 0
"""In place of a message: the photo could not be shown, and the shop knows."""


async def add(c: AsyncConnection, order_id: int, chat_id: int, message_id: int, sha256: str) -> None:
    """The message shows the photo of the order in the client's chat."""
    key = {"order_id": order_id, "chat_id": chat_id, "message_id": message_id}
    await upserts.put(c, client_photos, key, {"sha256": sha256})


async def shown(c: AsyncConnection, order_id: int, chat_id: int) -> dict[int, str]:
    """The digest of each photo of the order in this chat, by its message."""
    query = select(client_photos.c.message_id, client_photos.c.sha256).where(
        client_photos.c.order_id == order_id, client_photos.c.chat_id == chat_id
    )
    return {row.message_id: row.sha256 for row in await c.execute(query)}


async def remove(c: AsyncConnection, order_id: int, chat_id: int, message_ids: Collection[int]) -> None:
    """These messages show it no more, or are let be."""
    here = (client_photos.c.order_id == order_id, client_photos.c.chat_id == chat_id)
    await c.execute(delete(client_photos).where(*here, client_photos.c.message_id.in_(message_ids)))
