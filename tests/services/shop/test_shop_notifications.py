from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import Response, SendMessage, TelegramMethod

from orders.shop.closures import Spell
from services.sending.unheard_notifications import pass_on
from services.shop.shop_closures import ShopClosures
from storage.db.database import Database
from storage.goods import pending_pushes, products
from storage.sending import outbox, outbox_depth, shop_notifications
from storage.sending.outbox import Channel, State
from storage.sending.shop_notifications import News, NewsKind
from tests.builders import MANAGER, NOON, RULES, a_product
from tests.services.workplace import DIRECTOR_CHAT, MANAGER_CHAT, Clock, Telegram, running, telling


@pytest.fixture
def door(database: Database, clock: Clock) -> ShopClosures:
    return ShopClosures(database, clock)


@pytest.fixture
async def sender(telegram: Telegram, database: Database, clock: Clock) -> AsyncIterator[None]:
    async with running(telling(telegram, database, clock).run()):
        yield


async def put(database: Database, kind: NewsKind, subject: int = 0) -> None:
    async with database.write() as c:
        await shop_notifications.put(c, [News(1, DIRECTOR_CHAT, kind, subject, sound=True, not_before=NOON)])


async def all_told(database: Database) -> None:
    """Wait until nothing is to be told any more."""
    async with asyncio.timeout(20):
        while True:
            async with database.snapshot() as c:
                if all(one.state is State.FAILED for one in await outbox_depth.depths(c)):
                    return
            await asyncio.sleep(0.01)


@pytest.mark.requirement("R8")
@pytest.mark.usefixtures("sender")
async def test_the_director_reads_who_has_hidden_the_shop(
    door: ShopClosures, telegram: Telegram, database: Database
) -> None:
    await door.hide(MANAGER)
    told = await telegram.people.wait_message("director", containing="Магазин скрыт")
    assert "Скрыт: 12:00, Анна" in told.text
    assert told.button_texts == ["Скрыл(а) во Flowwow", "Магазин"]
    assert told.silent
    await all_told(database)
    assert len(await telegram.shown("director")) == 1


@pytest.mark.requirement("R8")
async def test_news_that_are_over_are_not_told(
    door: ShopClosures, telegram: Telegram, database: Database, clock: Clock
) -> None:
    turned = await door.hide(MANAGER)
    assert turned.hiding is not None
    await door.set_end(MANAGER, Spell.HOUR, RULES)
    await put(database, NewsKind.REOPENS_SOON, turned.hiding.id)
    await door.open(MANAGER)
    async with running(telling(telegram, database, clock).run()):
        await telegram.people.wait_message("director", containing="Магазин открыт")
        await all_told(database)
    assert [message.text.splitlines()[0] for message in await telegram.shown("director")] == [
        "🟢 Магазин открыт"
    ]


@pytest.mark.usefixtures("sender")
async def test_what_the_marketplace_refused_is_told_with_its_reason(
    telegram: Telegram, database: Database
) -> None:
    async with database.write() as c:
        await products.put_many(c, 1, [a_product(name="Пионы <b>", stopped=True)], NOON)
        product = (await products.by_offer_ids(c, 1, ["p-15"]))["p-15"]
        await pending_pushes.refuse(c, product.id, "<i>на модерации</i>")
    await put(database, NewsKind.GOODS_REFUSED)
    told = await telegram.people.wait_message("director", containing="Flowwow не принял")
    assert "Пионы <b> - скрыть: <i>на модерации</i>" in told.text
    assert not told.silent


@pytest.mark.usefixtures("sender")
@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (NewsKind.GOODS_READ, "Товары обновлены: 0"),
        (NewsKind.GOODS_UNREAD, "Flowwow не отдал список товаров."),
        (NewsKind.GOODS_WAIT, "Flowwow не отвечает."),
    ],
)
async def test_the_rest_is_told_in_plain_words(
    telegram: Telegram, database: Database, kind: NewsKind, words: str
) -> None:
    await put(database, kind)
    assert (await telegram.people.wait_message("director")).text.startswith(words)
    await all_told(database)


async def test_while_telegram_stumbles_news_wait_and_one_who_is_out_of_reach_holds_up_nobody(
    door: ShopClosures, telegram: Telegram, database: Database, clock: Clock
) -> None:
    await telegram.people.block("director")
    await telegram.people.faults(bot_api={"500": 1.0}, methods=["sendMessage"])
    turned = await door.hide(MANAGER)
    assert turned.hiding is not None
    async with database.write() as c:
        row = News(1, MANAGER_CHAT, NewsKind.SHOP_HIDDEN, turned.hiding.id, sound=False, not_before=NOON)
        await shop_notifications.put(c, [row])
    async with running(telling(telegram, database, clock).run()):
        async with asyncio.timeout(20):
            while True:
                async with database.snapshot() as c:
                    due_at = await outbox.next_due(c, Channel.TELEGRAM)
                if due_at is not None and due_at > NOON:
                    break
                await asyncio.sleep(0.01)
        await telegram.people.faults()
        clock.turn(5)
        database.wake_all()
        await telegram.people.wait_message("manager", containing="Магазин скрыт")
        await all_told(database)


@pytest.mark.usefixtures("sender")
async def test_where_one_chief_is_out_of_reach_the_other_hears_of_it(
    telegram: Telegram, database: Database
) -> None:
    await telegram.people.block("director")
    await put(database, NewsKind.NOT_REOPENED)
    told = await telegram.people.wait_message("manager", containing="Ирина: сообщения бота не доходят")
    assert not told.silent
    await all_told(database)


@pytest.mark.usefixtures("sender")
async def test_where_no_chief_can_be_reached_the_florists_hear_of_it_once(
    telegram: Telegram, database: Database
) -> None:
    for person in ("director", "manager", "florist"):
        await telegram.people.block(person)
    await put(database, NewsKind.NOT_REOPENED)
    await all_told(database)
    await telegram.people.unblock("florist")
    await put(database, NewsKind.NOT_REOPENED)
    await telegram.people.wait_message("florist", containing="Ирина: сообщения бота не доходят")
    await all_told(database)


@pytest.mark.usefixtures("sender")
async def test_news_that_telegram_refuses_are_told_to_the_directors_in_other_words(
    telegram: Telegram, database: Database
) -> None:
    class Refusing(BaseRequestMiddleware):
        async def __call__(
            self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
        ) -> Response[Any]:
            if isinstance(method, SendMessage) and "не открылся" in method.text:
                raise TelegramBadRequest(method, "Bad Request: can't parse entities")
            return await make_request(bot, method)

    telegram.bot.session.middleware(Refusing())
    await put(database, NewsKind.NOT_REOPENED)
    await telegram.people.wait_message("director", containing="Бот не смог отправить сообщение")
    await all_told(database)


@pytest.mark.usefixtures("sender")
async def test_of_an_account_without_a_place_in_the_shop_nobody_hears(
    telegram: Telegram, database: Database
) -> None:
    error = TelegramForbiddenError(SendMessage(chat_id=5, text=""), "Forbidden: bot was blocked by the user")
    async with database.write() as c:
        await pass_on(c, News(1, 5, NewsKind.REMOVED, 1, sound=True, not_before=NOON), error, NOON)
        assert await outbox.next_due(c, Channel.TELEGRAM) is None
