from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from orders.model.people import Actor, Role
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.shop.rule_book import RULES, BadRule, RuleFlaw
from services.order.desk import Desk
from services.shop.shop_settings import BadShop, Flaw, ShopField, ShopSettings
from storage.db.database import Database
from storage.db.tables import deadlines
from storage.shop import shops
from storage.shop.shops import Shop
from tests.builders import DIRECTOR, MANAGER, NOON, SELLER, minutes
from tests.services.workplace import Clock, an_incoming

ZOYA = Actor(Role.DIRECTOR, 6, "Зоя", shop_id=2)
SETTINGS_SHOP = 1
DESCRIBED = Shop(0, 501, "Роза на Лесной", "ru", ShopRules(accept_minutes=20, accept_reminders=(5, 10)))


@pytest.fixture
def book(database: Database, clock: Clock) -> ShopSettings:
    return ShopSettings(database, clock, SETTINGS_SHOP, DESCRIBED)


async def kept(database: Database, shop_id: int) -> Shop:
    async with database.snapshot() as c:
        found = await shops.get(c, shop_id)
    assert found is not None
    return found


@pytest.mark.requirement("X6", "R78")
async def test_a_rule_is_set_in_one_shop_and_in_no_other(book: ShopSettings, elsewhere: Database) -> None:
    first, before = await kept(elsewhere, 1), await kept(elsewhere, 2)
    await book.change_rule(ZOYA, RULES["contacts_most"], " 3 ")
    assert await kept(elsewhere, 2) == replace(before, rules=replace(before.rules, contacts_most=3))
    assert await kept(elsewhere, 1) == first


@pytest.mark.requirement("R16", "R78")
async def test_what_falls_due_falls_due_by_the_new_rule(
    book: ShopSettings, desk: Desk, elsewhere: Database
) -> None:
    received = await desk.receive(2, an_incoming(NOON))
    await book.change_rule(ZOYA, RULES["accept_minutes"], "7")
    query = select(deadlines.c.due_at).where(
        deadlines.c.order_id == received.order.id, deadlines.c.kind == "accept_overdue"
    )
    async with elsewhere.snapshot() as c:
        due = (await c.execute(query)).scalars().all()
    assert due == [NOON + minutes(7)]


async def test_a_value_that_cannot_be_changes_nothing(book: ShopSettings, elsewhere: Database) -> None:
    before = await kept(elsewhere, 2)
    for words, flaw in (("0", RuleFlaw.TOO_SMALL), ("завтра", RuleFlaw.UNREADABLE), ("-", RuleFlaw.NEEDED)):
        with pytest.raises(BadRule) as bad:
            await book.change_rule(ZOYA, RULES["travel_minutes"], words)
        assert bad.value.flaw is flaw
    assert await kept(elsewhere, 2) == before


async def start_again(database: Database) -> Shop:
    """The settings' shop after a start with what the settings say."""
    async with database.write() as c:
        return await shops.put_of_settings(c, DESCRIBED)


@pytest.mark.requirement("R78")
async def test_what_is_set_of_the_settings_shop_in_the_chat_holds_over_a_start_until_it_is_given_back(
    book: ShopSettings, elsewhere: Database
) -> None:
    await start_again(elsewhere)
    await book.change_rule(DIRECTOR, RULES["accept_minutes"], "8")
    await book.change_rule(DIRECTOR, RULES["commission_of_live_plants"], "12,5")
    await book.change(DIRECTOR, ShopField.NAME, "Другое имя")
    await book.change(DIRECTOR, ShopField.ZONE, "Алматы")
    changed = await kept(elsewhere, 1)
    assert changed.rules.set_in_chat == ("accept_minutes", "commission_of_live_plants", "name", "zone")
    assert changed.rules.accept_reminders == (5.0,)
    assert changed.rules.timezone == "Asia/Almaty"
    assert changed.rules.country == "KZ"
    assert await start_again(elsewhere) == changed

    for name in changed.rules.set_in_chat:
        await book.reset(DIRECTOR, name)
    assert await kept(elsewhere, 1) == await start_again(elsewhere)
    assert (await kept(elsewhere, 1)).rules == DESCRIBED.rules
    assert (await kept(elsewhere, 1)).name == DESCRIBED.name


@pytest.mark.requirement("R78", "X6")
async def test_the_number_that_the_settings_give_stays_with_them_and_others_shops_have_nothing_to_reset(
    book: ShopSettings, elsewhere: Database
) -> None:
    with pytest.raises(BadShop) as bad:
        await book.change(DIRECTOR, ShopField.MARKETPLACE, "777")
    assert bad.value.flaw is Flaw.NUMBER_OF_SETTINGS
    with pytest.raises(Refusal):
        await book.reset(ZOYA, "accept_minutes")
    with pytest.raises(Refusal):
        await book.reset(MANAGER, "accept_minutes")
    await book.change_rule(DIRECTOR, RULES["contacts_most"], "3")
    added = await book.add(DIRECTOR, "Мята")
    assert (added.rules.contacts_most, added.rules.set_in_chat) == (3, ())


@pytest.mark.requirement("X6")
@pytest.mark.parametrize("actor", [MANAGER, SELLER, Actor(Role.MANAGER, 9, "Вера", shop_id=2)])
async def test_nobody_but_a_director_sets_rules(
    book: ShopSettings, actor: Actor, elsewhere: Database
) -> None:
    before = await kept(elsewhere, 2)
    with pytest.raises(Refusal) as refused:
        await book.change_rule(actor, RULES["contacts_most"], "3")
    assert refused.value.reason is Reason.NOT_YOURS
    assert await kept(elsewhere, 2) == before


async def test_a_shop_that_nobody_has_worked_with_is_removed_and_another_is_not(
    book: ShopSettings, desk: Desk, elsewhere: Database
) -> None:
    with pytest.raises(BadShop) as refused:
        await book.remove(DIRECTOR)
    assert refused.value.flaw is Flaw.OF_SETTINGS
    added = await book.add(DIRECTOR, "Мята")
    there = replace(DIRECTOR, shop_id=added.id)
    assert await book.is_removable(there)
    with pytest.raises(Refusal):
        await book.remove(replace(MANAGER, shop_id=added.id))

    await desk.receive(added.id, an_incoming(NOON))
    assert not await book.is_removable(there)
    with pytest.raises(BadShop) as refused:
        await book.remove(there)
    assert refused.value.flaw is Flaw.IN_USE

    another = await book.add(DIRECTOR, "Роза на Садовой")
    assert (await book.remove(replace(DIRECTOR, shop_id=another.id))).id == DIRECTOR.shop_id
    async with elsewhere.snapshot() as c:
        assert await shops.get(c, another.id) is None
        assert await shops.get(c, added.id) is not None
