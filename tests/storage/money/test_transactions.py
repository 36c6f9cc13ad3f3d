from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from orders.model.rules import ShopRules
from orders.money.money_report import Operation, Report, Taken, Transaction, taken
from orders.money.reconciliation import RealPayout
from storage.db.database import Database
from storage.money import money_reports, transactions
from storage.money.money_reports import KeptReport
from storage.order import orders
from storage.shop import shops
from storage.shop.shops import Shop
from tests.builders import NOON, an_order
from tests.storage.conftest import Keep


def a_transaction(key: str, minor: int = 100, number: str = "1", **changes: Operation) -> Transaction:
    operation = changes.get("operation", Operation.PAID)
    return Transaction(key, number, operation, minor, NOON, None)


async def add(database: Database, shop: Shop, *found: Transaction) -> int:
    async with database.write() as c:
        return await transactions.add(c, shop.id, found)


async def test_the_same_transaction_is_kept_once(database: Database, elsewhere: Database, shop: Shop) -> None:
    both = (a_transaction("a"), a_transaction("b", -20, operation=Operation.COMMISSION))
    assert await add(database, shop, *both) == 2
    assert await add(database, shop, *both, a_transaction("c", 5)) == 1
    async with elsewhere.snapshot() as c:
        found = await transactions.payout(c, shop.id, "1")
        assert found == RealPayout({Operation.PAID: 105, Operation.COMMISSION: -20})
        assert found.minor == 85
        assert await transactions.payout(c, shop.id, "2") is None


async def test_two_who_send_one_report_at_once_keep_it_once(
    database: Database, elsewhere: Database, shop: Shop
) -> None:
    rows = [a_transaction(str(number)) for number in range(50)]
    counts = await asyncio.gather(*(add(each, shop, *rows) for each in (database, elsewhere)))
    assert sorted(counts) == [0, 50]


async def test_a_long_report_is_kept_whole(database: Database, shop: Shop) -> None:
    rows = [a_transaction(f"{number}-{part}", 1, str(number)) for number in range(700) for part in range(2)]
    assert await add(database, shop, *rows) == 1400
    async with database.snapshot() as c:
        numbers = [str(number) for number in range(701)]
        found = await transactions.payouts(c, shop.id, numbers)
    assert list(found) == numbers[:700]
    assert {payout.minor for payout in found.values()} == {2}


@pytest.mark.requirement("X6")
async def test_shops_do_not_see_each_others_money(database: Database, shop: Shop) -> None:
    async with database.write() as c:
        other = await shops.put(c, Shop(0, 999, "Чужие цветы", "ru", ShopRules()))
    assert await add(database, shop, a_transaction("a")) == 1
    assert await add(database, other, a_transaction("a")) == 1
    report = KeptReport(0, shop.id, "ab", 1, NOON, taken(Report((a_transaction("a"),)), 1))
    async with database.write() as c:
        report_id = await money_reports.put(c, report)
        assert await money_reports.get(c, other.id, report_id) is None
        assert await transactions.payouts(c, other.id, ["1"]) != {}


async def test_the_same_file_is_the_same_report(database: Database, elsewhere: Database, shop: Shop) -> None:
    first = KeptReport(
        0, shop.id, "ab", 1, NOON, Taken(2, 0, 1, (("Штраф", 3),), (5,), ("1", "2"), NOON, NOON)
    )
    again = replace(first, staff_id=2, taken=replace(first.taken, new=0, known=2))
    async with database.write() as c:
        report_id = await money_reports.put(c, first)
    async with elsewhere.snapshot() as c:
        assert await money_reports.get(c, shop.id, report_id) == replace(first, id=report_id)
    async with database.write() as c:
        assert await money_reports.put(c, again) == report_id
        assert await money_reports.put(c, replace(again, sha256="cd")) != report_id
    async with elsewhere.snapshot() as c:
        assert await money_reports.get(c, shop.id, report_id) == replace(again, id=report_id)


async def test_orders_are_found_by_many_numbers(database: Database, shop: Shop, keep: Keep) -> None:
    kept = [await keep(an_order(number=str(number))) for number in (3, 700)]
    async with database.snapshot() as c:
        numbers = [str(number) for number in range(1000)]
        assert [one async for one in orders.by_numbers(c, shop.id, numbers)] == kept
        assert [one async for one in orders.by_numbers(c, shop.id + 1, numbers)] == []
