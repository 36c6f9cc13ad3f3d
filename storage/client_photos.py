"""The photos in the clients' chats: which message shows which (X7).

They stand in the table of the live cards, each in a slot of its own: they are no card, and nobody edits them.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import upserts
from storage.tables import cards

NOWHERE = 0
"""In place of a message: the photo could not be shown, and the shop knows."""

_SLOT = "client-photo"


async def add(c: AsyncConnection, order_id: int, chat_id: int, message_id: int, sha256: str) -> None:
    """The message shows the photo of the order in the client's chat."""
    key = {"order_id": order_id, "chat_id": chat_id, "slot": f"{_SLOT} {message_id}"}
    await upserts.put(c, cards, key, {"message_id": message_id, "digest": sha256})


async def shown(c: AsyncConnection, order_id: int, chat_id: int) -> dict[int, str]:
    """The digest of each photo of the order in this chat, by its message."""
    query = select(cards.c.message_id, cards.c.digest).where(
        cards.c.order_id == order_id, cards.c.chat_id == chat_id, cards.c.slot.startswith(_SLOT)
    )
    return {row.message_id: row.digest for row in await c.execute(query)}


async def remove(c: AsyncConnection, order_id: int, chat_id: int, message_ids: Collection[int]) -> None:
    """These messages show it no more, or are let be."""
    slots = [f"{_SLOT} {message_id}" for message_id in message_ids]
    here = (cards.c.order_id == order_id, cards.c.chat_id == chat_id)
    await c.execute(delete(cards).where(*here, cards.c.slot.in_(slots)))


async def forget(c: AsyncConnection, order_id: int) -> None:
    """Nothing is known any more of who has seen which photo of the order (R63)."""
    await c.execute(delete(cards).where(cards.c.order_id == order_id, cards.c.slot.startswith(_SLOT)))
