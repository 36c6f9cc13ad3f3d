"""Takes money reports in and holds them against the orders (R13)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from orders.model.people import Actor
from orders.money.money_report import Report, taken
from orders.money.reconciliation import Reconciliation, reconcile
from storage.db.database import Database
from storage.money import money_reports, transactions
from storage.money.money_reports import KeptReport
from storage.order import orders as order_rows
from storage.shop.shops import Shop


@dataclass(frozen=True, slots=True)
class Result:
    """A report as it was taken in, and its orders as they are now."""

    report: KeptReport
    orders: Reconciliation


class MoneyReports:
    """What the marketplace says it paid. Only chiefs may ask: whoever calls sees to that."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def take(self, report: Report, sha256: str, shop: Shop, actor: Actor) -> int:
        """Keep what is new in a report, all of it or nothing; gives the report's id.

        The same file again is the same report, and rows that another one held are not counted twice.
        """
        async with self._database.write() as c:
            new = await transactions.add(c, shop.id, report.transactions)
            kept = KeptReport(0, shop.id, sha256, actor.staff_id, self._clock(), taken(report, new))
            return await money_reports.put(c, kept)

    async def earlier(self, shop: Shop, limit: int, offset: int) -> tuple[list[KeptReport], int]:
        """A page of what was taken in, the newest first, and how many there are in all."""
        async with self._database.snapshot() as c:
            total = await money_reports.total(c, shop.id)
            return await money_reports.page(c, shop.id, limit, offset), total

    async def result(self, report_id: int, shop: Shop) -> Result | None:
        """The report against the orders and the rules as they are now; None if the shop has no such one."""
        async with self._database.snapshot() as c:
            report = await money_reports.get(c, shop.id, report_id)
            if report is None:
                return None
            numbers = report.taken.numbers
            payouts = await transactions.payouts(c, shop.id, numbers)
            orders = [order async for order in order_rows.by_numbers(c, shop.id, numbers)]
        return Result(report, reconcile(payouts, orders, shop.rules))
