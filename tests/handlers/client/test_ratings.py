"""What a client says of the photo, and what they write after it (R26, R32)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.frame.command_flow import ready_answers
from handlers.frame.dialogue import Question
from messages.callbacks.client import ClientDo, ClientTap
from messages.client.card import mark_of_photo, ready_complaints
from orders.model.order import Order
from orders.model.refusals import Reason
from orders.steps import commands as do
from tests.builders import DIRECTOR as CHIEF
from tests.builders import a_line, an_order
from tests.handlers.conftest import STRANGER, Shop
from tests.messages.journeys import RU
from tests.services.workplace import an_incoming, receive


async def shown_photo(shop: Shop) -> Order:
    """An order without a card whose photo the client sees by their link."""
    services = shop.app.services
    incoming = an_incoming(datetime.now(UTC), lines=(a_line(),), card_text="")
    order = (await services.desk.receive(1, incoming)).order
    await services.desk.do(order.id, do.Accept(), CHIEF)
    order = await services.desk.do(order.id, do.AttachPhoto("ab" * 32, "2026/03/1/1-abab.jpg"), CHIEF)
    await shop.hears(STRANGER, text=f"/start {await services.clients.link(order.id, CHIEF)}")
    return order


@pytest.mark.requirement("R26", "R32")
@pytest.mark.parametrize("is_typed", [True, False])
async def test_a_complaint_that_is_over_is_not_promised_to_be_mended(shop: Shop, *, is_typed: bool) -> None:
    order = await shown_photo(shop)
    mark = mark_of_photo(order)
    await shop.hears(STRANGER, data=ClientTap(do=ClientDo.DISLIKED, order=order.id, arg=mark).pack())
    ready = list_buttons(shop)
    assert [button.text for button in ready] == [
        "Цвет не тот",
        "Состав не тот",
        "Букет меньше, чем ожидалось",
    ]
    if is_typed:
        [noted] = await shop.hears(STRANGER, text="Цвет не тот")
    else:
        noted, _ = await shop.hears(STRANGER, data=ready[0].callback_data)
    assert noted == f"Заказ {order.number}, записано: Цвет не тот. Магазин это видит."
    said = await shop.hears(STRANGER, data=ClientTap(do=ClientDo.LIKED, order=order.id, arg=mark).pack())
    assert f"Заказ {order.number}: фото вам нравится, поправлять ничего не нужно." in said
    assert await shop.open_states() == []


def list_buttons(shop: Shop) -> list[InlineKeyboardButton]:
    markups = [one for one in shop.wire.buttons if isinstance(one, InlineKeyboardMarkup)]
    return [button for row in markups[-1].inline_keyboard for button in row]


async def test_a_client_is_not_left_with_the_key_of_a_stranger(shop: Shop) -> None:
    services = shop.app.services
    order = await receive(services.desk, datetime.now(UTC))
    await services.desk.do(order.id, do.Accept(), CHIEF)
    await shop.hears(STRANGER, text="/start")
    [asked] = shop.wire.left
    await shop.hears(STRANGER, text=f"/start {await services.clients.link(order.id, CHIEF)}")
    assert asked in shop.wire.gone


def test_a_missing_card_is_offered_only_where_one_belongs_to_the_order() -> None:
    question = Question(1, do.Rate(liked=False), Reason.COMPLAINT_NEEDED, datetime.now(UTC))
    for card, order in ((False, an_order(lines=(a_line(),), card_text="")), (True, an_order())):
        assert ("Нет открытки" in ready_complaints(order, RU)) is card
        assert ("Нет открытки" in ready_answers(question, order, RU)) is card


@pytest.mark.requirement("R26", "R32")
async def test_words_of_a_client_who_likes_the_photo_after_all_are_no_complaint(shop: Shop) -> None:
    services = shop.app.services
    order = await receive(services.desk, datetime.now(UTC))
    await services.desk.do(order.id, do.Accept(), CHIEF)
    order = await services.desk.do(order.id, do.AttachPhoto("ab" * 32, "2026/03/1/1-abab.jpg"), CHIEF)
    await shop.hears(STRANGER, text=f"/start {await services.clients.link(order.id, CHIEF)}")
    mark = mark_of_photo(order)

    await shop.hears(STRANGER, data=ClientTap(do=ClientDo.DISLIKED, order=order.id, arg=mark).pack())
    question = shop.wire.sent[-1]
    await shop.hears(STRANGER, data=ClientTap(do=ClientDo.LIKED, order=order.id, arg=mark).pack())
    await shop.hears(STRANGER, text="Спасибо, очень красиво!")

    rating = (await services.desk.look(order.id, CHIEF)).progress.rating
    assert rating is not None
    assert rating.liked
    assert question in shop.wire.gone
