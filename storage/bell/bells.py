"""When each chat last got a sound for waiting orders, and the order whose card its reader works with."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.bell.ringing import LastSounds
from storage.bell.tables import bells
from storage.db import upserts

_OF_CHAT = bells.c.chat_id == bindparam("of_chat")
_LAST_SOUNDS = select(bells.c.rung_at, bells.c.ladder_rung_at).where(_OF_CHAT)
_IN_HAND = select(bells.c.in_hand).where(_OF_CHAT)


async def last_sounds(c: AsyncConnection, chat_id: int) -> LastSounds:
    """Returns when this chat last got a sound."""
    row = (await c.execute(_LAST_SOUNDS, {"of_chat": chat_id})).one_or_none()
    return LastSounds(row.rung_at, row.ladder_rung_at) if row else LastSounds()


async def note_sound(c: AsyncConnection, chat_id: int, now: datetime, *, is_ladder: bool) -> None:
    """Store that the chat got a sound at `now`. `is_ladder`: for an order that was announced before."""
    values = {"rung_at": now, "ladder_rung_at": now} if is_ladder else {"rung_at": now}
    await upserts.put(c, bells, {"chat_id": chat_id}, values)


async def in_hand(c: AsyncConnection, chat_id: int) -> int | None:
    """Returns the order whose card the reader of this chat opened or used last, or None."""
    found: int | None = await c.scalar(_IN_HAND, {"of_chat": chat_id})
    return found


async def let_go(c: AsyncConnection, order_id: int) -> None:
    """Clear a removed order from all chats whose readers worked with its card."""
    await c.execute(update(bells).where(bells.c.in_hand == order_id).values(in_hand=None))


async def take_in_hand(c: AsyncConnection, chat_id: int, order_id: int) -> None:
    """Store that the reader of this chat works with this order's card."""
    await upserts.put(c, bells, {"chat_id": chat_id}, {"in_hand": order_id})
