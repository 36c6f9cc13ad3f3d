"""The director's first day: the list that ticks itself, and the trial order that leaves no trace."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiogram.types import Contact
from sqlalchemy import func, select

from messages.callbacks.order import Do, Tap
from messages.callbacks.team import FirstDo, FirstTap
from orders.model.delivery_facts import RemarkKind
from orders.model.numbers import is_own, is_trial, looked_for
from orders.model.order import Handover, Order
from orders.model.people import Actor, Role
from orders.model.status import Status
from orders.schedule.day_pack import day_pack
from orders.schedule.fallback import matter
from orders.steps import commands as do
from orders.steps.delivery_commands import Note
from services.backup.compare import differences, missing_versions
from services.health.clock import utc_now
from services.order.desk import Desk
from storage.backup.backup_copy import BackupCopy
from storage.db.columns import metadata
from storage.db.tables import orders as order_table
from storage.order import orders as order_rows
from storage.order import trial_orders
from storage.photo.photo_files import PhotoFiles
from storage.sending.outbox import Channel
from storage.shop import shops
from storage.team import staff
from tests.handlers.conftest import DIRECTOR, Shop
from tests.handlers.team.conftest import FLORIST, MANAGER, join
from tests.services.workplace import receive, rows

SHOP = 1


async def draw(shop: Shop) -> list[str]:
    """What the list says after a change, where it is edited."""
    await shop.app.services.first_days.draw()
    return shop.wire.said()


async def trial(shop: Shop) -> Order | None:
    async with shop.app.database.snapshot() as c:
        return await trial_orders.of_shop(c, SHOP)


async def made(shop: Shop) -> Order:
    await shop.hears(DIRECTOR, data=FirstTap(do=FirstDo.TRIAL, shop=SHOP).pack())
    order = await trial(shop)
    assert order is not None
    return order


async def press(shop: Shop, what: FirstDo, person: int = DIRECTOR, arg: str = "") -> list[str]:
    return await shop.hears(person, data=FirstTap(do=what, shop=SHOP, arg=arg).pack())


async def take_all_the_way(shop: Shop, order: Order) -> None:
    async with shop.app.database.snapshot() as c:
        [director] = await staff.of_shop(c, SHOP, {Role.DIRECTOR})
    desk, actor = Desk(shop.app.database, utc_now), director.actor
    await desk.do(order.id, do.Accept(), actor)
    await desk.do(order.id, do.Dispatch(by_self=True, reason="проба"), actor)
    await desk.do(order.id, do.Complete(Handover.IN_PERSON, early="проба"), actor)


async def test_the_list_says_what_is_done_and_ticks_itself_in_the_same_message(shop: Shop) -> None:
    [shown] = await shop.hears(DIRECTOR, text="/first")
    assert "Первый день · 1 из 5" in shown
    assert "☑ Магазин «Rose»" in shown
    assert shown.count("☐") == 4
    assert await draw(shop) == []  # nothing has changed, nothing is edited
    await join(shop, Role.SELLER)
    [edited] = await draw(shop)
    assert "☑ Флорист" in edited
    async with shop.app.database.write() as c:
        await shops.set_group(c, SHOP, -500)
    await join(shop, Role.COURIER)
    [edited] = await draw(shop)
    assert edited.count("☑") == 4
    assert "☐ Пробный заказ" in edited


async def test_a_director_who_connects_gets_the_list_until_the_shop_is_set_up(shop: Shop) -> None:
    contact = Contact(phone_number="79160000001", first_name="Ira", user_id=DIRECTOR)
    said = await shop.hears(DIRECTOR, contact=contact)
    assert "вы подключены как директор" in said[0]
    assert "Первый день" in said[1]
    async with shop.app.database.write() as c:
        await shops.set_group(c, SHOP, -500)
    await join(shop, Role.SELLER)
    await join(shop, Role.COURIER)
    assert len(await shop.hears(DIRECTOR, contact=contact)) == 1


async def test_the_list_goes_away_when_all_is_done_and_the_trial_order_is_removed(shop: Shop) -> None:
    async with shop.app.database.write() as c:
        await shops.set_group(c, SHOP, -500)
    await join(shop, Role.SELLER)
    await join(shop, Role.COURIER)
    await shop.hears(DIRECTOR, text="/first")
    order = await made(shop)
    assert "примите его" in (await draw(shop))[0]
    await take_all_the_way(shop, order)
    [edited] = await draw(shop)
    assert "Всё готово" in edited
    assert "уберите его" in edited
    before = len(shop.wire.gone)
    assert await press(shop, FirstDo.UNTRY) == ["Пробный заказ убран"]
    assert await draw(shop) == []
    assert len(shop.wire.gone) == before + 1  # the list
    [again] = await shop.hears(DIRECTOR, text="/first")
    assert again.count("☑") == 5


async def test_hidden_the_list_stays_away_until_it_is_called(shop: Shop) -> None:
    await shop.hears(DIRECTOR, text="/first")
    assert await press(shop, FirstDo.HIDE) == ["Список вернёт команда /first"]
    await join(shop, Role.SELLER)
    assert await draw(shop) == []
    assert "☑ Флорист" in (await shop.hears(DIRECTOR, text="/first"))[0]


@pytest.mark.parametrize("person", [MANAGER, FLORIST])
async def test_only_a_director_has_the_list_and_makes_or_removes_a_trial_order(
    shop: Shop, person: int
) -> None:
    await join(shop, Role.MANAGER)
    await join(shop, Role.SELLER)
    assert "Не понял" in (await shop.hears(person, text="/first"))[0]
    await press(shop, FirstDo.TRIAL, person)
    assert await trial(shop) is None
    await made(shop)
    await press(shop, FirstDo.UNTRY, person)
    assert await trial(shop) is not None


async def test_a_florist_is_invited_by_a_message_of_its_own(shop: Shop) -> None:
    [shown] = await press(shop, FirstDo.INVITE, arg=Role.SELLER.value)
    assert "https://t.me/florist_bot?start=i" in shown


async def test_a_trial_order_waits_to_be_accepted_and_is_marked_on_the_card(shop: Shop) -> None:
    order = await made(shop)
    assert order.status is Status.NEW
    assert order.number == "Пробный-1"
    [card] = await shop.hears(DIRECTOR, data=Tap(do=Do.DETAILS, order=order.id).pack())
    assert "Пробный-1" in card
    await shop.app.services.first_days.draw()
    shop.wire.said()
    await shop.app.services.live_cards.move_down(order.id, DIRECTOR)
    [card] = shop.wire.said()
    assert "Пробный заказ: ехать никуда не нужно" in card
    assert "Пробный букет" in card
    assert "Убрать пробный" in str(shop.wire.buttons)
    assert await press(shop, FirstDo.TRIAL) == ["Пробный заказ уже есть"]


async def test_a_trial_order_reaches_neither_marketplace_nor_copy_nor_pack_nor_text_messages(
    shop: Shop,
) -> None:
    order = await made(shop)
    await take_all_the_way(shop, order)
    database = shop.app.database
    assert {row.channel for row in await rows(database)} == {Channel.TELEGRAM}
    copy = BackupCopy(shop.app.settings.backup_path)
    await copy.try_writing(utc_now())
    assert await missing_versions(database, copy) == []
    assert await differences(database, copy) == []
    async with database.snapshot() as c:
        kept = await shops.get(c, SHOP)
    assert kept is not None
    assert day_pack([order], kept.rules, utc_now()).orders == ()
    assert matter(order, kept.rules, utc_now()) is None
    assert is_trial(order.number)
    assert is_own(order.number)
    assert looked_for("пробный-1") == order.number


async def test_one_that_was_declined_does_not_count_as_declined(shop: Shop) -> None:
    order = await made(shop)
    desk = Desk(shop.app.database, utc_now)
    actor = Actor(Role.DIRECTOR, 1, "Ирина", SHOP)
    await desk.do(order.id, do.Decline("проба"), actor)
    async with shop.app.database.snapshot() as c:
        assert await order_rows.count_declined(c, SHOP, order.placed_at) == 0
    again = await made(shop)  # a new one takes the place of one that is over
    assert again.status is Status.NEW


async def test_removed_it_leaves_no_row_and_no_message_and_takes_nothing_real_with_it(shop: Shop) -> None:
    database = shop.app.database
    desk = Desk(database, utc_now)
    real = await receive(desk, utc_now())
    order = await made(shop)
    await shop.app.services.live_cards.move_down(order.id, DIRECTOR)
    shop.wire.said()
    await press(shop, FirstDo.UNTRY)
    assert shop.wire.gone
    async with database.snapshot() as c:
        for table in metadata.sorted_tables:
            for key in table.foreign_keys:
                if key.column is order_table.c.id:
                    query = select(func.count()).where(key.parent == order.id)
                    assert await c.scalar(query.select_from(table)) == 0, table.name
        assert await order_rows.get(c, order.id) is None
        assert await order_rows.get(c, real.id) is not None
    async with database.write() as c:
        await trial_orders.remove(c, real.id)
        assert await order_rows.get(c, real.id) is not None
    assert await press(shop, FirstDo.UNTRY) == ["Пробного заказа уже нет"]


async def test_removed_it_leaves_no_file_of_its_notes(shop: Shop, tmp_path: Path) -> None:
    order, files = await made(shop), PhotoFiles(tmp_path / "photos")
    services = shop.app.services
    kept = await files.keep(b"OggS", "ogg")
    path = await files.settle(kept.path, "notes", 1, utc_now())
    note = Note("", RemarkKind.VOICE, "voice", path, 3, "1:2")
    await services.desk.do(order.id, note, Actor(Role.DIRECTOR, 1, "Ирина", SHOP))
    assert await files.missing([path]) == []
    await press(shop, FirstDo.UNTRY)
    assert await files.missing([path]) == [path]


async def test_no_real_order_ever_gets_the_id_of_a_trial_order(shop: Shop) -> None:
    order = await made(shop)
    await press(shop, FirstDo.UNTRY)
    real = await receive(Desk(shop.app.database, utc_now), utc_now())
    assert order.id < 0 < real.id
