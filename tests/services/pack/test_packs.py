"""The pack for the day: what is printed, who gets it, and when. The PDF is read back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, SendDocument, TelegramMethod
from aiogram.methods.base import TelegramType
from pypdf import PdfReader

from bot.commands.backup_pack import write_pack
from orders.model.details import Line, Person
from orders.model.people import Role
from orders.model.rules import PhoneGate
from orders.steps import commands as do
from services.backup.backup_writer import BackupWriter
from services.health.clock import utc_now
from services.health.drawings import MOST_DRAWINGS
from services.health.troubles import TroubleKind, Troubles
from services.order.desk import Desk
from services.pack.packs import DayPacks
from services.pack.printer import Printer
from storage.backup.backup_copy import BackupCopy
from storage.db.database import Database
from storage.db.owner_only import is_open_to_others
from storage.sending import day_packs
from storage.shop import shops
from storage.team import staff
from tests.builders import MANAGER, a_window
from tests.services.workplace import (
    COURIER_CHAT,
    DIRECTOR_CHAT,
    MANAGER_CHAT,
    Clock,
    Telegram,
    an_incoming,
    own_copy,
)

HOUR = timedelta(hours=1)
OTHER_CHAT = 7777
"""The director of the second shop."""
EVIL = '#panic("no") $x$ *b* \\ `c` @ref <l> // "quoted"'


@pytest.fixture
def troubles(clock: Clock) -> Troubles:
    return Troubles(clock)


@pytest.fixture
def printer() -> Iterator[Printer]:
    printer = Printer()
    yield printer
    printer.close()


@pytest.fixture
def packs(
    telegram: Telegram, database: Database, printer: Printer, troubles: Troubles, clock: Clock
) -> DayPacks:
    return DayPacks(telegram.bot, database, printer, troubles, clock)


@pytest.fixture
async def order_id(desk: Desk, clock: Clock) -> int:
    """An order that the courier brings today, with words that a template must not read."""
    incoming = an_incoming(
        clock.now,
        "25836184",
        window=a_window(clock.now + 3 * HOUR),
        lines=(Line(name=EVIL, count=15),),
        client=Person("Ирина", "+79160000001"),
        recipient=Person("Мария", "+79160000002"),
        address="ул. Лесная, 5, кв. 12",
        card_text="С днём рождения,\nмама!",
    )
    order = (await desk.receive(1, incoming)).order
    await desk.do(order.id, do.Accept(), MANAGER)
    await desk.do(order.id, do.AssignSeller(3, "Оля"), MANAGER)
    await desk.do(order.id, do.AssignCourier(4, "Пётр"), MANAGER)
    return order.id


def words_of(pdf: bytes) -> list[str]:
    """The text of each page, its spaces made alike."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


async def held(telegram: Telegram, person: str) -> list[str]:
    """The captions of the packs that a person still sees."""
    return [one.text for one in await telegram.shown(person) if "Пакет на день" in one.text]


@pytest.mark.requirement("X9", "R81")
async def test_the_pack_is_read_at_arms_length_and_holds_everything_as_it_was_written(
    packs: DayPacks, telegram: Telegram, order_id: int
) -> None:
    assert await packs.send_to(1, DIRECTOR_CHAT)
    [message] = [one for one in await telegram.shown("director") if "Пакет на день" in one.text]
    assert message.document is not None
    pdf = await telegram.people.download(message.document.url)
    overview, route, card = words_of(pdf)

    for said in ("Пакет на день", "Лепесток", "Сегодня, 08.03.2026", "15:00-16:00", "25836184"):
        assert said in overview
    assert route.startswith("Маршрут: Пётр")
    for said in ("15:00-16:00", "ул. Лесная, 5, кв. 12", "Мария", "+79160000002"):
        assert said in route
    for said in ("25836184", f"{EVIL} × 15", "С днём рождения, мама!", "Мария", "Открыть в боте"):
        assert said in card
    assert "Не пересылайте" in overview


@pytest.mark.requirement("X9", "R14")
async def test_only_directors_and_managers_get_it_and_nobody_else_does(
    packs: DayPacks, telegram: Telegram, clock: Clock, order_id: int
) -> None:
    assert not await packs.send_to(1, COURIER_CHAT)
    clock.turn(-4 * 60)  # 8:00 in Moscow
    assert await packs.look() == 2
    assert await packs.look() == 0

    assert [len(await held(telegram, one)) for one in ("director", "manager", "florist", "courier")] == [
        1, 1, 0, 0,
    ]  # fmt: skip
    assert not [one for one in await telegram.shown("director", "group") if "Пакет" in one.text]


