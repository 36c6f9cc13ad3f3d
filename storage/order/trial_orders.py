"""Trial orders: invented orders with which a shop practises, removed afterwards with all their rows.

Their ids are negative. Only trial orders are ever removed, and SQLite reuses the id of a removed row: without
ids of their own, the buttons of a removed trial order would act on a real order.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.numbers import TRIAL_NUMBERS
from orders.model.order import Order
from storage.db.client_tables import client_links, client_photos
from storage.db.locks import hold_table
from storage.db.tables import card_messages, cards, late_files, metadata, orders
from storage.order import orders as order_rows
from storage.order.cards import Slot

_LEFT_BEHIND = tuple(
    (table, key.parent)
    for table in reversed(metadata.sorted_tables)
    for key in table.foreign_keys
    if key.column is orders.c.id
)
"""All tables with a foreign key to an order, and that column; derived from the metadata."""


@dataclass(frozen=True, slots=True)
class Removed:
    """The Telegram messages of a removed order, to be deleted or updated.

    `messages`: chat id and message id of each message that shows only this order.
    `lists`: for each list that also names other orders, its chat id and the id of one of those orders.
    """

    messages: frozenset[tuple[int, int]]
    lists: frozenset[tuple[int, int]]


async def next_id(c: AsyncConnection) -> int:
    """Returns a free id for a trial order. Locks the table until this transaction ends."""
    await hold_table(c, orders)
    lowest: int = await c.scalar(select(func.coalesce(func.min(orders.c.id), 0))) or 0
    return min(lowest, 0) - 1


async def of_shop(c: AsyncConnection, shop_id: int) -> Order | None:
    """Returns the shop's trial order, or None; a shop has at most one."""
    trial = or_(*(orders.c.number.startswith(one) for one in TRIAL_NUMBERS))
    query = select(orders.c.id).where(orders.c.shop_id == shop_id, orders.c.id < 0, trial)
    found = await order_rows.load(c, list(await c.scalars(query)))
    return found[0] if found else None


async def remove(c: AsyncConnection, order_id: int) -> Removed:
    """Remove a trial order and every row that refers to it. Does nothing for the id of a real order."""
    if order_id >= 0:
        return Removed(frozenset(), frozenset())
    removed = Removed(await _messages(c, order_id), await _lists(c, order_id))
    for table, column in _LEFT_BEHIND:
        await c.execute(delete(table).where(column == order_id))
    await c.execute(delete(late_files).where(late_files.c.order_id == order_id))
    await c.execute(delete(orders).where(orders.c.id == order_id))
    return removed


async def _messages(c: AsyncConnection, order_id: int) -> frozenset[tuple[int, int]]:
    lists = await _shared(c, order_id)
    found: set[tuple[int, int]] = set()
    for table in (cards, card_messages, client_photos):
        query = select(table.c.chat_id, table.c.message_id).where(table.c.order_id == order_id)
        found |= {(row.chat_id, row.message_id) for row in await c.execute(query)}
    of_client = select(client_links.c.chat_id, client_links.c.card_id).where(
        client_links.c.order_id == order_id, client_links.c.card_id.is_not(None)
    )
    found |= {(row.chat_id, row.card_id) for row in await c.execute(of_client)}
    return frozenset(found - lists.keys())


async def _lists(c: AsyncConnection, order_id: int) -> frozenset[tuple[int, int]]:
    shared = await _shared(c, order_id)
    return frozenset((chat, other) for (chat, _message), other in shared.items())


async def _shared(c: AsyncConnection, order_id: int) -> dict[tuple[int, int], int]:
    """The messages of waiting orders that also list another order, each with the id of that order."""
    mine, other = cards.alias(), cards.alias()
    same: tuple[ColumnElement[bool], ...] = (
        mine.c.chat_id == other.c.chat_id,
        mine.c.message_id == other.c.message_id,
        mine.c.slot == Slot.WAITING,
        mine.c.order_id == order_id,
        other.c.order_id != order_id,
    )
    rows = await c.execute(select(other.c.chat_id, other.c.message_id, other.c.order_id).where(*same))
    return {(row.chat_id, row.message_id): row.order_id for row in rows}
