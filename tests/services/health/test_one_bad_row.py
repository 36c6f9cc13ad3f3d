"""One row that cannot be worked with stops no other: it is kept, and the directors hear of it (X22)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from orders.model.people import Actor, Role
from orders.shop.closures import Spell
from orders.steps import commands as do
from services.backup.backup_writer import BackupWriter
from services.health.clock import utc_now
from services.health.clock_watch import ClockWatch
from services.health.set_aside import Part, SetAside
from services.order.alarms import Alarms
from services.order.desk import Desk, Incoming
from services.sending.sender import MOST_TRIES, Sender
from services.shop.erasure import Erasure, Nightly
from services.shop.shop_closures import ShopClosures
from storage.backup.backup_copy import BackupCopy
from storage.db.database import Database
from storage.db.errors import UnreadableDocument
from storage.order import orders as order_rows
from storage.photo.photo_files import PhotoFiles
from storage.sending import outbox, shop_notifications
from storage.sending.outbox import Channel, Kind, Outgoing, Priority, Row
from storage.sending.shop_notifications import NewsKind
from storage.shop import closures
from tests.builders import MANAGER, NOON, RULES, minutes, some_details
from tests.outbox_rows import take_news
from tests.sandbox.tools import eventually
from tests.services.workplace import (
    DIRECTOR_CHAT,
    MANAGER_CHAT,
    Clock,
    Telegram,
    clear,
    kept_running,
    own_copy,
    receive,
    rows,
    running,
    telling,
)

pytestmark = pytest.mark.requirement("X22")

BAD_CHAT, GOOD_CHAT = 1, 2
ZOYA = Actor(Role.DIRECTOR, 6, "Зоя", shop_id=2)


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.health.background.FIRST_PAUSE", 0.02)


async def spoil(database: Database, statement: str) -> None:
    async with database.write() as c:
        result = await c.execute(text(statement))
    assert result.rowcount == 1


async def set_aside(database: Database) -> list[tuple[int, Part]]:
    """To whom it is told that something could not be done, and what."""
    async with database.snapshot() as c:
        found = await c.execute(text("SELECT target, subject FROM outbox WHERE kind = 'set-aside'"))
    return [(row.target, Part(row.subject)) for row in found]


async def put(database: Database, order_id: int, *chats: int) -> None:
    cards = [
        Outgoing(Channel.TELEGRAM, Kind.CARD, order_id, Priority.CARD, NOON, target=chat) for chat in chats
    ]
    async with database.write() as c:
        await outbox.put(c, cards)


class Post:
    """The way out; a row for BAD_CHAT breaks it."""

    def __init__(self) -> None:
        self.left: set[int] = set()

    async def deliver(self, row: Row) -> None:
        if row.target == BAD_CHAT:
            raise KeyError("field")
        self.left.add(row.target)

    async def has(self, *chats: int) -> None:
        async def are_there() -> bool:
            return self.left >= set(chats)

        await eventually(are_there)


@pytest.fixture
def post() -> Post:
    return Post()


@pytest.fixture
def sender(database: Database, post: Post, clock: Clock) -> Sender:
    return Sender(database, Channel.TELEGRAM, post.deliver, clock)


async def test_a_row_that_breaks_its_rendering_is_set_aside_and_told(
    sender: Sender,
    desk: Desk,
    database: Database,
    post: Post,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("services.sending.sender._pause", lambda _attempts: 0.0)
    order = await receive(desk, NOON)
    await clear(database)
    async with running(kept_running("sender_telegram", sender.run)):
        await put(database, order.id, BAD_CHAT, GOOD_CHAT)
        await post.has(GOOD_CHAT, DIRECTOR_CHAT)
    [kept] = await rows(database)
    assert (kept.target, kept.state, kept.attempts, kept.why) == (
        BAD_CHAT,
        "failed",
        MOST_TRIES - 1,
        "KeyError",
    )


@pytest.mark.parametrize("column", ["kind = 'of-a-later-version'", "priority = 99", "created_at = 'never'"])
async def test_a_row_that_cannot_be_read_is_set_aside_and_told(
    sender: Sender, desk: Desk, database: Database, post: Post, column: str
) -> None:
    order = await receive(desk, NOON)
    await clear(database)
    await put(database, order.id, BAD_CHAT, GOOD_CHAT)
    await spoil(database, f"UPDATE outbox SET {column} WHERE target = {BAD_CHAT}")
    async with running(kept_running("sender_telegram", sender.run)):
        await post.has(GOOD_CHAT, DIRECTOR_CHAT)
    async with database.snapshot() as c:
        kept = (await c.execute(text("SELECT target, state FROM outbox"))).all()
    assert [tuple(row) for row in kept] == [(BAD_CHAT, "failed")]


async def test_directors_read_which_order_it_was(desk: Desk, database: Database, telegram: Telegram) -> None:
    order = await receive(desk, NOON)
    await spoil(database, f"UPDATE orders SET document = '{{' WHERE id = {order.id}")
    words = SetAside(telegram.bot, database)
    for part in Part:
        row = Row(
            Channel.TELEGRAM, Kind.SET_ASIDE, order.id, Priority.CARD, NOON, target=DIRECTOR_CHAT,
            subject=part, id=1, attempts=0, created_at=NOON,
        )  # fmt: skip
        await words.tell(row)
    shown = [message.text for message in await telegram.shown("director")]
    assert len(set(shown)) == len(Part)
    assert all(order.number in words for words in shown)


@pytest.fixture
def real_desk(database: Database) -> Desk:
    """The scheduler follows the real time."""
    return Desk(database, utc_now)


async def until_fired(logged: Sequence[Mapping[str, object]], order_id: int) -> None:
    async def has_fired() -> bool:
        return any(one["event"] == "alarm_fired" and one["order_id"] == order_id for one in logged)

    await eventually(has_fired)


async def test_a_deadline_that_cannot_be_read_silences_no_other(database: Database, real_desk: Desk) -> None:
    at = utc_now() - minutes(6)
    bad, good = await receive(real_desk, at), await receive(real_desk, at)
    await spoil(
        database, f"UPDATE deadlines SET kind = 'unknown' WHERE order_id = {bad.id} AND kind = 'accept_soon'"
    )
    with capture_logs() as logged:
        async with running(kept_running("alarms", Alarms(database, utc_now).run)):
            await until_fired(logged, good.id)
    assert await set_aside(database) == [(DIRECTOR_CHAT, Part.ALARM)]
    await real_desk.do(bad.id, do.Accept(), MANAGER)  # the order itself goes on


async def test_an_order_that_is_no_json_silences_no_other(database: Database, real_desk: Desk) -> None:
    at = utc_now() - minutes(6)
    bad, good = await receive(real_desk, at), await receive(real_desk, at)
    await spoil(database, f"UPDATE orders SET document = '{{' WHERE id = {bad.id}")
    with capture_logs() as logged:
        async with running(kept_running("alarms", Alarms(database, utc_now).run)):
            await until_fired(logged, good.id)
    assert await set_aside(database) == [(DIRECTOR_CHAT, Part.ALARM)]


@pytest.mark.parametrize("rules", ["{", '{"erase_days": "soon"}'])
async def test_a_shop_whose_rules_cannot_be_read_silences_no_other(
    database: Database, real_desk: Desk, rules: str
) -> None:
    at = utc_now() - minutes(6)
    bad = (await real_desk.receive(2, Incoming("5001", at, some_details(), {}))).order
    good = await receive(real_desk, at)
    await spoil(database, f"UPDATE shops SET rules = '{rules}' WHERE id = 2")
    with capture_logs() as logged:
        async with running(kept_running("alarms", Alarms(database, utc_now).run)):
            await until_fired(logged, good.id)

            async def told() -> bool:
                return (7777, Part.ALARM) in await set_aside(database)

            await eventually(told)
    assert bad.id != good.id


async def test_a_hiding_that_cannot_be_read_keeps_no_other_shop_closed(
    database: Database, clock: Clock
) -> None:
    door = ShopClosures(database, clock)
    for chief in (MANAGER, ZOYA):
        await door.hide(chief)
        await door.set_end(chief, Spell.HOUR, RULES)
    async with database.write() as c:
        await take_news(c)
    await spoil(database, "UPDATE hidings SET hidden = '{}' WHERE shop_id = 1")
    clock.turn(60)
    async with running(kept_running("shop_closures", door.run)):

        async def is_open() -> bool:
            async with database.snapshot() as c:
                return await closures.current(c, 2) is None

        await eventually(is_open)
    async with database.write() as c:
        told = {(one.chat_id, one.kind) for one in await take_news(c)}
    assert {(DIRECTOR_CHAT, NewsKind.NOT_REOPENED), (MANAGER_CHAT, NewsKind.NOT_REOPENED)} <= told


async def test_news_that_cannot_be_told_are_set_aside_and_hold_up_no_other(
    database: Database, clock: Clock, telegram: Telegram,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("services.sending.sender._pause", lambda _attempts: 0.0)
    async with database.write() as c:
        news = [
            shop_notifications.News(1, DIRECTOR_CHAT, kind, 0, sound=True, not_before=NOON)
            for kind in (NewsKind.GOODS_UNREAD, NewsKind.NOT_REOPENED)
        ]
        await shop_notifications.put(c, news)
    await spoil(database, "UPDATE outbox SET kind = 'of_a_later_version' WHERE kind = 'goods_unread'")
    async with running(kept_running("sender_telegram", telling(telegram, database, clock).run)):
        await telegram.people.wait_message("director", containing="Магазин не открылся сам")
        await telegram.people.wait_message("director", containing="Бот не смог отправить сообщение")
    async with database.snapshot() as c:
        kept = (await c.execute(text("SELECT kind, state, why FROM outbox"))).all()
    assert [tuple(row) for row in kept] == [("of_a_later_version", "failed", "ValueError")]


async def test_news_that_break_when_they_are_read_are_set_aside_and_told(
    database: Database, clock: Clock, telegram: Telegram
) -> None:
    async with database.write() as c:
        news = [
            shop_notifications.News(1, chat, NewsKind.NOT_REOPENED, 0, sound=True, not_before=NOON)
            for chat in (DIRECTOR_CHAT, MANAGER_CHAT)
        ]
        await shop_notifications.put(c, news)
    await spoil(database, f"UPDATE outbox SET priority = 77 WHERE target = {DIRECTOR_CHAT}")
    async with running(kept_running("sender_telegram", telling(telegram, database, clock).run)):
        await telegram.people.wait_message("manager", containing="Магазин не открылся сам")
        await telegram.people.wait_message("director", containing="Бот не смог отправить сообщение")


async def closed(desk: Desk, number: str) -> int:
    order = (await desk.receive(1, Incoming(number, NOON, some_details(), {"id": number}))).order
    await desk.do(order.id, do.Cancel("передумал"), MANAGER)
    return order.id


@pytest.mark.requirement("R63")
async def test_each_night_erases_what_is_due_and_an_order_that_cannot_be_read_stops_no_other(
    database: Database, clock: Clock, desk: Desk, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """By the clock alone: the job is started once, and the nights come."""
    monkeypatch.setattr("services.shop.erasure.LOOK_SECONDS", 0.02)
    bad, first = await closed(desk, "1001"), await closed(desk, "1002")
    await spoil(database, f"UPDATE orders SET document = '{{' WHERE id = {bad}")
    erasure = _Counted(database, PhotoFiles(tmp_path / "photos"), clock)
    nightly = Nightly(erasure, clock)

    async def is_erased(order_id: int) -> bool:
        async with database.snapshot() as c:
            order = await order_rows.get(c, order_id)
        return order is not None and order.erased_at is not None

    async def is_told() -> bool:
        return (DIRECTOR_CHAT, Part.ERASURE) in await set_aside(database)

    async def has_looked() -> bool:
        return erasure.nights > seen

    seen = 0
    async with running(kept_running("nightly", nightly.run)):
        await eventually(has_looked)
        seen = erasure.nights
        clock.now = NOON + timedelta(days=RULES.erase_days, hours=-1)
        await eventually(has_looked)
        seen = erasure.nights
        clock.now += timedelta(hours=2)  # it is due, and no night has come since
        await asyncio.sleep(0.1)
        assert erasure.nights == seen
        assert not await is_erased(first)
        clock.now += timedelta(days=1)
        await eventually(is_told)
        assert await is_erased(first)


class _Counted(Erasure):
    nights = 0

    async def erase_due(self) -> int:
        erased = await super().erase_due()
        self.nights += 1
        return erased


async def test_a_history_that_cannot_be_read_keeps_no_other_order_from_the_copy(
    database: Database, desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    bad, good = await receive(desk, NOON), await receive(desk, NOON)
    await spoil(database, f"UPDATE events SET document = '{{' WHERE order_id = {bad.id}")
    copy = BackupCopy(tmp_path / "copy.db")
    copies = BackupWriter(database, own_copy(database, copy, clock), clock)
    outcomes = await asyncio.gather(
        *(copies.write(order.id, order.version) for order in (bad, good)), return_exceptions=True
    )
    assert isinstance(outcomes[0], ValueError | UnreadableDocument)
    assert outcomes[1] is None
    assert copy.path.exists()


async def test_a_clock_that_was_set_back_is_mended_for_the_orders_that_can_be_read(
    database: Database, desk: Desk, clock: Clock
) -> None:
    bad, good = await receive(desk, NOON), await receive(desk, NOON)
    async with database.write() as c:
        await c.execute(text("UPDATE deadlines SET last_fired_at = '2099-01-01 00:00:00.000000'"))
    await spoil(database, f"UPDATE orders SET document = '{{' WHERE id = {bad.id}")
    with capture_logs() as logged:
        async with running(kept_running("clock_watch", ClockWatch(database, clock).run)):

            async def mended() -> bool:
                async with database.snapshot() as c:
                    ahead = text(
                        "SELECT count(*) FROM deadlines WHERE last_fired_at > '2090-01-01' AND order_id = :id"
                    )
                    return not await c.scalar(ahead, {"id": good.id})

            await eventually(mended)
    assert "job_failed" not in [entry["event"] for entry in logged]
