"""The lists of the first day: which message shows one, and whether the shop has tried an order."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.tables import first_days


@dataclass(frozen=True, slots=True)
class Shown:
    """A message with the list. `digest` is of what it shows."""

    chat_id: int
    shop_id: int
    message_id: int
    digest: str


async def every(c: AsyncConnection) -> list[Shown]:
    """All lists that are shown."""
    rows = await c.execute(select(first_days).where(first_days.c.message_id.is_not(None)))
    return [Shown(row.chat_id, row.shop_id, row.message_id, row.digest) for row in rows]


async def is_tried(c: AsyncConnection, shop_id: int) -> bool:
    """Whether a trial order of the shop has come to its end, even if it was removed since."""
    query = select(first_days.c.chat_id).where(first_days.c.shop_id == shop_id, first_days.c.is_tried)
    return await c.scalar(query.limit(1)) is not None


async def message_of(c: AsyncConnection, chat_id: int, shop_id: int) -> int | None:
    """The message that shows the list in this chat."""
    query = select(first_days.c.message_id).where(*_one(chat_id, shop_id))
    found: int | None = await c.scalar(query)
    return found


async def put(c: AsyncConnection, shown: Shown) -> None:
    """Keep which message shows the list from now on."""
    key = {"chat_id": shown.chat_id, "shop_id": shown.shop_id}
    values = {"message_id": shown.message_id, "digest": shown.digest, "is_tried": False}
    if not await upserts.add(c, first_days, key | values):
        changed = {"message_id": shown.message_id, "digest": shown.digest}
        await c.execute(update(first_days).where(*_one(shown.chat_id, shown.shop_id)).values(changed))


async def close(c: AsyncConnection, chat_id: int, shop_id: int) -> None:
    """No message shows the list any more."""
    own = update(first_days).where(*_one(chat_id, shop_id))
    await c.execute(own.values(message_id=None, digest=""))


async def note_tried(c: AsyncConnection, shop_id: int) -> None:
    """A trial order of the shop has come to its end."""
    of_shop = first_days.c.shop_id == shop_id, first_days.c.is_tried.is_(False)
    await c.execute(update(first_days).where(*of_shop).values(is_tried=True))


async def remove(c: AsyncConnection, chat_id: int, shop_id: int) -> None:
    """The person runs this shop no more."""
    await c.execute(delete(first_days).where(*_one(chat_id, shop_id)))


def _one(chat_id: int, shop_id: int) -> tuple[ColumnElement[bool], ...]:
    return first_days.c.chat_id == chat_id, first_days.c.shop_id == shop_id
