"""A board that reads the whole archive passes all other tests: here SQLite says what it reads."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.order.board import Section, Span
from storage.db.database import Database
from storage.order import board
from storage.order.board import BoardQuery
from tests.builders import NOON, minutes

Look = Callable[[AsyncConnection], Awaitable[object]]
Statements = list[tuple[str, Any]]

QUERY = BoardQuery(1, Section.ALL, Span(), NOON - minutes(60 * 48))
MINE = replace(QUERY, visible_to=3)
ARCHIVE = replace(QUERY, section=Section.ARCHIVE)
TABLES = tuple(f"{how} {table}" for how in ("SEARCH", "SCAN") for table in ("orders", "number_parts"))
TODAY = replace(ARCHIVE, span=Span(NOON, NOON + minutes(60 * 24)))


@pytest.fixture
def statements() -> Iterator[Statements]:
    """The SQL that runs during the test."""
    found: Statements = []

    def listen(_c: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        found.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", listen)
    yield found
    event.remove(Engine, "before_cursor_execute", listen)


async def plan_of(sqlite: Database, look: Look, statements: Statements) -> list[str]:
    async with sqlite.snapshot() as c:
        statements.clear()
        await look(c)
        plan: list[str] = []
        for statement, parameters in list(statements):
            rows = await c.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plan += [row.detail for row in rows if row.detail.startswith(TABLES)]
    return plan


@pytest.mark.parametrize("query", [QUERY, MINE], ids=["everybody", "one person"])
async def test_the_board_reads_the_living_and_the_lately_closed(
    sqlite: Database, statements: Statements, query: BoardQuery
) -> None:
    for look in (lambda c: board.page(c, query, 10, 0), lambda c: board.counts(c, query)):
        plan = await plan_of(sqlite, look, statements)
        assert [line.partition("USING ")[2] for line in plan[:2]] == [
            "COVERING INDEX ix_orders_board (shop_id=? AND closed_at=?)",
            "COVERING INDEX ix_orders_board (shop_id=? AND closed_at>?)",
        ]


async def test_the_archive_is_counted_without_reading_its_orders(
    sqlite: Database, statements: Statements
) -> None:
    plan = await plan_of(sqlite, lambda c: board.not_shown(c, MINE), statements)
    assert "SEARCH orders USING COVERING INDEX ix_orders_board (shop_id=? AND closed_at<?)" in plan


@pytest.mark.parametrize("query", [ARCHIVE, TODAY], ids=["all", "today"])
async def test_the_archive_is_read_in_its_order(
    sqlite: Database, statements: Statements, query: BoardQuery
) -> None:
    [plan, *_load] = await plan_of(sqlite, lambda c: board.page(c, query, 10, 0), statements)
    assert "ix_orders_delivery (shop_id=?" in plan


async def test_a_part_of_a_number_is_looked_up_and_a_short_one_looked_for_in_the_numbers_alone(
    sqlite: Database, statements: Statements
) -> None:
    plan = await plan_of(sqlite, lambda c: board.find(c, 1, "618", None, 10), statements)
    assert "SEARCH orders USING COVERING INDEX sqlite_autoindex_orders_1 (shop_id=?)" in plan
    assert not any(line.startswith("SCAN") for line in plan)
    plan = await plan_of(sqlite, lambda c: board.find(c, 1, "6184", None, 10), statements)
    assert (
        "SEARCH number_parts USING COVERING INDEX sqlite_autoindex_number_parts_1"
        " (shop_id=? AND part>? AND part<?)"
    ) in plan
    assert "SEARCH orders USING INTEGER PRIMARY KEY (rowid=?)" in plan