@pytest.mark.requirement("X9")
async def test_a_newer_pack_takes_the_place_of_the_older_one(
    packs: DayPacks, telegram: Telegram, order_id: int
) -> None:
    await packs.send_to(1, DIRECTOR_CHAT)
    await packs.send_to(1, DIRECTOR_CHAT)

    assert len(await held(telegram, "director")) == 1


@pytest.mark.requirement("X9", "R14")
@pytest.mark.parametrize("becomes", [Role.SELLER, Role.COURIER, None])
async def test_who_may_not_see_all_orders_any_more_keeps_no_pack(
    packs: DayPacks, telegram: Telegram, database: Database, order_id: int, becomes: Role | None
) -> None:
    await packs.send_to(1, MANAGER_CHAT)
    await packs.send_to(1, DIRECTOR_CHAT)
    async with database.write() as c:
        if becomes is None:
            await staff.remove(c, 2, 1)
        else:
            await staff.set_role(c, 2, 1, becomes)
    await packs.look()

    assert [len(await held(telegram, one)) for one in ("director", "manager")] == [1, 0]
    async with database.snapshot() as c:
        assert set(await day_packs.latest(c, 1)) == {DIRECTOR_CHAT}


@pytest.mark.requirement("X9")
async def test_a_trouble_of_the_marketplace_that_lasts_brings_a_pack_to_the_chiefs(
    packs: DayPacks, telegram: Telegram, troubles: Troubles, clock: Clock, order_id: int
) -> None:
    troubles.report(TroubleKind.MARKETPLACE, "does not answer")
    assert await packs.look() == 0
    clock.turn(5)
    assert await packs.look() == 2
    clock.turn(1)
    assert await packs.look() == 0
    assert len(await held(telegram, "manager")) == 1


