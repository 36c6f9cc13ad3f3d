"""The order board (R1-R6): the orders that it lists, their counts, and the counts of those it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Subquery,
    Text,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.order import Order
from orders.model.status import FINAL, Status
from orders.order.board import STATUSES, Section, Span
from storage.db.tables import orders
from storage.order import number_index
from storage.order.orders import Listed, load_listed, load_sorted

_LIVING = frozenset(Status) - FINAL
"""Orders with these statuses have no `closed_at`; orders with a final status have one."""


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """One view of the board. `visible_to`: list only the orders of this staff id (R14); None lists all.

    The archive holds hidden orders and final orders closed before `archived_before`.
    """

    shop_id: int
    section: Section
    span: Span
    archived_before: datetime
    visible_to: int | None = None

    @property
    def shape(self) -> _Shape:
        span = self.span
        return _Shape(self.visible_to is not None, span.start is not None, span.end is not None)

    @property
    def values(self) -> dict[str, Any]:
        """The bound parameters of the statement that was built for `shape`."""
        return {
            "shop_id": self.shop_id,
            "visible_to": self.visible_to,
            "start": self.span.start,
            "end": self.span.end,
            "archived_before": self.archived_before,
        }


@dataclass(frozen=True, slots=True)
class _Shape:
    """Which filters a query has, without their values. One statement is built and cached per shape."""

    of_one_person: bool
    has_start: bool
    has_end: bool


_ARCHIVED_BEFORE = bindparam("archived_before", type_=orders.c.closed_at.type)


@dataclass(frozen=True, slots=True)
class NotShown:
    """Counts of the orders of a span that section ALL does not list (R6). Each order is counted once."""

    closed: int
    """Cancelled or declined recently; section CLOSED lists them."""
    hidden: int
    """Closed recently and removed from the list by a person (R22)."""
    archived: int
    """Closed before `archived_before`."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The number of orders with this seller and this carrier, given by their staff ids."""

    seller_id: int | None
    carrier_id: int | None
    number: int


async def page(c: AsyncConnection, query: BoardQuery, limit: int, offset: int) -> list[Order]:
    """Returns one page of a section.

    New orders come first, the longest waiting on top; then open ones by delivery time; then closed ones, the
    latest delivery first. The archive is sorted by delivery time alone, latest first. Damaged orders are
    left out.
    """
    return (await listed(c, query, limit, offset)).orders


async def listed(c: AsyncConnection, query: BoardQuery, limit: int, offset: int) -> Listed:
    """Returns the same page together with the numbers of the damaged orders on it."""
    page_of = query.values | {"limit": limit, "offset": offset}
    return await load_listed(c, (await c.scalars(_page(query.shape, query.section), page_of)).all())


async def total(c: AsyncConnection, query: BoardQuery) -> int:
    """Returns the number of orders on all pages of the query."""
    if query.section is not Section.ARCHIVE:
        return (await counts(c, query))[query.section]
    beside = await not_shown(c, query)
    return beside.hidden + beside.archived


async def counts(c: AsyncConnection, query: BoardQuery) -> dict[Section, int]:
    """Returns the number of orders per section except the archive, for the query's span and person (R4)."""
    rows = await c.execute(_counts(query.shape), query.values)
    by_status = {Status(status): number for status, number in rows}
    return {
        section: sum(by_status.get(status, 0) for status in statuses)
        for section, statuses in STATUSES.items()
        if section is not Section.ARCHIVE
    }


async def shared(c: AsyncConnection, query: BoardQuery) -> list[Shared]:
    """Returns how many of the listed orders each pair of seller and carrier has."""
    return [Shared(*row) for row in await c.execute(_shared(query.shape, query.section), query.values)]


