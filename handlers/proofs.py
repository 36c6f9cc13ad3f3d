"""Photos of the hand-over: whether a picture is one, and of which order (X8)."""

from __future__ import annotations

from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.office import Office, Visit
from messages.toasts import done as done_text
from orders.order import Order
from orders.people import Role
from orders.refusals import Refusal
from orders.status import Status, Step
from storage import deliveries

_LEFT = frozenset({Status.COURIER_LEFT, Status.DONE})


async def shows_handover(order_id: int, state: FSMContext, office: Office, visit: Visit) -> bool:
    """Whether a picture of this order shows its hand-over, and not any more how it was assembled.

    One of an order that is done may be meant for another one, unless it is a courier's or was asked for.
    """
    try:
        order = await office.desk.look(order_id, visit.actor)
    except Refusal:
        return False
    data = await state.get_data()
    is_asked_for = data.get("order") == order_id and data.get("proof") is True
    is_sure = order.status is Status.COURIER_LEFT or is_asked_for or visit.actor.role is Role.COURIER
    return order.status in _LEFT and is_sure


async def only_delivery(office: Office, visit: Visit) -> int | None:
    """A courier who has one order with him and sends a picture has handed that one over."""
    if visit.actor.role is not Role.COURIER:
        return None
    async with office.database.read() as c:
        mine = await deliveries.carried_by(c, visit.shop.id, visit.member.staff_id)
    under_way = [order.id for order in mine if order.status is Status.COURIER_LEFT]
    return under_way[0] if len(under_way) == 1 else None


async def tell_proof(order: Order, message: Message, office: Office, visit: Visit) -> None:
    """It is kept; the card comes below it."""
    await message.reply(visit.t("outcome", words=done_text(Step.ATTACH_PROOF, order, visit.t)))
    if message.chat.type == ChatType.PRIVATE:
        await office.live_cards.move_down(order.id, message.chat.id)
