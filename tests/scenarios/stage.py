"""The environment of a scenario: local Telegram and marketplace, the real bot, and a shop's people."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.commands.demo import settings_for
from orders.model.order import Order
from orders.model.people import Role
from sandbox.app import make_app
from sandbox.config import DEMO_BOT_TOKEN, Person, SandboxConfig, demo_config
from sandbox.driver import SeenMessage, Toast
from sandbox.driver.wire import PATIENCE
from sandbox.telegram.state import Draft
from sandbox.world import WORLD
from storage.bell import hearing
from storage.db.database import Database
from storage.order import orders as order_rows
from storage.shop import shops
from storage.team import staff
from tests.scenarios.finding import (
    BACK,
    MORE,
    ShopDriver,
    is_card,
    is_details,
    must_be_asked_for,
    newest,
    way_to,
)
from tests.scenarios.process import BotProcess

Label = Callable[[SeenMessage], str | None]
"""Returns the label of the wanted button of a message, or None."""
HOST = "127.0.0.1"
RUSSIAN_ZONES = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Novosibirsk",
    "Asia/Irkutsk",
    "Asia/Chita",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)
ON_BOTH = pytest.mark.parametrize("kept_in", ["sqlite", "postgresql"], indirect=True)
"""Marks scenarios that run on both databases."""
WITHOUT_MARKETPLACE = dict.fromkeys(("FLOWWOW_TOKEN", "FLOWWOW_SHOP_ID", "FLOWWOW_WEBHOOK_SECRET"), "")
"""Settings of a shop that enters all orders by hand."""
SECOND_SHOP = 99_002
"""The number of a second shop with the same marketplace account."""
READY_SECONDS = 60
"""Long because the first start imports modules, which is slow on a loaded machine."""

GLANCE_SECONDS = 0.1
TRIES = 3
"""Attempts to open a menu, which an edit of the card closes again."""
CARD_COMES_SECONDS = 3.0
"""Seconds that a person waits for a card before using the board."""
STEP_COMES_SECONDS = 1.0
"""Seconds that a person waits for an edit of the card before looking for a step behind «Ещё…»."""
LOOKED_AT = 200
"""Number of messages that a person reads: those that came or changed last."""

_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 10
_MANY = 2_000
_PORTS = cycle(random.sample(range(12_000 + _WORKER * _MANY, 12_000 + (_WORKER + 1) * _MANY), _MANY))

STAFF: dict[str, tuple[Role, str]] = {
    "director": (Role.DIRECTOR, "Анна"),
    "manager": (Role.MANAGER, "Вера"),
    "florist": (Role.SELLER, "Оля"),
    "florist2": (Role.SELLER, "Ирина"),
    "courier": (Role.COURIER, "Пётр"),
    "courier2": (Role.COURIER, "Семён"),
    "helen": (Role.MANAGER, "Helen"),
}
"""The shop's people, by their keys in the sandbox."""
SHOP_STAFF = ("director", "manager", "florist", "florist2", "courier", "courier2")
"""The people connected at the start of a scenario."""

QUICK = {
    "LOG_LEVEL": "info",
    "SEND_CHAT_PER_SECOND": "1000",
    "SEND_GROUP_PER_MINUTE": "100000",
    "CALL_DELAY_SECONDS": "0",
    "EARLY_MINUTES": "1440",
    "COUNT_DAYS": "0",  # no reminders that depend on the time of day
    "PACK_AT": "23:59",
    "REPORT_AT": "-",
    "SHOPPING_AT": "23:59",
}
"""Settings without rate limits, without the delay of calls for an undo, and with early deliveries.

Scenarios about rate limits or undo set their own values.
"""


def free_port() -> int:
    """A free port that no outgoing connection or other test worker takes before it is used.

    The system uses higher ports for outgoing connections; each xdist worker has its own range.
    """
    for port in islice(_PORTS, _MANY):
        with socket.socket() as listener, suppress(OSError):
            listener.bind((HOST, port))
            return port
    raise AssertionError("no port is free")


def young_zone(now: datetime) -> str:
    """The Russian zone whose local time is closest after 03:00, so that no scenario runs past midnight."""
    return min(RUSSIAN_ZONES, key=lambda zone: (now.astimezone(ZoneInfo(zone)).hour - 3) % 24)


