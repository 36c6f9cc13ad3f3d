"""The groups that refuse the bot's messages, and the reasons."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.tables import group_refusals

_END = delete(group_refusals).where(group_refusals.c.chat_id == bindparam("of_chat"))


async def begin(c: AsyncConnection, chat_id: int, reason: str) -> bool:
    """Store the refusal. Returns False when this reason is stored already."""
    if await reason_of(c, chat_id) == reason:
        return False
    await upserts.put(c, group_refusals, {"chat_id": chat_id}, {"reason": reason})
    return True


async def end(c: AsyncConnection, chat_id: int) -> bool:
    """Store that the group accepts messages again. Returns whether it refused them before."""
    result = await c.execute(_END, {"of_chat": chat_id})
    return result.rowcount > 0


async def reason_of(c: AsyncConnection, chat_id: int) -> str | None:
    """Returns why the group refuses messages; None where it accepts them."""
    query = select(group_refusals.c.reason).where(group_refusals.c.chat_id == chat_id)
    reason: str | None = await c.scalar(query)
    return reason
