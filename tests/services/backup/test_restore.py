"""An empty database is rebuilt from the copy, whatever the copy lacks; the same on both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from orders.goods.products import Ingredient
from orders.model.people import Role
from orders.money.money_report import Operation, Report, Transaction, taken
from orders.steps import commands as do
from services.backup.backup_writer import BackupWriter
from services.backup.compare import differences, missing_versions
from services.backup.restore import NotEmpty, Restored, restore
from services.order.desk import Desk
from storage.backup.backup_copy import BackupCopy
from storage.db.database import Database
from storage.db.errors import UnreadableDocument
from storage.delivery import spare_couriers
from storage.goods import flowers, products
from storage.money import money_reports, transactions
from storage.money.money_reports import KeptReport
from storage.order import deadlines as deadline_rows
from storage.order import events
from storage.order import orders as order_rows
from storage.sending import shop_notifications
from storage.sending.shop_notifications import News, NewsKind
from storage.shop import closures, shops
from storage.shop.shops import Shop
from storage.team import staff
from tests.builders import MANAGER, NOON, RULES, a_mark, a_product, minutes
from tests.postgres import PostgresServer
from tests.services.workplace import Clock, own_copy, receive

SETTINGS = Shop(0, 4711, "Лепесток", "ru", RULES)
EVERY_VERSION = 3
SPARE = ("Глеб", "+79160000091", "на машине")


@pytest.fixture
def copy_path(tmp_path: Path) -> Path:
    return tmp_path / "copy.db"


@pytest.fixture
async def copy(copy_path: Path, database: Database, desk: Desk, clock: Clock) -> BackupCopy:
    """Two orders of the shop, one with an undone step, as the copy holds them."""
    copy = BackupCopy(copy_path)
    copies = BackupWriter(database, own_copy(database, copy, clock), clock)
    async with database.write() as c:
        await spare_couriers.put(c, 1, *SPARE)
    first, second = [await receive(desk, NOON) for _ in range(2)]
    await desk.do(second.id, do.Accept(), MANAGER)
    await desk.do(second.id, do.Undo("не тот заказ"), MANAGER)
    await copies.write(first.id, 1)
    for version in range(1, EVERY_VERSION + 1):
        await copies.write(second.id, version)
    return copy


@pytest.fixture(params=["sqlite", "postgres"])
async def empty(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Database]:
    """A new machine's database."""
    url = sqlite_url
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.new_database()
    database = Database(url)
    yield database
    await database.close()


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement)
        db.commit()


async def restored(copy: BackupCopy, into: Database) -> Restored:
    return await restore(into, copy, SETTINGS, NOON, lambda: None)


@pytest.mark.requirement("X11")
async def test_everything_comes_back_and_new_ids_follow_the_old_ones(
    copy: BackupCopy, empty: Database, database: Database
) -> None:
    found = await restored(copy, empty)

    assert found == Restored(orders=2, versions=4, people=5, without_history=0)
    assert await differences(empty, copy) == []
    async with database.snapshot() as old, empty.snapshot() as new:
        spares = await spare_couriers.of_shop(new, 1)
        assert [(spare.name, spare.phone, spare.note) for spare in spares] == [SPARE]
        assert await staff.of_shop(new, 1) == await staff.of_shop(old, 1)
        assert await shops.get(new, 1) == await shops.get(old, 1)
        for order_id in (1, 2):
            assert await order_rows.get(new, order_id) == await order_rows.get(old, order_id)
            assert await events.history(new, order_id) == await events.history(old, order_id)
        assert await deadline_rows.earliest(new) == NOON + minutes(5)
    assert (await receive(Desk(empty, lambda: NOON), NOON)).id == 3
    async with empty.write() as c:
        assert (await staff.add(c, 1, "+79160000099", "Нина", Role.SELLER)).staff_id == 6


@pytest.mark.requirement("X11")
async def test_a_copy_without_events_shops_and_people_still_gives_back_every_version(
    copy: BackupCopy, copy_path: Path, empty: Database, clock: Clock
) -> None:
    async with empty.write() as c:
        await shops.put(c, SETTINGS)
    change(copy_path, "UPDATE orders SET event = NULL")
    change(copy_path, "DROP TABLE shops")
    change(
        copy_path,
        "UPDATE orders SET shop_id = 7, document = replace(document, '\"shop_id\":1', '\"shop_id\":7')",
    )

    found = await restore(
        empty, copy, replace(SETTINGS, marketplace_id=4799, name="Новый"), NOON, lambda: None
    )

    assert found == Restored(orders=2, versions=4, people=0, without_history=4)
    assert await differences(empty, copy) == []
    async with empty.snapshot() as c:
        assert await events.history(c, 2) == []
        second = await events.order_at(c, 2, 2)
        assert second is not None
        assert second.progress.accepted is not None
        kept = await shops.get(c, 7)
    assert kept is not None
    assert kept.marketplace_id == 4799


