"""The current state of the orders. Their history is in `storage.order.events`."""

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
"""As text, which is the cache key of `_read`: the same document is parsed once."""
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
"""Order numbers per statement, below the databases' limit of bound parameters."""
_LOT = 50
"""Orders that `load_many` reads per statement."""
_KNOWN = 256
"""Size of the cache of parsed documents: a tap and the jobs that it wakes read each order about ten times."""


async def add(c: AsyncConnection, order: Order) -> Order:
    """Insert a new order and return it with its id. A new order has id 0, a trial order has its id already.

    Raises OrderExists when the shop has an order of this number, NoSuchShop when there is no such shop.
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
    """Insert an order from the backup copy under its own id. Raises like `add`."""
    values = {"id": order.id, "shop_id": order.shop_id, "number": order.number, **_values(order)}
    try:
        is_new = await upserts.add(c, orders, values)
    except IntegrityError as error:
        raise NoSuchShop(order.shop_id) from error
    if not is_new:
        raise OrderExists(order.shop_id, order.number)
    await number_index.add(c, order.id, order.shop_id, order.number)


async def is_any(c: AsyncConnection) -> bool:
    """Returns whether any shop has an order."""
    return await c.scalar(select(orders.c.id).limit(1)) is not None


async def versions(c: AsyncConnection) -> AsyncIterator[tuple[int, int]]:
    """Yields id and version of every order except trial orders, sorted by id."""
    query = select(orders.c.id, orders.c.version).where(_REAL).order_by(orders.c.id)
    async with c.stream(query) as rows:
        async for row in rows:
            yield row.id, row.version


async def get(c: AsyncConnection, order_id: int, *, for_update: bool = False) -> Order | None:
    """Returns the order or None. `for_update` locks its row until this transaction ends.

    Raises UnreadableDocument when its document is damaged.
    """
    rows = await c.execute(_TO_CHANGE if for_update else _BY_ID, {"order_id": order_id})
    row = rows.one_or_none()
    return _order(row) if row else None


async def label(c: AsyncConnection, order_id: int) -> tuple[int, str] | None:
    """Returns the order's shop id and number, even where its document is damaged."""
    query = select(orders.c.shop_id, orders.c.number).where(orders.c.id == order_id)
    row = (await c.execute(query)).one_or_none()
    return (row.shop_id, row.number) if row else None


async def by_number(c: AsyncConnection, shop_id: int, number: str) -> Order | None:
    """Returns the shop's order with this marketplace number, or None. Raises like `get`."""
    row = (await c.execute(_BY_NUMBER, {"shop_id": shop_id, "number": number})).one_or_none()
    return _order(row) if row else None


async def living_numbers(c: AsyncConnection, shop_id: int) -> dict[str, int]:
    """Returns the ids of the shop's open orders by the marketplace's number."""
    query = select(orders.c.number, orders.c.id)
    found = await c.execute(query.where(orders.c.shop_id == shop_id, orders.c.closed_at.is_(None)))
    return {row.number: row.id for row in found}


async def count_declined(c: AsyncConnection, shop_id: int, since: datetime) -> int:
    """Returns how many marketplace orders the shop has declined since then."""
    query = select(func.count()).where(
        orders.c.shop_id == shop_id,
        orders.c.closed_at >= since,
        orders.c.status == Status.DECLINED,
        ~orders.c.number.startswith(OWN_NUMBER),
        _REAL,
    )
    return (await c.execute(query)).scalar_one()


async def save(c: AsyncConnection, order: Order) -> None:
    """Write a changed order by compare-and-swap.

    Raises StaleOrder unless the stored version is exactly one lower than the order's.
    """
    before = order.version - 1
    which = {"order_id": order.id, "before": before}
    if (await c.execute(_SAVE, _values(order) | which)).rowcount == 0:
        raise StaleOrder(order.id, before)


async def rewrite(c: AsyncConnection, order: Order) -> None:
    """Write the order without a new version, after personal data was erased from it."""
    await c.execute(update(orders).where(orders.c.id == order.id).values(_values(order)))


