"""What happened in a shop beside its orders, for those who are told of it later, and for whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.tables import shop_notes


class NoteKind(StrEnum):
    """What a note is about."""

    DEPARTURE = "departure"
    ERASURE = "erasure"
    ROLE = "role"
    ACCOUNT = "account"
    COUNT = "count"
    """The shop was reminded to count the flowers (R83)."""
    SHOPPING = "shopping"
    """The list of what to buy was sent (X27)."""
    FLOWER = "flower"
    """A seller says that a flower has run out (R11)."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note; the document holds ids, numbers and names of staff, never what is personal of clients."""

    id: int
    shop_id: int
    kind: NoteKind
    at: datetime
    document: dict[str, Any]


async def add(
    c: AsyncConnection, shop_id: int, kind: NoteKind, at: datetime, document: dict[str, Any]
) -> int:
    """Keep a note; gives its id."""
    values = {"shop_id": shop_id, "kind": kind, "at": at, "document": document}
    result = await c.execute(insert(shop_notes).values(values).returning(shop_notes.c.id))
    return int(result.scalar_one())


async def get(c: AsyncConnection, shop_id: int, note_id: int) -> Note | None:
    """A note of this shop."""
    query = select(shop_notes).where(shop_notes.c.id == note_id, shop_notes.c.shop_id == shop_id)
    row = (await c.execute(query)).one_or_none()
    return Note(row.id, row.shop_id, NoteKind(row.kind), row.at, row.document) if row else None


async def since(c: AsyncConnection, shop_id: int, kind: NoteKind, at: datetime) -> list[Note]:
    """The notes of this kind that are not older."""
    query = select(shop_notes).where(
        shop_notes.c.shop_id == shop_id, shop_notes.c.kind == kind, shop_notes.c.at >= at
    )
    return [
        Note(row.id, row.shop_id, NoteKind(row.kind), row.at, row.document) for row in await c.execute(query)
    ]


async def remove_all(c: AsyncConnection) -> None:
    """Make room for the shops of the backup copy."""
    await c.execute(delete(shop_notes))


async def last_at(c: AsyncConnection, shop_id: int, kind: NoteKind) -> datetime | None:
    """When the newest note of this kind was made."""
    own = (shop_notes.c.shop_id == shop_id, shop_notes.c.kind == kind)
    moment: datetime | None = await c.scalar(select(func.max(shop_notes.c.at)).where(*own))
    return moment
