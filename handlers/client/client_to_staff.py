"""Messages from clients to the shop (X7): replies, words after a button, and unprompted messages."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.client.links import complaint_noted, rated, remember_noted
from handlers.client.reception import (
    ClientVisit,
    FromClient,
    Talking,
    client_for,
    client_visit,
    passable,
    talked_of,
)
from handlers.frame.clean_chat import drop, say, say_below
from handlers.frame.command_flow import answer_tap
from handlers.frame.context import Visit
from handlers.frame.dialogue import finish_dialogue, open_dialogue
from handlers.frame.reception import InPrivate
from messages.callbacks.client import ClientDo, ClientTap
from messages.i18n.texts import Translator
from messages.ui.heading import number
from orders.bell.passing import Kind
from orders.steps.mishaps.disputes import complaint_of
from services.client.clients import Clients, Followed
from services.client.conversation import Conversation
from services.order.contact_filter import has_hidden, without_side_channels
from services.order.desk import Desk
from services.sending.live_cards import LiveCards

router = Router(name="client_words")
router.message.filter(InPrivate())
router.callback_query.filter(InPrivate())

MOST_CHOICES = 7


@router.callback_query(ClientTap.filter(F.do == ClientDo.WRITE))
async def ask_for_words(
    query: CallbackQuery,
    callback_data: ClientTap,
    state: FSMContext,
    desk: Desk,
    clients: Clients,
    conversation: Conversation,
    t: Translator,
) -> None:
    """Pass the next message of this chat to the shop of this order."""
    visit = await client_for(query, callback_data.order, desk, clients, conversation, t)
    if visit is None or not isinstance(query.message, Message):
        return
    await answer_tap(query, "")
    await open_dialogue(state, Talking.to_shop, {"order": visit.order.id})
    await say(query.message, Kind.QUESTION, t("client-ask-words", number=number(visit.order)))


class AnswersTalk(Filter):
    """Accepts a reply to a message of an order that this chat follows, and provides the client."""

    async def __call__(
        self,
        message: Message,
        live_cards: LiveCards,
        desk: Desk,
        clients: Clients,
        conversation: Conversation,
        t: Translator,
    ) -> bool | dict[str, ClientVisit]:
        order_id = await talked_of(message, live_cards, conversation)
        visit = (
            await client_visit(message.chat.id, order_id, desk, clients, conversation, t)
            if order_id is not None
            else None
        )
        return {"client": visit} if visit else False


class InState(Filter):
    """Accepts a message in a dialogue about an order, and provides the client."""

    async def __call__(
        self,
        message: Message,
        state: FSMContext,
        desk: Desk,
        clients: Clients,
        conversation: Conversation,
        t: Translator,
    ) -> bool | dict[str, ClientVisit]:
        order_id = (await state.get_data()).get("order")
        visit = (
            await client_visit(message.chat.id, order_id, desk, clients, conversation, t)
            if isinstance(order_id, int)
            else None
        )
        return {"client": visit} if visit else False


@router.message(AnswersTalk())
async def pass_answer_on(message: Message, client: ClientVisit) -> None:
    """Pass the reply to the order of the message it replies to, even if another question is open."""
    await _pass_on(message, client)


@router.message(StateFilter(Talking.complaint), InState())
async def take_complaint(message: Message, state: FSMContext, client: ClientVisit) -> None:
    """Record what is wrong with the photo, in the client's own words (R32)."""
    words = without_side_channels(message.text or "", client.rules)
    if not words:
        await say_below(message, Kind.RECORD, client.t("client-words-needed"))
        return
    question = (await state.get_data()).get("message")
    why = await rated(client, complaint_of(client.order, words))
    await finish_dialogue(state, message)
    noted = client.t("outcome", words=why) if why else complaint_noted(client, words)
    sent = await say_below(message, Kind.RECORD, noted)
    if why is None:
        await remember_noted(client, sent.message_id, state)
    if why is None and has_hidden(message.text or "", words):
        await say(message, Kind.RECORD, client.t("client-hidden"))
    if isinstance(question, int):
        await drop(message, question)


@router.message(StateFilter(Talking.to_shop), InState())
async def take_words(message: Message, state: FSMContext, client: ClientVisit) -> None:
    """Pass the message after «Написать магазину» to that shop."""
    if await _pass_on(message, client):
        await finish_dialogue(state, message)


@router.message(FromClient())
async def take_any_words(
    message: Message,
    followed: list[Followed],
    desk: Desk,
    clients: Clients,
    conversation: Conversation,
    t: Translator,
    visit: Visit | None = None,
) -> None:
    """Pass on an unprompted message; a client with several orders is asked which one it concerns."""
    if len(followed) > 1:
        await say_below(message, Kind.CHOICE, t("client-which-order"), reply_markup=_choices(followed, t))
        return
    client = await client_visit(message.chat.id, followed[0].order.id, desk, clients, conversation, t)
    if client is not None:
        await _pass_on(message, client)


@router.callback_query(ClientTap.filter(F.do == ClientDo.ABOUT))
async def pass_on_about(
    query: CallbackQuery,
    callback_data: ClientTap,
    desk: Desk,
    clients: Clients,
    conversation: Conversation,
    t: Translator,
) -> None:
    """Pass on the message that the question "about which order?" replies to."""
    client = await client_for(query, callback_data.order, desk, clients, conversation, t)
    question = query.message
    if client is None or not isinstance(question, Message):
        return
    asked = question.reply_to_message
    if asked is not None and await _pass_on(asked, client):
        await drop(question, question.message_id)
    await answer_tap(query, "" if asked else t.plain("client-toast-gone"))


async def _pass_on(message: Message, client: ClientVisit) -> bool:
    words = await passable(message, client.t)
    if words is None:
        return False
    spoken = await client.conversation.from_client(client.order.id, words, client.actor)
    if spoken.hidden:
        await say_below(message, Kind.RECORD, client.t("client-hidden"))
    elif spoken.elsewhere:
        await say_below(message, Kind.RECORD, client.t("client-elsewhere"))
    elif spoken.is_first:
        await say_below(message, Kind.RECORD, client.t("client-passed-on"))
    return True


def _choices(followed: list[Followed], t: Translator) -> InlineKeyboardMarkup:
    rows = [
        [
            InlineKeyboardButton(
                text=t.plain("client-about", number=one.order.number, shop=one.shop_name),
                callback_data=ClientTap(do=ClientDo.ABOUT, order=one.order.id).pack(),
            )
        ]
        for one in followed[-MOST_CHOICES:]
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)