def world(bot_port: int) -> SandboxConfig:
    """The demo world with more people, in the zone of `young_zone`."""
    config = demo_config(f"http://{HOST}:{bot_port}")
    more = [
        Person(key="manager", id=1005, first_name="Вера", phone="+79990000005", title="Менеджер · Вера"),
        Person(key="florist2", id=1006, first_name="Ирина", phone="+79990000006", title="Флорист · Ирина"),
        Person(key="courier2", id=1007, first_name="Семён", phone="+79990000007", title="Курьер · Семён"),
        Person(key="stranger", id=1008, first_name="Чужой", phone="+79990000008", title="Чужой"),
        Person(
            key="helen",
            id=1009,
            first_name="Helen",
            phone="+79990000009",
            language_code="en",
            title="Manager · Helen",
        ),
    ]
    people = [*config.people, *more]
    group = config.groups[0]
    members = [*group.members, "manager", "florist2", "stranger", "helen"]
    (market,) = config.marketplace
    here = market.model_copy(update={"timezone": young_zone(datetime.now(UTC))})
    second = here.model_copy(update={"shop_id": SECOND_SHOP, "name": "Роза на Садовой"})
    return config.model_copy(
        update={
            "people": people,
            "groups": [group.model_copy(update={"members": members})],
            "marketplace": [here, second],
        }
    )


async def until_ready(bot: BotProcess) -> None:
    """Wait until the started bot is healthy. Raises AssertionError if it does not start."""
    url = f"http://{HOST}:{bot.settings['WEB_PORT']}/healthz"
    async with aiohttp.ClientSession() as session:
        for _ in range(READY_SECONDS * 50):
            if bot.exit_code is not None:
                break
            try:
                async with session.get(url) as response:
                    if response.ok:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.02)
    raise AssertionError(f"the bot did not start:\n{bot.log}")


