"""The order board (R1-R6): which orders it lists, how many there are, and what it does not list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, null, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.order import Order
from orders.model.status import FINAL, Status
from orders.order.board import STATUSES, Section, Span
from storage.db.tables import orders
from storage.order import number_index
from storage.order.orders import Listed, load_listed, load_sorted

_LIVING = frozenset(Status) - FINAL
"""Their orders have no `closed_at`; those of the others have one."""


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """What a person looks at. `visible_to` is a staff id whose own orders only are listed (R14); None: all.

    Final orders closed before `archived_before` have moved to the archive, as have hidden ones.
    """

    shop_id: int
    section: Section
    span: Span
    archived_before: datetime
    visible_to: int | None = None


@dataclass(frozen=True, slots=True)
class NotShown:
    """The orders of a span that "all" does not list (R6). Each order is counted once."""

    closed: int
    """Cancelled or declined lately; section CLOSED lists them."""
    hidden: int
    """Closed lately and removed from the list by a person (R22)."""
    archived: int
    """Closed long ago."""


async def page(c: AsyncConnection, query: BoardQuery, limit: int, offset: int) -> list[Order]:
    """New orders on top, longest waiting first; then living ones by delivery; then closed ones, latest first.

    The archive is listed by delivery alone, latest first.
    """
    return (await listed(c, query, limit, offset)).orders


async def listed(c: AsyncConnection, query: BoardQuery, limit: int, offset: int) -> Listed:
    """The same, with the numbers of those on the page that cannot be read."""
    ids = _archive(query) if query.section is Section.ARCHIVE else _section(query)
    return await load_listed(c, (await c.scalars(ids.limit(limit).offset(offset))).all())


async def total(c: AsyncConnection, query: BoardQuery) -> int:
    """How many orders all pages of the query list."""
    if query.section is not Section.ARCHIVE:
        return (await counts(c, query))[query.section]
    beside = await not_shown(c, query)
    return beside.hidden + beside.archived


async def counts(c: AsyncConnection, query: BoardQuery) -> dict[Section, int]:
    """How many orders each section but the archive lists, for the query's span and person (R4)."""
    board = _board(query, orders.c.status)
    rows = await c.execute(select(board.c.status, func.count()).group_by(board.c.status))
    by_status = {Status(status): number for status, number in rows}
    return {
        section: sum(by_status.get(status, 0) for status in statuses)
        for section, statuses in STATUSES.items()
        if section is not Section.ARCHIVE
    }


async def not_shown(c: AsyncConnection, query: BoardQuery) -> NotShown:
    """What section ALL leaves out, for the query's span and person (R6)."""
    closed = (await counts(c, query))[Section.CLOSED]
    hidden = await _count(c, query, orders.c.closed_at >= query.archived_before, orders.c.hidden)
    archived = await _count(c, query, orders.c.closed_at < query.archived_before)
    return NotShown(closed, hidden, archived)


async def unfinished_before(c: AsyncConnection, query: BoardQuery) -> int:
    """How many living orders should have been delivered before the query's span began."""
    if query.span.start is None:
        return 0
    earlier = replace(query, span=Span(end=query.span.start))
    return await _count(c, earlier, orders.c.closed_at.is_(None))


async def find(
    c: AsyncConnection, shop_id: int, digits: str, visible_to: int | None, limit: int
) -> list[Order]:
    """The readable ones of `find_listed`."""
    return (await find_listed(c, shop_id, digits, visible_to, limit)).orders


async def find_listed(
    c: AsyncConnection, shop_id: int, digits: str, visible_to: int | None, limit: int
) -> Listed:
    """Orders whose number contains the digits (R5): the exact one first, then living ones, newest first.

    The archive is searched too. One statement, so that `Database.ask` will do.
    """
    ids = select(orders.c.id).where(*_matching(shop_id, digits, visible_to))
    best_first = (
        case((orders.c.number == digits, 0), (orders.c.closed_at.is_(None), 1), else_=2),
        orders.c.placed_at.desc(),
        orders.c.id.desc(),
    )
    return await load_sorted(c, ids.order_by(*best_first).limit(limit), best_first)


