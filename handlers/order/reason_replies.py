"""Answers to a question of the bot: typed or ready ones."""

from __future__ import annotations

import re

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.client.agreements import follow_up
from handlers.client.previews import is_previewed, show_preview
from handlers.frame.clean_chat import remark
from handlers.frame.command_flow import CANCEL, answer_tap, ask, carry_out, order_for, ready_answers
from handlers.frame.context import Visit
from handlers.frame.dialogue import Question, Waiting, finish_dialogue, open_dialogue, open_question
from handlers.frame.follow_ups import ask_receipt, further
from handlers.frame.notes import answered_order
from handlers.frame.reception import FromStaff, InPrivate
from handlers.order.named_orders import named_orders
from messages.callbacks.order import Answer
from messages.i18n.untrusted_text import clean_lines
from orders.model.numbers import named_in_words, without_number
from orders.model.refusals import Reason
from orders.steps.commands import Command, Propose
from services.client.clients import Clients
from services.order.desk import Desk
from services.order.order_lists import OrderLists
from services.sending.live_cards import LiveCards

router = Router(name="words")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())

CODES = frozenset({Reason.CODE_NEEDED, Reason.PICKUP_CODE_NEEDED, Reason.NO_CODE_REASON_NEEDED})
"""Questions whose answer is a number (X25)."""
ORDER_NUMBER = re.compile(r"\s*\d{6,}\s*")


class Asked(Filter):
    """Accepts a message as the answer to the open question, and provides the question.

    A message that is only an order's number is a search, and a reply to another order is a note on that
    order. A question older than `PATIENCE` accepts no answer, so that an unrelated message is not taken for
    one.
    """

    async def __call__(
        self,
        message: Message,
        state: FSMContext,
        order_lists: OrderLists,
        live_cards: LiveCards,
        visit: Visit | None = None,
    ) -> bool | dict[str, Question]:
        question = await open_question(state) if visit is not None else None
        if visit is None or question is None:
            return False
        is_code = question.reason in CODES
        if ORDER_NUMBER.fullmatch(message.text or "") and not is_code:
            return False
        if not question.is_open(visit.now) or await _is_of_another(
            message, question, order_lists, live_cards, visit
        ):
            return False
        return {"question": question}


async def _is_of_another(
    message: Message, question: Question, order_lists: OrderLists, live_cards: LiveCards, visit: Visit
) -> bool:
    """Whether it replies to a message about another order, or begins with another order's number (X19)."""
    answered = await answered_order(message, live_cards)
    if answered is not None:
        return answered != question.order
    text = message.text or ""
    rests = [without_number(text, number) for number in named_in_words(text)]
    if not any(rest != text and rest[:1].isalpha() for rest in rests):
        return False  # a number within the words, or a phone, may be part of the answer
    named = await named_orders(text, order_lists, visit)
    return bool(named) and question.order not in {one.id for one in named}


@router.message(Asked(), F.text)
async def take_words(
    message: Message,
    question: Question,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    clients: Clients,
    visit: Visit,
) -> None:
    """Take the typed words as the answer, without invisible characters.

    The card is sent again below them, with the next step.
    """
    command = question.answered(clean_lines(message.text or ""), visit.rules, visit.now)
    if await _previewed(question, command, message, state, desk, clients, visit, answer=message):
        return
    outcome = await carry_out(question.order, command, desk, visit)
    # Closed last: after a crash before this line, the update is handled again, which is idempotent.
    if outcome.question is not None:
        await ask(outcome.question, message, state, desk, visit, answer=message)
        return
    await finish_dialogue(state, message)
    if outcome.done and await follow_up(question.command, question.order, message, desk, clients, visit):
        return
    if outcome.done:
        await live_cards.move_down(question.order, message.chat.id)
        if not outcome.shown:
            await remark(message, visit.t("outcome", words=outcome.words))
        if not await ask_receipt(command, question.order, message, state, visit):
            await _go_on(command, question.order, message, state, desk, visit)
    else:
        await remark(message, visit.t("outcome", words=outcome.words))


@router.message(Asked())
async def refuse_other(message: Message, visit: Visit) -> None:
    """Refuse a message without text; the question stays open."""
    await remark(message, visit.t("words-needed"))


@router.callback_query(Answer.filter())
async def take_ready_answer(
    query: CallbackQuery, callback_data: Answer, state: FSMContext, desk: Desk, clients: Clients, visit: Visit
) -> None:
    """Take a ready answer, if its question is still open."""
    message = query.message
    data = await state.get_data()
    is_open = await state.get_state() == Waiting.words.state
    if not isinstance(message, Message) or not is_open or data.get("message") != message.message_id:
        await answer_tap(query, visit.t.plain("toast-question-over"))
        return
    question = Question.load(data)
    order = await order_for(query, question.order, desk, visit)
    if order is None:
        await state.clear()
        return
    answers = ready_answers(question, order, visit.t)
    if callback_data.index == CANCEL or callback_data.index not in range(len(answers)):
        await state.clear()
        await answer_tap(query, visit.t.plain("toast-question-cancelled"))
        return
    command = question.answered(answers[callback_data.index], visit.rules, visit.now)
    if await _previewed(question, command, message, state, desk, clients, visit):
        await answer_tap(query, "")
        return
    outcome = await carry_out(question.order, command, desk, visit)
    await state.clear()
    await answer_tap(query, outcome.words)
    if outcome.question is not None:
        await ask(outcome.question, message, state, desk, visit)
    elif outcome.done and not await follow_up(
        question.command, question.order, message, desk, clients, visit
    ):
        await _go_on(command, question.order, message, state, desk, visit)


async def _go_on(
    command: Command, order_id: int, message: Message, state: FSMContext, desk: Desk, visit: Visit
) -> None:
    """Ask what follows the step, if this person may answer it."""
    next_step = await further(command, order_id, desk, visit)
    if next_step is not None:
        outcome = await carry_out(order_id, next_step, desk, visit)
        if outcome.question is not None:
            await ask(outcome.question, message, state, desk, visit)


async def _previewed(
    question: Question,
    command: Command,
    message: Message,
    state: FSMContext,
    desk: Desk,
    clients: Clients,
    visit: Visit,
    *,
    answer: Message | None = None,
) -> bool:
    """Show a preview if the answer completes a question to the client; returns whether it does."""
    if not await is_previewed(question.order, command, desk, clients, visit) or not isinstance(
        command, Propose
    ):
        return False
    await open_dialogue(state, None, {}, answer)
    await show_preview(question.order, command, message, state, desk, clients, visit)
    return True
