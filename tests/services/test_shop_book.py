from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from orders.people import Actor, Role
from orders.refusals import Reason, Refusal
from orders.rule_book import RULES, BadRule, RuleFlaw
from services.desk import Desk
from services.pulse import Pulse
from services.shop_book import BadShop, Flaw, ShopBook, ShopField
from storage import shops
from storage.database import Database
from storage.shops import Shop
from storage.tables import deadlines
from tests.builders import DIRECTOR, MANAGER, NOON, SELLER, minutes
from tests.services.workplace import Clock, an_incoming

ZOYA = Actor(Role.DIRECTOR, 6, "Зоя", shop_id=2)
SETTINGS_SHOP = 1


@pytest.fixture
def book(database: Database, pulse: Pulse, clock: Clock) -> ShopBook:
    return ShopBook(database, pulse, clock, SETTINGS_SHOP)


async def kept(database: Database, shop_id: int) -> Shop:
    async with database.read() as c:
        found = await shops.get(c, shop_id)
    assert found is not None
    return found


@pytest.mark.requirement("X6", "R78")
async def test_a_rule_is_set_in_one_shop_and_in_no_other(book: ShopBook, elsewhere: Database) -> None:
    first, before = await kept(elsewhere, 1), await kept(elsewhere, 2)
    await book.change_rule(ZOYA, RULES["contacts_most"], " 3 ")
    assert await kept(elsewhere, 2) == replace(before, rules=replace(before.rules, contacts_most=3))
    assert await kept(elsewhere, 1) == first


@pytest.mark.requirement("R16", "R78")
async def test_what_falls_due_falls_due_by_the_new_rule(
    book: ShopBook, desk: Desk, elsewhere: Database
) -> None:
    received = await desk.receive(2, an_incoming(NOON))
    await book.change_rule(ZOYA, RULES["accept_minutes"], "7")
    query = select(deadlines.c.due_at).where(
        deadlines.c.order_id == received.order.id, deadlines.c.kind == "accept_overdue"
    )
    async with elsewhere.read() as c:
        due = (await c.execute(query)).scalars().all()
    assert due == [NOON + minutes(7)]


async def test_a_value_that_cannot_be_changes_nothing(book: ShopBook, elsewhere: Database) -> None:
    before = await kept(elsewhere, 2)
    for words, flaw in (("0", RuleFlaw.TOO_SMALL), ("завтра", RuleFlaw.UNREADABLE), ("-", RuleFlaw.NEEDED)):
        with pytest.raises(BadRule) as bad:
            await book.change_rule(ZOYA, RULES["travel_minutes"], words)
        assert bad.value.flaw is flaw
    assert await kept(elsewhere, 2) == before


async def test_the_shop_of_the_settings_keeps_its_rules(book: ShopBook, elsewhere: Database) -> None:
    before = await kept(elsewhere, 1)
    for change in (
        book.change_rule(DIRECTOR, RULES["contacts_most"], "3"),
        book.change(DIRECTOR, ShopField.NAME, "Другое имя"),
    ):
        with pytest.raises(BadShop) as bad:
            await change
        assert bad.value.flaw is Flaw.OF_SETTINGS
    assert await kept(elsewhere, 1) == before


@pytest.mark.requirement("X6")
@pytest.mark.parametrize("actor", [MANAGER, SELLER, Actor(Role.MANAGER, 9, "Вера", shop_id=2)])
async def test_nobody_but_a_director_sets_rules(book: ShopBook, actor: Actor, elsewhere: Database) -> None:
    before = await kept(elsewhere, 2)
    with pytest.raises(Refusal) as refused:
        await book.change_rule(actor, RULES["contacts_most"], "3")
    assert refused.value.reason is Reason.NOT_YOURS
    assert await kept(elsewhere, 2) == before


async def test_a_shop_that_nobody_has_worked_with_is_removed_and_another_is_not(
    book: ShopBook, desk: Desk, elsewhere: Database
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
    async with elsewhere.read() as c:
        assert await shops.get(c, another.id) is None
        assert await shops.get(c, added.id) is not None
