"""Shows a question to the client to the member who asks it, before it is sent (R59, R66)."""

from __future__ import annotations

from dataclasses import replace

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.client.agreements import follow_up
from handlers.frame.clean_chat import say
from handlers.frame.command_flow import answer_tap, ask, carry_out, explain
from handlers.frame.context import Visit
from handlers.frame.dialogue import FIELDS, Question, Waiting, open_dialogue
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.agreements import AgreementDo, AgreementTap
from messages.client import agreements as screens
from orders.bell.passing import Kind
from orders.model.order import Topic
from orders.model.refusals import Reason, Refusal
from orders.steps import commands as do
from orders.steps.agreements import proposed
from services.client.clients import Clients
from services.order.desk import Desk

router = Router(name="previews")
router.callback_query.filter(FromStaff(), InPrivate())

_ASKED_WITH = {
    Topic.WINDOW: Reason.WINDOW_NEEDED,
    Topic.SUBSTITUTION: Reason.SUBSTITUTE_NEEDED,
    Topic.SURCHARGE: Reason.SURCHARGE_NEEDED,
    Topic.THIRD_PERSON: Reason.THIRD_PERSON_NEEDED,
}


async def is_previewed(
    order_id: int, command: do.Command, desk: Desk, clients: Clients, visit: Visit
) -> bool:
    """Whether the command is a question that would reach the client in Telegram at once.

    False when the rules refuse it: then the refusal, or the question for missing words, comes first.
    """
    if not isinstance(command, do.Propose):
        return False
    try:
        await desk.check(order_id, command, visit.actor)
    except Refusal:
        return False
    return await _is_linked(order_id, clients, visit)


async def show_preview(
    order_id: int,
    command: do.Propose,
    message: Message,
    state: FSMContext,
    desk: Desk,
    clients: Clients,
    visit: Visit,
) -> None:
    """Show the question as the client will read it; it is sent only after a tap. Raises Refusal."""
    order = await desk.check(order_id, command, visit.actor)
    proposal = proposed(order, command, visit.actor, visit.now, visit.rules)
    linked = await _is_linked(order_id, clients, visit)
    screen = screens.preview(order, proposal, visit.rules, visit.now, visit.t, is_linked=linked)
    question = Question(order_id, command, _ASKED_WITH[command.topic], visit.now)
    await open_dialogue(state, Waiting.preview, question.dump())
    sent = await say(message, Kind.QUESTION, screen.text, reply_markup=screen.keyboard)
    await open_dialogue(state, Waiting.preview, replace(question, message=sent.message_id).dump())


async def put_question(
    order_id: int,
    command: do.Propose,
    message: Message,
    state: FSMContext,
    desk: Desk,
    clients: Clients,
    visit: Visit,
) -> str:
    """Show the preview, or ask for the words that the command lacks. Returns the words for the tap."""
    try:
        await show_preview(order_id, command, message, state, desk, clients, visit)
    except Refusal as refused:
        if refused.reason not in FIELDS:
            return await explain(refused, order_id, desk, visit)
        await ask(Question(order_id, command, refused.reason, visit.now), message, state, desk, visit)
        return visit.t.plain("toast-answer-below")
    return ""


@router.callback_query(AgreementTap.filter(F.do.in_({AgreementDo.SEND, AgreementDo.CHANGE})))
async def decide(
    query: CallbackQuery,
    callback_data: AgreementTap,
    state: FSMContext,
    desk: Desk,
    clients: Clients,
    visit: Visit,
) -> None:
    """Send or change the question of the open preview; buttons of older previews do nothing."""
    message, data = query.message, await state.get_data()
    is_open = await state.get_state() == Waiting.preview.state
    if not isinstance(message, Message) or not is_open or data.get("message") != message.message_id:
        await answer_tap(query, visit.t.plain("toast-question-over"))
        return
    question = Question.load(data)
    if callback_data.do is AgreementDo.CHANGE:
        command = replace(question.command, words="") if isinstance(question.command, do.Propose) else None
        await answer_tap(query, "")
        again = replace(question, command=command or question.command, asked_at=visit.now, message=0)
        await ask(again, message, state, desk, visit)
        return
    outcome = await carry_out(question.order, question.command, desk, visit)
    await state.clear()
    await answer_tap(query, outcome.words)
    if outcome.question is not None:
        await ask(outcome.question, message, state, desk, visit)
    elif outcome.done:
        await follow_up(question.command, question.order, message, desk, clients, visit)


async def _is_linked(order_id: int, clients: Clients, visit: Visit) -> bool:
    link = await clients.link_of(order_id, visit.actor)
    return link is not None and link.chat_id is not None
