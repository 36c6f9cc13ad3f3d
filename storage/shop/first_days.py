"""The lists of the first day: the messages that show them, and whether the shop has tried an order."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.tables import first_days


@dataclass(frozen=True, slots=True)
class Shown:
    """A message with the list. `digest` identifies its content."""

    chat_id: int
    shop_id: int
    message_id: int
    digest: str


async def every(c: AsyncConnection) -> list[Shown]:
    """Returns all messages that show a list."""
    rows = await c.execute(select(first_days).where(first_days.c.message_id.is_not(None)))
    return [Shown(row.chat_id, row.shop_id, row.message_id, row.digest) for row in rows]


async def is_tried(c: AsyncConnection, shop_id: int) -> bool:
    """Returns whether a trial order of the shop was ever completed, even if it was removed since."""
    query = select(first_days.c.chat_id).where(first_days.c.shop_id == shop_id, first_days.c.is_tried)
    return await c.scalar(query.limit(1)) is not None


async def message_of(c: AsyncConnection, chat_id: int, shop_id: int) -> int | None:
    """Returns the id of the message that shows the list in the chat, or None."""
    query = select(first_days.c.message_id).where(*_one(chat_id, shop_id))
    found: int | None = await c.scalar(query)
    return found


async def put(c: AsyncConnection, shown: Shown) -> None:
    """Store which message shows the list."""
    key = {"chat_id": shown.chat_id, "shop_id": shown.shop_id}
    values = {"message_id": shown.message_id, "digest": shown.digest, "is_tried": False}
    if not await upserts.add(c, first_days, key | values):
        changed = {"message_id": shown.message_id, "digest": shown.digest}
        await c.execute(update(first_days).where(*_one(shown.chat_id, shown.shop_id)).values(changed))


async def close(c: AsyncConnection, chat_id: int, shop_id: int) -> None:
    """Store that no message shows the list any more."""
    own = update(first_days).where(*_one(chat_id, shop_id))
    await c.execute(own.values(message_id=None, digest=""))


async def note_tried(c: AsyncConnection, shop_id: int) -> None:
    """Store that a trial order of the shop was completed."""
    of_shop = first_days.c.shop_id == shop_id, first_days.c.is_tried.is_(False)
    await c.execute(update(first_days).where(*of_shop).values(is_tried=True))


async def remove(c: AsyncConnection, chat_id: int, shop_id: int) -> None:
    """Delete the list of a person who no longer runs this shop."""
    await c.execute(delete(first_days).where(*_one(chat_id, shop_id)))


def _one(chat_id: int, shop_id: int) -> tuple[ColumnElement[bool], ...]:
    return first_days.c.chat_id == chat_id, first_days.c.shop_id == shop_id
