"""The orders as they are now. What happened to them stands in `storage.order.events`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Row, Select, Text, bindparam, func, select, type_coerce, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.numbers import OWN_NUMBER
from orders.model.order import Order
from orders.model.status import Status
from storage.db import serial, upserts
from storage.db.columns import decoded
from storage.db.errors import NoSuchShop, OrderExists, StaleOrder, UnreadableDocument
from storage.db.tables import orders
from storage.order import number_index

_DOCUMENT = type_coerce(orders.c.document, Text).label("document")
"""As text: `_read` reads it only when it is another."""
_BY_ID = select(orders.c.id, _DOCUMENT).where(orders.c.id == bindparam("order_id"))
_TO_CHANGE = _BY_ID.with_for_update(key_share=True)
_BY_NUMBER = select(orders.c.id, _DOCUMENT).where(
    orders.c.shop_id == bindparam("shop_id"), orders.c.number == bindparam("number")
)
_LISTED = (orders.c.id, orders.c.number, _DOCUMENT)
_OF_IDS = select(*_LISTED).where(orders.c.id.in_(bindparam("ids", expanding=True)))
_LIVING = (
    select(orders.c.id)
    .where(orders.c.shop_id == bindparam("shop_id"), orders.c.closed_at.is_(None))
    .order_by(orders.c.id)
)
_REAL = orders.c.id > 0
"""Trial orders have ids below zero (`storage.order.trial_orders`)."""
_SAVE = update(orders).where(orders.c.id == bindparam("order_id"), orders.c.version == bindparam("before"))

log = structlog.get_logger(__name__)

_AT_ONCE = 500
"""Numbers of one statement: the databases allow only so many values in it."""
_LOT = 50
"""Orders that `load_many` reads at once."""
_KNOWN = 256
"""Documents that are not read again while they stay the same: a tap and what it wakes want each ten times."""


async def add(c: AsyncConnection, order: Order) -> Order:
    """Keep a new order (id 0, a trial one has its id); gives it back with its id.

    Raises OrderExists, NoSuchShop.
    """
    own_id = {"id": order.id} if order.id else {}
    values = {"shop_id": order.shop_id, "number": order.number, **own_id, **_values(order)}
    statement = upserts.insert(c, orders).values(values).on_conflict_do_nothing().returning(orders.c.id)
    try:
        order_id = (await c.execute(statement)).scalar_one_or_none()
    except IntegrityError as error:
        raise NoSuchShop(order.shop_id) from error
    if order_id is None:
        raise OrderExists(order.shop_id, order.number)
    await number_index.add(c, order_id, order.shop_id, order.number)
    return replace(order, id=order_id)


async def put_back(c: AsyncConnection, order: Order) -> None:
    """Keep an order from the backup copy under its own id. Raises OrderExists, NoSuchShop."""
    values = {"id": order.id, "shop_id": order.shop_id, "number": order.number, **_values(order)}
    try:
        is_new = await upserts.add(c, orders, values)
    except IntegrityError as error:
        raise NoSuchShop(order.shop_id) from error
    if not is_new:
        raise OrderExists(order.shop_id, order.number)
    await number_index.add(c, order.id, order.shop_id, order.number)


async def is_any(c: AsyncConnection) -> bool:
    """Whether there is an order at all, of whatever shop."""
    return await c.scalar(select(orders.c.id).limit(1)) is not None


async def versions(c: AsyncConnection) -> AsyncIterator[tuple[int, int]]:
    """Id and version of every order but trial ones, by id."""
    query = select(orders.c.id, orders.c.version).where(_REAL).order_by(orders.c.id)
    async with c.stream(query) as rows:
        async for row in rows:
            yield row.id, row.version


async def get(c: AsyncConnection, order_id: int, *, for_update: bool = False) -> Order | None:
    """The order of this id. `for_update`: nobody else changes it until this transaction ends."""
    rows = await c.execute(_TO_CHANGE if for_update else _BY_ID, {"order_id": order_id})
    row = rows.one_or_none()
    return _order(row) if row else None


async def label(c: AsyncConnection, order_id: int) -> tuple[int, str] | None:
    """The order's shop and number, also where its document cannot be read."""
    query = select(orders.c.shop_id, orders.c.number).where(orders.c.id == order_id)
    row = (await c.execute(query)).one_or_none()
    return (row.shop_id, row.number) if row else None


