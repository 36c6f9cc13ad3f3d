from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Collection
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from aiogram.exceptions import TelegramForbiddenError, TelegramNetworkError, TelegramRetryAfter
from aiogram.methods import GetMe
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.testing import capture_logs

from sandbox.driver.wire import PATIENCE
from services.order.desk import Desk
from services.sending import sender as sender_module
from services.sending.rate_limiter import Limits, RateLimiter
from services.sending.sender import AT_ONCE, LONGEST_PAUSE, Sender
from storage.db import database as storage_database
from storage.db.database import Database
from storage.sending import outbox, shop_notifications
from storage.sending.outbox import AnyRow, Channel, Kind, Outgoing, Priority, Row, ShopRow
from storage.sending.shop_notifications import News, NewsKind
from tests.builders import NOON
from tests.sandbox.tools import eventually
from tests.services.workplace import (
    COURIER_CHAT,
    DIRECTOR_CHAT,
    Clock,
    Sent,
    Telegram,
    clear,
    kept_running,
    receive,
    rows,
    running,
)

CHAT, OTHER_CHAT = 1, 2
Fault = Callable[[], BaseException]
Due = datetime | None


class Post:
    """The way out: keeps what left, and fails for a chat as often as it is told."""

    def __init__(self) -> None:
        self.left: asyncio.Queue[AnyRow] = asyncio.Queue()
        self.tried: asyncio.Queue[AnyRow] = asyncio.Queue()
        self.faults: dict[int, list[Fault]] = {}

    async def deliver(self, row: AnyRow) -> None:
        self.tried.put_nowait(row)
        faults = self.faults.get(row.target)
        if faults:
            fault = faults.pop(0)()
            raise fault
        self.left.put_nowait(row)

    async def next(self) -> AnyRow:
        return await asyncio.wait_for(self.left.get(), PATIENCE)


def network_down() -> TelegramNetworkError:
    return TelegramNetworkError(GetMe(), "no route to host")


def slow_down(seconds: int) -> Fault:
    return lambda: TelegramRetryAfter(GetMe(), "Too Many Requests", seconds)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def sender(database: Database, post: Post, clock: Clock) -> Sender:
    return Sender(database, Channel.TELEGRAM, post.deliver, clock, of_shop=post.deliver)


Put = Callable[..., Awaitable[None]]


@pytest.fixture
async def put(desk: Desk, database: Database) -> Put:
    """Puts cards for these chats into the outbox, as the desk does."""
    order = await receive(desk, NOON)
    await clear(database)

    async def put_cards(*chats: int) -> None:
        async with database.write() as c:
            await outbox.put(
                c,
                [
                    Outgoing(Channel.TELEGRAM, Kind.CARD, order.id, Priority.CARD, NOON, target=chat)
                    for chat in chats
                ],
            )

    return put_cards


async def until_tried(database: Database, attempts: int) -> Sent:
    """The only row of the outbox, once it was tried so often and waits again."""

    async def waits() -> bool:
        return [(row.state, row.attempts) for row in await rows(database)] == [("pending", attempts)]

    await eventually(waits)
    [row] = await rows(database)
    return row


async def until_empty(database: Database) -> None:
    async def empty() -> bool:
        return await rows(database) == []

    await eventually(empty)


async def test_what_waits_leaves_and_what_comes_later_leaves_at_once(
    sender: Sender, post: Post, put: Put, elsewhere: Database
) -> None:
    await put(CHAT)
    async with running(sender.run()):
        assert (await post.next()).target == CHAT
        await put(OTHER_CHAT)
        assert (await post.next()).target == OTHER_CHAT
        await until_empty(elsewhere)


async def test_more_than_fits_into_one_go_leaves_all_the_same(
    sender: Sender, post: Post, put: Put, elsewhere: Database
) -> None:
    chats = range(1, 2 * AT_ONCE + 2)
    await put(*chats)
    async with running(sender.run()):
        assert [(await post.next()).target for _ in chats] == list(chats)
        await until_empty(elsewhere)


@pytest.mark.requirement("X3")
async def test_what_fails_is_tried_again_with_growing_pauses_and_nothing_is_lost(
    database: Database, sender: Sender, post: Post, put: Put, clock: Clock, elsewhere: Database
) -> None:
    tries = 9
    post.faults[CHAT] = [network_down] * tries
    await put(CHAT)
    pauses = []
    async with running(sender.run()):
        for attempt in range(1, tries + 1):
            row = await until_tried(elsewhere, attempt)
            pauses.append((row.not_before - clock.now).total_seconds())
            clock.now = row.not_before
            database.wake_all()
        assert (await post.next()).attempts == tries
        await until_empty(elsewhere)
    longest = [min(LONGEST_PAUSE, 2.0**attempt) for attempt in range(tries)]
    assert all(limit / 2 <= pause <= limit for pause, limit in zip(pauses, longest, strict=True))
    assert pauses[:6] == sorted(pauses[:6])


