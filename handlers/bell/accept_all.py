"""«Принять все»: accepts every order that the message lists and this person may accept (X14)."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.frame.command_flow import answer_tap, explain
from handlers.frame.context import Office, Visit
from handlers.frame.reception import FromStaff
from messages.bell.accepted import accepted_all, all_taken
from messages.callbacks.bell import AcceptAll
from orders.access.roles import Act, may
from orders.model.order import Mark
from orders.model.refusals import Reason, Refusal
from orders.steps.commands import Accept
from storage.order import cards
from storage.order import orders as order_rows

router = Router(name="accept_all")
router.callback_query.filter(FromStaff())


@router.callback_query(AcceptAll.filter())
async def accept_all(query: CallbackQuery, office: Office, visit: Visit) -> None:
    """Accept each order separately: one refusal does not stop the others; the answer names its reason."""
    if not may(visit.actor, Act.SEE_ALL_ORDERS, visit.shop.id):
        await answer_tap(query, visit.t.plain("toast-chiefs-accept"))
        return
    if not isinstance(query.message, Message):
        return
    async with office.database.snapshot() as c:
        named = await cards.named_by(c, query.message.chat.id, query.message.message_id)
    done, refused, taken = 0, list[tuple[str, str]](), list[Mark]()
    async with office.waiting.gesture(visit.shop.group_chat_id):
        for order_id in named:
            try:
                await office.desk.do(order_id, Accept(), visit.actor)
                done += 1
            except Refusal as refusal:
                why = await explain(refusal, order_id, office.desk, visit)
                refused.append((await _number(order_id, office), why))
                taken += await _taken(refusal, order_id, office, visit)
    if taken and len(taken) == len(named):
        await answer_tap(query, all_taken(taken, visit.t))
    else:
        await answer_tap(query, accepted_all(done, refused, visit.t))


async def _taken(refusal: Refusal, order_id: int, office: Office, visit: Visit) -> list[Mark]:
    """Who accepted the order first, when that is the reason of the refusal."""
    if refusal.reason is not Reason.ALREADY or refusal.mark is None:
        return []
    order = await office.desk.look(order_id, visit.actor)
    return [refusal.mark] if refusal.mark == order.progress.accepted else []


async def _number(order_id: int, office: Office) -> str:
    async with office.database.snapshot() as c:
        label = await order_rows.label(c, order_id)
    return label[1] if label else ""
