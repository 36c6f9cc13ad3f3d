"""What is said arrives, in another form where Telegram refuses the first; else it is told (X7)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.methods import Response, SendDocument, SendPhoto, SendVoice, TelegramMethod
from aiogram.types import BufferedInputFile

from orders.client.links import TalkKind
from orders.model.order import Order
from services.client.clients import Clients
from services.client.message_delivery import MessageDelivery
from services.files.downloads import Downloads
from services.health.set_aside import Part, SetAside
from services.order.desk import Desk
from services.sending.unreachable_chats import UnreachableChats
from storage.client import conversation
from storage.db.database import Database
from storage.sending import outbox
from storage.sending.outbox import Channel, Kind, Outgoing, Priority, Row
from tests.builders import MANAGER, NOON, SELLER, a_mark
from tests.outbox_rows import claim_of_orders
from tests.pictures import a_jpeg
from tests.services.workplace import DIRECTOR_CHAT, SELLER_CHAT, Clock, Telegram, clear, receive

CLIENT_CHAT = 1004
NO_VOICE = "Bad Request: VOICE_MESSAGES_FORBIDDEN"
NO_PHOTO = "Bad Request: IMAGE_PROCESS_FAILED"


class Refusing(BaseRequestMiddleware):
    """Telegram, as far as some kinds of messages are refused."""

    def __init__(self, description: str, *kinds: type[TelegramMethod[Any]]) -> None:
        self._description = description
        self._kinds = kinds

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[Any],
        bot: Bot,
        method: TelegramMethod[Any],
    ) -> Response[Any]:
        if isinstance(method, self._kinds):
            raise TelegramBadRequest(method, self._description)
        return await make_request(bot, method)


@contextmanager
def refusing(bot: Bot, description: str, *kinds: type[TelegramMethod[Any]]) -> Iterator[None]:
    middleware = Refusing(description, *kinds)
    bot.session.middleware.register(middleware)
    try:
        yield
    finally:
        bot.session.middleware.unregister(middleware)


@pytest.fixture
def talks(telegram: Telegram, database: Database, clock: Clock) -> MessageDelivery:
    return MessageDelivery(telegram.bot, database, Downloads(telegram.bot), clock)


@pytest.fixture
def lost(telegram: Telegram, database: Database, clock: Clock) -> UnreachableChats:
    return UnreachableChats(telegram.bot, database, clock)


@pytest.fixture
async def order(desk: Desk, database: Database, telegram: Telegram, clock: Clock) -> Order:
    """One whose client has opened the link."""
    order = await receive(desk, NOON)
    await telegram.people.start("client")
    clients = Clients(database, clock, "secret")
    await clients.open(await clients.link(order.id, MANAGER), CLIENT_CHAT, "ru")
    await clear(database)
    return order


async def said(telegram: Telegram, database: Database, order: Order, kind: TalkKind) -> Row:
    """The florist says something to the client; gives the row that brings it there."""
    if kind is TalkKind.VOICE:
        sent = await telegram.bot.send_voice(SELLER_CHAT, BufferedInputFile(b"OggS", "voice.ogg"))
        file_id = sent.voice.file_id if sent.voice else ""
    else:
        sent = await telegram.bot.send_photo(SELLER_CHAT, BufferedInputFile(a_jpeg(), "photo.jpg"))
        file_id = sent.photo[-1].file_id if sent.photo else ""
    async with database.write() as c:
        one = await conversation.add(c, order.id, a_mark(SELLER), kind, "как вам?", file_id)
        waiting = Outgoing(
            Channel.TELEGRAM, Kind.CLIENT_TALK, order.id, Priority.CARD, NOON,
            target=CLIENT_CHAT, sound=True, subject=one.id,
        )  # fmt: skip
        await outbox.put(c, [waiting])
        [row] = await claim_of_orders(c, Channel.TELEGRAM, NOON, 100)
    return row


@pytest.mark.requirement("X7")
@pytest.mark.parametrize(
    ("kind", "method", "description"),
    [
        (TalkKind.VOICE, SendVoice, NO_VOICE),
        (TalkKind.VOICE, SendVoice, "Bad Request: user doesn't accept voice messages"),
        (TalkKind.PHOTO, SendPhoto, NO_PHOTO),
    ],
)
async def test_what_is_refused_in_its_form_arrives_as_a_file(
    talks: MessageDelivery, telegram: Telegram, database: Database, order: Order,
    kind: TalkKind, method: type[TelegramMethod[Any]], description: str,
) -> None:  # fmt: skip
    row = await said(telegram, database, order, kind)
    with refusing(telegram.bot, description, method):
        await talks.deliver(row)
    came = (await telegram.shown("client"))[-1]
    assert came.document is not None
    assert "как вам?" in came.text
    assert not came.silent


@pytest.mark.requirement("X7")
async def test_what_arrives_in_no_form_is_told_to_who_said_it_and_to_the_directors(
    talks: MessageDelivery, lost: UnreachableChats, telegram: Telegram, database: Database, order: Order
) -> None:
    row = await said(telegram, database, order, TalkKind.VOICE)
    with (
        refusing(telegram.bot, NO_VOICE, SendVoice, SendDocument),
        pytest.raises(TelegramBadRequest) as refused,
    ):
        await talks.deliver(row)
    await lost.give_up(row, refused.value)
    async with database.write() as c:
        words = await claim_of_orders(c, Channel.TELEGRAM, NOON, 100)
    assert {(one.kind, one.target, one.subject) for one in words} == {
        (Kind.SET_ASIDE, chat, Part.TALK) for chat in (DIRECTOR_CHAT, SELLER_CHAT)
    }
    for one in words:
        await SetAside(telegram.bot, database).tell(one)
    for person in ("director", "florist"):
        assert "Telegram его не принял" in (await telegram.shown(person))[-1].text


@pytest.mark.parametrize(
    "error",
    [
        TelegramForbiddenError(SendVoice(chat_id=1, voice="f"), "Forbidden: PRIVACY_PREMIUM_REQUIRED"),
        TelegramBadRequest(SendVoice(chat_id=1, voice="f"), "Bad Request: ALLOW_PAYMENT_REQUIRED"),
        TelegramBadRequest(SendVoice(chat_id=1, voice="f"), "Bad Request: USER_IS_BLOCKED"),
    ],
)
async def test_a_client_whose_account_takes_nothing_of_the_bot_is_told_to_be_out_of_reach(
    lost: UnreachableChats, telegram: Telegram, database: Database, order: Order, error: TelegramAPIError
) -> None:
    await lost.give_up(await said(telegram, database, order, TalkKind.VOICE), error)
    async with database.write() as c:
        words = await claim_of_orders(c, Channel.TELEGRAM, NOON, 100)
    assert {one.kind for one in words} == {Kind.UNREACHABLE}


async def test_a_card_that_telegram_refuses_is_told_to_the_directors(
    lost: UnreachableChats, database: Database, order: Order
) -> None:
    card = Outgoing(Channel.TELEGRAM, Kind.CARD, order.id, Priority.CARD, NOON, target=SELLER_CHAT)
    async with database.write() as c:
        await outbox.put(c, [card])
        [row] = await claim_of_orders(c, Channel.TELEGRAM, NOON, 100)
    method = SendVoice(chat_id=1, voice="f")
    await lost.give_up(row, TelegramBadRequest(method, "Bad Request: BUTTON_DATA_INVALID"))
    async with database.write() as c:
        words = await claim_of_orders(c, Channel.TELEGRAM, NOON, 100)
    assert [(one.kind, one.target, one.subject) for one in words] == [
        (Kind.SET_ASIDE, DIRECTOR_CHAT, Part.MESSAGE)
    ]
    await lost.give_up(words[0], TelegramBadRequest(method, "Bad Request: message is too long"))
    async with database.write() as c:
        assert await claim_of_orders(c, Channel.TELEGRAM, NOON, 100) == []
