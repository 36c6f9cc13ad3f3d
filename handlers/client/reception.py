"""Requests of clients: which order a button or message concerns, and what of a message can be passed on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from aiogram.filters import Filter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.frame.clean_chat import say_below
from handlers.frame.command_flow import answer_tap
from handlers.frame.context import Visit
from messages.callbacks.client import ClientTap, TalkTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import units
from messages.ui import limits
from orders.bell.passing import Kind
from orders.client.links import TalkKind
from orders.model.order import Order
from orders.model.people import Actor, client_of
from orders.model.rules import ShopRules
from services.client.clients import Clients, Followed
from services.client.conversation import Conversation, Words
from services.order.desk import Desk
from services.sending.live_cards import LiveCards


class Talking(StatesGroup):
    """Dialogue states: what the next message of this person is about."""

    complaint = State()
    to_shop = State()
    to_client = State()


class FromClient(Filter):
    """Accepts messages of clients who are not staff, and provides the orders that they follow."""

    async def __call__(
        self, event: TelegramObject, clients: Clients, visit: Visit | None = None
    ) -> bool | dict[str, list[Followed]]:
        if visit is not None or not isinstance(event, Message):
            return False
        followed = await clients.followed(event.chat.id)
        return {"followed": followed} if followed else False


@dataclass(frozen=True, slots=True)
class ClientVisit:
    """A client's request about one order."""

    order: Order
    actor: Actor
    rules: ShopRules
    desk: Desk
    conversation: Conversation
    t: Translator


async def client_for(
    query: CallbackQuery,
    order_id: int,
    desk: Desk,
    clients: Clients,
    conversation: Conversation,
    t: Translator,
) -> ClientVisit | None:
    """Returns the client's visit for a button; None after telling them that the order is not theirs."""
    visit = await client_visit(query.from_user.id, order_id, desk, clients, conversation, t)
    if visit is None:
        await answer_tap(query, t.plain("client-toast-over"))
    return visit


async def client_visit(
    chat_id: int, order_id: int, desk: Desk, clients: Clients, conversation: Conversation, t: Translator
) -> ClientVisit | None:
    """Returns the client's visit for a message; None when the chat does not follow the order (any more)."""
    followed = await clients.followed(chat_id)
    found = next((one for one in followed if one.order.id == order_id), None)
    if found is None:
        return None
    return ClientVisit(found.order, client_of(order_id), found.rules, desk, conversation, t)


async def talked_of(message: Message, live_cards: LiveCards, conversation: Conversation) -> int | None:
    """The order of the conversation message that this message replies to; None if there is none.

    A reply may come before the sent message is recorded; then the order is read from its buttons.
    """
    answered = message.reply_to_message
    if answered is None:
        return None
    noted = await conversation.order_of(message.chat.id, answered.message_id)
    if noted is not None:
        return noted
    return None if await answers_card(message, live_cards) else _by_buttons(answered)


async def answers_card(message: Message, live_cards: LiveCards) -> bool:
    """Whether the message replies to an order's card, even while that card shows a menu."""
    answered = message.reply_to_message
    if answered is None:
        return False
    return await live_cards.order_of(message.chat.id, answered.message_id) is not None


def _by_buttons(message: Message) -> int | None:
    rows = message.reply_markup.inline_keyboard if message.reply_markup else []
    for data in (button.callback_data or "" for row in rows for button in row):
        for kind in (ClientTap, TalkTap):
            with suppress(TypeError, ValueError):  # a button of another kind
                return kind.unpack(data).order
    return None


async def passable(message: Message, t: Translator) -> Words | None:
    """Returns what can be passed on of a message; None after telling the sender why nothing can be."""
    words = _words(message)
    if words is None:
        await say_below(message, Kind.RECORD, t("talk-kinds"))
        return None
    room = limits.TALK if words.kind is TalkKind.TEXT else limits.TALK_CAPTION
    if units(words.text) > room:
        await say_below(message, Kind.RECORD, t("talk-too-long", most=room))
        return None
    return words


def _words(message: Message) -> Words | None:
    place, caption = (message.chat.id, message.message_id), message.caption or ""
    if message.text:
        return Words(*place, TalkKind.TEXT, message.text)
    if message.photo:
        return Words(*place, TalkKind.PHOTO, caption, message.photo[-1].file_id)
    if message.voice:
        return Words(*place, TalkKind.VOICE, caption, message.voice.file_id)
    return None
