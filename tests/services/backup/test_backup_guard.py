"""A copy that holds what the database does not is set aside, whole, before anything is written into it."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from orders.model.order import Order
from orders.steps import commands as do
from services.backup.backup_guard import refuse_lost_database
from services.backup.backup_writer import BackupWriter
from services.order.desk import Desk
from storage.backup.backup_copy import BackupCopy
from storage.db.database import Database
from storage.db.errors import BackupUnavailable, DatabaseLost
from storage.sending.outbox import Channel
from storage.sending.shop_notifications import NewsKind
from tests.builders import MANAGER, NOON, minutes
from tests.outbox_rows import claim_of_orders, take_news
from tests.services.workplace import DIRECTOR_CHAT, Clock, own_copy, receive

OTHER_DIRECTOR_CHAT = 7777
"""Of the other shop that the database has."""
ASIDE = f"copy-{NOON:%Y-%m-%d-%H%M%S}.db"


@pytest.fixture
def copy(tmp_path: Path) -> BackupCopy:
    return BackupCopy(tmp_path / "disk" / "copy.db")


@pytest.fixture
async def accepted(database: Database, desk: Desk, copy: BackupCopy, clock: Clock) -> Order:
    """Both its versions are in the copy."""
    order = await receive(desk, NOON)
    order = await desk.do(order.id, do.Accept(), MANAGER)
    copies = BackupWriter(database, own_copy(database, copy, clock), clock)
    for version in (1, 2):
        await copies.write(order.id, version)
    return order


@pytest.fixture
async def younger(with_shops: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """The database as it was before there was an order."""
    shutil.copy(with_shops, tmp_path / "younger.db")
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/younger.db")
    yield database
    await database.close()


def kept_in(file: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(file)) as db:
        return db.execute("SELECT number, version FROM orders ORDER BY order_id, version").fetchall()


@pytest.mark.requirement("R80", "X3", "X11")
async def test_a_copy_of_later_days_is_kept_whole_and_a_new_one_begun(
    accepted: Order, younger: Database, copy: BackupCopy, clock: Clock
) -> None:
    desk = Desk(younger, clock)
    other, one_more = [await receive(desk, NOON) for _ in range(2)]
    assert other.id == accepted.id, "the ids are those of the orders that the database has lost"

    with capture_logs() as logs:
        await BackupWriter(younger, own_copy(younger, copy, clock), clock).write(other.id, 1)

    assert kept_in(copy.path.with_name(ASIDE)) == [(accepted.number, 1), (accepted.number, 2)]
    assert kept_in(copy.path) == [(other.number, 1)]
    assert [entry["file"] for entry in logs if entry["event"] == "copy_set_aside"] == [ASIDE]
    async with younger.write() as c:
        waiting = await claim_of_orders(c, Channel.COPY, NOON + minutes(1), 10)
        told = await take_news(c)
    assert {row.order_id for row in waiting} == {other.id, one_more.id}, "the new copy gets all there is"
    assert {news.kind for news in told} == {NewsKind.COPY_ASIDE}
    assert sorted(news.chat_id for news in told) == [DIRECTOR_CHAT, OTHER_DIRECTOR_CHAT]


@pytest.mark.requirement("R80", "X3")
async def test_a_copy_put_in_while_the_bot_runs_is_looked_at_too(
    accepted: Order, younger: Database, copy: BackupCopy, clock: Clock, tmp_path: Path
) -> None:
    full = copy.path.rename(tmp_path / "full.db")
    desk, copies = (
        Desk(younger, clock),
        BackupWriter(younger, own_copy(younger, copy, clock), clock),
    )
    other = await receive(desk, NOON)
    await copies.write(other.id, 1)
    full.rename(copy.path)

    await copies.write(other.id, 1)

    assert len(kept_in(copy.path.with_name(ASIDE))) == len((1, 2))
    assert kept_in(copy.path) == [(other.number, 1)]


@pytest.mark.requirement("X3")
async def test_a_copy_that_is_behind_or_written_meanwhile_stays_where_it_is(
    database: Database, desk: Desk, accepted: Order, copy: BackupCopy, clock: Clock
) -> None:
    await receive(desk, NOON)
    await desk.do(accepted.id, do.Undo("не тот заказ"), MANAGER)
    copies = [BackupWriter(database, own_copy(database, copy, clock), clock) for _ in range(3)]

    await asyncio.gather(*(one.write(accepted.id, 3) for one in copies), copies[0].catch_up())

    assert [file.name for file in copy.path.parent.iterdir()] == ["copy.db"]
    assert (accepted.number, 3) in kept_in(copy.path)


@pytest.mark.requirement("X3")
async def test_nothing_is_set_aside_over_what_was_before(
    accepted: Order, younger: Database, copy: BackupCopy, clock: Clock
) -> None:
    other = await receive(Desk(younger, clock), NOON)
    copy.path.with_name(ASIDE).write_text("somebody's")

    with pytest.raises(BackupUnavailable, match="is there already"):
        await BackupWriter(younger, own_copy(younger, copy, clock), clock).write(other.id, 1)

    assert len(kept_in(copy.path)) == len((1, 2))
    assert copy.path.with_name(ASIDE).read_text() == "somebody's"


@pytest.mark.requirement("X3", "X11")
async def test_a_database_without_orders_beside_a_copy_with_some_is_refused(
    accepted: Order, database: Database, younger: Database, copy: BackupCopy, tmp_path: Path
) -> None:
    with pytest.raises(DatabaseLost, match="holds no order"):
        await refuse_lost_database(younger, copy)

    await refuse_lost_database(database, copy)
    await refuse_lost_database(younger, BackupCopy(tmp_path / "away" / "copy.db"))
