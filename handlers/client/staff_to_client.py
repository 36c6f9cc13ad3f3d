"""Messages from staff to a client (X7): replies to the client, or words after «Написать клиенту»."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.client.client_contact_guard import granted, why_not
from handlers.client.reception import Talking, answers_card, passable, talked_of
from handlers.frame.clean_chat import drop, remark, say, say_below
from handlers.frame.command_flow import answer_tap
from handlers.frame.context import Visit
from handlers.frame.dialogue import PATIENCE, finish_dialogue, open_dialogue
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.client import TalkDo, TalkTap
from messages.client.contact import talk_button
from orders.bell.passing import Kind
from orders.model.order import Order
from orders.model.refusals import Refusal
from services.client.clients import HeldBack
from services.client.conversation import Conversation
from services.order.desk import Desk
from services.sending.live_cards import LiveCards

router = Router(name="talk_words")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())


@router.callback_query(TalkTap.filter(F.do == TalkDo.WRITE))
async def ask_for_words(
    query: CallbackQuery,
    callback_data: TalkTap,
    state: FSMContext,
    desk: Desk,
    conversation: Conversation,
    visit: Visit,
) -> None:
    """Pass the next message of this person to the client of this order."""
    if not isinstance(query.message, Message):
        return

    async def check(order: Order) -> None:
        await conversation.check(order.id, visit.actor)

    found = await granted(query, callback_data, check, desk, visit)
    if found is None:
        return
    order, _ = found
    await open_dialogue(state, Talking.to_client, {"order": order.id, "asked_at": visit.now.isoformat()})
    stop = InlineKeyboardMarkup(inline_keyboard=[[talk_button(order, TalkDo.STOP, visit.t)]])
    await say(query.message, Kind.QUESTION, visit.t("talk-ask-words", number=order.number), reply_markup=stop)
    await answer_tap(query, "")


@router.callback_query(TalkTap.filter(F.do == TalkDo.STOP))
async def stop(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    """Close the question; messages that were already passed on stay."""
    is_open = await state.get_state() == Talking.to_client.state
    if is_open:
        await state.clear()
    if isinstance(query.message, Message):
        await drop(query.message, query.message.message_id)
    await answer_tap(query, visit.t.plain("toast-question-cancelled" if is_open else "toast-question-over"))


class AnswersClient(Filter):
    """Accepts a reply to a conversation message, and provides its order."""

    async def __call__(
        self, message: Message, live_cards: LiveCards, conversation: Conversation
    ) -> bool | dict[str, int]:
        order_id = await talked_of(message, live_cards, conversation)
        return {"talk_of": order_id} if order_id is not None else False


@router.message(AnswersClient())
async def pass_answer_on(
    message: Message, talk_of: int, desk: Desk, conversation: Conversation, visit: Visit
) -> None:
    """Pass the reply to the client; an open question of the bot stays open."""
    await _pass_on(message, talk_of, desk, conversation, visit)


class ForClient(Filter):
    """Accepts words after «Написать клиенту», except replies to a card and words after the time limit."""

    async def __call__(
        self, message: Message, state: FSMContext, live_cards: LiveCards, visit: Visit | None = None
    ) -> bool:
        if visit is None or await state.get_state() != Talking.to_client.state:
            return False
        asked_at = (await state.get_data()).get("asked_at")
        is_open = asked_at is None or visit.now - datetime.fromisoformat(asked_at) < PATIENCE
        return is_open and not await answers_card(message, live_cards)


@router.message(ForClient())
async def pass_words_on(
    message: Message, state: FSMContext, desk: Desk, conversation: Conversation, visit: Visit
) -> None:
    """Pass the words after «Написать клиенту» to the client."""
    order_id = (await state.get_data()).get("order")
    if isinstance(order_id, int):
        await _pass_on(message, order_id, desk, conversation, visit, answered=state)


async def _pass_on(
    message: Message,
    order_id: int,
    desk: Desk,
    conversation: Conversation,
    visit: Visit,
    answered: FSMContext | None = None,
) -> None:
    """Pass the words to the client and close their question, before confirming to the sender."""
    words = await passable(message, visit.t)
    if words is None:
        return
    try:
        spoken = await conversation.from_shop(order_id, words, visit.actor)
    except (Refusal, HeldBack) as refused:
        await remark(message, visit.t("outcome", words=await why_not(refused, order_id, desk, visit)))
        return
    if answered is not None:
        await finish_dialogue(answered, message)
    passed_on = "talk-elsewhere" if spoken.elsewhere else "talk-passed-on"
    await say_below(message, Kind.RECORD, visit.t("talk-hidden" if spoken.hidden else passed_on))