async def by_number(c: AsyncConnection, shop_id: int, number: str) -> Order | None:
    """The order of a shop by the marketplace's number."""
    row = (await c.execute(_BY_NUMBER, {"shop_id": shop_id, "number": number})).one_or_none()
    return _order(row) if row else None


async def living_numbers(c: AsyncConnection, shop_id: int) -> dict[str, int]:
    """The ids of a shop's orders that are not closed, by the marketplace's number."""
    query = select(orders.c.number, orders.c.id)
    found = await c.execute(query.where(orders.c.shop_id == shop_id, orders.c.closed_at.is_(None)))
    return {row.number: row.id for row in found}


async def count_declined(c: AsyncConnection, shop_id: int, since: datetime) -> int:
    """How many of the marketplace's orders the shop has declined since then."""
    query = select(func.count()).where(
        orders.c.shop_id == shop_id,
        orders.c.closed_at >= since,
        orders.c.status == Status.DECLINED,
        ~orders.c.number.startswith(OWN_NUMBER),
        _REAL,
    )
    return (await c.execute(query)).scalar_one()


async def save(c: AsyncConnection, order: Order) -> None:
    """Compare and swap: write the order if the kept one is just one version older, else StaleOrder."""
    before = order.version - 1
    which = {"order_id": order.id, "before": before}
    if (await c.execute(_SAVE, _values(order) | which)).rowcount == 0:
        raise StaleOrder(order.id, before)


async def rewrite(c: AsyncConnection, order: Order) -> None:
    """Write the order as it is, in the same version: nothing has happened to it, something was taken out."""
    await c.execute(update(orders).where(orders.c.id == order.id).values(_values(order)))


async def to_erase(c: AsyncConnection, shop_id: int, closed_before: datetime, limit: int) -> list[int]:
    """The ids of orders that were closed before, and from which nothing was erased yet."""
    query = select(orders.c.id).where(
        orders.c.shop_id == shop_id, orders.c.closed_at < closed_before, orders.c.erased_at.is_(None)
    )
    return list(await c.scalars(query.order_by(orders.c.closed_at, orders.c.id).limit(limit)))


async def of_phone(c: AsyncConnection, shop_id: int, phone: str) -> list[Order]:
    """A shop's orders whose client or recipient has this phone (E.164). Reads through all of them."""
    has_phone = type_coerce(orders.c.document, Text).contains(phone, autoescape=True)
    query = select(*_LISTED).where(orders.c.shop_id == shop_id, has_phone)
    found = _listed(await c.execute(query.order_by(orders.c.id)))
    phones = ((one, (one.details.client.phone, one.details.recipient.phone)) for one in found.orders)
    return [one for one, of_people in phones if phone in ", ".join(of_people)]


@dataclass(frozen=True, slots=True)
class Listed:
    """Orders of a list; `damaged` are the numbers of those that cannot be read: they stop no other."""

    orders: list[Order]
    damaged: list[str]


async def load(c: AsyncConnection, order_ids: Sequence[int]) -> list[Order]:
    """The orders of these ids, in their order; unknown and damaged ones are left out."""
    return (await load_listed(c, order_ids)).orders


async def load_many(c: AsyncConnection, order_ids: Sequence[int]) -> list[Order]:
    """The same for any number of ids, some at a time: while one lot is read everything else waits."""
    lots = [order_ids[start : start + _LOT] for start in range(0, len(order_ids), _LOT)]
    return [order for lot in lots for order in await load(c, lot)]