@pytest.mark.requirement("X11")
async def test_people_whom_a_first_start_has_taken_on_stay(copy: BackupCopy, empty: Database) -> None:
    async with empty.write() as c:
        shop = await shops.put(c, SETTINGS)
        for number, (phone, chat) in enumerate((("+79160000010", 1001), ("+79160000077", 5005)), start=1):
            member = await staff.add(c, shop.id, phone, f"new {number}", Role.SELLER)
            await staff.connect(c, member.staff_id, chat, "en", member.name)

    await restored(copy, empty)

    async with empty.snapshot() as c:
        names = [(member.staff_id, member.name, member.telegram_id) for member in await staff.of_shop(c, 1)]
    assert (1, "Ирина", 1001) in names
    assert (6, "new 2", 5005) in names


@pytest.mark.requirement("X11")
async def test_goods_that_a_first_start_has_read_do_not_stand_in_the_way(
    copy: BackupCopy, empty: Database
) -> None:
    async with empty.write() as c:
        shop = await shops.put(c, SETTINGS)
        await products.put_many(c, shop.id, [a_product(recipe=(Ingredient("пион", 15),))], NOON)
        await flowers.set_stems(c, shop.id, "пион", 0, a_mark())
        await closures.begin(c, shop.id, a_mark(), None, None)
        news = News(shop.id, 1001, NewsKind.SHOP_OPEN, 1, sound=True, not_before=NOON)
        await shop_notifications.put(c, [news])
    await restored(copy, empty)
    assert await differences(empty, copy) == []
    async with empty.snapshot() as c:
        assert await products.total(c, shop.id) == 0, "they come again with the next look at the marketplace"


@pytest.mark.requirement("X11")
async def test_an_order_that_is_there_already_stops_everything(copy: BackupCopy, database: Database) -> None:
    with pytest.raises(NotEmpty):
        await restored(copy, database)


@pytest.mark.requirement("R80")
async def test_what_the_copy_has_missed_is_put_into_the_outbox_once(
    copy: BackupCopy, copy_path: Path, database: Database, clock: Clock
) -> None:
    change(copy_path, "DELETE FROM orders WHERE version = 2 OR order_id = 1")
    copies = BackupWriter(database, own_copy(database, copy, clock), clock)

    assert await missing_versions(database, copy) == [(1, 1), (2, 2)]
    assert await copies.catch_up() == 2
    for order_id, version in ((1, 1), (2, 2)):
        await copies.write(order_id, version)
    assert await copies.catch_up() == 0
    assert await differences(database, copy) == []


async def test_money_reports_that_came_first_do_not_stand_in_the_way(
    copy: BackupCopy, empty: Database
) -> None:
    report = Report((Transaction("a", "1", Operation.PAID, 100),))
    async with empty.write() as c:
        shop = await shops.put(c, SETTINGS)
        await transactions.add(c, shop.id, report.transactions)
        await money_reports.put(c, KeptReport(0, shop.id, "ab", None, NOON, taken(report, 1)))
    assert (await restore(empty, copy, SETTINGS, NOON, lambda: None)).orders == 2


@pytest.mark.requirement("X3", "X11")
@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("UPDATE orders SET document = substr(document, 1, 50) WHERE version = 2", "version 2"),
        ("UPDATE orders SET event = substr(event, 1, 20) WHERE version = 2", "version 2"),
        ("UPDATE orders SET saved_at = 'yesterday' WHERE version = 2", "version 2"),
        ("UPDATE raw_orders SET raw = '{'", "as the marketplace gave it"),
        ("UPDATE shops SET document = '{}'", "shop 1"),
        ("UPDATE shops SET document = '{'", "shop 1"),
        ("UPDATE shops SET document = replace(document, '\"director\"', '\"king\"')", "shop 1"),
        ("INSERT INTO belongings VALUES ('drafts', '[1]', '{', '')", "drafts [1]"),
    ],
)
async def test_what_cannot_be_read_is_named_and_nothing_is_restored(
    copy: BackupCopy, copy_path: Path, empty: Database, damage: str, named: str
) -> None:
    with closing(sqlite3.connect(copy_path)) as db:
        db.execute(damage)
        db.commit()

    with pytest.raises(UnreadableDocument) as unreadable:
        await restore(empty, copy, SETTINGS, NOON, lambda: None)

    assert named in str(unreadable.value)
    async with empty.snapshot() as c:
        assert not await order_rows.is_any(c)
