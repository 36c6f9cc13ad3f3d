from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from messages.i18n.texts import Translator
from orders.model.details import Paper
from orders.model.money import Money
from orders.model.order import Order
from orders.model.people import CHIEFS, mark_of
from orders.model.refusals import Refusal
from orders.steps import commands as do
from orders.support.cases import NoteKind, held_until, morning, told_no_courier
from orders.support.compensation import Compensation, Entry, EntryKind
from services.backup.backup_table_sync import Belongings
from services.backup.backup_writer import BackupWriter
from services.backup.restore import restore
from services.order.desk import Desk
from services.shop.erasure import Erasure
from services.support.cases import CaseGone, Cases, TooSoon
from services.support.mornings import Mornings
from services.support.news import support_screen
from storage.backup.backup_copy import BackupCopy
from storage.db.database import Database
from storage.photo.photo_files import PhotoFiles
from storage.sending.shop_notifications import NewsKind
from storage.shop import shops
from storage.shop.shops import Shop
from storage.support import cases as rows
from storage.support import compensations
from storage.team import staff
from tests.builders import COURIER, DIRECTOR, MANAGER, NOON, RULES, SELLER, minutes
from tests.outbox_rows import take_news
from tests.services.workplace import Clock, own_copy, receive

SENT = "Здравствуйте! Заказ 1. Отправляем сами."


@pytest.fixture
def cases(database: Database, desk: Desk, clock: Clock) -> Cases:
    return Cases(database, desk, clock)


@pytest.fixture
async def order(desk: Desk, clock: Clock) -> Order:
    order = await receive(desk, clock.now)
    await desk.do(order.id, do.Accept(), MANAGER)
    return await desk.do(order.id, do.AssignSeller(3, "Оля"), MANAGER)


async def raise_(cases: Cases, order: Order, key: str = "no-courier", title: str = "Нет курьера") -> None:
    await cases.raise_matter(order.id, MANAGER, key, title, RULES)


@pytest.mark.requirement("R94")
async def test_all_that_is_open_is_one_case_and_each_matter_stands_once(cases: Cases, order: Order) -> None:
    await raise_(cases, order)
    await raise_(cases, order, "no-photo", "Фото")
    await raise_(cases, order)
    case = await cases.of_order(order.id, SELLER)
    assert case is not None
    assert [one.key for one in case.unsaid] == ["no-courier", "no-photo"]


@pytest.mark.requirement("R92")
async def test_what_was_sent_is_kept_with_words_time_and_person(
    cases: Cases, order: Order, clock: Clock
) -> None:
    await raise_(cases, order)
    clock.turn(5)
    case = await cases.sent(order.id, SELLER, SENT, RULES)
    assert case.sent is not None
    assert (case.sent.words, case.sent.mark.at, case.sent.mark.name) == (SENT, NOON + minutes(5), "Оля")
    assert case.unsaid == ()
    clock.turn(1)
    await raise_(cases, order, "silent", "Молчит")
    after = await cases.of_order(order.id, SELLER)
    assert after is not None
    assert [one.key for one in after.unsaid] == ["silent"]


@pytest.mark.requirement("R94")
async def test_the_next_message_waits_unless_support_answers(
    cases: Cases, order: Order, clock: Clock
) -> None:
    await raise_(cases, order)
    await cases.sent(order.id, MANAGER, SENT, RULES)
    clock.turn(59)
    with pytest.raises(TooSoon) as soon:
        await cases.sent(order.id, SELLER, SENT, RULES)
    assert soon.value.until == NOON + minutes(60)
    case = await cases.of_order(order.id, MANAGER)
    assert held_until(case, clock.now, replace(RULES, support_minutes=30)) is None
    await cases.answered(order.id, SELLER, "Какой адрес?")
    again = await cases.sent(order.id, SELLER, SENT, RULES)
    assert [note.kind for note in again.notes] == [NoteKind.SENT, NoteKind.ANSWER, NoteKind.SENT]
    clock.turn(60)
    assert held_until(again, clock.now, RULES) is None


@pytest.mark.requirement("R87")
async def test_support_knows_that_the_shop_delivers_only_once_it_was_sent(
    cases: Cases, order: Order, clock: Clock
) -> None:
    await raise_(cases, order, "no-photo", "Фото")
    first = await cases.sent(order.id, MANAGER, SENT, RULES)
    assert told_no_courier(first) is None
    clock.turn(61)
    await raise_(cases, order)
    assert told_no_courier(await cases.of_order(order.id, MANAGER)) is None
    case = await cases.sent(order.id, SELLER, SENT, RULES)
    told = told_no_courier(case)
    assert told is not None
    assert told.name == "Оля"


async def test_only_chiefs_and_the_orders_seller_read_and_write(cases: Cases, order: Order) -> None:
    await raise_(cases, order)
    stranger = replace(SELLER, staff_id=5, name="Вера")
    zoya = replace(DIRECTOR, staff_id=6, name="Зоя", shop_id=2)
    for actor in (COURIER, stranger, zoya):
        for wish in (
            cases.of_order(order.id, actor),
            cases.raise_matter(order.id, actor, "silent", "Молчит", RULES),
            cases.sent(order.id, actor, SENT, RULES),
            cases.answered(order.id, actor, "да"),
            cases.come_back(order.id, actor, 1, RULES),
            cases.close(order.id, actor, "да"),
        ):
            with pytest.raises(Refusal):
                await wish
        assert await cases.open_ones(actor) == []
    assert len(await cases.open_ones(SELLER)) == 1