async def load_listed(c: AsyncConnection, order_ids: Sequence[int]) -> Listed:
    """The orders of these ids, in their order; unknown ids are left out."""
    by_id = {row.id: row for row in await _of_ids(c, order_ids)}
    return _listed(by_id[order_id] for order_id in order_ids if order_id in by_id)


async def load_sorted(
    c: AsyncConnection, ids: Select[int], sorted_by: Sequence[ColumnElement[Any]]
) -> Listed:
    """The orders whose ids the select gives; the documents of the others are not read."""
    found = ids.subquery()
    query = select(*_LISTED).join(found, found.c.id == orders.c.id)
    return _listed(await c.execute(query.order_by(*sorted_by)))


async def _of_ids(c: AsyncConnection, order_ids: Collection[int]) -> Sequence[Row[Any]]:
    return (await c.execute(_OF_IDS, {"ids": list(order_ids)})).all() if order_ids else ()


def _listed(rows: Iterable[Row[Any]]) -> Listed:
    listed = Listed([], [])
    for row in rows:
        try:
            listed.orders.append(_read(row.id, row.document))
        except UnreadableDocument as error:
            log.warning("order_damaged", order_id=row.id, why=error.why)
            listed.damaged.append(row.number)
    return listed


async def load_readable(
    c: AsyncConnection, order_ids: Collection[int]
) -> tuple[dict[int, Order], dict[int, str]]:
    """The orders of these ids, and of those that cannot be read, why; unknown ids are left out."""
    found, unreadable = dict[int, Order](), dict[int, str]()
    for row in await _of_ids(c, order_ids):
        try:
            found[row.id] = _read(row.id, row.document)
        except UnreadableDocument as error:
            unreadable[row.id] = error.why
    return found, unreadable


async def by_numbers(c: AsyncConnection, shop_id: int, numbers: Sequence[str]) -> AsyncIterator[Order]:
    """The orders of a shop that have these numbers, some at a time; damaged ones are left out."""
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        query = select(*_LISTED).where(orders.c.shop_id == shop_id, orders.c.number.in_(some))
        for order in _listed(await c.execute(query)).orders:
            yield order


async def unread(c: AsyncConnection) -> list[int]:
    """Ids of all shops' orders whose details the marketplace has not shown yet (X13), the oldest first."""
    query = select(orders.c.id).where(orders.c.unread, orders.c.erased_at.is_(None))
    return list(await c.scalars(query.order_by(orders.c.id)))


async def living(c: AsyncConnection, shop_id: int) -> list[int]:
    """The ids of a shop's orders that are not at their end."""
    return list(await c.scalars(_LIVING, {"shop_id": shop_id}))


async def every(c: AsyncConnection) -> AsyncIterator[Order]:
    """Every order of every shop but trial ones, by id, without holding them all in memory."""
    query = select(orders.c.id, _DOCUMENT).where(_REAL).order_by(orders.c.id)
    async with c.stream(query) as rows:
        async for row in rows:
            yield _order(row)


def _order(row: Row[int, str]) -> Order:
    try:
        return _read(row.id, row.document)
    except UnreadableDocument as error:
        raise UnreadableDocument(f"order {row.id}", error.why) from error


@lru_cache(maxsize=_KNOWN)
def _read(order_id: int, document: str) -> Order:
    """The document was written before the id was known: the row knows it."""
    return replace(serial.read_order(decoded(document, f"order {order_id}")), id=order_id)


def _values(order: Order) -> dict[str, Any]:
    progress = order.progress
    return {
        "status": order.status,
        "version": order.version,
        "placed_at": order.placed_at,
        "deliver_from": order.deliver_from,
        "seller_id": progress.seller.staff_id if progress.seller else None,
        "carrier_id": progress.carrier.staff_id if progress.carrier else None,
        "offered": order.is_offered,
        "unread": order.details.unread,
        "hidden": progress.hidden,
        "closed_at": (progress.since or order.received_at) if order.is_final else None,
        "document": serial.order_document(order),
        "erased_at": order.erased_at,
    }
