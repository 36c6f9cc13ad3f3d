"""The photos in the clients' chats, by message (X7)."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.client_tables import client_photos

NOWHERE = 0
"""The message id for a photo that could not be shown; the shop was notified."""


async def add(c: AsyncConnection, order_id: int, chat_id: int, message_id: int, sha256: str) -> None:
    """Store that the message shows the photo in the client's chat."""
    key = {"order_id": order_id, "chat_id": chat_id, "message_id": message_id}
    await upserts.put(c, client_photos, key, {"sha256": sha256})


async def shown(c: AsyncConnection, order_id: int, chat_id: int) -> dict[int, str]:
    """Returns the digest of each photo of the order in this chat, by message id."""
    query = select(client_photos.c.message_id, client_photos.c.sha256).where(
        client_photos.c.order_id == order_id, client_photos.c.chat_id == chat_id
    )
    return {row.message_id: row.sha256 for row in await c.execute(query)}


async def remove(c: AsyncConnection, order_id: int, chat_id: int, message_ids: Collection[int]) -> None:
    """Forget messages that were deleted, or that the bot leaves in the chat."""
    here = (client_photos.c.order_id == order_id, client_photos.c.chat_id == chat_id)
    await c.execute(delete(client_photos).where(*here, client_photos.c.message_id.in_(message_ids)))
