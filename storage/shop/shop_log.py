"""The log of a shop: events that concern no order, for notifications and for later questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.tables import shop_notes


class NoteKind(StrEnum):
    """The subject of a note."""

    DEPARTURE = "departure"
    ERASURE = "erasure"
    ROLE = "role"
    ACCOUNT = "account"
    COUNT = "count"
    """The shop was reminded to count the flowers (R83)."""
    SHOPPING = "shopping"
    """The shopping list was sent (X27)."""
    FLOWER = "flower"
    """A seller reports that a flower has run out (R11)."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note. Its document contains ids, numbers and names of staff, never personal data of clients."""

    id: int
    shop_id: int
    kind: NoteKind
    at: datetime
    document: dict[str, Any]


async def add(
    c: AsyncConnection, shop_id: int, kind: NoteKind, at: datetime, document: dict[str, Any]
) -> int:
    """Store a note. Returns its id."""
    values = {"shop_id": shop_id, "kind": kind, "at": at, "document": document}
    result = await c.execute(insert(shop_notes).values(values).returning(shop_notes.c.id))
    return int(result.scalar_one())


async def get(c: AsyncConnection, shop_id: int, note_id: int) -> Note | None:
    """Returns a note of this shop, or None."""
    query = select(shop_notes).where(shop_notes.c.id == note_id, shop_notes.c.shop_id == shop_id)
    row = (await c.execute(query)).one_or_none()
    return Note(row.id, row.shop_id, NoteKind(row.kind), row.at, row.document) if row else None


async def since(c: AsyncConnection, shop_id: int, kind: NoteKind, at: datetime) -> list[Note]:
    """Returns the shop's notes of this kind made at `at` or later."""
    query = select(shop_notes).where(
        shop_notes.c.shop_id == shop_id, shop_notes.c.kind == kind, shop_notes.c.at >= at
    )
    return [
        Note(row.id, row.shop_id, NoteKind(row.kind), row.at, row.document) for row in await c.execute(query)
    ]


async def remove_all(c: AsyncConnection) -> None:
    """Delete all rows before the shops are restored from the backup copy."""
    await c.execute(delete(shop_notes))


async def last_at(c: AsyncConnection, shop_id: int, kind: NoteKind) -> datetime | None:
    """Returns when the newest note of this kind was made, or None."""
    own = (shop_notes.c.shop_id == shop_id, shop_notes.c.kind == kind)
    moment: datetime | None = await c.scalar(select(func.max(shop_notes.c.at)).where(*own))
    return moment
