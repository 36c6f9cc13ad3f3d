from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from orders.model.details import Paper
from orders.model.draft import Draft
from orders.model.people import MARKETPLACE, Actor, Role
from orders.model.refusals import Refusal
from orders.steps import commands as do
from services.backup.backup_writer import BackupWriter
from services.order.desk import Desk, Incoming
from services.shop.erasure import Erasure
from storage.backup.backup_copy import BackupCopy
from storage.db.database import Database
from storage.db.tables import dialogues as dialogue_table
from storage.db.tables import shops as shop_table
from storage.intake import drafts
from storage.order import marketplace_objects
from storage.order import orders as order_rows
from storage.photo.photo_files import PhotoFiles
from storage.sending.shop_notifications import NewsKind
from storage.shop import shop_log, shops
from storage.shop.shops import Shop
from tests.builders import DIRECTOR, MANAGER, NOON, RULES, SELLER, some_details
from tests.outbox_rows import take_news
from tests.services.workplace import DIRECTOR_CHAT, Clock, own_copy

ZOYA = Actor(Role.DIRECTOR, 6, "Зоя", shop_id=2)
PHONE = "+79160000001"
PERSONAL = ("Лесная", "Игорь", "Мария", "рождения", PHONE, "сосед")


@pytest.fixture
def files(tmp_path: Path) -> PhotoFiles:
    return PhotoFiles(tmp_path / "photos")


@pytest.fixture
def erasure(database: Database, files: PhotoFiles, clock: Clock) -> Erasure:
    return Erasure(database, files, clock)


@pytest.fixture
def copy(tmp_path: Path) -> BackupCopy:
    return BackupCopy(tmp_path / "copy.db")


async def received(desk: Desk, number: str, *papers: Paper) -> int:
    details = some_details(papers=papers)
    raw = {"id": int(number), "address": "Лесная 5"}
    return (await desk.receive(1, Incoming(number, NOON, details, raw))).order.id


async def closed(desk: Desk, number: str, *papers: Paper) -> int:
    order_id = await received(desk, number, *papers)
    await desk.do(order_id, do.Cancel("сосед против"), MANAGER)
    return order_id


@pytest.mark.requirement("R63")
async def test_after_its_time_nothing_personal_is_left_anywhere(
    erasure: Erasure,
    desk: Desk,
    database: Database,
    files: PhotoFiles,
    copy: BackupCopy,
    clock: Clock,
    tmp_path: Path,
) -> None:
    kept = await files.keep(b"a sheet of paper", "jpg")
    path = await files.settle(kept.path, "1001", 1, NOON)
    old = await closed(desk, "1001", Paper(kept.sha256, path))
    copies = BackupWriter(database, own_copy(database, copy, clock), clock)
    for version in (1, 2):
        await copies.write(old, version)
    async with database.write() as c:
        await drafts.add(c, Draft(0, 1, 2, NOON, details=some_details()))
        key = {"bot_id": 1, "chat_id": 1, "user_id": 1, "thread_id": 0}
        other = {"business_connection_id": "", "destiny": ""}
        data = {"order": old, "values": {"comment": "сосед Игорь"}}
        await c.execute(dialogue_table.insert().values(**key, **other, state="x", data=data))
    clock.now = NOON + timedelta(days=89)
    fresh = await closed(desk, "1002")
    living = await received(desk, "1003")
    assert await erasure.erase_due() == 0

    clock.now = NOON + timedelta(days=91)
    assert await erasure.erase_due() == 1
    assert await erasure.erase_due() == 0
    assert not (tmp_path / "photos" / path).exists()
    for version in (1, 2):
        await copies.write(old, version)
    bare = await desk.look(old, DIRECTOR)
    assert bare.erased_at == clock.now
    for order_id in (fresh, living):
        assert (await desk.look(order_id, DIRECTOR)).details.address
    async with database.snapshot() as c:
        assert await marketplace_objects.raw_of(c, old) is None
        assert await drafts.of_person(c, 2, 1) == []
        assert (await c.execute(dialogue_table.select())).all() == []
    history = await desk.history(old, DIRECTOR)
    told = json.dumps([repr(bare), repr(history)], ensure_ascii=False)
    written = (tmp_path / "copy.db").read_bytes().decode("utf-8", "replace")
    for word in PERSONAL:
        assert word not in told, word
        assert word not in written, word
    async with database.write() as c:
        news = await take_news(c)
        note = await shop_log.get(c, 1, news[0].subject)
    assert [(one.chat_id, one.kind, one.sound) for one in news] == [(DIRECTOR_CHAT, NewsKind.ERASED, False)]
    assert note is not None
    assert (note.document["numbers"], note.document["drafts"]) == (["1001"], 1)


