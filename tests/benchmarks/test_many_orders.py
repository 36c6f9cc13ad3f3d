from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from benchmarks import many_orders
from benchmarks.many_orders import Kept
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.schedule.deadlines import deadlines
from storage.db.database import Database
from storage.order import deadlines as deadline_rows
from storage.order import orders
from storage.shop.shops import Shop
from tests.builders import ACCEPTED, LONG_WAY, NOON, an_order


async def keep(sqlite: Database, folder: Path, *found: Order) -> Path:
    await sqlite.close()
    file = folder / "data/orders.db"
    many_orders.write(file, map(Kept.of, found))
    return file


async def test_an_order_that_was_written_by_hand_reads_as_one_that_was_kept(
    sqlite: Database, shop: Shop, tmp_path: Path
) -> None:
    written = replace(an_order(*LONG_WAY), id=7, shop_id=shop.id)
    await keep(sqlite, tmp_path, written)
    async with sqlite.snapshot() as c:
        assert await orders.get(c, 7) == written
        by_hand = (await c.exec_driver_sql("SELECT * FROM orders WHERE id = 7")).mappings().one()
    async with sqlite.write() as c:
        kept = await orders.add(c, replace(written, id=0, number="another"))
        found = await c.exec_driver_sql("SELECT * FROM orders WHERE id = ?", (kept.id,))
        by_storage = found.mappings().one()
    of_its_own = {"id", "number", "document"}
    assert dict(by_hand) | dict.fromkeys(of_its_own) == dict(by_storage) | dict.fromkeys(of_its_own)


async def test_the_deadlines_are_those_of_the_rules(sqlite: Database, shop: Shop, tmp_path: Path) -> None:
    written = replace(an_order(ACCEPTED), id=7, shop_id=shop.id)
    file = await keep(sqlite, tmp_path, written)
    many_orders.write_deadlines(file, [written], ShopRules())
    wanted = deadlines(written, ShopRules(), {})
    async with sqlite.write() as c:
        assert await deadline_rows.earliest(c) == min(deadline.due_at for deadline in wanted)
        found = await deadline_rows.claim(c, NOON.replace(year=NOON.year + 1), 100)
    assert sorted(due.kind for due in found) == sorted(deadline.kind for deadline in wanted)