async def not_shown(c: AsyncConnection, query: BoardQuery) -> NotShown:
    """Returns the counts of what section ALL leaves out, for the query's span and person (R6)."""
    closed = (await counts(c, query))[Section.CLOSED]
    hidden = await _count(c, query, orders.c.closed_at >= _ARCHIVED_BEFORE, orders.c.hidden)
    archived = await _count(c, query, orders.c.closed_at < _ARCHIVED_BEFORE)
    return NotShown(closed, hidden, archived)


async def unfinished_before(c: AsyncConnection, query: BoardQuery) -> int:
    """Returns the number of open orders that were due for delivery before the query's span began."""
    if query.span.start is None:
        return 0
    earlier = replace(query, span=Span(end=query.span.start))
    return await _count(c, earlier, orders.c.closed_at.is_(None))


async def find(
    c: AsyncConnection, shop_id: int, digits: str, visible_to: int | None, limit: int
) -> list[Order]:
    """Returns the orders of `find_listed` without the damaged ones."""
    return (await find_listed(c, shop_id, digits, visible_to, limit)).orders


async def find_listed(
    c: AsyncConnection, shop_id: int, digits: str, visible_to: int | None, limit: int
) -> Listed:
    """Returns the orders whose number contains the digits (R5), the archive included.

    An exact match comes first, then open orders, then closed ones; the newest first within each. Runs one
    statement, so that `Database.ask` can run it.
    """
    ids = select(orders.c.id).where(*_matching(shop_id, digits, visible_to))
    best_first = (
        case((orders.c.number == digits, 0), (orders.c.closed_at.is_(None), 1), else_=2),
        orders.c.placed_at.desc(),
        orders.c.id.desc(),
    )
    return await load_sorted(c, ids.order_by(*best_first).limit(limit), best_first)


async def count_found(c: AsyncConnection, shop_id: int, digits: str, visible_to: int | None) -> int:
    """Returns how many orders match in `find_listed` without its limit."""
    matching = _matching(shop_id, digits, visible_to)
    return (await c.execute(select(func.count()).select_from(orders).where(*matching))).scalar_one()


def _matching(shop_id: int, digits: str, visible_to: int | None) -> tuple[ColumnElement[bool], ...]:
    is_visible = () if visible_to is None else (_is_of(visible_to),)
    return (number_index.found_by(shop_id, digits), *is_visible)


async def find_by_words(
    c: AsyncConnection, shop_id: int, roots: Sequence[str], visible_to: int | None, limit: int
) -> list[Order]:
    """Readable open orders in whose documents each of these parts of words stands, earliest delivery first.

    They stand anywhere in it: whoever asks looks whether it is a place that the reader may see. «ё» is found
    as «е», too. A word in mixed case («рОЗА») is not found: SQLite knows the case of Latin letters alone.
    """
    document = type_coerce(orders.c.document, Text)
    wanted = [or_(*(document.like(f"%{one}%") for one in _spellings(root))) for root in roots]
    is_visible = () if visible_to is None else (_is_of(visible_to),)
    ids = select(orders.c.id).where(
        orders.c.shop_id == shop_id, orders.c.closed_at.is_(None), *is_visible, *wanted
    )
    earliest_first = (orders.c.deliver_from, orders.c.id)
    return (await load_sorted(c, ids.order_by(*earliest_first).limit(limit), earliest_first)).orders


def _spellings(root: str) -> set[str]:
    """As patterns of LIKE: in lower case, as a name begins, in capitals."""
    return {one.replace("е", "_").replace("Е", "_") for one in (root, root.capitalize(), root.upper())}


@cache
def _counts(shape: _Shape) -> Select[str, int]:
    board = _board(shape, orders.c.status)
    return select(board.c.status, func.count()).group_by(board.c.status)


@cache
def _shared(shape: _Shape, section: Section) -> Select[Any]:
    board = _board(shape, orders.c.status, orders.c.seller_id, orders.c.carrier_id)
    people = (board.c.seller_id, board.c.carrier_id)
    listed = board.c.status.in_(sorted(STATUSES[section]))
    return select(*people, func.count()).where(listed).group_by(*people)


