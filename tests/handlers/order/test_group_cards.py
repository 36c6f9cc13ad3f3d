"""«Открыть» in the shop's group: the card for the eyes of the one who asks (X17)."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramNotFound
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteEphemeralMessage,
    DeleteMessage,
    EditEphemeralMessageText,
    SendMessage,
    TelegramMethod,
)
from aiogram.types import CallbackQuery, Chat, InlineKeyboardMarkup, Message, Update, User

from messages.callbacks.group import InGroup, InGroupTap
from messages.callbacks.order import Do, Tap
from orders.model.order import Order
from orders.model.people import Role
from orders.model.status import Status
from services.health.clock import utc_now
from services.order.desk import Desk
from storage.order import orders as order_rows
from storage.shop import shops
from storage.team import staff
from tests.handlers.conftest import AT, DIRECTOR, STRANGER, Shop
from tests.services.workplace import receive

pytestmark = pytest.mark.requirement("X17")

GROUP, COURIER = -5, 300
PERSONAL = ("Лесная", "Мария", "Игорь", "+7")
EPHEMERAL = 77


@pytest.fixture
async def order(shop: Shop) -> Order:
    async with shop.app.database.write() as c:
        await shops.set_group(c, 1, GROUP)
        courier = await staff.add(c, 1, "+79160000003", "Пётр", Role.COURIER)
        await staff.connect(c, courier.staff_id, COURIER, "ru", "Пётр")
    return await receive(Desk(shop.app.database, utc_now), utc_now())


async def taps(
    shop: Shop, person: int, data: str, *, ephemeral: int | None = None
) -> list[TelegramMethod[Any]]:
    """What the bot does when this person taps a button in the group."""
    user = User(id=person, is_bot=False, first_name="Ira", language_code="ru")
    group = Chat(id=GROUP, type="supergroup")
    message = Message(message_id=0 if ephemeral else 7, date=AT, chat=group, ephemeral_message_id=ephemeral)
    query = CallbackQuery(id="q1", from_user=user, chat_instance="1", message=message, data=data)
    shop.wire.calls = []
    await shop.app.dispatcher.feed_update(shop.app.bot, Update(update_id=1, callback_query=query))
    return shop.wire.calls


async def opens(shop: Shop, order: Order, person: int = DIRECTOR) -> list[TelegramMethod[Any]]:
    return await taps(shop, person, Tap(do=Do.OPEN, order=order.id).pack())


def of(calls: list[TelegramMethod[Any]], kind: type[Any]) -> list[Any]:
    return [call for call in calls if isinstance(call, kind)]


def is_personal(call: TelegramMethod[Any]) -> bool:
    return any(part in str(getattr(call, "text", "")) for part in PERSONAL)


def labels(call: Any) -> list[str]:  # noqa: ANN401 - any call with a keyboard
    assert isinstance(call.reply_markup, InlineKeyboardMarkup)
    return [button.text for row in call.reply_markup.inline_keyboard for button in row]


async def test_whoever_may_see_the_order_reads_the_whole_card_and_the_group_nothing(
    shop: Shop, order: Order
) -> None:
    calls = await opens(shop, order)
    [first], [card] = of(calls, SendMessage), of(calls, EditEphemeralMessageText)
    asked = first.ephemeral_message_parameters
    assert (asked.receiver_user_id, asked.callback_query_id) == (DIRECTOR, "q1")
    assert not is_personal(first)
    assert "Лесная" in card.text
    assert (card.chat_id, card.receiver_user_id) == (GROUP, DIRECTOR)
    assert labels(card) == ["Принять", "Подробно", "В личный чат", "Закрыть"]
    [answer] = of(calls, AnswerCallbackQuery)
    assert answer.text == "Карточка ниже, её видите только вы"
    assert answer.url is None


async def test_a_second_card_takes_the_place_of_the_first(shop: Shop, order: Order) -> None:
    await opens(shop, order)
    [before] = of(shop.wire.calls, EditEphemeralMessageText)
    [gone] = of(await opens(shop, order), DeleteEphemeralMessage)
    assert gone.ephemeral_message_id == before.ephemeral_message_id


@pytest.mark.parametrize(
    ("person", "words"),
    [(COURIER, "Такого заказа нет, или он назначен не вам."), (STRANGER, "Заказы открывают сотрудники")],
)
async def test_whoever_may_not_is_told_so_alone(shop: Shop, order: Order, person: int, words: str) -> None:
    calls = await opens(shop, order, person)
    [said] = of(calls, SendMessage)
    assert said.ephemeral_message_parameters.receiver_user_id == person
    assert said.text.startswith(words)
    assert not any(map(is_personal, calls))
    shop.app.services.ephemeral.features.ephemeral = False
    [toast] = await opens(shop, order, person)
    assert isinstance(toast, AnswerCallbackQuery)
    assert (toast.text or "").startswith(words)


async def test_a_server_that_would_show_it_to_all_is_shown_nothing_personal_and_asked_once(
    shop: Shop, order: Order
) -> None:
    shop.wire.knows_ephemeral = False
    calls = await opens(shop, order)
    assert not any(map(is_personal, calls))
    assert of(calls, EditEphemeralMessageText) == []
    assert len(of(calls, DeleteMessage)) == 1
    [answer] = of(calls, AnswerCallbackQuery)
    assert answer.url == f"https://t.me/florist_bot?start=o{order.id}"
    [again] = await opens(shop, order)
    assert isinstance(again, AnswerCallbackQuery)
    assert again.url == answer.url


@pytest.mark.parametrize(
    ("method", "refusal", "remembered"),
    [
        (SendMessage, TelegramBadRequest(None, "Bad Request: ephemeral messages are not supported"), True),  # type: ignore[arg-type]
        (EditEphemeralMessageText, TelegramNotFound(None, "Not Found: method not found"), True),  # type: ignore[arg-type]
        (SendMessage, TelegramBadRequest(None, "Bad Request: query is too old"), False),  # type: ignore[arg-type]
    ],
)
async def test_what_the_server_refuses_leads_into_the_private_chat(
    shop: Shop, order: Order, method: type[TelegramMethod[Any]], refusal: Exception, *, remembered: bool
) -> None:
    shop.wire.refusals = {method: refusal}
    calls = await opens(shop, order)
    assert of(calls, AnswerCallbackQuery)[0].url
    assert not any(is_personal(call) for call in of(calls, SendMessage))
    again = await opens(shop, order)
    assert (of(again, SendMessage) == []) is remembered


async def test_where_no_link_is_taken_the_card_lies_in_the_private_chat(shop: Shop, order: Order) -> None:
    shop.app.services.ephemeral.features.ephemeral = False
    bad = TelegramBadRequest(None, "Bad Request: URL_INVALID")  # type: ignore[arg-type]
    shop.wire.refusals = {AnswerCallbackQuery: bad}
    calls = await opens(shop, order)
    [card] = of(calls, SendMessage)
    assert card.chat_id == DIRECTOR
    assert "Лесная" in card.text


async def test_the_card_is_turned_over_closed_and_accepted_where_it_stands(shop: Shop, order: Order) -> None:
    def tap(do: InGroup) -> str:
        return InGroupTap(do=do, order=order.id).pack()

    [details] = of(
        await taps(shop, DIRECTOR, tap(InGroup.DETAILS), ephemeral=EPHEMERAL), EditEphemeralMessageText
    )
    assert "Мария" in details.text
    assert details.ephemeral_message_id == EPHEMERAL
    assert labels(details) == ["Принять", "Коротко", "В личный чат", "Закрыть"]
    accepted = await taps(shop, DIRECTOR, Tap(do=Do.ACCEPT, order=order.id).pack(), ephemeral=EPHEMERAL)
    [card] = of(accepted, EditEphemeralMessageText)
    assert "Принять" not in labels(card)
    async with shop.app.database.snapshot() as c:
        now = await order_rows.get(c, order.id)
    assert now is not None
    assert now.status is Status.ACCEPTED
    [gone] = of(await taps(shop, DIRECTOR, tap(InGroup.CLOSE), ephemeral=EPHEMERAL), DeleteEphemeralMessage)
    assert gone.ephemeral_message_id == EPHEMERAL


@pytest.mark.parametrize("person", [COURIER, STRANGER])
@pytest.mark.parametrize("do", [InGroup.CARD, InGroup.DETAILS])
async def test_a_forged_button_shows_nothing(shop: Shop, order: Order, person: int, do: InGroup) -> None:
    data = InGroupTap(do=do, order=order.id).pack()
    for ephemeral in (None, EPHEMERAL):
        calls = await taps(shop, person, data, ephemeral=ephemeral)
        assert not any(map(is_personal, calls))
        assert of(calls, EditEphemeralMessageText) == []