async def count_found(c: AsyncConnection, shop_id: int, digits: str, visible_to: int | None) -> int:
    """How many orders `find` would give without a limit."""
    matching = _matching(shop_id, digits, visible_to)
    return (await c.execute(select(func.count()).select_from(orders).where(*matching))).scalar_one()


def _matching(shop_id: int, digits: str, visible_to: int | None) -> tuple[ColumnElement[bool], ...]:
    return (number_index.found_by(shop_id, digits), *_visible(visible_to))


def _board(query: BoardQuery, *columns: ColumnElement[Any]) -> Subquery:
    """The few orders that are not in the archive.

    Two selects, each of which an index serves: with one condition SQLite walks through the archive instead.
    The columns stand in that index, too: beside the documents ten thousand orders are slow to read.
    """
    every = select(*columns)
    return union_all(every.where(*_living(query)), every.where(*_lately(query))).subquery("board")


def _section(query: BoardQuery) -> Select[int]:
    """The ids of a section, sorted; each half asks only for those of its statuses that the section lists."""
    statuses, c = STATUSES[query.section], orders.c
    is_new = c.status == Status.NEW
    halves = []
    if living := statuses - FINAL:
        place = (case((is_new, 0), else_=1), case((is_new, c.placed_at), else_=c.deliver_from), null())
        halves.append(_placed(place, *_living(query), *_among(living, _LIVING)))
    if closed := statuses & FINAL:
        halves.append(_placed((literal(2), null(), c.deliver_from), *_lately(query), *_among(closed, FINAL)))
    board = union_all(*halves).subquery("board")
    ids: Select[int] = select(board.c.id)
    return ids.order_by(board.c.group, board.c.earliest_first, board.c.latest_first.desc(), board.c.id)


def _placed(place: tuple[ColumnElement[Any], ...], *conditions: ColumnElement[bool]) -> Select[Any]:
    """Orders with what they are sorted by."""
    names = ("group", "earliest_first", "latest_first")
    sorted_by = (column.label(name) for column, name in zip(place, names, strict=True))
    return select(orders.c.id, *sorted_by).where(*conditions)


def _among(statuses: frozenset[Status], all_there_are: frozenset[Status]) -> tuple[ColumnElement[bool], ...]:
    """For all of them there is nothing to ask, ten thousand times."""
    return () if statuses == all_there_are else (orders.c.status.in_(sorted(statuses)),)


def _living(query: BoardQuery) -> tuple[ColumnElement[bool], ...]:
    return (*_scope(query), orders.c.closed_at.is_(None))


def _lately(query: BoardQuery) -> tuple[ColumnElement[bool], ...]:
    return (*_scope(query), orders.c.closed_at >= query.archived_before, ~orders.c.hidden)


def _archive(query: BoardQuery) -> Select[int]:
    archived = or_(orders.c.hidden, orders.c.closed_at < query.archived_before)
    ids: Select[int] = select(orders.c.id).where(*_scope(query), orders.c.closed_at.is_not(None), archived)
    return ids.order_by(orders.c.deliver_from.desc(), orders.c.id.desc())


def _scope(query: BoardQuery) -> tuple[ColumnElement[bool], ...]:
    """The shop, the person, the span: what all sections share."""
    found = [orders.c.shop_id == query.shop_id, *_visible(query.visible_to)]
    if query.span.start is not None:
        found.append(orders.c.deliver_from >= query.span.start)
    if query.span.end is not None:
        found.append(orders.c.deliver_from < query.span.end)
    return tuple(found)


def _visible(staff_id: int | None) -> tuple[ColumnElement[bool], ...]:
    if staff_id is None:
        return ()
    return (or_(orders.c.seller_id == staff_id, orders.c.carrier_id == staff_id),)


async def _count(c: AsyncConnection, query: BoardQuery, *conditions: ColumnElement[bool]) -> int:
    number = select(func.count()).select_from(orders).where(*_scope(query), *conditions)
    return (await c.execute(number)).scalar_one()
