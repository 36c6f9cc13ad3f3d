"""A chief's one-tap answers to «Никого нет», shown on the courier's card at once (R56, X19)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.command_flow import answer_tap, ask, carry_out, order_for_step
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.order import Do, Tap
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from orders.client.agreements import on_record
from orders.model.order import Order, Topic
from orders.steps.delivery_commands import Say
from services.order.desk import Desk

router = Router(name="at_the_door")
router.callback_query.filter(FromStaff(), InPrivate())


@router.callback_query(Tap.filter(F.do.in_({Do.GIVE_TO, Do.WAIT})))
async def tell_courier(
    query: CallbackQuery, callback_data: Tap, state: FSMContext, desk: Desk, visit: Visit
) -> None:
    """Send the answer to the courier as a note on the order."""
    order = await order_for_step(query, callback_data, desk, visit)
    if order is None:
        return
    outcome = await carry_out(order.id, Say(_words(order, callback_data.do, visit)), desk, visit)
    await answer_tap(query, outcome.words)
    if outcome.question is not None and isinstance(query.message, Message):
        await ask(outcome.question, query.message, state, desk, visit)


def _words(order: Order, do: Do, visit: Visit) -> str:
    agreed = on_record(order, Topic.THIRD_PERSON)
    if do is Do.GIVE_TO:  # a withdrawn agreement has no words: ask the chief for them
        whom = clean(agreed.proposal.words, limits.REASON) if agreed is not None else ""
        return visit.t.plain("say-give-to", whom=whom) if whom else ""
    return visit.t.plain("say-wait")
