"""Counting the products one after another (R83)."""

from __future__ import annotations

import pytest
from aiogram.types import Chat, Message, Update, User

from messages.callbacks.goods import ShopDo, ShopTap
from services.health.clock import utc_now
from storage.goods import products
from tests.builders import a_product
from tests.handlers.conftest import AT, DIRECTOR, Shop


async def says(shop: Shop, words: str, message_id: int) -> list[str]:
    user, chat = User(id=DIRECTOR, is_bot=False, first_name="Ira"), Chat(id=DIRECTOR, type="private")
    message = Message(message_id=message_id, date=AT, chat=chat, from_user=user, text=words)
    await shop.app.dispatcher.feed_update(shop.app.bot, Update(update_id=message_id, message=message))
    return shop.wire.said()


@pytest.mark.requirement("R83", "X3")
async def test_a_count_that_telegram_repeats_is_not_that_of_the_next_product(shop: Shop) -> None:
    names = ("Пионы", "Розы", "Тюльпаны")
    async with shop.app.database.write() as c:
        wanted = [a_product(name=name, offer_id=f"p-{place}") for place, name in enumerate(names)]
        await products.put_many(c, 1, wanted, utc_now())
    await shop.hears(DIRECTOR, data=ShopTap(do=ShopDo.WALK).pack())
    [shown] = await says(shop, "5", 8_000)
    assert await says(shop, "5", 8_000) == [shown]  # the next product may not have reached the chat
    await says(shop, "7", 8_001)
    async with shop.app.database.snapshot() as c:
        counted = [one.stock for one in await products.page(c, 1, 10)]
    assert counted == [5, 7, None]
