"""Updates are handled once, confirmed when they may be, and survive the process that began them."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import Response, SendMessage, TelegramMethod
from aiogram.types import Message
from sqlalchemy import update

from bot.updates import flood, update_feed
from bot.updates.flood import QUIET_SECONDS, STRANGER_UNFINISHED, FloodGuard
from bot.updates.update_feed import MOST_RESTARTS, UpdateFeed
from messages.i18n.texts import Translator
from sandbox.config import DEMO_BOT_TOKEN
from services.health.clock import utc_now
from services.health.metrics import Metrics
from storage.db.database import Database
from storage.db.leader import Leader
from storage.db.tables import waiting_updates
from storage.updates import waiting_updates as rows
from tests.sandbox.tools import eventually
from tests.services.workplace import SELLER_CHAT
from tests.storage.conftest import Deposed

PATIENCE = 30.0


class Worker:
    """A feed with a handler that waits until it is told to go on."""

    def __init__(self, database: Database, leader: Leader) -> None:
        self.handled: list[str] = []
        self.begun: list[str] = []
        self.go_on = asyncio.Event()
        dispatcher = Dispatcher()
        dispatcher.message.register(self._handle)
        self.bot = Bot(DEMO_BOT_TOKEN)
        self.feed = UpdateFeed(self.bot, dispatcher, database, leader, Metrics())

    async def _handle(self, message: Message) -> None:
        text = message.text or ""
        self.begun.append(text)
        if text == "fails":
            raise RuntimeError
        if text.startswith("slow"):
            await self.go_on.wait()
        self.handled.append(text)
        if text.endswith("and fails"):
            raise RuntimeError

    async def is_idle(self) -> bool:
        return list(self.feed.unconfirmed) == []

    async def until_handled(self, *texts: str) -> None:
        async def is_handled() -> bool:
            return sorted(self.handled) == sorted(texts)

        await eventually(is_handled)


@asynccontextmanager
async def at_work(database: Database, leader: Leader | None = None) -> AsyncIterator[Worker]:
    worker = Worker(database, leader or Leader())
    async with worker.feed.opened():
        yield worker


def a_message(number: int, text: str, sender: int = SELLER_CHAT) -> dict[str, Any]:
    person = {"id": sender, "is_bot": False, "first_name": "Оля"}
    chat = {"id": sender, "type": "private"}
    message = {"message_id": number, "date": 1, "chat": chat, "from": person, "text": text}
    return {"update_id": number, "message": message}


async def kept(database: Database) -> list[int]:
    async with database.snapshot() as c:
        return list((await c.execute(waiting_updates.select())).scalars())


async def test_an_update_is_confirmed_when_its_handler_is_through(database: Database) -> None:
    async with at_work(database) as worker:
        await worker.feed.take(a_message(1, "slow"))
        await worker.feed.take(a_message(2, "quick", 7))
        await worker.until_handled("quick")
        await asyncio.sleep(0)
        assert list(worker.feed.unconfirmed) == [1]
        worker.go_on.set()
        await worker.until_handled("quick", "slow")
        await asyncio.sleep(0)
        assert list(worker.feed.unconfirmed) == []


async def test_an_update_that_comes_again_while_it_is_handled_is_handled_once(database: Database) -> None:
    async with at_work(database) as worker:
        first = await worker.feed.take(a_message(1, "slow"))
        assert await worker.feed.take(a_message(1, "slow")) is first
        worker.go_on.set()
        await worker.until_handled("slow")


@pytest.mark.requirement("X22")
async def test_what_was_kept_is_confirmed_and_handled_after_a_crash(database: Database) -> None:
    async with at_work(database) as worker:
        await worker.feed.take(a_message(1, "slow one"))
        await worker.feed.take(a_message(2, "slow two"))
        await worker.feed.take(a_message(3, "quick", 7))
        await worker.until_handled("quick")
        assert await worker.feed.keep()
        assert list(worker.feed.unconfirmed) == []
        assert await kept(database) == [1, 2]

    async with at_work(database) as worker:
        worker.go_on.set()
        await worker.until_handled("slow one", "slow two")

        async def nothing_is_kept() -> bool:
            return await kept(database) == []

        await eventually(nothing_is_kept)


async def test_a_kept_update_is_forgotten_when_its_handler_is_through(database: Database) -> None:
    async with at_work(database) as worker:
        await worker.feed.take(a_message(1, "slow"))
        await worker.feed.keep()
        worker.go_on.set()

        async def nothing_is_kept() -> bool:
            return await kept(database) == []

        await eventually(nothing_is_kept)


async def test_a_webhook_is_not_kept_waiting_by_a_slow_handler(database: Database) -> None:
    async with at_work(database) as worker:
        quick = await worker.feed.take(a_message(1, "quick", 7))
        slow = await worker.feed.take(a_message(2, "slow"))
        failing = await worker.feed.take(a_message(3, "fails", 8))
        assert quick is not None
        assert slow is not None
        assert failing is not None
        await quick.is_through.wait()
        await failing.is_through.wait()
        async with asyncio.timeout(20):
            assert await worker.feed.settled(quick)
            assert await worker.feed.settled(failing)
            assert await worker.feed.settled(slow)
        assert await kept(database) == [2]


@pytest.mark.parametrize("text", ["slow", "slow and fails"])
async def test_an_update_is_not_confirmed_by_a_process_that_does_not_lead_any_more(
    database: Database, text: str
) -> None:
    leader = Deposed(math.inf)
    async with at_work(database, leader) as worker:
        entry = await worker.feed.take(a_message(1, text))
        leader.looks = 0
        worker.go_on.set()
        await worker.until_handled(text)
        await worker.feed.wait(PATIENCE)
        assert list(worker.feed.unconfirmed) == [1]
        assert entry is not None
        assert not entry.is_through.is_set()


@pytest.mark.parametrize(
    "change",
    [
        {"restarts": MOST_RESTARTS},
        {"at": utc_now() - timedelta(days=2)},
        {"raw": {"update_id": 1, "message": 7}},
    ],
    ids=["kills the process", "too old", "cannot be read"],
)
async def test_an_update_that_is_not_worth_another_try_is_given_up(
    database: Database, change: dict[str, Any]
) -> None:
    async with database.write() as c:
        await rows.add_all(c, {1: a_message(1, "quick")}, utc_now())
        await c.execute(update(waiting_updates).values(change))

    async with at_work(database) as worker:

        async def nothing_is_kept() -> bool:
            return await kept(database) == []

        await eventually(nothing_is_kept)
        assert worker.begun == []


async def test_without_the_database_an_update_is_left_to_telegram(database: Database, path: Path) -> None:
    async with at_work(database) as worker:
        await worker.feed.take(a_message(1, "slow"))
        assert await kept(database) == []
        await asyncio.to_thread(path.rename, path.with_suffix(".away"))
        assert not await worker.feed.keep()
        assert list(worker.feed.unconfirmed) == [1]


@pytest.mark.requirement("X22")
@pytest.mark.parametrize("sender", [2**63, -(2**80), 2**53, True, "7", 7.5, None])
async def test_a_sender_that_telegram_cannot_have_costs_only_his_own_updates(
    database: Database, sender: object
) -> None:
    """Many at once: only then the guard against floods asks the database who somebody is."""
    odd = [a_message(number, "odd") for number in range(10, 40)]
    for each in odd:
        each["message"]["from"]["id"] = each["message"]["chat"]["id"] = sender
    async with at_work(database) as worker:
        for each in odd:
            await worker.feed.take(each)
        await worker.feed.take(a_message(1, "quick"))

        async def is_handled() -> bool:
            return "quick" in worker.handled

        await eventually(is_handled)


@pytest.mark.requirement("X22")
async def test_a_fault_of_the_guard_against_floods_costs_no_update(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_args: object) -> None:
        raise KeyError

    monkeypatch.setattr(FloodGuard, "judge", fail)
    async with at_work(database) as worker:
        await worker.feed.take(a_message(1, "quick"))
        await worker.until_handled("quick")


class Words(BaseRequestMiddleware):
    """Telegram takes everything, and remembers whom something was said to."""

    def __init__(self) -> None:
        self.said: list[tuple[int, str]] = []

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        if isinstance(method, SendMessage) and isinstance(method.chat_id, int):
            self.said.append((method.chat_id, method.text))
        return Response(ok=True, result=None)


@pytest.mark.requirement("X22")
async def test_a_strangers_flood_is_not_handled_and_told_once_while_the_staff_go_on(
    database: Database,
) -> None:
    async with at_work(database) as worker:
        words = Words()
        worker.bot.session.middleware(words)
        for number in range(1, 51):
            await worker.feed.take(a_message(number, f"slow {number}", 4242))
        await worker.feed.take(a_message(51, "staff"))
        await worker.until_handled("staff")
        assert len(worker.begun) == STRANGER_UNFINISHED + 1
        assert len(worker.feed.unconfirmed) == STRANGER_UNFINISHED
        told = Translator("ru").plain("flood-stranger", minutes=round(QUIET_SECONDS / 60))
        assert words.said == [(4242, told)]
        worker.go_on.set()
        await eventually(worker.is_idle)
        await worker.feed.take(a_message(52, "calm", 7))
        await worker.feed.take(a_message(53, "again", 4242))
        await eventually(worker.is_idle)
        assert "calm" in worker.handled
        assert "again" not in worker.handled


@pytest.mark.requirement("X22")
async def test_one_of_the_staff_whose_latest_were_not_read_is_told_so_once_whatever_strangers_do(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood, "KNOWN_UNFINISHED", 6)
    monkeypatch.setattr(flood, "KNOWN_CAUGHT_UP", 3)
    monkeypatch.setattr(update_feed, "MOST_NOTICES", 0)  # as many as may be are on their way to strangers
    async with at_work(database) as worker:
        words = Words()
        worker.bot.session.middleware(words)
        for number in range(1, 11):
            await worker.feed.take(a_message(number, f"slow {number}"))
            await worker.feed.take(a_message(100 + number, f"slow {number}", 4242))
        assert len(worker.feed.unconfirmed) == 6 + STRANGER_UNFINISHED
        worker.go_on.set()
        await eventually(worker.is_idle)
        assert words.said == [(SELLER_CHAT, Translator("ru").plain("flood-known", minutes=0))]
