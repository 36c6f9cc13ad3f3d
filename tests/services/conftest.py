"""A shop with a real database file, connected people, its desk, and a clock that the test advances."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode

from orders.model.people import Role
from sandbox.app import make_app
from sandbox.config import Person, SandboxConfig, demo_config
from sandbox.driver import SandboxDriver
from services.order.desk import Desk
from services.sending.live_cards import LiveCards
from storage.db.database import Database
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from storage.updates.named_locks import NamedLocks
from tests.builders import NOON, RULES
from tests.sandbox.tools import quick_session, serve
from tests.services.workplace import (
    CHATS,
    COURIER_CHAT,
    DIRECTOR_CHAT,
    GROUP,
    MANAGER_CHAT,
    SELLER_CHAT,
    Clock,
    Telegram,
)

HTML = DefaultBotProperties(parse_mode=ParseMode.HTML)

AT_ONCE = replace(RULES, call_delay_seconds=0)
"""Rules without the delay of marketplace calls for an undo."""

STAFF = (
    # in the order of the builders' staff ids
    (Role.DIRECTOR, "Ирина", DIRECTOR_CHAT),
    (Role.MANAGER, "Анна", MANAGER_CHAT),
    (Role.SELLER, "Оля", SELLER_CHAT),
    (Role.COURIER, "Пётр", COURIER_CHAT),
    (Role.SELLER, "Вера", None),
)


@pytest.fixture(scope="session")
def with_shops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with two shops and their people, which each test copies."""
    path = tmp_path_factory.mktemp("at_work") / "orders.db"
    asyncio.run(_make(f"sqlite+aiosqlite:///{path}"))
    return path


async def _make(url: str) -> None:
    database = Database(url)
    await database.migrate()
    async with database.write() as c:
        shop = await shops.put(c, Shop(0, 4711, "Лепесток", "ru", AT_ONCE, GROUP))
        for index, (role, name, chat) in enumerate(STAFF):
            member = await staff.add(c, shop.id, f"+7916000001{index}", name, role)
            if chat is not None:
                await staff.connect(c, member.staff_id, chat, "ru", name)
        other = await shops.put(c, Shop(0, 4712, "Роза", "ru", RULES, -777))
        stranger = await staff.add(c, other.id, "+79160000020", "Зоя", Role.DIRECTOR)
        await staff.connect(c, stranger.staff_id, 7777, "ru", "Зоя")
    await database.close()


@pytest.fixture
def path(tmp_path: Path, with_shops: Path) -> Path:
    """The file of the test's database."""
    return Path(shutil.copy(with_shops, tmp_path))


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{path}")
    yield database
    await database.close()


@pytest.fixture
async def elsewhere(path: Path) -> AsyncIterator[Database]:
    """The same file over separate connections, which see only committed data."""
    database = Database(f"sqlite+aiosqlite:///{path}")
    yield database
    await database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    return Desk(database, clock)


@pytest.fixture
async def telegram(database: Database, clock: Clock) -> AsyncIterator[Telegram]:
    """The sandbox's Telegram with everybody's chat started, and live cards that use it."""
    config = _with_manager(demo_config("http://127.0.0.1:9"))
    runner, url = await serve(make_app(config))
    session = quick_session()
    session.api = TelegramAPIServer.from_base(url)
    try:
        async with Bot(config.bot_token, session, HTML) as bot, SandboxDriver(url) as people:
            for person in CHATS:
                await people.start(person)
            yield Telegram(bot, people, LiveCards(bot, database, clock, NamedLocks()))
    finally:
        for middleware in list(session.middleware):  # the session is shared: remove this test's middlewares
            session.middleware.unregister(middleware)
        await runner.cleanup()


def _with_manager(config: SandboxConfig) -> SandboxConfig:
    manager = Person(key="manager", id=MANAGER_CHAT, first_name="Анна", phone="+79160000011", title="Анна")
    return config.model_copy(update={"people": [*config.people, manager]})
