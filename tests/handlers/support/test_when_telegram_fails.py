"""What people set and fetch beforehand: addresses of the second way, and the pack for the day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from aiogram.methods import SendDocument

from messages.callbacks.goods import ShopDo, ShopTap
from orders.model.details import Window
from orders.model.people import Role
from storage.sending import fallback
from tests.handlers.conftest import DIRECTOR, STRANGER, Shop
from tests.handlers.support.conftest import PEOPLE, Bot
from tests.handlers.support.conftest import STRANGER as STRANGER_ID

PASSWORD = "very-secret"
ADDRESS = f"ntfys://shop:{PASSWORD}@203.0.114.5/topic"


def tap(do: ShopDo, arg: str = "", id_: int = 0) -> str:
    return ShopTap(do=do, arg=arg, id=id_, shop=1).pack()


@pytest.mark.requirement("X21")
async def test_an_address_is_taken_for_the_shop_its_message_goes_and_nobody_reads_it_again(
    shop: Shop,
) -> None:
    await shop.hears(DIRECTOR, data=tap(ShopDo.WAY_ADD, "shop"))
    refused = await shop.hears(DIRECTOR, text=f"json://shop:{PASSWORD}@127.0.0.1:8081/")
    added = await shop.hears(DIRECTOR, text=ADDRESS)
    listed = await shop.hears(DIRECTOR, text="/fallback")

    assert "не понимает" in refused[0]
    assert "Добавлено: ntfy" in added[0]
    assert "магазин: ntfy" in listed[0]
    assert PASSWORD not in "".join(refused + added + listed) + str(shop.wire.buttons)
    async with shop.app.database.snapshot() as c:
        [way] = await fallback.ways(c, 1)
    assert (way.staff_id, way.address) == (None, ADDRESS)

    await shop.hears(DIRECTOR, data=tap(ShopDo.WAY_DROP, id_=way.id))
    assert "Адресов пока нет" in (await shop.hears(DIRECTOR, text="/fallback"))[0]


@pytest.mark.requirement("X21")
async def test_the_message_with_an_address_is_deleted_whatever_it_holds(shop: Shop) -> None:
    await shop.hears(DIRECTOR, data=tap(ShopDo.WAY_ADD, "own"))
    shop.wire.gone.clear()
    await shop.hears(DIRECTOR, text=f"nothing://{PASSWORD}")

    assert len(shop.wire.gone) == 1


@pytest.mark.requirement("X9")
async def test_a_pack_without_orders_is_said_in_words_and_a_stranger_gets_none(shop: Shop) -> None:
    assert "заказов на сегодня и завтра нет" in (await shop.hears(DIRECTOR, text="/pack"))[0]
    assert "Пакет" not in "".join(await shop.hears(STRANGER, text="/pack"))
    await shop.hears(DIRECTOR, text="/shop")
    assert "На случай сбоя" in str(shop.wire.buttons)
    await shop.hears(DIRECTOR, data=tap(ShopDo.WAY))
    assert "Пакет на день" in str(shop.wire.buttons)


@pytest.mark.requirement("X9", "R14", "R63")
async def test_the_pack_goes_to_chiefs_in_private_and_nowhere_else(bot: Bot) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    await bot.order(window=Window(tomorrow, tomorrow + timedelta(hours=1)))
    by_button = tap(ShopDo.PACK)
    files = 0
    for who, where in (
        (Role.SELLER, "private"),
        (Role.COURIER, "private"),
        (STRANGER_ID, "private"),
        (Role.DIRECTOR, "supergroup"),
        (Role.MANAGER, "supergroup"),
    ):
        await bot.say(who, "/pack", where)
        files += sum(isinstance(call, SendDocument) for call in bot.wire.calls)
        await bot.press(who, by_button, where)
        files += sum(isinstance(call, SendDocument) for call in bot.wire.calls)
    assert files == 0

    await bot.press(Role.MANAGER, by_button)
    [sent] = [call for call in bot.wire.calls if isinstance(call, SendDocument)]
    assert sent.chat_id == PEOPLE[Role.MANAGER]
