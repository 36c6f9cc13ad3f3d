"""The client's answer to what the shop has asked, by a button in the client's own chat (R66, X7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.client.reception import client_for
from handlers.frame.command_flow import answer_tap, redraw
from handlers.frame.reception import InPrivate
from messages.callbacks.agreements import ClientAnswerTap
from messages.client.proposals import proposal
from messages.i18n.texts import Translator
from orders.client.agreements import find
from orders.model.refusals import Refusal
from orders.steps.commands import AnswerProposal
from services.client.clients import Clients
from services.client.conversation import Conversation
from services.order.contact_filter import as_client_reads
from services.order.desk import Desk

router = Router(name="client_agreements")
router.callback_query.filter(InPrivate())


@router.callback_query(ClientAnswerTap.filter())
async def answer_proposal(
    query: CallbackQuery,
    callback_data: ClientAnswerTap,
    desk: Desk,
    clients: Clients,
    conversation: Conversation,
    clock: Callable[[], datetime],
    t: Translator,
) -> None:
    """Record the client's answer, then show the proposal's state, also if somebody answered first."""
    client = await client_for(query, callback_data.order, desk, clients, conversation, t)
    if client is None or not isinstance(query.message, Message):
        return
    order, words = client.order, t.plain("client-toast-answered")
    try:
        command = AnswerProposal(callback_data.number, agreed=callback_data.agreed)
        order = await desk.do(order.id, command, client.actor)
    except Refusal:
        words = t.plain("client-toast-over-already")
    await answer_tap(query, words)
    order = as_client_reads(order, client.rules)
    one = find(order, callback_data.number)
    if one is not None:
        await redraw(query.message, proposal(order, one, client.rules, clock(), t))
