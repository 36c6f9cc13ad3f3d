"""Words of the courier to the shop and back, written under a card or during the only delivery (X19)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.frame.command_flow import carry_out
from handlers.frame.context import Office, Visit
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.order import Do
from messages.i18n.untrusted_text import clean_lines
from messages.ui.available_actions import objection
from orders.access.order_access import parties
from orders.access.roles import Act, may_at_home
from orders.model.numbers import looked_for
from orders.model.order import Order
from orders.model.people import Party
from orders.model.refusals import Refusal
from orders.model.status import Status
from orders.steps.delivery_commands import Say
from storage.delivery import deliveries
from storage.order import cards

router = Router(name="crew_talk")
router.message.filter(FromStaff(), InPrivate())

_ON_THE_WAY = frozenset({Status.COURIER_LEFT, Status.RETURNING})


class AboutDelivery(Filter):
    """Lets a text through that can only be meant for the other side of one delivery, and hands it over."""

    async def __call__(
        self, message: Message, office: Office, visit: Visit | None = None
    ) -> bool | dict[str, Order]:
        words = clean_lines(message.text or "").strip()
        if visit is None or not words or words.startswith("/"):
            return False
        order = await _order_of(message, office, visit)
        if order is None or objection(order, Do.SAY, visit.actor, visit.rules, visit.now) is not None:
            return False
        return {"order": order}


@router.message(F.text, AboutDelivery())
async def pass_on(message: Message, order: Order, office: Office, visit: Visit) -> None:
    """The other side reads it aloud on its card, and can answer there."""
    outcome = await carry_out(order.id, Say(clean_lines(message.text or "")), office, visit)
    await message.reply(visit.t("outcome", words=outcome.words))


async def _order_of(message: Message, office: Office, visit: Visit) -> Order | None:
    if message.reply_to_message is not None:
        return await _replied_to(message.chat.id, message.reply_to_message.message_id, office, visit)
    if may_at_home(visit.actor, Act.ENTER_ORDERS) or looked_for(message.text or ""):
        return None
    async with office.database.snapshot() as c:
        carried = (await deliveries.carried_by(c, visit.shop.id, visit.member.staff_id)).orders
    under_way = [order for order in carried if order.status in _ON_THE_WAY] or carried
    return under_way[0] if len(under_way) == 1 else None


async def _replied_to(chat: int, message_id: int, office: Office, visit: Visit) -> Order | None:
    """The order whose card was answered; nobody talks to themselves."""
    async with office.database.snapshot() as c:
        order_id = await cards.order_of(c, chat, message_id)
    if order_id is None:
        return None
    try:
        order = await office.desk.look(order_id, visit.actor)
    except Refusal:
        return None
    carrier = order.progress.carrier
    is_ours = carrier is not None and carrier.staff_id is not None
    return order if is_ours and parties(order, visit.actor) - {Party.INVITED} else None
