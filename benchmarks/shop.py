"""A shop for benchmarks: people in the sandbox and in the database, orders, and the bot's settings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import aiohttp

from benchmarks.processes import HOST, READY_SECONDS, Program, free_port, program, wait_until_ok
from bot.commands.demo import settings_for
from orders.model.details import Category, Details, Line, Person, Window
from orders.model.money import Money
from orders.model.order import Order
from orders.model.people import Role
from orders.model.rules import ShopRules
from sandbox.config import Person as SandboxPerson
from sandbox.config import SandboxConfig, demo_config
from sandbox.driver import SandboxDriver
from services.health.clock import utc_now
from services.order.desk import Desk, Incoming
from storage.db.database import Database
from storage.sending import outbox_depth
from storage.sending.outbox import Channel
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member

FIRST_ID = 2000
_numbers = count(25_836_184)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of the staff: key in the sandbox, Telegram id, role."""

    key: str
    telegram_id: int
    role: Role

    @property
    def phone(self) -> str:
        return f"+7999{self.telegram_id:07}"


def colleagues(**how_many: int) -> list[Colleague]:
    """Create the given number of each role: `colleagues(manager=2, seller=2)`."""
    ids = count(FIRST_ID)
    return [
        Colleague(f"{role}{number}", next(ids), Role(role))
        for role, many in how_many.items()
        for number in range(many)
    ]


def world(people: list[Colleague], bot_url: str) -> SandboxConfig:
    """The demo world with these people added."""
    config = demo_config(bot_url)
    more = [
        SandboxPerson(key=one.key, id=one.telegram_id, first_name=one.key, phone=one.phone, title=one.key)
        for one in people
    ]
    return config.model_copy(update={"people": [*config.people, *more]})


@dataclass(frozen=True, slots=True)
class Town:
    """The sandbox in its own process, with its driver, and the bot's port."""

    config: SandboxConfig
    url: str
    folder: Path
    driver: SandboxDriver
    bot_port: int

    def settings(self, **changes: str) -> dict[str, str]:
        """The environment of `florist run`: default limits unless changed, and early deliveries allowed.

        The marketplace is turned off: benchmarks give orders directly to the desk.
        """
        shipped = settings_for(self.config, self.url, self.bot_port, accept_minutes=15)
        marketplace = dict.fromkeys(("FLOWWOW_TOKEN", "FLOWWOW_SHOP_ID", "FLOWWOW_WEBHOOK_SECRET"), "")
        return shipped | marketplace | {"EARLY_MINUTES": "1440"} | changes

    async def forget_updates(self) -> None:
        """Drop all pending updates."""
        address = f"{self.url}/bot{self.config.bot_token}/deleteWebhook"
        async with (
            aiohttp.ClientSession() as session,
            session.get(address, params={"drop_pending_updates": "true"}) as response,
        ):
            response.raise_for_status()


@asynccontextmanager
async def town(people: list[Colleague], folder: Path, bot_port: int | None = None) -> AsyncIterator[Town]:
    """Start the sandbox, with every person's chat with the bot started."""
    bot_port = bot_port or free_port()
    config = world(people, f"http://{HOST}:{bot_port}")
    file = folder / "world.json"
    file.write_text(config.model_dump_json(), encoding="utf-8")
    port = free_port()
    url = f"http://{HOST}:{port}"
    async with program("sandbox", "--port", str(port), "--config", str(file), folder=folder) as sandbox:
        await wait_until_ok(f"{url}/control/health", sandbox)
        async with SandboxDriver(url) as driver:
            place = Town(config, url, folder, driver, bot_port)
            await open_chats(place, people)
            yield place


async def open_chats(place: Town, people: list[Colleague]) -> None:
    """Press Start for everybody, without which the bot may not write to them."""
    await asyncio.gather(*(place.driver.start(one.key) for one in people))
    await place.forget_updates()


@asynccontextmanager
async def florist(place: Town, **changes: str) -> AsyncIterator[Program]:
    """Run `florist run` in its own process, and wait until it is healthy."""
    settings = place.settings(**changes)
    async with program("bot", "run", folder=place.folder, env=settings) as bot:
        await wait_until_ok(f"http://{HOST}:{settings['WEB_PORT']}/healthz", bot)
        yield bot


def database_of(folder: Path) -> Database:
    """The bot's default database in its folder."""
    return Database(f"sqlite+aiosqlite:///{folder}/data/orders.db")


@dataclass(frozen=True, slots=True)
class Staffed:
    """Direct access to the shop in the database, to prepare data before the bot starts."""

    database: Database
    desk: Desk
    shop: Shop
    members: dict[str, Member]

    async def receive(self, details: Details | None = None) -> Order:
        """Add a new order as from the marketplace; by default with delivery in four hours."""
        details = details or some_details(utc_now() + timedelta(hours=4))
        incoming = Incoming(str(next(_numbers)), utc_now(), details, {})
        return (await self.desk.receive(self.shop.id, incoming)).order


@asynccontextmanager
async def staffed(
    database: Database, config: SandboxConfig, people: list[Colleague]
) -> AsyncIterator[Staffed]:
    """Migrate the database and store the shop with its people, all connected."""
    try:
        await database.migrate()
        async with database.write() as c:
            shop = await shops.put(c, _shop(config))
            members = {one.key: await staff.add(c, shop.id, one.phone, one.key, one.role) for one in people}
            for one in people:
                await staff.connect(c, members[one.key].staff_id, one.telegram_id, "ru", one.key)
        yield Staffed(database, Desk(database, utc_now), shop, members)
    finally:
        await database.close()


@asynccontextmanager
async def shop_of(place: Town, people: list[Colleague]) -> AsyncIterator[Staffed]:
    """The shop in the bot's default database."""
    async with staffed(database_of(place.folder), place.config, people) as shop:
        yield shop


def some_details(start: datetime, category: Category = Category.OTHER) -> Details:
    """Details of an order with a window from `start`; only some categories have the photo step."""
    return Details(
        lines=(
            Line("Плюшевый мишка, 40 см", paid=Money(150_000), category=category),
            Line("Открытка", paid=Money(0), is_addon=True, category=category),
        ),
        window=Window(start, start + timedelta(hours=1)),
        address="Лесная 5, кв 12, домофон 12К",
        courier_note="Не звонить в дверь",
        card_text="С днём рождения, мама",
        client=Person("Игорь", "+79160000001"),
        recipient=Person("Мария", "+79160000002"),
        paid=Money(150_000),
    )


def _shop(config: SandboxConfig) -> Shop:
    market = config.marketplace[0]
    return Shop(0, market.shop_id, market.name, "ru", ShopRules(), config.groups[0].id)


async def copies_are_written(database: Database) -> None:
    """Wait until the copies of the prepared orders are written, so that they do not count for the taps."""
    async with asyncio.timeout(READY_SECONDS):
        while True:
            async with database.snapshot() as c:
                if not await outbox_depth.pending_count(c, Channel.COPY):
                    return
            await asyncio.sleep(0.1)
