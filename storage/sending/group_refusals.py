"""The groups that do not take the bot's messages, and why."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.tables import group_refusals

_END = delete(group_refusals).where(group_refusals.c.chat_id == bindparam("of_chat"))


async def begin(c: AsyncConnection, chat_id: int, reason: str) -> bool:
    """Note the refusal; False where the group refused for this reason before."""
    if await reason_of(c, chat_id) == reason:
        return False
    await upserts.put(c, group_refusals, {"chat_id": chat_id}, {"reason": reason})
    return True


async def end(c: AsyncConnection, chat_id: int) -> bool:
    """The group takes messages; says whether it did not before."""
    result = await c.execute(_END, {"of_chat": chat_id})
    return result.rowcount > 0


async def reason_of(c: AsyncConnection, chat_id: int) -> str | None:
    """Why the group takes no messages now; None where it does."""
    query = select(group_refusals.c.reason).where(group_refusals.c.chat_id == chat_id)
    reason: str | None = await c.scalar(query)
    return reason
