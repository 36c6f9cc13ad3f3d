"""Which message holds the newest pack for the day in a chat, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.support_tables import day_packs


@dataclass(frozen=True, slots=True)
class SentPack:
    """The newest pack of a shop in a chat; `message_id` is 0 where there was nothing to print."""

    shop_id: int
    chat_id: int
    message_id: int
    sent_at: datetime


async def latest(c: AsyncConnection, shop_id: int) -> dict[int, SentPack]:
    """The newest pack in each chat of a shop."""
    rows = await c.execute(select(day_packs).where(day_packs.c.shop_id == shop_id))
    return {row.chat_id: SentPack(row.shop_id, row.chat_id, row.message_id, row.sent_at) for row in rows}


async def keep(c: AsyncConnection, sent: SentPack) -> None:
    """The newest pack takes the place of the one before."""
    key = {"shop_id": sent.shop_id, "chat_id": sent.chat_id}
    await upserts.put(c, day_packs, key, {"message_id": sent.message_id, "sent_at": sent.sent_at})


async def forget(c: AsyncConnection, sent: SentPack) -> None:
    """That pack is gone; a newer one in the same chat stays known."""
    mine = day_packs.c.shop_id == sent.shop_id, day_packs.c.chat_id == sent.chat_id
    await c.execute(delete(day_packs).where(*mine, day_packs.c.message_id == sent.message_id))