@pytest.mark.requirement("X3")
async def test_a_failing_row_holds_up_no_other_and_is_not_tried_before_its_time(
    database: Database, sender: Sender, post: Post, put: Put, clock: Clock, elsewhere: Database
) -> None:
    post.faults[CHAT] = [slow_down(7)]
    await put(CHAT, OTHER_CHAT)

    async def is_put_off() -> bool:
        return [row.target for row in await rows(elsewhere) if row.not_before > clock.now] == [CHAT]

    async with running(sender.run()):
        assert (await post.next()).target == OTHER_CHAT
        await eventually(is_put_off)
        clock.turn(6.99 / 60)
        await put(OTHER_CHAT)
        assert (await post.next()).target == OTHER_CHAT  # the sender has looked, and left the first alone
        clock.turn(0.02 / 60)
        database.wake_all()
        assert (await post.next()).target == CHAT


@pytest.mark.requirement("X3")
async def test_a_chat_that_telegram_holds_gets_nothing_of_orders_or_shops_and_then_one_after_another(
    database: Database, post: Post, put: Put, clock: Clock
) -> None:
    seconds = 0.0
    pace = RateLimiter(Limits(), lambda: seconds)

    def held() -> TelegramRetryAfter:
        pace.hold(CHAT, 30)
        return TelegramRetryAfter(GetMe(), "Too Many Requests", 30)

    post.faults[CHAT] = [held]
    async with database.write() as c:
        kind = NewsKind.NOT_REOPENED
        told = [News(1, chat, kind, 0, sound=True, not_before=NOON) for chat in (CHAT, OTHER_CHAT)]
        await shop_notifications.put(c, told)
    await put(CHAT, OTHER_CHAT)
    sender = Sender(
        database, Channel.TELEGRAM, post.deliver, clock, pace, of_shop=post.deliver
    )  # fmt: skip
    async with running(sender.run()):
        first, second = await post.next(), await post.next()
        assert (first.target, second.target) == (OTHER_CHAT, OTHER_CHAT)
        assert post.tried.qsize() == 3, "of the two things for the held chat only one was tried"
        seconds = 30
        clock.turn(0.5)
        database.wake_all()
        assert [type(await post.next()) for _ in range(2)] == [ShopRow, Row]
        await until_empty(database)


