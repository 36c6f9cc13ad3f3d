"""«Принять все»: accepts every order that the message lists and this person may accept (X14)."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.frame.command_flow import answer_tap, explain
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff
from messages.bell.accepted import accepted_all, all_taken
from messages.callbacks.bell import AcceptAll
from orders.access.roles import Act, may
from orders.model.order import Mark
from orders.model.refusals import Reason, Refusal
from orders.steps.commands import Accept
from services.bell.waiting_orders import WaitingOrders
from services.order.desk import Desk

router = Router(name="accept_all")
router.callback_query.filter(FromStaff())


@router.callback_query(AcceptAll.filter())
async def accept_all(query: CallbackQuery, desk: Desk, waiting: WaitingOrders, visit: Visit) -> None:
    """Accept each order separately: one refusal does not stop the others; the answer names its reason."""
    if not may(visit.actor, Act.SEE_ALL_ORDERS, visit.shop.id):
        await answer_tap(query, visit.t.plain("toast-chiefs-accept"))
        return
    if not isinstance(query.message, Message):
        return
    named = await waiting.listed_by(query.message.chat.id, query.message.message_id)
    done, refused, taken = 0, list[tuple[str, str]](), list[Mark]()
    async with waiting.gesture(visit.shop.group_chat_id):
        for order_id in named:
            try:
                await desk.do(order_id, Accept(), visit.actor)
                done += 1
            except Refusal as refusal:
                why = await explain(refusal, order_id, desk, visit)
                refused.append((await waiting.number(order_id), why))
                taken += await _taken(refusal, order_id, desk, visit)
    if taken and len(taken) == len(named):
        await answer_tap(query, all_taken(taken, visit.t))
    else:
        await answer_tap(query, accepted_all(done, refused, visit.t))


async def _taken(refusal: Refusal, order_id: int, desk: Desk, visit: Visit) -> list[Mark]:
    """Who accepted the order first, when that is the reason of the refusal."""
    if refusal.reason is not Reason.ALREADY or refusal.mark is None:
        return []
    order = await desk.look(order_id, visit.actor)
    return [refusal.mark] if refusal.mark == order.progress.accepted else []
