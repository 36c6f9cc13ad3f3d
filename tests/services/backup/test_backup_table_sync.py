"""What the shops have beside their orders is in the copy, and comes back from it on both databases (X11)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from orders.goods.products import Ingredient
from orders.model.draft import Draft
from orders.model.people import Role
from services.backup.backup_table_sync import Belongings
from services.backup.backup_writer import BackupWriter
from services.backup.restore import restore
from services.order.desk import Desk
from storage.backup import backed_up_tables as rows
from storage.backup.backed_up_tables import Belonging
from storage.backup.backup_copy import BackupCopy
from storage.db import serial
from storage.db.client_tables import client_talk
from storage.db.database import Database
from storage.delivery import spare_couriers
from storage.goods import flowers, products
from storage.intake import drafts
from storage.shop import closures, shop_log, shops
from storage.shop.shop_log import NoteKind
from storage.shop.shops import Shop
from storage.team import invitations, staff
from tests.builders import MANAGER, NOON, RULES, a_mark, a_product, minutes, some_details
from tests.postgres import PostgresServer
from tests.services.workplace import Clock, own_copy, receive, running

SETTINGS = Shop(0, 4711, "Лепесток", "ru", RULES)
PEONIES = a_product(recipe=(Ingredient("пион", 15), Ingredient("эвкалипт", 3)), stopped=True)
ROSES = a_product(offer_id="r-51", name="Розы", stock=4)
DRAFT = Draft(0, 1, MANAGER.staff_id or 0, NOON, "25836184", some_details(written="Заказ 25836184"))


@pytest.fixture
def copy(tmp_path: Path) -> BackupCopy:
    return BackupCopy(tmp_path / "disk" / "copy.db")


@pytest.fixture
def kept(database: Database, copy: BackupCopy, clock: Clock) -> Belongings:
    return Belongings(database, own_copy(database, copy, clock))


@pytest.fixture(params=["sqlite", "postgres"])
async def empty(request: pytest.FixtureRequest, sqlite_url: str) -> AsyncIterator[Database]:
    """A new machine's database, which a first start has been in: it has read the goods already."""
    url = sqlite_url
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.new_database()
    database = Database(url)
    async with database.write() as c:
        shop = await shops.put(c, SETTINGS)
        await products.put_many(c, shop.id, [ROSES], NOON)
    yield database
    await database.close()


async def fill(database: Database) -> None:
    """Two products, a counted flower, a shop that is hidden, a draft, an invitation, a note."""
    async with database.write() as c:
        await products.put_many(c, 1, [PEONIES, ROSES], NOON)
        await flowers.set_stems(c, 1, "пион", 0, a_mark(MANAGER))
        await closures.begin(c, 1, a_mark(MANAGER), NOON + minutes(60), NOON + minutes(50))
        await drafts.add(c, DRAFT)
        await invitations.add(c, 1, Role.SELLER, "token", a_mark(MANAGER), NOON + minutes(60))
        await shop_log.add(c, 1, NoteKind.ERASURE, NOON, {"orders": ["25836184"]})


async def everything(database: Database) -> list[Belonging]:
    async with database.snapshot() as c:
        return [one async for one in rows.every(c)]


@pytest.mark.requirement("X11")
async def test_goods_hidden_times_and_drafts_come_back_with_their_ids(
    database: Database, desk: Desk, copy: BackupCopy, clock: Clock, kept: Belongings, empty: Database
) -> None:
    await BackupWriter(database, own_copy(database, copy, clock), clock).write(
        (await receive(desk, NOON)).id, 1
    )
    await fill(database)
    async with database.write() as c:
        said = {"mark": serial.mark_document(a_mark()), "kind": "text", "words": "Спасибо", "file_id": ""}
        await c.execute(client_talk.insert().values(order_id=1, at=NOON, **said))
    assert await kept.keep()

    await restore(empty, copy, SETTINGS, NOON, lambda: None)

    assert await everything(empty) == await everything(database)
    async with empty.write() as c:
        product = (await products.by_offer_ids(c, 1, ["p-15"]))["p-15"]
        assert (product.recipe, product.stopped) == (PEONIES.recipe, True)
        assert await flowers.stems(c, 1) == {"пион": 0}
        hiding = await closures.current(c, 1)
        assert hiding is not None
        assert hiding.until == NOON + minutes(60)
        (draft,) = await drafts.of_person(c, DRAFT.staff_id, 1)
        assert draft == replace(DRAFT, id=draft.id)
        assert (await drafts.add(c, DRAFT)).id > draft.id, "new ids follow the old ones"
        await products.put_many(c, 1, [a_product(offer_id="new")], NOON)


@pytest.mark.requirement("X11")
async def test_only_what_has_changed_is_written_and_what_is_gone_goes(
    database: Database, copy: BackupCopy, kept: Belongings
) -> None:
    await fill(database)
    assert await kept.keep()
    assert not await kept.keep(), "nothing new"
    async with database.write() as c:
        (draft,) = await drafts.of_person(c, DRAFT.staff_id, 1)
        await drafts.remove(c, draft.id)
        await staff.add(c, 1, "+79160000099", "Нина", Role.SELLER)
    assert await kept.keep()
    left = {"products", "recipes", "flowers", "hidings", "invitations", "shop_notes"}
    assert {one.table for one in await copy.belongings()} == left
    assert "Нина" in [person["name"] for person in (await copy.shops())[1]["people"]]