class Stage:
    """The tools of a scenario: `driver` acts for people, `bot` is the process, `database` is for reading."""

    def __init__(
        self, driver: ShopDriver, bot: BotProcess, config: SandboxConfig, page: str, runner: web.AppRunner
    ) -> None:
        self.driver = driver
        self.bot = bot
        self.config = config
        self.page = page
        self._runner = runner
        self._ids: dict[str, int] = {}

    @property
    def folder(self) -> Path:
        return self.bot.folder

    def database(self) -> Database:
        """Another connection to the bot's database, for reading."""
        return Database(
            self.bot.settings.get("DATABASE_URL", f"sqlite+aiosqlite:///{self.folder}/data/orders.db")
        )

    async def start_bot(self, **settings: str) -> None:
        """Start the bot with these settings changed, and wait until it is healthy."""
        self.bot.settings |= settings
        self.bot.start()
        await self.wait_ready()

    async def wait_ready(self) -> None:
        """Wait until the started bot is healthy."""
        await until_ready(self.bot)

    async def stop_bot(self) -> None:
        await self.bot.stop()

    async def kill_bot(self) -> None:
        """Kill it, as a power failure would."""
        await self.bot.stop(signal.SIGKILL)

    async def hire(self, *keys: str) -> None:
        """Add these people to the staff list and connect them directly in the database.

        Also stores who of them is in the group, as in a shop that has been working for a while.
        """
        people = {person.key: person for person in self.config.people}
        (group,) = self.config.groups
        database = self.database()
        async with database.write() as c:
            (shop,) = await shops.all_shops(c)
            for key in keys:
                role, name = STAFF[key]
                member = await staff.add(c, shop.id, people[key].phone, name, role)
                await staff.connect(c, member.staff_id, people[key].id, people[key].language_code, name)
                await hearing.note_member(c, group.id, people[key].id, is_member=key in group.members)
        await database.close()
        for key in keys:
            self._greet(key)

    def _greet(self, key: str) -> None:
        """Put Start and its answer into the chat. `test_connecting` tests what the bot really does."""
        telegram = self._runner.app[WORLD].telegram
        person = telegram.people[key]
        chat = telegram.chats[person.id]
        chat.started = True
        telegram.post_from(person, chat, Draft({"text": "/start"}))
        telegram.post(chat, telegram.bot_user, Draft({"text": f"{STAFF[key][1]}, вы подключены."}))

    async def new_order(self, sample: str = "bouquet", **fields: Any) -> str:  # noqa: ANN401 - as in place_order
        """Place an order at the marketplace; returns its number once the group shows it.

        On a loaded machine the webhook may get no answer in time.
        """
        placed = await self.driver.place_order(sample, **fields)
        assert placed.webhook_status in {200, None}, placed.webhook_text
        await self.driver.wait_message("director", containing=str(placed.id), chat="group")
        return str(placed.id)

    async def card(self, person: str, number: str, containing: str = "") -> SeenMessage:
        """Wait for an order's live card in a person's chat that contains `containing`.

        Opens the card if the chat has only a list of orders.
        """

        def fits(message: SeenMessage) -> bool:
            return is_card(message, number) and containing in message.text

        return await self.reach(person, number, fits)

    async def reach(self, person: str, number: str, fits: Callable[[SeenMessage], bool]) -> SeenMessage:
        """Wait for the newest message that fits, opening the order's card by a button if needed."""
        began = time.monotonic()
        while (waited := time.monotonic() - began) < PATIENCE:
            chat = await self.driver.chat(person, last=LOOKED_AT)
            found = next(filter(fits, newest(chat)), None)
            if found is not None:
                return found
            by_board = waited > CARD_COMES_SECONDS
            is_open = await self.open_order(person, number, by_board=by_board)
            if by_board and not is_open and must_be_asked_for(chat, number, waited):
                await self._write_number(person, number)
            await asyncio.sleep(GLANCE_SECONDS)
        return await self.driver.wait_message(person, fits, timeout=GLANCE_SECONDS)

    async def _write_number(self, person: str, number: str) -> None:
        """Send the order's number, for an order without a button in a list."""
        await self.driver.text(person, number)
        with suppress(AssertionError):  # the caller tries again
            await self.driver.wait_message(person, lambda seen: is_card(seen, number), timeout=10)

    async def open_order(
        self, person: str, number: str, *, by_board: bool = True, seconds: float = PATIENCE
    ) -> bool:
        """Press the button that opens the order's card. Returns False if there is none or a card is shown."""
        order_id = await self._id_of(number)
        chat = await self.driver.chat(person, last=LOOKED_AT)
        way = way_to(chat, number, order_id, by_board=by_board) if order_id else None
        if way is not None:
            with suppress(AssertionError):  # the message was deleted meanwhile
                await self.driver.forge(person, *way, timeout=seconds)
        return way is not None

    async def _id_of(self, number: str) -> int | None:
        if number not in self._ids and (order := await self._kept(number)) is not None:
            self._ids[number] = order.id
        return self._ids.get(number)

    async def tap(self, person: str, number: str, button: str, after: float = STEP_COMES_SECONDS) -> Toast:
        """Press a button of the order's card, directly or behind «Ещё…», waiting for it.

        It searches behind «Ещё…» after `after` seconds. If no menu has the button it returns to the card,
        which may have been edited meanwhile.
        """

        def label(message: SeenMessage) -> str | None:
            return button if number in message.text and button in message.button_texts else None

        def way(message: SeenMessage) -> str | None:
            there = message.button_texts if number in message.text else []
            return next((one for one in (button, *MORE, *BACK) if one in there), None)

        await self.reach(person, number, lambda message: way(message) is not None)
        wanted = f"«{button}» under {number}"
        for _ in range(TRIES):
            await self._find(person, number, label, way, after)
            with suppress(AssertionError):  # a card that was redrawn meanwhile has closed the menu
                return await self.driver.press_newest(
                    person, label, wanted=wanted, timeout=CARD_COMES_SECONDS
                )
        return await self.driver.press_newest(person, label, wanted=wanted)

    async def _find(self, person: str, number: str, label: Label, way: Label, after: float) -> None:
        """Press the buttons that `way` names until `label` names one. A card that was deleted is opened."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            there = newest(await self.driver.chat(person, last=LOOKED_AT))
            if any(label(message) for message in there):
                return
            leading = next((message for message in there if way(message)), None)
            if leading is not None and time.monotonic() - began >= after:
                with suppress(AssertionError):  # the message was edited meanwhile
                    await self.driver.press(person, leading.message_id, way(leading) or "")
                    await self._redrawn(person, leading)
            else:
                if leading is None:
                    await self.open_order(person, number, by_board=False)
                await asyncio.sleep(GLANCE_SECONDS)

    async def _redrawn(self, person: str, before: SeenMessage) -> None:
        """Wait for the edit: both menus have «Ещё…», so pressing it too early would skip the first menu."""

        def is_other(message: SeenMessage) -> bool:
            return message.message_id == before.message_id and message.event_id > before.event_id

        await self.driver.wait_message(person, is_other, timeout=CARD_COMES_SECONDS)

    async def choose(self, person: str, number: str, words: str) -> Toast:
        """Press the button whose label begins with these words, such as a colleague's name."""

        def label(message: SeenMessage) -> str | None:
            found = (text for text in message.button_texts if text.startswith(words))
            return next(found, None) if number in message.text else None

        return await self.driver.press_newest(person, label, wanted=f"«{words}…» under {number}")

    async def details(self, person: str, number: str, containing: str = "") -> SeenMessage:
        """Open «Подробно» of an order, and return to its card; returns the message."""
        await self.tap(person, number, "Подробно", 0)
        told = await self.reach(person, number, lambda m: is_details(m, number) and containing in m.text)
        await self.driver.press(person, told.message_id, BACK[0])
        return told

    async def order(self, number: str) -> Order:
        """The order as stored now."""
        order = await self._kept(number)
        assert order is not None, f"no order {number} in the database"
        return order

    async def is_known(self, number: str) -> bool:
        """Whether the bot has stored the order."""
        return await self._id_of(number) is not None

    async def _kept(self, number: str) -> Order | None:
        database = self.database()
        async with database.snapshot() as c:
            found = [await order_rows.by_number(c, shop.id, number) for shop in await shops.all_shops(c)]
        await database.close()
        return next((one for one in found if one is not None), None)

    async def left_by_staff(self, number: str) -> Order:
        """The order without version and marketplace status, which change in the background."""
        return replace(await self.order(number), version=0, marketplace_status=None)

    async def accepted(
        self,
        by: str = "director",
        sample: str = "bouquet",
        **fields: Any,  # noqa: ANN401 - as in place_order
    ) -> str:
        """Place an order and let `by` accept it; returns its number."""
        number = await self.new_order(sample, **fields)
        await self.tap(by, number, "Принять")
        await self.card(by, number, "Принят")
        return number

    async def assigned(self, seller: str = "florist", sample: str = "bouquet") -> str:
        """Place an order, have it accepted and given to a seller who sees it; returns its number."""
        number = await self.accepted(sample=sample)
        await self.tap("director", number, "Назначить сотрудника")
        await self.choose("director", number, STAFF[seller][1])
        await self.card("director", number, STAFF[seller][1])
        await self.card(seller, number)
        return number


@asynccontextmanager
async def open_stage(
    folder: Path,
    watchers: Sequence[Middleware] = (),
    kept_in: Mapping[str, str] | None = None,
    bot_token: str = DEMO_BOT_TOKEN,
) -> AsyncIterator[Stage]:
    """Start the sandbox; the bot, whose folder this is, is not started and the shop has no staff.

    `watchers` are middlewares for all requests to the sandbox; `kept_in` are settings for another database.
    """
    bot_port = free_port()
    config = world(bot_port).model_copy(update={"bot_token": bot_token})
    app = make_app(config)
    app.middlewares.extend(watchers)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, HOST, port).start()
    page = f"http://{HOST}:{port}"
    settings = settings_for(config, page, bot_port, accept_minutes=15) | QUICK | dict(kept_in or {})
    path = {name: os.environ[name] for name in ("PATH", "TZ", "LANG") if name in os.environ}
    bot = BotProcess(folder, path | settings)
    try:
        async with ShopDriver(page) as driver:
            yield Stage(driver, bot, config, page, runner)
    finally:
        try:
            await bot.stop()
        finally:
            await runner.cleanup()
