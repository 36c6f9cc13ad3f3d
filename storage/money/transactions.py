"""The marketplace's fees and payouts for orders, from its money reports (R13)."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.money.money_report import Operation, Transaction
from orders.money.reconciliation import RealPayout
from storage.db import upserts
from storage.db.tables import imports, money_reports, transactions

_AT_ONCE = 500
"""Rows per statement, below the databases' limit of bound parameters."""
_SUMS = (
    select(transactions.c.number, transactions.c.operation, func.sum(transactions.c.minor))
    .where(
        transactions.c.shop_id == bindparam("shop_id"),
        transactions.c.number.in_(bindparam("numbers", expanding=True)),
    )
    .group_by(transactions.c.number, transactions.c.operation)
)


async def add(c: AsyncConnection, shop_id: int, found: Sequence[Transaction]) -> int:
    """Store the transactions that are not stored yet. Returns how many these were."""
    rows = iter([_row(shop_id, one) for one in found])
    new = 0
    while some := list(islice(rows, _AT_ONCE)):
        statement = upserts.insert(c, transactions).values(some).on_conflict_do_nothing()
        new += (await c.execute(statement)).rowcount
    return new


async def payouts(c: AsyncConnection, shop_id: int, numbers: Sequence[str]) -> dict[str, RealPayout]:
    """Returns the payouts of these orders by number, from all reports; orders in no report are left out."""
    sums: defaultdict[str, dict[Operation, int]] = defaultdict(dict)
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        for number, operation, minor in await c.execute(_SUMS, {"shop_id": shop_id, "numbers": some}):
            sums[number][Operation(operation)] = int(minor)
    return {number: RealPayout(sums[number]) for number in numbers if number in sums}


async def payout(c: AsyncConnection, shop_id: int, number: str) -> RealPayout | None:
    """Returns the payout of one order; None while no report contains it."""
    return (await payouts(c, shop_id, [number])).get(number)


async def remove_all(c: AsyncConnection) -> None:
    """Delete all rows before the shops are restored from the backup copy; people can send the files again."""
    for table in (transactions, money_reports, imports):
        await c.execute(delete(table))


def _row(shop_id: int, one: Transaction) -> dict[str, Any]:
    return {
        "shop_id": shop_id,
        "digest": hashlib.sha256(one.key.encode()).hexdigest(),
        "number": one.number,
        "operation": one.operation,
        "minor": one.minor,
        "paid_at": one.paid_at,
        "delivered_at": one.delivered_at,
    }