@pytest.mark.requirement("X11")
async def test_an_empty_machine_does_not_empty_the_copy_before_its_restore(
    database: Database, desk: Desk, copy: BackupCopy, clock: Clock, kept: Belongings, empty: Database,
) -> None:  # fmt: skip
    await BackupWriter(database, own_copy(database, copy, clock), clock).write(
        (await receive(desk, NOON)).id, 1
    )
    await fill(database)
    await kept.keep()
    before = await copy.belongings()
    assert not await Belongings(empty, own_copy(empty, copy, clock)).keep()
    assert await copy.belongings() == before


@pytest.mark.requirement("X11")
async def test_spare_couriers_stay_in_the_copy_which_is_written_only_when_something_changed(
    database: Database, desk: Desk, copy: BackupCopy, clock: Clock, kept: Belongings
) -> None:
    await fill(database)
    async with database.write() as c:
        await spare_couriers.put(c, 1, "Глеб", "+79160000091", "на машине")
    await kept.keep()
    await BackupWriter(database, own_copy(database, copy, clock), clock).write(
        (await receive(desk, NOON)).id, 1
    )

    assert not await kept.keep(), "the two ways into the copy write the same of a shop"
    assert [spare["name"] for spare in (await copy.shops())[1]["spare_couriers"]] == ["Глеб"]


async def test_rows_that_refer_to_nobody_are_left_out(database: Database) -> None:
    await fill(database)
    found = await everything(database)
    lost = [replace(one, document=one.document.replace('"staff_id":2', '"staff_id":99')) for one in found]
    unknown = Belonging("pots", "[1]", "{}")
    async with database.write() as c:
        assert await rows.put_back(c, [*lost, unknown]) == len(found) - 1
        assert await drafts.of_person(c, DRAFT.staff_id, 1) == []


async def test_an_orderly_stop_leaves_nothing_behind_and_a_broken_disk_only_a_line(
    database: Database, copy: BackupCopy, kept: Belongings, tmp_path: Path, clock: Clock
) -> None:
    async with running(kept.run()):
        while not (await copy.beside_orders()).shops:  # noqa: ASYNC110 - the first look tells nobody
            await asyncio.sleep(0.01)
        await fill(database)
    assert len(await copy.belongings()) == len(await everything(database))

    blocked = BackupCopy(tmp_path)
    with capture_logs() as logs:
        async with running(Belongings(database, own_copy(database, blocked, clock)).run()):
            while not logs:  # noqa: ASYNC110 - a line of the log tells nobody either
                await asyncio.sleep(0.01)
    assert {line["event"] for line in logs} == {"belongings_not_copied"}


@pytest.mark.requirement("X11")
async def test_what_changes_while_the_bot_runs_is_in_the_copy_soon(
    database: Database, copy: BackupCopy, kept: Belongings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a stop: a machine that breaks stops nothing in order."""
    monkeypatch.setattr("services.backup.backup_table_sync.EVERY_SECONDS", 0.05)

    async def until_copied(count: int) -> None:
        async with asyncio.timeout(20):
            while len(await copy.belongings()) != count:  # noqa: ASYNC110 - the copy tells nobody
                await asyncio.sleep(0.01)

    await kept.keep()  # the copy is there, before it is looked into
    await fill(database)
    async with running(kept.run()):
        await until_copied(len(await everything(database)))
        async with database.write() as c:
            await drafts.add(c, DRAFT)
        await until_copied(len(await everything(database)))


async def test_a_removed_shop_leaves_the_copy_unless_the_copy_has_orders_of_it(
    database: Database, desk: Desk, copy: BackupCopy, clock: Clock, kept: Belongings
) -> None:
    await BackupWriter(database, own_copy(database, copy, clock), clock).write(
        (await receive(desk, NOON)).id, 1
    )
    async with database.write() as c:
        added = await shops.put(c, Shop(0, None, "Мята", "ru", RULES))
    await kept.keep()
    assert added.id in await copy.shops()
    async with database.write() as c:
        await shops.remove(c, added.id)
    assert await kept.keep()
    assert added.id not in await copy.shops()
    await copy.keep_beside_orders({}, [], [], [1])
    assert 1 in await copy.shops()


async def test_a_restored_database_knows_the_shop_of_the_settings_by_any_name(
    database: Database, desk: Desk, copy: BackupCopy, clock: Clock, kept: Belongings, empty: Database
) -> None:
    async with database.write() as c:
        await shops.put_of_settings(c, SETTINGS)
    await BackupWriter(database, own_copy(database, copy, clock), clock).write(
        (await receive(desk, NOON)).id, 1
    )
    await kept.keep()
    await restore(empty, copy, SETTINGS, NOON, lambda: None)
    async with empty.write() as c:
        renamed = await shops.put_of_settings(c, replace(SETTINGS, name="Роза", marketplace_id=9))
        assert renamed.id == 1
        assert [shop.of_settings for shop in await shops.all_shops(c)] == [True, False]
