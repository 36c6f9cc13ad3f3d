"""A shop after a busy day, played once; each test copies its database."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from services.health.troubles import Troubles
from services.order.desk import Desk
from services.report.drawing import Drawing
from services.report.reports import Reports
from storage.db.database import Database
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member
from tests.services.report import shop_day
from tests.services.report.shop_day import BUSY, DAY, FIRST_NUMBER, USUAL
from tests.services.workplace import Clock, Telegram, clear


@pytest.fixture(scope="session")
def with_day(with_shops: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database after the day, with the same weekday of the two weeks before, and 8 March."""
    path = Path(shutil.copy(with_shops, tmp_path_factory.mktemp("day")))
    asyncio.run(_play(f"sqlite+aiosqlite:///{path}"))
    return path


async def _play(url: str) -> None:
    database, clock = Database(url), Clock(shop_day.at_clock(DAY, time(0)))
    desk = Desk(database, clock)
    await shop_day.open_shop(database)
    for weeks in (1, 2):
        await shop_day.play(desk, clock, DAY - timedelta(weeks=weeks), USUAL, 10_000_000 * weeks)
    await shop_day.play_holiday(desk, clock)
    played = await shop_day.play(desk, clock, DAY, BUSY, FIRST_NUMBER)
    await shop_day.pay_out(database, played[0].number, played[1].number)
    await shop_day.claim(database, played[8], clock.now)
    await clear(database)  # messages of the day's steps do not matter here
    await database.close()


@pytest.fixture
def path(tmp_path: Path, with_day: Path) -> Path:
    return Path(shutil.copy(with_day, tmp_path))


@pytest.fixture
def clock() -> Clock:
    """The evening of the day."""
    return Clock(shop_day.at_clock(DAY, time(20, 30)))


@pytest.fixture
def drawing() -> Iterator[Drawing]:
    drawing = Drawing()
    yield drawing
    drawing.close()


@pytest.fixture
def troubles(clock: Clock) -> Troubles:
    return Troubles(clock)


@pytest.fixture
def reports(
    telegram: Telegram, database: Database, drawing: Drawing, troubles: Troubles, clock: Clock
) -> Reports:
    return Reports(telegram.bot, database, drawing, troubles, clock)


@pytest.fixture
async def shop(database: Database) -> Shop:
    async with database.snapshot() as c:
        found = await shops.get(c, 1)
    assert found is not None
    return found


@pytest.fixture
async def people(database: Database) -> dict[str, Member]:
    """The staff of shop 1 by name."""
    async with database.snapshot() as c:
        return {one.name: one for one in await staff.of_shop(c, 1)}
