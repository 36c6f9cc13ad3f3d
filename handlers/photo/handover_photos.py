"""Photos of the hand-over: whether a picture is one, and of which order (X8)."""

from __future__ import annotations

from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import Message
from markupsafe import Markup

from handlers.frame.clean_chat import remark
from handlers.frame.context import Visit
from handlers.photo.photo_orders import just_handed_over
from messages.i18n.texts import Translator
from messages.ui.heading import number
from messages.ui.toasts import done as done_text
from orders.model.order import Order
from orders.model.people import Role
from orders.model.refusals import Refusal
from orders.model.status import Status, Step
from services.order.desk import Desk
from services.order.order_lists import OrderLists
from services.sending.live_cards import LiveCards

_LEFT = frozenset({Status.COURIER_LEFT, Status.DONE})


async def shows_handover(order_id: int, state: FSMContext, desk: Desk, visit: Visit) -> bool:
    """Whether a picture of this order shows its hand-over instead of the bouquet.

    A picture of a done order may belong to another order, unless a courier sent it or the bot asked for it.
    """
    try:
        order = await desk.look(order_id, visit.actor)
    except Refusal:
        return False
    data = await state.get_data()
    is_asked_for = data.get("order") == order_id and data.get("proof") is True
    is_sure = order.status is Status.COURIER_LEFT or is_asked_for or visit.actor.role is Role.COURIER
    return order.status in _LEFT and is_sure


async def only_delivery(order_lists: OrderLists, visit: Visit) -> int | None:
    """Returns the one order that the courier carries or has just finished; None unless there is only one."""
    mine = await order_lists.carried_by(visit.shop.id, visit.member.staff_id)
    under_way = [order for order in mine.orders if order.status is Status.COURIER_LEFT]
    either = [*under_way, *await just_handed_over(order_lists, visit)]
    return either[0].id if len(either) == 1 else None


async def tell_proof(order: Order, message: Message, live_cards: LiveCards, visit: Visit) -> None:
    """Say which order the picture was stored for, and move the order's card below it."""
    await remark(message, proof_kept(order, visit.t))
    if message.chat.type == ChatType.PRIVATE:
        await live_cards.move_down(order.id, message.chat.id)


def proof_kept(order: Order, t: Translator) -> Markup:
    """«25836184: Фото вручения сохранено.»."""
    return t("photo-went-to", number=number(order), words=done_text(Step.ATTACH_PROOF, order, t))
