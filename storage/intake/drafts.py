"""Drafts of orders: each belongs to one person and stays until it is saved as an order or deleted."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, exists, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.draft import Draft
from orders.model.numbers import OWN_NUMBER
from storage.db import serial
from storage.db.errors import NoSuchStaff, UnreadableDocument
from storage.db.locks import hold_table
from storage.db.tables import drafts, orders, staff


async def add(c: AsyncConnection, draft: Draft) -> Draft:
    """Insert a new draft (id 0) and return it with its id. Raises NoSuchStaff without such a person."""
    values = {"shop_id": draft.shop_id, "staff_id": draft.staff_id, "message_id": 0, **_values(draft)}
    try:
        result = await c.execute(insert(drafts).values(values).returning(drafts.c.id))
    except IntegrityError as error:
        raise NoSuchStaff(draft.staff_id) from error
    return replace(draft, id=result.scalar_one())


async def get(c: AsyncConnection, draft_id: int, *, for_update: bool = False) -> Draft | None:
    """Returns the draft, or None. `for_update` locks its row until this transaction ends.

    Raises UnreadableDocument when its document is damaged.
    """
    query = select(drafts).where(drafts.c.id == draft_id)
    row = (await c.execute(query.with_for_update() if for_update else query)).one_or_none()
    return _draft(row) if row else None


async def of_person(c: AsyncConnection, staff_id: int, shop_id: int) -> list[Draft]:
    """Returns a person's drafts in a shop, the newest first."""
    query = select(drafts).where(*_theirs(staff_id, shop_id))
    rows = await c.execute(query.order_by(drafts.c.changed_at.desc(), drafts.c.id.desc()))
    return [_draft(row) for row in rows]


async def of_shop(c: AsyncConnection, shop_id: int, changed_before: datetime) -> list[Draft]:
    """Returns the shop's drafts that were last changed at or before `changed_before`."""
    query = select(drafts).where(drafts.c.shop_id == shop_id, drafts.c.changed_at <= changed_before)
    return [_draft(row) for row in await c.execute(query.order_by(drafts.c.id))]


async def save(c: AsyncConnection, draft: Draft) -> None:
    """Write a changed draft."""
    await c.execute(update(drafts).where(drafts.c.id == draft.id).values(_values(draft)))


async def remove(c: AsyncConnection, draft_id: int) -> None:
    """Delete a draft that was saved as an order or is not wanted; its files are kept."""
    await c.execute(delete(drafts).where(drafts.c.id == draft_id))


async def hand_over(c: AsyncConnection, shop_id: int, from_id: int, to_id: int) -> None:
    """Transfer one person's drafts in a shop to another person, who has no messages that show them yet."""
    for draft in await of_person(c, from_id, shop_id):
        await save(c, replace(draft, staff_id=to_id))
        moved = update(drafts).where(drafts.c.id == draft.id)
        await c.execute(moved.values(staff_id=to_id, message_id=0))


async def message_of(c: AsyncConnection, draft_id: int) -> int:
    """Returns the id of the message that shows the draft; 0 where none does."""
    return await c.scalar(select(drafts.c.message_id).where(drafts.c.id == draft_id)) or 0


async def set_message(c: AsyncConnection, draft_id: int, message_id: int) -> None:
    """Store which message shows the draft."""
    await c.execute(update(drafts).where(drafts.c.id == draft_id).values(message_id=message_id))


async def is_shown_by(c: AsyncConnection, chat_id: int, message_id: int) -> bool:
    """Whether this message of a person's private chat shows one of their drafts."""
    theirs = select(staff.c.id).where(staff.c.telegram_id == chat_id)
    shown = select(drafts).where(drafts.c.message_id == message_id, drafts.c.staff_id.in_(theirs))
    return bool((await c.execute(select(exists(shown.subquery())))).scalar())


async def give_number(c: AsyncConnection, draft: Draft) -> Draft:
    """Give the draft the shop's next own number and save it; the number stays the same afterwards."""
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
    """Sets the id from the row: a new draft's document was written before its id was known."""
    try:
        return replace(serial.read_draft(row.document), id=row.id)
    except UnreadableDocument as error:
        raise UnreadableDocument(f"draft {row.id}", error.why) from error
