"""The pinned boards: one message per chat and shop."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.bell.tables import boards
from storage.db import upserts


@dataclass(frozen=True, slots=True)
class Board:
    """A pinned message. `drawn_at`: when it was last rendered.

    `digest` identifies its content; empty until the message is pinned.
    """

    chat_id: int
    shop_id: int
    message_id: int
    digest: str
    drawn_at: datetime


async def every(c: AsyncConnection) -> dict[tuple[int, int], Board]:
    """Returns all boards by chat id and shop id."""
    rows = await c.execute(select(boards))
    return {(row.chat_id, row.shop_id): Board(**row._mapping) for row in rows}  # noqa: SLF001 - SQLAlchemy's name


async def put(c: AsyncConnection, board: Board) -> None:
    """Upsert a board by chat and shop."""
    values = asdict(board)
    key = {name: values.pop(name) for name in ("chat_id", "shop_id")}
    await upserts.put(c, boards, key, values)


async def remove(c: AsyncConnection, chat_id: int, shop_id: int) -> None:
    """Delete the board of this shop in the chat."""
    await c.execute(delete(boards).where(boards.c.chat_id == chat_id, boards.c.shop_id == shop_id))
