from __future__ import annotations

from pathlib import Path

import pytest

from messages.i18n.texts import Translator
from orders.model.refusals import Refusal
from orders.support.guide import Situation, Stage, standard
from orders.support.guide_book import MOST_OWN, BadEntry, EntryFlaw, read_entry
from services.backup.backup_table_sync import Belongings
from services.backup.backup_writer import BackupWriter
from services.backup.restore import restore
from services.order.desk import Desk
from services.support.guide import EntryGone, Guide
from services.support.news import support_screen
from storage.backup.backup_copy import BackupCopy
from storage.db.database import Database
from storage.sending.shop_notifications import NewsKind
from storage.shop import shops
from storage.shop.shops import Shop
from tests.builders import COURIER, DIRECTOR, MANAGER, RULES, SELLER
from tests.outbox_rows import take_news
from tests.services.workplace import DIRECTOR_CHAT, Clock, own_copy, receive

SNOW = "Снегопад\nВыезжать на час раньше\nПредупредить клиента"


@pytest.fixture
def guide(database: Database, clock: Clock) -> Guide:
    return Guide(database, clock)


async def test_a_shop_that_has_changed_nothing_has_the_ready_guide(guide: Guide) -> None:
    assert await guide.entries(1) == standard()


@pytest.mark.requirement("R95", "X6")
async def test_what_a_director_changes_holds_in_this_shop_only(guide: Guide) -> None:
    await guide.write(DIRECTOR, Situation.REFUSED.value, "Отказ у двери\nВезите назад")
    snow = await guide.add(DIRECTOR, SNOW)
    await guide.set_stage(DIRECTOR, snow.key, Stage.ON_WAY)
    mine = {one.key: one for one in await guide.entries(1)}
    assert mine["refused"].title == "Отказ у двери"
    assert mine[snow.key].words == "Выезжать на час раньше\nПредупредить клиента"
    assert mine[snow.key].stage is Stage.ON_WAY
    assert await guide.entries(2) == standard()


async def test_a_moved_entry_stays_where_it_was_put(guide: Guide) -> None:
    last = (await guide.entries(1))[-1].key
    for _ in range(3):
        await guide.move(DIRECTOR, last, up=True)
    await guide.write(DIRECTOR, last, "Связи нет\nЗвоните")
    keys = [one.key for one in await guide.entries(1)]
    assert keys.index(last) == len(keys) - 4
    await guide.move(DIRECTOR, keys[0], up=True)
    assert [one.key for one in await guide.entries(1)] == keys
    await guide.drop(DIRECTOR, last)
    assert [one.key for one in await guide.entries(1)] == keys


@pytest.mark.requirement("R95")
async def test_directors_hear_of_a_suggestion_until_it_is_decided(
    guide: Guide, database: Database, clock: Clock
) -> None:
    snow = await guide.suggest(COURIER, SNOW)
    async with database.write() as c:
        told = await take_news(c)
    assert [(one.chat_id, one.kind, one.subject) for one in told] == [
        (DIRECTOR_CHAT, NewsKind.GUIDE_SUGGESTED, int(snow.key))
    ]
    async with database.snapshot() as c:
        shop = await shops.get(c, 1)
        assert shop is not None
        screen = await support_screen(c, told[0], shop, clock.now, Translator("ru"))
    assert screen is not None
    assert "Снегопад" in screen.text
    await guide.publish(DIRECTOR, snow.key)
    async with database.snapshot() as c:
        assert await support_screen(c, told[0], shop, clock.now, Translator("ru")) is None


async def test_only_the_shops_directors_change_it(guide: Guide) -> None:
    snow = await guide.suggest(SELLER, SNOW)
    for actor in (MANAGER, SELLER, COURIER):
        for wish in (
            guide.write(actor, snow.key, SNOW),
            guide.add(actor, SNOW),
            guide.publish(actor, snow.key),
            guide.show(actor, "refused", is_shown=False),
            guide.move(actor, "refused", up=True),
            guide.set_stage(actor, snow.key, Stage.OVER),
            guide.drop(actor, snow.key),
        ):
            with pytest.raises(Refusal):
                await wish
    other = DIRECTOR.__class__(DIRECTOR.role, 6, "Зоя", shop_id=2)
    with pytest.raises(EntryGone):
        await guide.drop(other, snow.key)
    assert [one.title for one in await guide.entries(1) if one.is_suggested] == ["Снегопад"]


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        (" \n ", EntryFlaw.EMPTY),
        ("Только название", EntryFlaw.NO_STEPS),
        ("Н" * 37 + "\nшаг", EntryFlaw.LONG_TITLE),
        ("Н\n" + "шаг\n" * 6, EntryFlaw.MANY_LINES),
        ("Н\n" + "ш" * 161, EntryFlaw.LONG_LINE),
        ("💐" * 19 + "\nшаг", EntryFlaw.LONG_TITLE),
    ],
)
def test_a_text_that_does_not_fit_one_screen_is_refused_with_the_reason(text: str, flaw: EntryFlaw) -> None:
    with pytest.raises(BadEntry) as bad:
        read_entry(text)
    assert bad.value.flaw is flaw


async def test_a_shop_adds_so_many_and_no_more(guide: Guide) -> None:
    for number in range(MOST_OWN):
        await guide.add(DIRECTOR, f"Снег {number}\nшаг")
    with pytest.raises(BadEntry) as bad:
        await guide.suggest(SELLER, SNOW)
    assert bad.value.flaw is EntryFlaw.FULL


@pytest.mark.requirement("X11", "R95")
async def test_the_guide_comes_back_from_the_copy(
    guide: Guide, database: Database, desk: Desk, clock: Clock, tmp_path: Path, sqlite_url: str
) -> None:
    order = await receive(desk, clock.now)
    await guide.write(DIRECTOR, "refused", "Отказ у двери\nВезите назад")
    await guide.suggest(SELLER, SNOW)
    copy = BackupCopy(tmp_path / "copy.db")
    kept = own_copy(database, copy, clock)
    await BackupWriter(database, kept, clock).write(order.id, 1)
    assert await Belongings(database, kept).keep()
    new = Database(sqlite_url)
    async with new.write() as c:
        await shops.put(c, Shop(0, 4711, "Лепесток", "ru", RULES))
    await Guide(new, clock).add(DIRECTOR, "Другое\nшаг")
    await restore(new, copy, Shop(0, 4711, "Лепесток", "ru", RULES), clock.now, lambda: None)
    assert await Guide(new, clock).entries(1) == await guide.entries(1)
    await new.close()
