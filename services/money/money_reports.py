"""Imports money reports and compares them with the orders (R13)."""

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
    """An imported report, and its orders as they are now."""

    report: KeptReport
    orders: Reconciliation


class MoneyReports:
    """What the marketplace says it paid. The caller checks that the actor is a chief."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def take(self, report: Report, sha256: str, shop: Shop, actor: Actor) -> int:
        """Import the new rows of a report in one transaction; returns the report's id. Idempotent.

        The same file again is the same report, and rows of an earlier report are not counted twice.
        """
        async with self._database.write() as c:
            new = await transactions.add(c, shop.id, report.transactions)
            kept = KeptReport(0, shop.id, sha256, actor.staff_id, self._clock(), taken(report, new))
            return await money_reports.put(c, kept)

    async def earlier(self, shop: Shop, limit: int, offset: int) -> tuple[list[KeptReport], int]:
        """A page of the imported reports, the newest first, and the number of all of them."""
        async with self._database.snapshot() as c:
            total = await money_reports.total(c, shop.id)
            return await money_reports.page(c, shop.id, limit, offset), total

    async def result(self, report_id: int, shop: Shop) -> Result | None:
        """Compare the report with the current orders and rules; None if the shop has no such report."""
        async with self._database.snapshot() as c:
            report = await money_reports.get(c, shop.id, report_id)
            if report is None:
                return None
            numbers = report.taken.numbers
            payouts = await transactions.payouts(c, shop.id, numbers)
            orders = [order async for order in order_rows.by_numbers(c, shop.id, numbers)]
        return Result(report, reconcile(payouts, orders, shop.rules))
