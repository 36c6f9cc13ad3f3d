from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text

from orders.model.people import Role
from orders.model.rules import ShopRules
from orders.money.money_report import read_report, report_columns
from storage.bell import tables as bell_tables  # noqa: F401 - the tables of the board belong to the schema too
from storage.client import shown_photos
from storage.db.database import Database
from storage.db.migrations import alembic_config, is_newest, newest
from storage.db.tables import metadata
from storage.money import transactions
from storage.order import cards
from storage.order.cards import Card, Slot
from storage.sending import outbox, shop_notifications
from storage.sending.outbox import Channel, Kind, Outgoing, Priority, Row, ShopRow
from storage.sending.shop_notifications import News, NewsKind, news_of
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from tests.builders import NOON, an_order, minutes
from tests.sheets import REPORT_HEADING, report_row
from tests.storage.conftest import Keep


def down(connection: Connection) -> None:
    command.downgrade(alembic_config(connection), "base")


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def definitions(connection: Connection) -> list[list[str]]:
    """The words of each, sorted: a column that a migration added stands behind the keys.

    SQLite puts quotation marks around the name of a table that was made anew.
    """
    found = connection.execute(text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
    ours = (sql for sql in found.scalars() if "alembic_version" not in sql and "sqlite_sequence" not in sql)
    return sorted(sorted(re.findall(r"\w+|[^\w\s\"]", sql)) for sql in ours)


async def test_the_migrations_go_up_down_and_up_again(database: Database) -> None:
    async with database.write() as c:
        await c.run_sync(down)
        left = await c.run_sync(lambda connection: set(inspect(connection).get_table_names()))
    assert left <= {"alembic_version", "sqlite_sequence"}
    await database.migrate()
    async with database.snapshot() as c:
        assert await c.run_sync(differences) == []


async def test_what_is_newest_is_known_without_alembic(database: Database) -> None:
    async with database.snapshot() as c:
        heads = await c.run_sync(
            lambda connection: ScriptDirectory.from_config(alembic_config(connection)).get_heads()
        )
        assert newest() == set(heads)
        assert await c.run_sync(is_newest)


async def test_an_older_database_is_brought_up_to_date(database: Database) -> None:
    async with database.write() as c:
        await c.run_sync(lambda connection: command.downgrade(alembic_config(connection), "-1"))
        assert not await c.run_sync(is_newest)
    await database.migrate()
    async with database.snapshot() as c:
        assert await c.run_sync(is_newest)


def down_to(revision: str) -> Callable[[Connection], None]:
    return lambda connection: command.downgrade(alembic_config(connection), revision)


async def test_the_photos_in_the_clients_chats_outlive_the_move_to_a_table_of_their_own(
    database: Database, keep: Keep
) -> None:
    order_id = (await keep(an_order())).id
    async with database.write() as c:
        await shown_photos.add(c, order_id, 5, 18, "ab" * 32)
        await cards.put(c, Card(order_id, 5, Slot.CARD, 17, "digest"))
        await c.run_sync(down_to("0014"))
        assert len((await c.execute(text("SELECT slot FROM cards"))).all()) == 2
    await database.migrate()
    async with database.snapshot() as c:
        assert await shown_photos.shown(c, order_id, 5) == {18: "ab" * 32}
        assert (await cards.here(c, order_id, 5)).keys() == {Slot.CARD}


@pytest.mark.requirement("R13")
async def test_rows_of_a_money_report_that_are_kept_are_known_when_the_report_comes_again(
    database: Database, shop: Shop
) -> None:
    columns = report_columns(REPORT_HEADING)
    assert columns is not None
    row = report_row(1, "Бонусы", 100)
    rows = read_report(columns, enumerate([row, row, report_row(2, "Fee", -5)], start=2)).transactions
    async with database.write() as c:
        await transactions.add(
            c, shop.id, [replace(one, key=f"{at}, as before") for at, one in enumerate(rows)]
        )
        await c.run_sync(down_to("0015"))
    await database.migrate()
    async with database.write() as c:
        assert await transactions.add(c, shop.id, rows) == 0


async def test_what_a_shop_was_to_be_told_waits_in_the_outbox(
    database: Database, shop: Shop, keep: Keep
) -> None:
    order_id = (await keep(an_order())).id
    async with database.write() as c:
        card = Outgoing(Channel.TELEGRAM, Kind.CARD, order_id, Priority.CARD, NOON, target=5)
        await outbox.put(c, [card])
        loud = News(shop.id, 5, NewsKind.NOT_REOPENED, 0, sound=True, not_before=NOON)
        quiet = News(shop.id, 5, NewsKind.SHOP_OPEN, 3, sound=False, not_before=NOON + minutes(1))
        await shop_notifications.put(c, [loud, quiet])
        await c.run_sync(down_to("0032"))
        assert len((await c.execute(text("SELECT id FROM shop_news"))).all()) == 2
        assert len((await c.execute(text("SELECT id FROM outbox"))).all()) == 1
    await database.migrate()
    async with database.write() as c:
        claimed = await outbox.claim(c, Channel.TELEGRAM, NOON + minutes(1), 9)
    assert [news_of(row) for row in claimed if isinstance(row, ShopRow)] == [loud, quiet]
    assert [(row.order_id, row.target) for row in claimed if isinstance(row, Row)] == [(order_id, 5)]


async def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    async with database.snapshot() as c:
        assert await c.run_sync(differences) == []


async def test_on_sqlite_every_word_of_the_definitions_is_the_same(sqlite: Database) -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        wanted = definitions(connection)
    engine.dispose()
    async with sqlite.snapshot() as c:
        assert await c.run_sync(definitions) == wanted


async def test_migrating_twice_and_at_once_changes_nothing(database: Database, elsewhere: Database) -> None:
    await asyncio.gather(database.migrate(), elsewhere.migrate())
    async with database.snapshot() as c:
        assert await c.run_sync(differences) == []


async def test_each_place_of_a_person_gets_the_name_that_they_had(database: Database, shop: Shop) -> None:
    async with database.write() as c:
        other = await shops.put(c, Shop(0, 9, "Мята", "ru", ShopRules()))
        for place in (shop, other):
            await staff.add(c, place.id, "+79160000011", "Оля", Role.SELLER)
        await c.run_sync(down_to("0015"))
        assert (await c.execute(text("SELECT name FROM staff"))).scalars().all() == ["Оля"]
    await database.migrate()
    async with database.snapshot() as c:
        names = [(one.shop_id, one.name) for one in await staff.by_phone(c, "+79160000011")]
    assert names == [(shop.id, "Оля"), (other.id, "Оля")]
