"""Who works in several shops sees by the keys below the chat in which one they are (X6)."""

from __future__ import annotations

import pytest
from aiogram.types import ReplyKeyboardMarkup

from messages.callbacks.delivery import AddressFor, ShopIsHere
from messages.callbacks.order import Do, Tap
from orders.model.people import Role
from services.health.clock import utc_now
from services.order.desk import Desk
from storage.shop import shops
from storage.team import staff
from tests.handlers.conftest import DIRECTOR, Shop
from tests.services.workplace import an_incoming

pytestmark = pytest.mark.requirement("X6")


async def second_shop(shop: Shop) -> int:
    """The director runs another one too."""
    async with shop.app.database.write() as c:
        first = await shops.get(c, 1)
        assert first is not None
        [director] = await staff.of_shop(c, 1, {Role.DIRECTOR})
        added = await shops.put(c, shops.Shop(0, None, "Lily", "ru", first.rules))
        await staff.add(c, added.id, director.phone, director.name, Role.DIRECTOR)
    return added.id


def keys(shop: Shop) -> list[str]:
    """The shops on the keyboard that came last."""
    [*_, keyboard] = [one for one in shop.wire.buttons if isinstance(one, ReplyKeyboardMarkup)]
    return [key.text for row in keyboard.keyboard for key in row if key.text.startswith("🏪")]


async def test_the_key_of_the_own_shop_has_a_tick_and_leads_there_with_or_without_it(shop: Shop) -> None:
    await second_shop(shop)
    await shop.hears(DIRECTOR, text="/start")
    assert keys(shop) == ["🏪 Rose ✓", "🏪 Lily"]
    await shop.hears(DIRECTOR, text="🏪 Lily")
    assert keys(shop) == ["🏪 Rose", "🏪 Lily ✓"]
    said = await shop.hears(DIRECTOR, text="🏪 Rose ✓")
    assert "🏪 Rose" in said[0]
    assert keys(shop) == ["🏪 Rose ✓", "🏪 Lily"]


async def test_whoever_opens_an_order_of_the_other_shop_reads_that_they_are_there_now(shop: Shop) -> None:
    other = await second_shop(shop)
    desk = Desk(shop.app.database, utc_now)
    order = (await desk.receive(other, an_incoming(utc_now()))).order
    said = await shop.hears(DIRECTOR, data=Tap(do=Do.DETAILS, order=order.id).pack())
    assert "Вы теперь в магазине «Lily»." in said
    assert keys(shop) == ["🏪 Rose", "🏪 Lily ✓"]
    assert "Вы теперь в магазине «Lily»." not in await shop.hears(
        DIRECTOR, data=Tap(do=Do.DETAILS, order=order.id).pack()
    )


@pytest.mark.requirement("X24", "X26")
async def test_an_address_and_a_place_go_to_the_shop_that_was_asked_about(shop: Shop) -> None:
    other = await second_shop(shop)
    desk = Desk(shop.app.database, utc_now)
    order = (await desk.receive(other, an_incoming(utc_now()))).order
    buttons = (AddressFor(order=order.id), ShopIsHere(shop=other, latitude=1, longitude=1))
    for button in buttons:
        assert "Вы теперь в магазине «Lily»." in await shop.hears(DIRECTOR, data=button.pack())
        await shop.hears(DIRECTOR, text="🏪 Rose")


async def test_rules_shops_and_personal_data_stand_behind_the_shop(shop: Shop) -> None:
    await shop.hears(DIRECTOR, text="Магазин")
    assert "Настройки…" in str(shop.wire.buttons)
    [settings] = await shop.hears(DIRECTOR, data="shops:settings:1:")
    assert "Настройки · Rose" in settings
    shown = str(shop.wire.buttons)
    assert all(one in shown for one in ("Правила и деньги…", "Магазины…", "Личные данные клиента…"))
    await shop.hears(DIRECTOR, text="Сотрудники")
    assert "Магазины…" not in str(shop.wire.buttons)
