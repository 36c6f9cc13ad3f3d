"""What Telegram can do since this year, and what is left where a server lacks it (X17)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import Response, SendMessage
from aiogram.types import DisabledButton, InlineKeyboardButton, InlineKeyboardMarkup

from messages.bell.waiting_orders import waiting_orders
from messages.callbacks.order import Do, Tap
from messages.callbacks.styles import style_of
from messages.order.cards import card
from services.sending.new_features import Features, NewFeatures
from tests.builders import MANAGER
from tests.messages.journeys import NOW, PAID_RULES, RU, at

Request = Callable[[Bot, Any], Awaitable[Response[Any]]]

TIMED = '<b>Новый</b> · принять до 12:15, <tg-time unix="1772961300" format="r">осталось 5 мин</tg-time>'


class Server:
    """A Bot API server that refuses some things, and notes what it is sent."""

    def __init__(self, refuses: dict[str, str]) -> None:
        self.refuses, self.sent = refuses, list[SendMessage]()

    async def __call__(self, _bot: Bot, method: Any) -> Response[Any]:  # noqa: ANN401 - as aiogram has it
        self.sent.append(method)
        for part, answer in self.refuses.items():
            if part in repr(method):
                raise TelegramBadRequest(method, answer)
        return Response(ok=True)


def a_question() -> SendMessage:
    buttons = [
        InlineKeyboardButton(text=do.value, callback_data=Tap(do=do, order=1).pack())
        for do in (Do.ACCEPT, Do.DECLINE, Do.CONTACT)
    ]
    locked = [InlineKeyboardButton(text="🔒", disabled=DisabledButton())]
    markup = InlineKeyboardMarkup(inline_keyboard=[buttons, locked], force_reply=True)
    return SendMessage(chat_id=1, text=TIMED, reply_markup=markup)


async def sent(server: Server, features: Features, times: int = 1) -> SendMessage:
    ways = NewFeatures(features)
    for _ in range(times):
        await ways(server, None, a_question())  # type: ignore[arg-type]  # no bot is needed
    return server.sent[-1]


def styles(message: SendMessage) -> list[str | None]:
    assert isinstance(message.reply_markup, InlineKeyboardMarkup)
    return [button.style for button in message.reply_markup.inline_keyboard[0]]


def locked(message: SendMessage) -> list[str]:
    assert isinstance(message.reply_markup, InlineKeyboardMarkup)
    return [button.text for row in message.reply_markup.inline_keyboard for button in row if button.disabled]


@pytest.mark.requirement("X17")
async def test_buttons_have_the_colour_of_what_they_do() -> None:
    message = await sent(Server({}), Features())
    assert styles(message) == ["success", "danger", None]
    assert isinstance(message.reply_markup, InlineKeyboardMarkup)
    assert message.reply_markup.force_reply
    assert locked(message) == ["🔒"]
    assert message.text == TIMED


@pytest.mark.requirement("X14", "X17")
def test_of_the_orders_that_wait_only_the_step_is_coloured_and_not_what_opens_one() -> None:
    screen = waiting_orders([at("new"), at("new")], PAID_RULES, NOW, RU)
    assert screen.keyboard is not None
    first, *others = [button for row in screen.keyboard.inline_keyboard for button in row]
    assert style_of(first.callback_data or "") == "success"
    assert [style_of(button.callback_data or "") for button in others] == [None, None]


@pytest.mark.requirement("X17")
async def test_each_of_them_can_be_turned_off() -> None:
    features = Features(colours=False, countdowns=False, answer_fields=False, locked_buttons=False)
    message = await sent(Server({}), features)
    assert locked(message) == []
    assert styles(message) == [None, None, None]
    assert isinstance(message.reply_markup, InlineKeyboardMarkup)
    assert not message.reply_markup.force_reply
    assert message.text == "<b>Новый</b> · принять до 12:15, осталось 5 мин"


@pytest.mark.requirement("X17")
@pytest.mark.parametrize(
    ("part", "answer", "left"),
    [
        ("tg-time", "Bad Request: can't parse entities: Unsupported start tag", Features(countdowns=False)),
        ("danger", "Bad Request: can't parse inline keyboard button: style", Features(False, True, False)),
        (
            "disabled=DisabledButton()",
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed",
            Features(locked_buttons=False),
        ),
    ],
)
async def test_what_the_server_refuses_is_left_out_and_not_tried_again(
    part: str, answer: str, left: Features
) -> None:
    server, features = Server({part: answer}), Features()
    await sent(server, features, times=2)
    assert len(server.sent) == 3
    assert features == left


@pytest.mark.requirement("X17")
async def test_a_server_that_lacks_several_of_them_is_sent_what_is_left() -> None:
    refuses = {
        "tg-time": "Bad Request: can't parse entities: Unsupported start tag",
        "danger": "Bad Request: can't parse inline keyboard button: style",
        "disabled=DisabledButton()": "Bad Request: Text buttons are unallowed in the inline keyboard",
    }
    server, features = Server(refuses), Features()
    message = await sent(server, features)
    assert features == Features(False, False, False, ephemeral=True, locked_buttons=False)
    assert (styles(message), locked(message)) == ([None, None, None], [])


async def test_a_refusal_for_another_reason_is_nobodys_to_hide() -> None:
    server, features = Server({"Новый": "Bad Request: chat not found"}), Features()
    with pytest.raises(TelegramBadRequest):
        await sent(server, features)
    assert features == Features()
    assert len(server.sent) == 1


@pytest.mark.requirement("X17")
def test_a_card_counts_down_by_itself_and_says_the_time_where_an_app_cannot() -> None:
    text = card(at("new"), MANAGER, PAID_RULES, NOW, RU).text
    assert 'до 12:15, <tg-time unix="' in text
    assert "осталось 5 мин</tg-time>" in text