@pytest.mark.requirement("R63", "X6")
async def test_a_director_finds_and_erases_what_a_client_asks_for_in_his_own_shop(
    erasure: Erasure, desk: Desk
) -> None:
    ids = [await closed(desk, "1001"), await received(desk, "1002")]
    by_phone = await erasure.find(DIRECTOR, "нет такого", PHONE)
    assert [order.id for order in by_phone] == ids
    assert [order.id for order in await erasure.find(DIRECTOR, "1002", None)] == ids[1:]
    assert await erasure.find(DIRECTOR, "", "+79169999999") == []
    assert await erasure.find(ZOYA, "1001", PHONE) == []
    assert (await erasure.erase(ZOYA, ids)).numbers == ()
    for actor in (MANAGER, SELLER):
        with pytest.raises(Refusal):
            await erasure.find(actor, "1001", PHONE)
        with pytest.raises(Refusal):
            await erasure.erase(actor, ids)
    done = await erasure.erase(DIRECTOR, ids)
    assert (done.numbers, done.living) == (("1001",), ("1002",))
    assert [order.id for order in await erasure.find(DIRECTOR, "", PHONE)] == ids[1:]


@pytest.mark.requirement("R63", "X6", "X22")
async def test_every_shop_is_erased_by_its_own_days_whatever_is_wrong_with_another(
    erasure: Erasure, desk: Desk, database: Database, clock: Clock
) -> None:
    async with database.write() as c:
        broken = await shops.put(c, Shop(0, None, "Мята", "ru", RULES))
        await c.execute(
            shop_table.update().where(shop_table.c.id == broken.id).values(rules={"erase_days": "?"})
        )
        rose = await shops.get(c, 2)
        assert rose is not None
        await shops.put(c, replace(rose, rules=replace(RULES, erase_days=RULES.erase_days + 10)))
    ours = await closed(desk, "1001")
    theirs = (await desk.receive(2, Incoming("2001", NOON, some_details(), {}))).order.id
    await desk.do(theirs, do.Cancel("передумал"), ZOYA)

    clock.now = NOON + timedelta(days=RULES.erase_days + 1)
    assert await erasure.erase_due() == 1
    clock.now = NOON + timedelta(days=RULES.erase_days + 11)
    assert await erasure.erase_due() == 1
    assert (await desk.look(ours, DIRECTOR)).erased_at is not None
    assert (await desk.look(theirs, ZOYA)).erased_at is not None


@pytest.mark.requirement("R63")
async def test_what_was_erased_does_not_come_back_with_the_next_delivery(
    erasure: Erasure, desk: Desk, database: Database
) -> None:
    order_id = await closed(desk, "1001")
    await erasure.erase(DIRECTOR, [order_id])
    again = await desk.receive(
        1, Incoming("1001", NOON, some_details(), {"address": "Лесная 5"}), MARKETPLACE
    )
    assert not again.is_new
    async with database.snapshot() as c:
        assert await marketplace_objects.raw_of(c, order_id) is None
        order = await order_rows.get(c, order_id)
    assert order is not None
    assert order.details.address == ""
