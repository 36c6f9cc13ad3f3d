"""The message that has the newest print pack of the day in each chat, and when it was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.support_tables import day_packs


@dataclass(frozen=True, slots=True)
class SentPack:
    """The newest pack of a shop in a chat; `message_id` is 0 when there was nothing to print."""

    shop_id: int
    chat_id: int
    message_id: int
    sent_at: datetime


async def latest(c: AsyncConnection, shop_id: int) -> dict[int, SentPack]:
    """Returns the newest pack of the shop by chat id."""
    rows = await c.execute(select(day_packs).where(day_packs.c.shop_id == shop_id))
    return {row.chat_id: SentPack(row.shop_id, row.chat_id, row.message_id, row.sent_at) for row in rows}


async def keep(c: AsyncConnection, sent: SentPack) -> None:
    """Store the newest pack in place of the previous one."""
    key = {"shop_id": sent.shop_id, "chat_id": sent.chat_id}
    await upserts.put(c, day_packs, key, {"message_id": sent.message_id, "sent_at": sent.sent_at})


async def forget(c: AsyncConnection, sent: SentPack) -> None:
    """Forget a deleted pack; a newer one in the same chat is kept."""
    mine = day_packs.c.shop_id == sent.shop_id, day_packs.c.chat_id == sent.chat_id
    await c.execute(delete(day_packs).where(*mine, day_packs.c.message_id == sent.message_id))
