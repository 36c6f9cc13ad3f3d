"""«Дополнить заказ» with a time that may be two, or that is over, asks as saving does (X1)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from aiogram.types import Chat, Message, Update, User
from sqlalchemy import text

from messages.callbacks.drafts import DraftDo, DraftTap
from messages.intake.drafts import ANYWAY
from orders.model.order import Order
from orders.model.status import Status
from storage.intake import drafts
from storage.order import orders
from tests.handlers.conftest import AT, DIRECTOR, Shop

UNCLEAR, OVER = "Не понял время наверняка", "Это время уже прошло"


async def _tapped(shop: Shop, do: DraftDo, draft: int, arg: str = "") -> str:
    return "\n".join(await shop.hears(DIRECTOR, data=DraftTap(do=do, draft=draft, arg=arg).pack(), text="?"))


async def _second_draft(shop: Shop, words: str) -> int:
    """A further text about an order that was saved without a time."""
    await shop.hears(DIRECTOR, text="Заказ 25836184\nЛесная 5\nРозы 15 шт\nПолучатель: Анна\nСумма: 3000 ₽")
    await _tapped(shop, DraftDo.SAVE, await _newest(shop))
    await shop.hears(DIRECTOR, text=f"Заказ 25836184\n{words}\nОткрытка: Люблю\nЛесная 5")
    return await _newest(shop)


async def _newest(shop: Shop) -> int:
    async with shop.app.database.snapshot() as c:
        return int(await c.scalar(text("SELECT max(id) FROM drafts")) or 0)


async def _order(shop: Shop) -> Order:
    async with shop.app.database.snapshot() as c:
        [order] = [order async for order in orders.every(c)]
    return order


async def _known(shop: Shop) -> tuple[str, bool]:
    """The card's words of the order, and whether it has a window."""
    order = await _order(shop)
    return order.details.card_text, order.details.window is not None


@pytest.mark.requirement("X1", "X3")
async def test_an_answer_that_telegram_repeats_does_not_fill_the_next_field(shop: Shop) -> None:
    await shop.hears(DIRECTOR, text="/add")
    user, chat = User(id=DIRECTOR, is_bot=False, first_name="Ira"), Chat(id=DIRECTOR, type="private")
    answer = Message(message_id=8_000, date=AT, chat=chat, from_user=user, text="завтра 14-15, Лесная 5")
    filled = []
    for update_id in (8_000, 8_001):
        await shop.app.dispatcher.feed_update(shop.app.bot, Update(update_id=update_id, message=answer))
        async with shop.app.database.snapshot() as c:
            kept = await drafts.get(c, 1)
        filled.append(kept.details if kept is not None else None)
    assert filled[0] is not None
    assert filled[0].window is not None
    assert filled[1] == filled[0]


@pytest.mark.requirement("X1", "R66")
async def test_a_time_that_may_be_two_is_asked_before_an_order_is_filled_in(shop: Shop) -> None:
    draft = await _second_draft(shop, "завтра в 7")
    assert UNCLEAR in await _tapped(shop, DraftDo.MERGE, draft)
    assert await _known(shop) == ("", False)
    await _tapped(shop, DraftDo.WINDOW, draft, "1")
    await _tapped(shop, DraftDo.MERGE, draft)
    assert await _known(shop) == ("Люблю", True)


@pytest.mark.requirement("X1", "R66")
async def test_a_time_that_is_over_is_asked_before_an_order_is_filled_in(shop: Shop) -> None:
    draft = await _second_draft(shop, "вчера с 10:00 до 11:00")
    await _tapped(shop, DraftDo.WINDOW, draft, "1")
    assert OVER in await _tapped(shop, DraftDo.MERGE, draft)
    assert await _known(shop) == ("", False)
    assert OVER not in await _tapped(shop, DraftDo.MERGE, draft, ANYWAY)
    assert await _known(shop) == ("Люблю", True)


@pytest.mark.requirement("X1", "R59")
async def test_no_word_of_a_text_that_fills_an_order_in_is_lost(shop: Shop) -> None:
    await shop.hears(DIRECTOR, text="Заказ 25836184\nЛесная 5\nРозы 15 шт\nПолучатель: Анна\nСумма: 3000 ₽")
    await _tapped(shop, DraftDo.SAVE, await _newest(shop))
    order = await _order(shop)
    async with shop.app.database.write() as c:
        await orders.save(c, replace(order, version=order.version + 1, marketplace_status=Status.ACCEPTED))
    await shop.hears(
        DIRECTOR,
        text="Заказ 25836184\nАдрес: Садовая 7, этаж 4, лифт не работает\nБез лилий!\nОткрытка: Люблю",
    )
    await _tapped(shop, DraftDo.MERGE, await _newest(shop))
    details = (await _order(shop)).details
    assert (details.address, details.card_text) == ("Лесная 5", "Люблю")
    assert "Без лилий!" in details.client_note
    assert details.shop_note == "❓📍 Спросить клиента: Садовая 7, этаж 4, лифт не работает"