@pytest.mark.requirement("X3")
async def test_a_chat_that_becomes_free_while_the_sender_looks_is_not_forgotten(
    database: Database, post: Post, put: Put, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = 0.0
    pace = RateLimiter(Limits(), lambda: seconds)
    ask = outbox.next_due

    async def ask_slowly(c: AsyncConnection, channel: Channel, *, not_to: Collection[int] = ()) -> Due:
        nonlocal seconds
        due = await ask(c, channel, not_to=not_to)
        if pace.wait_for_chat(CHAT) > 0:
            seconds = 30
        return due

    async def deliver(row: AnyRow) -> None:
        pace.hold(CHAT, 30)
        await post.deliver(row)

    monkeypatch.setattr(outbox, "next_due", ask_slowly)
    async with database.write() as c:
        told = News(1, CHAT, NewsKind.NOT_REOPENED, 0, sound=True, not_before=NOON)
        await shop_notifications.put(c, [told])
    await put(CHAT)
    sender = Sender(database, Channel.TELEGRAM, deliver, clock, pace, of_shop=deliver)
    async with running(sender.run()):
        assert [type(await post.next()) for _ in range(2)] == [ShopRow, Row]


@pytest.mark.parametrize("seconds", [1, 7, 600])
async def test_telegrams_own_pause_is_waited_to_the_second(
    sender: Sender, post: Post, put: Put, clock: Clock, elsewhere: Database, seconds: int
) -> None:
    post.faults[CHAT] = [slow_down(seconds)]
    await put(CHAT)

    async def is_put_off() -> bool:
        [row] = await rows(elsewhere)
        return row.state == "pending" and row.not_before > clock.now

    async with running(sender.run()):
        await eventually(is_put_off)
    [row] = await rows(elsewhere)
    assert (row.not_before - clock.now).total_seconds() == seconds
    assert row.attempts == 0


async def test_what_can_never_be_sent_ends_with_its_reason(
    sender: Sender, post: Post, put: Put, elsewhere: Database
) -> None:
    post.faults[CHAT] = [lambda: TelegramForbiddenError(GetMe(), "Forbidden: bot was blocked by the user")]
    await put(CHAT, OTHER_CHAT)
    async with running(sender.run()):
        await post.next()
        await put(OTHER_CHAT)
        await post.next()
    [failed] = await rows(elsewhere)
    assert (failed.target, failed.state) == (CHAT, "failed")
    assert "blocked by the user" in failed.why


@pytest.mark.requirement("X3")
async def test_what_was_being_sent_when_the_process_died_is_sent_after_the_start(
    sender: Sender, post: Post, put: Put, database: Database, elsewhere: Database
) -> None:
    await put(CHAT, OTHER_CHAT)
    async with elsewhere.write() as c:
        assert len(await outbox.claim(c, Channel.TELEGRAM, NOON, 10)) == 2
    assert {row.state for row in await rows(database)} == {"sending"}
    async with running(sender.run()):
        assert {(await post.next()).target for _ in range(2)} == {CHAT, OTHER_CHAT}
        await until_empty(database)


@pytest.mark.requirement("X3")
async def test_a_sender_that_is_stopped_in_the_middle_finishes_what_it_has_in_hand(
    database: Database, put: Put, clock: Clock
) -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def takes_its_time(_row: Row) -> None:
        begun.set()
        await may_end.wait()

    await put(CHAT)
    async with running(Sender(database, Channel.TELEGRAM, takes_its_time, clock).run()):
        await asyncio.wait_for(begun.wait(), PATIENCE)
        asyncio.get_running_loop().call_later(0.05, may_end.set)
    assert await rows(database) == []


@pytest.mark.requirement("X3")
async def test_what_does_not_end_before_the_stop_is_left_to_the_next_start(
    database: Database,
    sender: Sender,
    post: Post,
    put: Put,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sender_module, "PARTING", 0.05)
    begun = asyncio.Event()

    async def never_ends(_row: Row) -> None:
        begun.set()
        await asyncio.Event().wait()

    await put(CHAT)
    async with running(Sender(database, Channel.TELEGRAM, never_ends, clock).run()):
        await asyncio.wait_for(begun.wait(), PATIENCE)
    async with running(sender.run()):
        assert (await post.next()).target == CHAT


@pytest.mark.requirement("X3")
async def test_when_the_database_is_busy_for_too_long_no_row_stays_behind(
    put: Put, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has left is noted as soon as that is possible, and does not leave once more."""
    monkeypatch.setattr(storage_database, "BUSY_SECONDS", 0.05)
    impatient = Database(f"sqlite+aiosqlite:///{path}")
    left: asyncio.Queue[int] = asyncio.Queue()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:

        async def deliver(row: Row) -> None:
            if left.empty():
                other.execute("BEGIN IMMEDIATE")
            left.put_nowait(row.target)

        await put(CHAT, OTHER_CHAT)
        with capture_logs() as logged:
            sender = Sender(impatient, Channel.TELEGRAM, deliver, clock)
            async with running(kept_running("sender_telegram", sender.run)):

                async def failed() -> bool:
                    return "job_waits" in [entry["event"] for entry in logged]

                await eventually(failed)
                other.execute("ROLLBACK")
                await until_empty(impatient)
    assert [left.get_nowait() for _ in range(left.qsize())] == [CHAT, OTHER_CHAT]
    await impatient.close()


async def test_each_channel_has_its_own_sender(database: Database, desk: Desk, clock: Clock) -> None:
    order = await receive(desk, NOON)
    post = Post()
    async with running(Sender(database, Channel.COPY, post.deliver, clock).run()):
        copy = await post.next()
    assert isinstance(copy, Row)
    assert (copy.channel, copy.order_id, copy.version) == (Channel.COPY, order.id, 1)
    assert {row.channel for row in await rows(database)} == {Channel.TELEGRAM}


@pytest.mark.requirement("X3")
async def test_a_person_who_blocked_the_bot_ends_only_their_own_rows(
    telegram: Telegram, database: Database, desk: Desk, clock: Clock
) -> None:
    await telegram.people.block("director")
    await receive(desk, NOON)

    async def to_telegram(row: Row) -> None:
        await telegram.cards.refresh(row.order_id, row.target, aloud=row.sound)

    async with running(Sender(database, Channel.TELEGRAM, to_telegram, clock).run()):
        await telegram.people.wait_message("manager", containing="Пионы")
        await telegram.people.wait_message("director", containing="Пионы", chat="group")

        async def only_the_director_is_left() -> bool:
            found = await rows(database, channel=Channel.TELEGRAM)
            return [(row.target, row.state) for row in found] == [(DIRECTOR_CHAT, "failed")]

        await eventually(only_the_director_is_left)
    assert COURIER_CHAT not in {row.target for row in await rows(database)}
