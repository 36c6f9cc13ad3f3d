"""«Сделано в приложении»: a person confirms that they marked a step in the marketplace's app."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.frame.command_flow import answer_tap, carry_out, order_for, redraw
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.order import Do, Tap
from messages.order.marketplace import marked_in_app
from orders.model.status import Status
from orders.steps.commands import MarketplaceHas
from services.order.desk import Desk
from services.sending.live_cards import LiveCards

router = Router(name="in_app")
router.callback_query.filter(FromStaff(), InPrivate())


@router.callback_query(Tap.filter(F.do == Do.IN_APP))
async def note_marked(
    query: CallbackQuery, callback_data: Tap, live_cards: LiveCards, desk: Desk, visit: Visit
) -> None:
    """Record the button's status as known to the marketplace, and close the message about a refused call."""
    order = await order_for(query, callback_data.order, desk, visit)
    if order is None:
        return
    if callback_data.arg not in {status.value for status in Status}:
        await answer_tap(query, visit.t.plain("toast-in-app-over"))
        return
    outcome = await carry_out(order.id, MarketplaceHas(Status(callback_data.arg)), desk, visit)
    await answer_tap(query, outcome.words)
    order = await desk.look(order.id, visit.actor)
    if (
        not order.is_ahead
        and isinstance(query.message, Message)
        and await _is_no_card(query.message, live_cards)
    ):
        await redraw(query.message, marked_in_app(order, visit.t))


async def _is_no_card(message: Message, live_cards: LiveCards) -> bool:
    return await live_cards.order_of(message.chat.id, message.message_id) is None
