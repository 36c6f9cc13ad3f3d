"""A stage for one scenario: a local Telegram and marketplace, the real bot beside it, and a shop's people."""

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
"""Names the button of a message that is meant."""
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
"""Settings of a shop whose orders are all entered by hand."""
SECOND_SHOP = 99_002
"""The number of another shop in the same cabinet of the marketplace."""
READY_SECONDS = 60
"""Long: on a busy machine the first start of a session imports for a while."""

GLANCE_SECONDS = 0.1
TRIES = 3
"""Of opening a menu that a redrawn card closes again."""
CARD_COMES_SECONDS = 3.0
"""So long a card may be on its way before a person looks for it on the board."""
STEP_COMES_SECONDS = 1.0
"""So long a card may be redrawn before a person looks for a step behind «Ещё…»."""
LOOKED_AT = 200
"""Messages of a chat that a person looks through: those that came or changed last."""

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
"""Who works in the shop, by the keys of the sandbox."""
SHOP_STAFF = ("director", "manager", "florist", "florist2", "courier", "courier2")
"""Who is there when a scenario begins."""

QUICK = {
    "LOG_LEVEL": "info",
    "SEND_CHAT_PER_SECOND": "1000",
    "SEND_GROUP_PER_MINUTE": "100000",
    "CALL_DELAY_SECONDS": "0",
    "EARLY_MINUTES": "1440",
    "COUNT_DAYS": "0",  # the time of day of a run adds no messages
    "PACK_AT": "23:59",
    "REPORT_AT": "-",
    "SHOPPING_AT": "23:59",
}
"""The sandbox does not limit how fast messages leave, no step waits for an undo, and orders may come early.

Scenarios about the pace set Telegram's limits, those about the undo its wait.
"""


def free_port() -> int:
    """A port that nobody listens on, and that no connection takes until somebody does.

    The system gives outgoing connections ports of a higher range; each worker of xdist has its own range.
    """
    for port in islice(_PORTS, _MANY):
        with socket.socket() as listener, suppress(OSError):
            listener.bind((HOST, port))
            return port
    raise AssertionError("no port is free")


def young_zone(now: datetime) -> str:
    """The Russian zone where the day is youngest after three: today ends there long after any scenario."""
    return min(RUSSIAN_ZONES, key=lambda zone: (now.astimezone(ZoneInfo(zone)).hour - 3) % 24)