async def to_erase(c: AsyncConnection, shop_id: int, closed_before: datetime, limit: int) -> list[int]:
    """Returns the ids of orders closed before `closed_before` that were not erased yet, oldest first."""
    query = select(orders.c.id).where(
        orders.c.shop_id == shop_id, orders.c.closed_at < closed_before, orders.c.erased_at.is_(None)
    )
    return list(await c.scalars(query.order_by(orders.c.closed_at, orders.c.id).limit(limit)))


async def of_phone(c: AsyncConnection, shop_id: int, phone: str) -> list[Order]:
    """Returns the shop's orders whose client or recipient has this phone (E.164). Scans all of its orders."""
    has_phone = type_coerce(orders.c.document, Text).contains(phone, autoescape=True)
    query = select(*_LISTED).where(orders.c.shop_id == shop_id, has_phone)
    found = _listed(await c.execute(query.order_by(orders.c.id)))
    phones = ((one, (one.details.client.phone, one.details.recipient.phone)) for one in found.orders)
    return [one for one, of_people in phones if phone in ", ".join(of_people)]


@dataclass(frozen=True, slots=True)
class Listed:
    """Orders of a list. `damaged` has the numbers of those whose documents cannot be read."""

    orders: list[Order]
    damaged: list[str]


async def load(c: AsyncConnection, order_ids: Sequence[int]) -> list[Order]:
    """Returns the orders with these ids, in the same sequence, without unknown and damaged ones."""
    return (await load_listed(c, order_ids)).orders


async def load_many(c: AsyncConnection, order_ids: Sequence[int]) -> list[Order]:
    """`load` for any number of ids, in small batches: parsing a batch blocks the event loop."""
    lots = [order_ids[start : start + _LOT] for start in range(0, len(order_ids), _LOT)]
    return [order for lot in lots for order in await load(c, lot)]


async def load_listed(c: AsyncConnection, order_ids: Sequence[int]) -> Listed:
    """Returns the orders with these ids, in the same sequence; unknown ids are left out."""
    by_id = {row.id: row for row in await _of_ids(c, order_ids)}
    return _listed(by_id[order_id] for order_id in order_ids if order_id in by_id)


async def load_sorted(
    c: AsyncConnection, ids: Select[int], sorted_by: Sequence[ColumnElement[Any]]
) -> Listed:
    """Returns the orders whose ids the select yields; the database reads no other documents."""
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
    """Returns the orders by id, and for damaged ones the reasons by id; unknown ids are left out."""
    found, unreadable = dict[int, Order](), dict[int, str]()
    for row in await _of_ids(c, order_ids):
        try:
            found[row.id] = _read(row.id, row.document)
        except UnreadableDocument as error:
            unreadable[row.id] = error.why
    return found, unreadable


async def by_numbers(c: AsyncConnection, shop_id: int, numbers: Sequence[str]) -> AsyncIterator[Order]:
    """Yields the shop's orders with these numbers, read in batches; damaged ones are left out."""
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        query = select(*_LISTED).where(orders.c.shop_id == shop_id, orders.c.number.in_(some))
        for order in _listed(await c.execute(query)).orders:
            yield order


async def unread(c: AsyncConnection) -> list[int]:
    """Returns the ids of all orders whose details the marketplace has not shown yet (X13), oldest first."""
    query = select(orders.c.id).where(orders.c.unread, orders.c.erased_at.is_(None))
    return list(await c.scalars(query.order_by(orders.c.id)))


async def living(c: AsyncConnection, shop_id: int) -> list[int]:
    """Returns the ids of the shop's open orders."""
    return list(await c.scalars(_LIVING, {"shop_id": shop_id}))


async def every(c: AsyncConnection) -> AsyncIterator[Order]:
    """Yields every order except trial orders, sorted by id, without loading them all into memory."""
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
    """Sets the id from the row: a new order's document was written before its id was known."""
    return replace(serial.read_order(decoded(document, f"order {order_id}")), id=order_id)


def forget_read() -> None:
    """Empty the cache of parsed orders: what was erased must not stay in memory (R63)."""
    _read.cache_clear()


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
