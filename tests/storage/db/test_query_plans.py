"""What every tap and every turn asks is looked up by an index, on both databases: never the whole table.

Tests of answers alone pass with any plan.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.order.board import Section, Span
from storage.db.database import Database
from storage.delivery import routes
from storage.load import done_orders
from storage.order import board, deadlines
from storage.order.board import BoardQuery
from storage.sending import outbox
from storage.sending.outbox import Channel
from tests.builders import NOON, minutes

Ask = Callable[[AsyncConnection], Awaitable[object]]

TABLES = {"orders", "number_parts", "outbox", "deadlines"}
BOARD = BoardQuery(1, Section.ALL, Span(), NOON - minutes(60 * 48))
ASKED: dict[str, Ask] = {
    "board": lambda c: board.page(c, BOARD, 10, 0),
    "counts of the board": lambda c: board.counts(c, BOARD),
    "deliveries of a day": lambda c: done_orders.ids_between(c, 1, NOON, NOON + minutes(60 * 24)),
    "search": lambda c: board.find(c, 1, "6184", None, 10),
    "what may leave": lambda c: outbox.claim(c, Channel.TELEGRAM, NOON, 10, not_to=[5], one_each=True),
    "what may be copied": lambda c: outbox.claim(c, Channel.COPY, NOON, 10),
    "when the next may leave": lambda c: outbox.next_due(c, Channel.TELEGRAM, not_to=[5]),
    "what an order has waiting": lambda c: outbox.answer_of_failed(c, Channel.MARKETPLACE, 7),
    "what is due": lambda c: deadlines.claim(c, NOON, 10),
    "when the next is due": deadlines.earliest,
    "who handed over what lately": lambda c: routes.known_of(c, 1, {4: []}, NOON),
}


@pytest.fixture
def statements() -> Iterator[list[tuple[str, Any]]]:
    """The SQL that runs during the test, with its parameters."""
    found: list[tuple[str, Any]] = []

    def listen(_c: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        found.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", listen)
    yield found
    event.remove(Engine, "before_cursor_execute", listen)


@pytest.mark.parametrize("asked", ASKED)
async def test_what_is_asked_all_day_reads_no_whole_table(
    database: Database, statements: list[tuple[str, Any]], asked: str
) -> None:
    async with database.write() as c:
        statements.clear()
        await ASKED[asked](c)
        ran = [
            one for one in statements if one[0].lstrip().startswith(("SELECT", "WITH", "UPDATE", "DELETE"))
        ]
        assert ran
        for statement, parameters in ran:
            reads = _reads_of_postgres if database.is_shared else _reads_of_sqlite
            whole = [
                table for table, is_looked_up in await reads(c, statement, parameters) if not is_looked_up
            ]
            assert whole == [], statement


async def _reads_of_sqlite(c: AsyncConnection, statement: str, parameters: Any) -> list[tuple[str, bool]]:  # noqa: ANN401 - as the driver takes them
    rows = await c.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    reads = [row.detail.split() for row in rows]
    return [(words[1], words[0] == "SEARCH") for words in reads if len(words) > 1 and words[1] in TABLES]


async def _reads_of_postgres(c: AsyncConnection, statement: str, parameters: Any) -> list[tuple[str, bool]]:  # noqa: ANN401
    """Tables this small are read whole for good reason: the server is told that this costs much."""
    await c.execute(text("SET LOCAL enable_seqscan = off"))
    rows = await c.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
    plan = rows.scalar_one()
    return list(_reads_in(json.loads(plan) if isinstance(plan, str) else plan))


def _reads_in(plan: Any) -> Iterator[tuple[str, bool]]:  # noqa: ANN401 - nodes of the plan, as JSON
    for node in plan if isinstance(plan, list) else [plan]:
        inner = node.get("Plan", node)
        if inner.get("Relation Name") in TABLES and "Scan" in inner["Node Type"]:
            yield inner["Relation Name"], "Index Cond" in inner or "Recheck Cond" in inner
        yield from _reads_in(inner.get("Plans", []))