def world(bot_port: int) -> SandboxConfig:
    """The demo's world and a few more people, in a zone where the day is young."""
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
    """Wait until the bot, which has been started, listens."""
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
    """What a scenario works with: `driver` for the people, `bot` for its process, `database` to look into."""

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
        """A second connection to the bot's database, for looking."""
        return Database(
            self.bot.settings.get("DATABASE_URL", f"sqlite+aiosqlite:///{self.folder}/data/orders.db")
        )

    async def start_bot(self, **settings: str) -> None:
        """Start the bot, with these settings changed, and wait until it listens."""
        self.bot.settings |= settings
        self.bot.start()
        await self.wait_ready()

    async def wait_ready(self) -> None:
        """Wait until the bot, which has been started, listens."""
        await until_ready(self.bot)

    async def stop_bot(self) -> None:
        await self.bot.stop()

    async def kill_bot(self) -> None:
        """End it as a power cut would."""
        await self.bot.stop(signal.SIGKILL)

    async def hire(self, *keys: str) -> None:
        """Put these people on the staff list and connect them, without the chat that does it in life.

        Who of them sits in the group is known, as in a shop that has been working for a while.
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
        """Start was pressed and answered. What the bot itself does then is seen in test_connecting."""
        telegram = self._runner.app[WORLD].telegram
        person = telegram.people[key]
        chat = telegram.chats[person.id]
        chat.started = True
        telegram.post_from(person, chat, Draft({"text": "/start"}))
        telegram.post(chat, telegram.bot_user, Draft({"text": f"{STAFF[key][1]}, вы подключены."}))

    async def new_order(self, sample: str = "bouquet", **fields: Any) -> str:  # noqa: ANN401 - as in place_order
        """Place an order at the marketplace; gives its number once the group has been told.

        On a busy machine the marketplace may wait in vain for the answer to its webhook.
        """
        placed = await self.driver.place_order(sample, **fields)
        assert placed.webhook_status in {200, None}, placed.webhook_text
        await self.driver.wait_message("director", containing=str(placed.id), chat="group")
        return str(placed.id)

    async def card(self, person: str, number: str, containing: str = "") -> SeenMessage:
        """The live card of an order in a person's chat, once it says `containing`.

        It is opened where the chat has only a list of several orders that leads to it.
        """

        def fits(message: SeenMessage) -> bool:
            return is_card(message, number) and containing in message.text

        return await self.reach(person, number, fits)

    async def reach(
        self, person: str, number: str, fits: Callable[[SeenMessage], bool], seconds: float = PATIENCE
    ) -> SeenMessage:
        """The newest message that fits; the order's card is opened if only a button leads to it."""
        began = time.monotonic()
        while (waited := time.monotonic() - began) < seconds:
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
        """Ask the bot for the order: its list has no button for it."""
        await self.driver.text(person, number)
        with suppress(AssertionError):  # asked again then
            await self.driver.wait_message(person, lambda seen: is_card(seen, number), timeout=10)

    async def open_order(
        self, person: str, number: str, *, by_board: bool = True, seconds: float = PATIENCE
    ) -> bool:
        """Press the button that leads to the order's card, if the chat has one and no card."""
        order_id = await self._id_of(number)
        chat = await self.driver.chat(person, last=LOOKED_AT)
        way = way_to(chat, number, order_id, by_board=by_board) if order_id else None
        if way is not None:
            with suppress(AssertionError):  # what has the button was taken away meanwhile
                await self.driver.forge(person, *way, timeout=seconds)
        return way is not None

    async def _id_of(self, number: str) -> int | None:
        if number not in self._ids and (order := await self._kept(number)) is not None:
            self._ids[number] = order.id
        return self._ids.get(number)

    async def tap(self, person: str, number: str, button: str, after: float = STEP_COMES_SECONDS) -> Toast:
        """Press a button of the order's card, once it is there, on its face or behind «Ещё…».

        `after` so many seconds it is looked for behind «Ещё…». A menu that has it nowhere is left again: the
        card was old, and may have it by now.
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
                with suppress(AssertionError):  # it was redrawn meanwhile
                    await self.driver.press(person, leading.message_id, way(leading) or "")
                    await self._redrawn(person, leading)
            else:
                if leading is None:
                    await self.open_order(person, number, by_board=False)
                await asyncio.sleep(GLANCE_SECONDS)

    async def _redrawn(self, person: str, before: SeenMessage) -> None:
        """Both menus have «Ещё…»: pressed again too early it leads past the first one."""

        def is_other(message: SeenMessage) -> bool:
            return message.message_id == before.message_id and message.event_id > before.event_id

        await self.driver.wait_message(person, is_other, timeout=CARD_COMES_SECONDS)

    async def choose(self, person: str, number: str, words: str) -> Toast:
        """Press the button whose label begins with these words, such as a colleague's name in a list."""

        def label(message: SeenMessage) -> str | None:
            found = (text for text in message.button_texts if text.startswith(words))
            return next(found, None) if number in message.text else None

        return await self.driver.press_newest(person, label, wanted=f"«{words}…» under {number}")

    async def details(self, person: str, number: str, containing: str = "") -> SeenMessage:
        """What «Подробно» says of an order; its card is there again afterwards."""
        await self.tap(person, number, "Подробно", 0)
        told = await self.reach(person, number, lambda m: is_details(m, number) and containing in m.text)
        await self.driver.press(person, told.message_id, BACK[0])
        return told

    async def order(self, number: str) -> Order:
        """The order as the database has it now."""
        order = await self._kept(number)
        assert order is not None, f"no order {number} in the database"
        return order

    async def is_known(self, number: str) -> bool:
        """Whether the bot has the order by now."""
        return await self._id_of(number) is not None

    async def _kept(self, number: str) -> Order | None:
        database = self.database()
        async with database.snapshot() as c:
            found = [await order_rows.by_number(c, shop.id, number) for shop in await shops.all_shops(c)]
        await database.close()
        return next((one for one in found if one is not None), None)

    async def left_by_staff(self, number: str) -> Order:
        """The order but for how far the marketplace has heard of it, which goes on by itself."""
        return replace(await self.order(number), version=0, marketplace_status=None)

    async def accepted(
        self,
        by: str = "director",
        sample: str = "bouquet",
        **fields: Any,  # noqa: ANN401 - as in place_order
    ) -> str:
        """A new order that `by` has accepted."""
        number = await self.new_order(sample, **fields)
        await self.tap(by, number, "Принять")
        await self.card(by, number, "Принят")
        return number

    async def assigned(self, seller: str = "florist", by: str = "director", sample: str = "bouquet") -> str:
        """An accepted order that was given to a seller, who has seen it."""
        number = await self.accepted(by, sample)
        await self.tap(by, number, "Назначить сотрудника")
        await self.choose(by, number, STAFF[seller][1])
        await self.card(by, number, STAFF[seller][1])
        await self.card(seller, number)
        return number


@asynccontextmanager
async def open_stage(
    folder: Path,
    watchers: Sequence[Middleware] = (),
    kept_in: Mapping[str, str] | None = None,
    bot_token: str = DEMO_BOT_TOKEN,
) -> AsyncIterator[Stage]:
    """The sandbox is up; the bot, which would work in this folder, is not started and nobody works here yet.

    `watchers` look at every request to the sandbox; `kept_in` are the settings of another database.
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
