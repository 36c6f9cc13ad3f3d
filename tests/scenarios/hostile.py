"""Hostile input for the bot, drawn by a seeded generator."""

from __future__ import annotations

import asyncio
import copy
import json
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from random import Random

from sandbox.driver import SandboxDriver
from tests.pictures import a_jpeg
from tests.scenarios.robustness.test_odd_updates import (
    CHAT,
    GARBAGE,
    MESSAGE,
    PERSON,
    READ_IN_PART,
    TAP,
    UNREADABLE,
)
from tests.scenarios.stage import HOST
from tests.services.files.test_file_kinds import HEAVY
from tests.services.photo.test_image_checks import a_png_bomb
from tests.sheets import a_sheet_of

STRANGE: tuple[object, ...] = (None, -1, "x" * 300, {}, [], 10**20, {"type": "future"}, True)
"""Values that replace a value in an update."""
BURST = 25
"""Updates that one sender sends at once; a client can forward that many messages with one action."""
STRANGERS = (1004, 1008, 1009)
GROUP = {"id": -1005001, "type": "group", "title": "Заказы"}
STAFF = ("manager", "florist", "florist2", "courier", "courier2")

WORDS = (
    "<b>&lt;script&gt;</i>",
    "\u202eтадыв\u202c \u200b\ufeff",
    "🌹" * 2_000,
    "a" * 4_096,
    "\x00\x01",
    "%s {name} {0} $x",
    "/start " + "c" * 64,
    "заказ " * 600,
    "9" * 4_000,
    "((((((((((a+)+)+)+)+)+",
    "Состав:\n" * 500,
    "12:00 " * 500,
    "+7 999 " * 500,
)
TAPS = (
    "o:accept:{}:",
    "o:undo:{}:",
    "o:cancel-yes:{}:0",
    "o:done:{}:",
    "b:all:all:0",
    "t:remove:1:0::0",
    "p:1:{}",
    "draft:save:{}:",
    "a:0",
    "?",
    "o:assign-to:{}:1",
    "o:in-person:{}:",
    ":" * 60,
)
REQUESTS = (
    b"POST /flowwow HTTP/1.1\r\nHost: bot\r\nX-A: ",
    b"POST /telegram HTTP/1.1\r\nHost: bot\r\nContent-Length: 1000\r\n\r\n{",
    b"POST /telegram HTTP/1.1\r\nX-Telegram-Bot-Api-Secret-Token: \xff\xd0\r\nContent-Length: 2\r\n\r\n{}",
    b"POST /flowwow HTTP/1.1\r\nHost: bot\r\nX-Signature: \xff\r\nContent-Length: 2\r\n\r\n[]",
    b"GET /feed/../../etc/passwd HTTP/1.1\r\nHost: bot\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00",
    b"GET\r\n\r\n",
    b"POST /flowwow HTTP/1.1\r\nHost: bot\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
    b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: bot\r\n\r\n",
)
FILES: tuple[Callable[[], tuple[bytes, str]], ...] = (
    lambda: (a_sheet_of(next(iter(HEAVY.values()))), "report.xlsx"),
    lambda: (a_png_bomb(9_001, colours=2), "photo.png"),
    lambda: (a_jpeg()[:-500], "photo.jpg"),
    lambda: (
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'b'>]><a>&b;</a>",
        "feed.yml",
    ),
    lambda: (b"PK\x03\x04" + bytes(5_000), "report.xlsx"),
    lambda: (b"\xff\xd8\xff" + bytes(50_000), "../../photo.jpg"),
)
"""Functions, because some files take a while to create."""

Attack = Callable[[], Awaitable[int]]


class Hostility:
    """Attacks the bot on `port`; each attack returns its number of actions."""

    def __init__(self, driver: SandboxDriver, port: int, random: Random) -> None:
        self._driver = driver
        self._port = port
        self._random = random
        self._files = [make() for make in FILES]
        self._open: list[asyncio.StreamWriter] = []
        self.count = 0

    async def round(self, attacks: int) -> None:
        """Run this many attacks concurrently."""
        kinds: Sequence[Attack] = (
            self._odd_updates, self._odd_updates, self._flood, self._flood, self._taps, self._taps,
            self._requests, self._requests, self._words, self._contact, self._file, self._marketplace,
        )  # fmt: skip
        chosen = [self._random.choice(kinds)() for _ in range(attacks)]
        self.count += sum(await asyncio.gather(*chosen))

    async def end(self) -> None:
        """Close all connections and end the faults."""
        for writer in self._open:
            writer.transport.abort()
        await self._driver.faults()

    async def _odd_updates(self) -> int:
        base: list[object] = [
            *UNREADABLE,
            *GARBAGE,
            *READ_IN_PART,
            {"message": MESSAGE},
            {"callback_query": TAP},
        ]
        updates = [self._mutated(self._random.choice(base)) for _ in range(BURST)]
        await self._driver.raw_updates(*updates)
        return len(updates)

    async def _flood(self) -> int:
        sender = self._random.choice(STRANGERS)
        person = PERSON | {"id": sender}
        chat = GROUP if self._random.random() < 1 / 3 else CHAT | {"id": sender}
        message = MESSAGE | {"from": person, "chat": chat, "date": int(time.time())}
        await self._driver.raw_updates(*({"message": message | {"text": self._said()}} for _ in range(BURST)))
        return BURST

    async def _taps(self) -> int:
        sender = self._random.choice((*STRANGERS, 1002, 1003))
        tap = TAP | {"from": PERSON | {"id": sender}}
        datas = (self._random.choice(TAPS).format(self._random.randrange(40)) for _ in range(BURST))
        await self._driver.raw_updates(*({"callback_query": tap | {"data": data}} for data in datas))
        return BURST

    async def _requests(self) -> int:
        for _ in range(BURST):
            with suppress(OSError):
                _, writer = await asyncio.open_connection(HOST, self._port)
                writer.write(self._random.choice(REQUESTS))
                self._open.append(writer)
        for writer in self._open[: -8 * BURST]:  # keep only the newest connections open
            writer.transport.abort()
        del self._open[: -8 * BURST]
        return BURST

    async def _words(self) -> int:
        await self._driver.text(self._random.choice(STAFF), self._said()[:4_096])
        return 1

    async def _contact(self) -> int:
        phone = self._random.choice(("79990000001", "7" * 300, "٧٩٩٩", "+79990000002"))
        await self._driver.contact(
            "stranger", {"phone": phone, "first_name": "Ф", "user_id": 1008}, from_name="Я"
        )
        return 1

    async def _file(self) -> int:
        content, name = self._random.choice(self._files)
        await self._driver.document(self._random.choice(("manager", "florist")), content, name=name)
        return 1

    async def _marketplace(self) -> int:
        plan = self._random.choice(({"500": 0.5}, {"429": 0.3}, {"drop_before": 0.3}, {"slow": 0.5}, {}))
        await self._driver.faults(self._random.randrange(1000), marketplace=plan)
        return 1

    def _said(self) -> str:
        return self._random.choice(WORDS)

    def _mutated(self, update: object) -> object:
        """Replace one random value in the update."""
        changed = copy.deepcopy(update)
        inside: object = changed
        while isinstance(inside, dict) and inside:
            key = self._random.choice(sorted(inside))
            if not isinstance(inside[key], dict) or self._random.random() < 0.3:
                inside[key] = self._random.choice(STRANGE)
                break
            inside = inside[key]
        return json.loads(json.dumps(changed))