@pytest.mark.requirement("X9", "X22")
async def test_orders_come_as_text_where_no_pdf_can_be_drawn_and_the_trouble_is_told_until_one_is(
    packs: DayPacks,
    telegram: Telegram,
    troubles: Troubles,
    desk: Desk,
    clock: Clock,
    order_id: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries = 0

    async def fails(_self: Printer, _documents: object) -> bytes:
        nonlocal tries
        tries += 1
        raise RuntimeError("no fonts")

    clock.turn(-4 * 60)
    with monkeypatch.context() as broken:
        broken.setattr(Printer, "draw", fails)
        for _ in range(MOST_DRAWINGS - 1):
            assert await packs.look() == 0
        assert troubles.standing() == {}
        assert await packs.look() == 2
        assert await packs.look() == 0
    assert tries == MOST_DRAWINGS
    assert troubles.standing().keys() == {TroubleKind.PACK}
    for person in ("director", "manager"):
        [caption] = await held(telegram, person)
        assert caption.startswith("PDF не получился")
        words = (await the_file(telegram, person)).decode()
        assert words.count("25836184") == 3  # the list of today, the courier's route, the card
        for said in ("Маршрут: Пётр", "ул. Лесная, 5, кв. 12", "Мария", "+79160000002", f"{EVIL} × 15"):
            assert said in words
        assert "С днём рождения,\n    мама!" in words  # a line of a client's text is no entry of its own
    await desk.receive(2, an_incoming(clock.now, "25836185", window=a_window(clock.now + HOUR)))
    await packs.send_to(2, OTHER_CHAT)  # the pack of the other shop can be drawn
    assert troubles.standing().keys() == {TroubleKind.PACK}
    await packs.send_to(1, DIRECTOR_CHAT)
    assert words_of(await the_file(telegram, "director"))
    assert troubles.standing() == {}


@pytest.mark.requirement("X9")
async def test_where_there_is_nothing_to_print_nothing_is_sent(packs: DayPacks, telegram: Telegram) -> None:
    assert not await packs.send_to(1, DIRECTOR_CHAT)
    assert await held(telegram, "director") == []


@pytest.mark.requirement("X9", "R81")
async def test_the_copy_alone_is_enough_for_a_pack_and_only_its_owner_may_read_it(
    database: Database, clock: Clock, tmp_path: Path
) -> None:
    clock.now = utc_now()
    desk_order = await _kept(database, clock, tmp_path / "copy.db")
    file = tmp_path / "pack.pdf"
    file.write_text("an older one")
    answer = await write_pack(tmp_path / "copy.db", file)

    assert answer.is_well, answer.words
    assert not is_open_to_others(file)
    assert "orders 1" in answer.words
    with patch.object(Printer, "draw", side_effect=RuntimeError("no fonts")):
        failed = await write_pack(tmp_path / "copy.db", file)
    text = tmp_path / "pack.txt"
    assert not failed.is_well
    assert failed.words.startswith(
        "The PDF could not be drawn (RuntimeError); this is the same as text.\n" + f"{text}: orders 1."
    )
    assert not is_open_to_others(text)
    assert desk_order in text.read_text()
    overview, card = words_of(file.read_bytes())
    assert desk_order in overview
    assert "Лесная" in card


async def _kept(database: Database, clock: Clock, path: Path) -> str:
    """An order of today, in the copy; gives its number."""
    desk = Desk(database, clock)
    order = (await desk.receive(1, an_incoming(clock.now, window=a_window(clock.now + HOUR)))).order
    await BackupWriter(database, own_copy(database, BackupCopy(path), clock), clock).write(order.id, 1)
    return order.number


async def test_without_a_copy_the_command_says_so_and_writes_nothing(tmp_path: Path) -> None:
    answer = await write_pack(tmp_path / "none.db", tmp_path / "pack.pdf")

    assert not answer.is_well
    assert "none.db" in answer.words
    assert not (tmp_path / "pack.pdf").exists()


@pytest.mark.requirement("X9", "R82")
async def test_managers_hold_no_clients_phones_where_the_rule_leaves_them_to_directors(
    packs: DayPacks, telegram: Telegram, database: Database, order_id: int
) -> None:
    async with database.write() as c:
        shop = await shops.get(c, 1)
        assert shop is not None
        await shops.put(c, replace(shop, rules=replace(shop.rules, phone_gate=PhoneGate.DIRECTORS)))
    await packs.send_to(1, DIRECTOR_CHAT)
    await packs.send_to(1, MANAGER_CHAT)
    for person, shows in (("director", True), ("manager", False)):
        words = " ".join(words_of(await the_file(telegram, person)))
        assert ("+79160000001" in words) is shows
        assert "+79160000002" in words  # the recipient's


@pytest.mark.requirement("X9")
async def test_one_whom_telegram_lets_wait_delays_nobody_else(
    packs: DayPacks, telegram: Telegram, clock: Clock, order_id: int
) -> None:
    clock.turn(-4 * 60)
    telegram.bot.session.middleware(LetWaitOnce())
    assert await packs.look() == 0
    assert [len(await held(telegram, one)) for one in ("director", "manager")] == [0, 1]
    assert await packs.look() == 1
    assert [len(await held(telegram, one)) for one in ("director", "manager")] == [1, 1]


@pytest.mark.requirement("X9")
async def test_one_order_is_printed_alone_with_its_code_and_the_warning(
    packs: DayPacks, desk: Desk, database: Database, order_id: int
) -> None:
    async with database.snapshot() as c:
        shop = await shops.get(c, 1)
        [manager] = [one for one in await staff.of_shop(c, 1) if one.telegram_id == MANAGER_CHAT]
    assert shop is not None
    [sheet] = words_of(await packs.order_sheet(await desk.look(order_id, MANAGER), manager, shop))
    for said in ("25836184", f"{EVIL} × 15", "С днём рождения, мама!", "Открыть в боте", "Не пересылайте"):
        assert said in sheet
    assert "Маршрут" not in sheet
    assert "+79160000001" not in sheet


class LetWaitOnce(BaseRequestMiddleware):
    """Telegram lets the director's chat wait, once."""

    def __init__(self) -> None:
        self.is_over = False

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if isinstance(method, SendDocument) and method.chat_id == DIRECTOR_CHAT and not self.is_over:
            self.is_over = True
            raise TelegramRetryAfter(method, "Too Many Requests", 600)
        return await make_request(bot, method)


async def the_file(telegram: Telegram, person: str) -> bytes:
    [message] = [one for one in await telegram.shown(person) if "Пакет на день" in one.text]
    assert message.document is not None
    return await telegram.people.download(message.document.url)