@pytest.mark.requirement("R93")
async def test_open_cases_are_listed_by_the_oldest_promise_and_closing_needs_its_result(
    cases: Cases, order: Order, desk: Desk, clock: Clock
) -> None:
    other = await receive(desk, clock.now)
    await raise_(cases, order)
    await raise_(cases, other)
    await cases.come_back(order.id, MANAGER, 3, RULES)
    assert [one.number for _, one in await cases.open_ones(DIRECTOR)] == [other.number, order.number]
    with pytest.raises(CaseGone):
        await cases.come_back(order.id, MANAGER, 99, RULES)
    closed = await cases.close(other.id, MANAGER, "вернули 400 ₽")
    assert (closed.notes[-1].kind, closed.notes[-1].words) == (NoteKind.CLOSED, "вернули 400 ₽")
    assert [one.number for _, one in await cases.open_ones(DIRECTOR)] == [order.number]
    with pytest.raises(CaseGone):
        await cases.sent(other.id, MANAGER, SENT, RULES)
    await raise_(cases, other)  # a new matter is a new case
    assert len(await cases.open_ones(DIRECTOR)) == 2


def test_a_morning_is_when_the_shop_opens_by_its_own_clock() -> None:
    assert morning(NOON, 1, RULES) == datetime(2026, 3, 9, 6, tzinfo=UTC)


@pytest.mark.requirement("R93")
async def test_each_morning_the_chiefs_are_reminded_until_the_case_is_closed(
    cases: Cases, order: Order, database: Database, clock: Clock
) -> None:
    mornings = Mornings(database, clock)
    await raise_(cases, order)
    assert await mornings.remind() == 0
    for day in (1, 2):
        clock.now = morning(NOON, day, RULES)
        assert await mornings.remind() == 1
        assert await mornings.remind() == 0
        async with database.write() as c:
            told = await take_news(c)
            chiefs = {one.telegram_id for one in await staff.of_shop(c, 1, CHIEFS)}
            shop = await shops.get(c, 1)
            assert shop is not None
            screen = await support_screen(c, told[0], shop, clock.now, Translator("ru"))
        assert {one.chat_id for one in told} == chiefs
        assert {one.kind for one in told} == {NewsKind.SUPPORT_OPEN}
        assert screen is not None
        assert f"{order.number} · Нет курьера · не отправлено" in screen.text
    await cases.close(order.id, MANAGER, "решено")
    clock.now = morning(NOON, 3, RULES)
    assert await mornings.remind() == 0


@pytest.mark.requirement("R63")
async def test_what_people_wrote_is_erased_with_the_order_and_the_proof_of_sending_stays(
    cases: Cases, order: Order, database: Database, desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    await raise_(cases, order)
    await cases.sent(order.id, MANAGER, SENT, RULES)
    await cases.answered(order.id, MANAGER, "Клиент Игорь, +79160000001", "FILE")
    await desk.do(order.id, do.Cancel("передумал"), MANAGER)
    await Erasure(database, PhotoFiles(tmp_path / "photos"), clock).erase(DIRECTOR, [order.id])
    async with database.snapshot() as c:
        case = await rows.open_of_order(c, order.id)
    assert case is not None
    assert [(one.kind, one.words, one.file_id) for one in case.notes] == [
        (NoteKind.SENT, "", ""),
        (NoteKind.ANSWER, "", ""),
    ]


@pytest.mark.requirement("X11", "R88", "R92")
async def test_cases_and_claims_come_back_from_the_copy(
    cases: Cases, order: Order, database: Database, clock: Clock, tmp_path: Path, sqlite_url: str
) -> None:
    await raise_(cases, order)
    await cases.sent(order.id, MANAGER, SENT, RULES)
    receipt = Paper("ab" * 32, "2026/03/1-claim/0-ab.jpg")
    line = Entry(EntryKind.COST, mark_of(MANAGER, NOON), "такси", Money(45_000, "KZT"), (receipt,))
    async with database.write() as c:
        claim = await compensations.put(c, Compensation(0, 1, order.id, NOON, (line,)))
    copy = BackupCopy(tmp_path / "copy.db")
    kept = own_copy(database, copy, clock)
    for version in range(1, order.version + 1):
        await BackupWriter(database, kept, clock).write(order.id, version)
    await Belongings(database, kept).keep()
    async with database.snapshot() as c:
        before = await rows.open_of_order(c, order.id)
    new = Database(sqlite_url)
    await restore(new, copy, Shop(0, 4711, "Лепесток", "ru", RULES), clock.now, lambda: None)
    async with new.snapshot() as c:
        assert await rows.open_of_order(c, order.id) == before
        assert await compensations.of_order(c, order.id) == claim
    await new.close()
