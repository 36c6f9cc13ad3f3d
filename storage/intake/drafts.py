"""Orders that somebody is writing down: each is one person's, and stays until it is saved or deleted."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.draft import Draft
from orders.model.numbers import OWN_NUMBER
from storage.db import serial
from storage.db.errors import NoSuchStaff, UnreadableDocument
from storage.db.locks import hold_table
from storage.db.tables import drafts, orders


async def add(c: AsyncConnection, draft: Draft) -> Draft:
    """Keep a new draft (id 0); gives it back with its id. Raises NoSuchStaff."""
    values = {"shop_id": draft.shop_id, "staff_id": draft.staff_id, "message_id": 0, **_values(draft)}
    try:
        result = await c.execute(insert(drafts).values(values).returning(drafts.c.id))
    except IntegrityError as error:
        raise NoSuchStaff(draft.staff_id) from error
    return replace(draft, id=result.scalar_one())


async def get(c: AsyncConnection, draft_id: int, *, for_update: bool = False) -> Draft | None:
    """The draft of this id. `for_update`: nobody else changes it until this transaction ends."""
    query = select(drafts).where(drafts.c.id == draft_id)
    row = (await c.execute(query.with_for_update() if for_update else query)).one_or_none()
    return _draft(row) if row else None


async def of_person(c: AsyncConnection, staff_id: int, shop_id: int) -> list[Draft]:
    """What somebody has begun in a shop, the newest first."""
    query = select(drafts).where(*_theirs(staff_id, shop_id))
    rows = await c.execute(query.order_by(drafts.c.changed_at.desc(), drafts.c.id.desc()))
    return [_draft(row) for row in rows]


async def of_shop(c: AsyncConnection, shop_id: int, changed_before: datetime) -> list[Draft]:
    """What nobody of a shop has touched since then."""
    query = select(drafts).where(drafts.c.shop_id == shop_id, drafts.c.changed_at <= changed_before)
    return [_draft(row) for row in await c.execute(query.order_by(drafts.c.id))]


async def save(c: AsyncConnection, draft: Draft) -> None:
    """Write the draft as it is now."""
    await c.execute(update(drafts).where(drafts.c.id == draft.id).values(_values(draft)))


async def remove(c: AsyncConnection, draft_id: int) -> None:
    """It was saved as an order, or is not wanted; files are not touched."""
    await c.execute(delete(drafts).where(drafts.c.id == draft_id))


async def hand_over(c: AsyncConnection, shop_id: int, from_id: int, to_id: int) -> None:
    """What one person has begun in a shop is another's from now on; no message of theirs shows it yet."""
    for draft in await of_person(c, from_id, shop_id):
        await save(c, replace(draft, staff_id=to_id))
        moved = update(drafts).where(drafts.c.id == draft.id)
        await c.execute(moved.values(staff_id=to_id, message_id=0))


async def message_of(c: AsyncConnection, draft_id: int) -> int:
    """The message that shows the draft; 0 where none does."""
    return await c.scalar(select(drafts.c.message_id).where(drafts.c.id == draft_id)) or 0


async def set_message(c: AsyncConnection, draft_id: int, message_id: int) -> None:
    """From now on this message shows the draft."""
    await c.execute(update(drafts).where(drafts.c.id == draft_id).values(message_id=message_id))


async def give_number(c: AsyncConnection, draft: Draft) -> Draft:
    """Give the draft the shop's next number of its own; it keeps it, however often it is saved."""
    await hold_table(c, drafts)
    taken: set[str] = set()
    for table in (orders, drafts):
        own = table.c.number.startswith(OWN_NUMBER, autoescape=True)
        taken |= set(await c.scalars(select(table.c.number).where(table.c.shop_id == draft.shop_id, own)))
    counted = [int(match[1]) for match in map(_OWN.fullmatch, taken) if match]
    numbered = replace(draft, number=f"{OWN_NUMBER}{max(counted, default=0) + 1}")
    await save(c, numbered)
    return numbered


_OWN = re.compile(re.escape(OWN_NUMBER) + r"([0-9]{1,18})")


def _theirs(staff_id: int, shop_id: int) -> tuple[ColumnElement[bool], ...]:
    return drafts.c.staff_id == staff_id, drafts.c.shop_id == shop_id


def _values(draft: Draft) -> dict[str, Any]:
    return {
        "number": draft.number,
        "changed_at": draft.changed_at,
        "document": serial.draft_document(draft),
    }


def _draft(row: Row[Any]) -> Draft:
    """The document was written before the id was known: the row knows it."""
    try:
        return replace(serial.read_draft(row.document), id=row.id)
    except UnreadableDocument as error:
        raise UnreadableDocument(f"draft {row.id}", error.why) from error
