"""The evening's report: to whom, when, how often; and the process that draws it ends."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import SendPhoto, TelegramMethod

from orders.bell.ringing import Hearing, Quiet
from orders.model.people import Role
from services.health.drawings import MOST_DRAWINGS, NotDrawn
from services.health.troubles import TroubleKind, Troubles
from services.report import drawing as drawing_module
from services.report.drawing import Drawing
from services.report.evening_reports import EveningReports
from services.report.reports import Reports
from services.sending.sender import Sender
from storage.bell import hearing
from storage.db.database import Database
from storage.sending import outbox
from storage.sending.outbox import Channel, Row, ShopRow
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member
from tests.outbox_rows import take_news
from tests.sandbox.tools import eventually
from tests.services.report.shop_day import DAY, SHOP_RULES, at_clock, open_shop
from tests.services.workplace import (
    COURIER_CHAT,
    DIRECTOR_CHAT,
    MANAGER_CHAT,
    SELLER_CHAT,
    Clock,
    Telegram,
    kept_running,
    running,
)

EVENING = time(21)
Call = Callable[[Bot, TelegramMethod[Any]], Awaitable[Any]]


async def _no_orders(row: Row) -> None:
    raise AssertionError(row)


@pytest.fixture
async def evening(database: Database, clock: Clock) -> EveningReports:
    """At nine; the other shop wants no report."""
    clock.now = at_clock(DAY, EVENING)
    await open_shop(database, replace(SHOP_RULES, report_at=None), shop_id=2)
    return EveningReports(database, clock)


@asynccontextmanager
async def sending(database: Database, clock: Clock, reports: Reports) -> AsyncIterator[None]:
    sender = Sender(database, Channel.TELEGRAM, _no_orders, clock, None, None, reports.deliver)
    async with running(kept_running("sender_telegram", sender.run)):
        yield


async def got(telegram: Telegram, person: str, chat: str = "bot") -> list[str]:
    """The captions of the reports that a person sees."""
    return [
        one.text for one in await telegram.shown(person, chat) if "заказ" in one.text or "достав" in one.text
    ]


async def has(telegram: Telegram, *persons: str) -> bool:
    return all([await got(telegram, one) for one in persons])


@pytest.mark.requirement("X10", "R14")
async def test_each_evening_everybody_gets_their_own_report_once_and_the_group_none(
    evening: EveningReports, reports: Reports, database: Database, clock: Clock, telegram: Telegram
) -> None:
    assert await evening.look() == 1
    async with sending(database, clock, reports):
        await eventually(partial(has, telegram, "director", "manager", "florist", "courier"))
        assert await evening.look() == 0
        assert await EveningReports(database, clock).look() == 0  # after a restart
        clock.turn(-90)  # the clock was set back, and reaches the evening once more
        assert await evening.look() == 0
        clock.now = at_clock(DAY, EVENING) + timedelta(minutes=30)
        assert await evening.look() == 0
    for person, words in {
        "director": "24 доставки, вручено 22",
        "manager": "к выплате 88\u202f660\u202f₽",
        "florist": "Мой день, 10 марта: 23 заказа, собрано 22",
        "courier": "доставлено 22, 2 опоздания",
    }.items():
        [caption] = await got(telegram, person)
        assert words in caption
    assert await got(telegram, "director", "group") == []


@pytest.mark.requirement("X10")
async def test_a_report_makes_no_sound_in_quiet_hours_and_none_outside_of_them(
    evening: EveningReports, reports: Reports, database: Database, clock: Clock, telegram: Telegram
) -> None:
    async with database.write() as c:
        await hearing.choose(c, 2, Hearing(quiet=Quiet(time(20), time(8))))
    sent = listened(telegram)
    await evening.look()
    async with sending(database, clock, reports):
        await eventually(partial(has, telegram, "director", "manager"))
    assert {one.disable_notification for one in sent} == {True}


@pytest.mark.requirement("X10")
async def test_whoever_telegram_keeps_waiting_keeps_nobody_else_waiting(
    evening: EveningReports, reports: Reports, database: Database, clock: Clock, telegram: Telegram
) -> None:
    listened(telegram, waits_for=DIRECTOR_CHAT)
    await evening.look()
    async with sending(database, clock, reports):
        await eventually(partial(has, telegram, "manager", "florist", "courier"))
        assert await got(telegram, "director") == []
    clock.turn(1)
    async with sending(database, clock, reports):
        await eventually(partial(has, telegram, "director"))
    assert [len(await got(telegram, one)) for one in ("director", "manager", "florist")] == [1, 1, 1]


def listened(telegram: Telegram, waits_for: int = 0) -> list[SendPhoto]:
    """The pictures that are sent from now on; the first to this chat is answered with 429."""
    sent: list[SendPhoto] = []
    held = {waits_for}

    async def note(make_request: Call, bot: Bot, method: TelegramMethod[Any]) -> Any:  # noqa: ANN401
        if isinstance(method, SendPhoto):
            if method.chat_id in held:
                held.discard(waits_for)
                raise TelegramRetryAfter(method, "Too Many Requests", 30)
            sent.append(method)
        return await make_request(bot, method)

    telegram.bot.session.middleware(note)
    return sent


@pytest.mark.requirement("X10")
async def test_the_director_sets_the_hour_or_none(
    evening: EveningReports, database: Database, clock: Clock
) -> None:
    await open_shop(database, replace(SHOP_RULES, report_at=None))
    assert await evening.look() == 0
    await open_shop(database, replace(SHOP_RULES, report_at=time(22, 30)))
    assert await evening.look() == 0
    clock.now = at_clock(DAY, time(22, 30))
    assert await evening.look() == 1
    async with database.write() as c:
        chats = {one.chat_id: one.sound for one in await take_news(c)}
    assert chats == dict.fromkeys((DIRECTOR_CHAT, MANAGER_CHAT, SELLER_CHAT, COURIER_CHAT), False)


@pytest.mark.requirement("X10", "R14")
async def test_who_does_not_work_there_any_more_gets_none_and_who_is_a_florist_now_gets_a_florists(
    evening: EveningReports, reports: Reports, database: Database, clock: Clock, telegram: Telegram
) -> None:
    await evening.look()
    async with database.write() as c:
        await staff.set_role(c, 1, 1, Role.SELLER)  # the director has assembled nothing
        await staff.remove(c, 3, 1)
    async with sending(database, clock, reports):
        await eventually(partial(has, telegram, "manager", "courier"))
    assert [await got(telegram, one) for one in ("director", "florist")] == [[], []]


@pytest.mark.requirement("X10", "X22")
async def test_figures_come_as_words_where_no_picture_can_be_drawn_and_the_trouble_is_told_once(
    evening: EveningReports,
    reports: Reports,
    troubles: Troubles,
    database: Database,
    clock: Clock,
    telegram: Telegram,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the template raises is no less final than a process that dies: nothing is tried without end."""
    tries = Counter[str]()

    async def fails(_self: Drawing, data: dict[str, Any]) -> bytes:
        tries[data["title"]] += 1
        raise RuntimeError("no fonts")

    monkeypatch.setattr(Drawing, "picture", fails)
    await evening.look()
    async with database.write() as c:
        rows = [
            row for row in await outbox.claim(c, Channel.TELEGRAM, clock(), 10) if isinstance(row, ShopRow)
        ]
    for row in rows:
        for attempt in range(MOST_DRAWINGS - 1):
            with pytest.raises(NotDrawn):
                await reports.deliver(replace(row, attempts=attempt))
        await reports.deliver(replace(row, attempts=MOST_DRAWINGS - 1))
    assert tries == {"Сегодня": 2 * MOST_DRAWINGS, "Мой день": 2 * MOST_DRAWINGS}
    [words] = await got(telegram, "director")
    assert "Картинка не получилась, вот цифры." in words
    assert "Фото вовремя: 21 из 22 (позже срока 1)" in words
    assert "за 2 заказа)" in words
    [own] = await got(telegram, "florist")
    assert "Собрано: 22" in own
    assert "₽" not in own
    assert troubles.standing().keys() == {TroubleKind.DRAWING}


@pytest.mark.requirement("X10", "X22")
async def test_drawing_leaves_nothing_behind_in_the_bot(
    reports: Reports,
    shop: Shop,
    people: dict[str, Member],
    drawing: Drawing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The process ends by itself; the memory of the bot is what it was after the first report."""
    tap = reports.first_tap(shop)
    await reports.drawn(people["Ирина"], shop, tap)
    before = memory()
    for _ in range(5):
        await reports.drawn(people["Ирина"], shop, tap)
        await reports.table(people["Ирина"], shop, tap)
    assert memory() - before < 4 * 1024 * 1024
    monkeypatch.setattr(drawing_module, "IDLE_SECONDS", 0.05)
    brief = Drawing()
    await brief.picture(EMPTY)
    await eventually(partial(ended, brief))


EMPTY: dict[str, Any] = {
    "language": "ru", "title": "Сегодня", "period": "", "shop": "", "count": "", "noun": "", "states": "",
    "kind": "", "tiles": [], "sections": [], "people": [], "charts": [],
}  # fmt: skip


def memory() -> int:
    """What this process holds, in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


async def ended(drawing: Drawing) -> bool:
    await asyncio.sleep(0)
    return drawing._work._child is None  # noqa: SLF001 - there is no process to be seen