@cache
def _page(shape: _Shape, section: Section) -> Select[int]:
    ids = _archive(shape) if section is Section.ARCHIVE else _section(shape, section)
    return ids.limit(bindparam("limit")).offset(bindparam("offset"))


def _board(shape: _Shape, *columns: ColumnElement[Any]) -> Subquery:
    """The orders that are not in the archive.

    Two selects, because each of them can use an index; with one combined condition SQLite scans the archive.
    That index also contains the columns read here: reading ten thousand table rows with their documents
    would be slow.
    """
    every = select(*columns)
    return union_all(every.where(*_living(shape)), every.where(*_lately(shape))).subquery("board")


def _section(shape: _Shape, section: Section) -> Select[int]:
    """The sorted ids of a section. The open and the closed half each filter by the section's statuses."""
    statuses, c = STATUSES[section], orders.c
    is_new = c.status == Status.NEW
    halves = []
    if living := statuses - FINAL:
        place = (case((is_new, 0), else_=1), case((is_new, c.placed_at), else_=c.deliver_from), null())
        halves.append(_placed(place, *_living(shape), *_among(living, _LIVING)))
    if closed := statuses & FINAL:
        halves.append(_placed((literal(2), null(), c.deliver_from), *_lately(shape), *_among(closed, FINAL)))
    board = union_all(*halves).subquery("board")
    ids: Select[int] = select(board.c.id)
    return ids.order_by(board.c.group, board.c.earliest_first, board.c.latest_first.desc(), board.c.id)


def _placed(place: tuple[ColumnElement[Any], ...], *conditions: ColumnElement[bool]) -> Select[Any]:
    """Selects order ids together with the values they are sorted by."""
    names = ("group", "earliest_first", "latest_first")
    sorted_by = (column.label(name) for column, name in zip(place, names, strict=True))
    return select(orders.c.id, *sorted_by).where(*conditions)


def _among(statuses: frozenset[Status], all_there_are: frozenset[Status]) -> tuple[ColumnElement[bool], ...]:
    """The filter by status; none where all statuses are wanted, which saves a comparison per row."""
    return () if statuses == all_there_are else (orders.c.status.in_(sorted(statuses)),)


def _living(shape: _Shape) -> tuple[ColumnElement[bool], ...]:
    return (*_scope(shape), orders.c.closed_at.is_(None))


def _lately(shape: _Shape) -> tuple[ColumnElement[bool], ...]:
    return (*_scope(shape), orders.c.closed_at >= _ARCHIVED_BEFORE, ~orders.c.hidden)


def _archive(shape: _Shape) -> Select[int]:
    archived = or_(orders.c.hidden, orders.c.closed_at < _ARCHIVED_BEFORE)
    ids: Select[int] = select(orders.c.id).where(*_scope(shape), orders.c.closed_at.is_not(None), archived)
    return ids.order_by(orders.c.deliver_from.desc(), orders.c.id.desc())


def _scope(shape: _Shape) -> tuple[ColumnElement[bool], ...]:
    """The filters that all sections share: shop, person and span."""
    found = [orders.c.shop_id == bindparam("shop_id")]
    if shape.of_one_person:
        found.append(_is_of(bindparam("visible_to")))
    if shape.has_start:
        found.append(orders.c.deliver_from >= bindparam("start"))
    if shape.has_end:
        found.append(orders.c.deliver_from < bindparam("end"))
    return tuple(found)


def _is_of(staff_id: int | BindParameter[int]) -> ColumnElement[bool]:
    return or_(orders.c.seller_id == staff_id, orders.c.carrier_id == staff_id)


async def _count(c: AsyncConnection, query: BoardQuery, *conditions: ColumnElement[bool]) -> int:
    number = select(func.count()).select_from(orders).where(*_scope(query.shape), *conditions)
    return (await c.execute(number, query.values)).scalar_one()
