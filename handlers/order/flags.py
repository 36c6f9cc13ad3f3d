"""«❗ Важное»: a chief flags a line of the client's or the shop's notes by a tap (X16)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.frame.command_flow import answer_tap, carry_out, order_for, redraw
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.order import Do, Tap
from messages.card.flags import flags_menu, is_flagged, line_of
from orders.steps.commands import FlagLine
from services.order.desk import Desk
from services.sending.live_cards import LiveCards

router = Router(name="flags")
router.callback_query.filter(FromStaff(), InPrivate())


@router.callback_query(Tap.filter(F.do == Do.FLAG_LINE))
async def flag(
    query: CallbackQuery, callback_data: Tap, desk: Desk, live_cards: LiveCards, visit: Visit
) -> None:
    """Flag the line or remove its flag; the menu stays and shows the change."""
    order, message = await order_for(query, callback_data.order, desk, visit), query.message
    if order is None or not isinstance(message, Message):
        return
    line = line_of(order, callback_data.arg)
    if line is None:
        await answer_tap(query, visit.t.plain("refusal-line-changed"))
    else:
        command = FlagLine(line, is_on=not is_flagged(order, line))
        outcome = await carry_out(order.id, command, desk, visit)
        await answer_tap(query, outcome.words)
    look = visit.look(await desk.look(order.id, visit.actor))
    if not look.is_chief:  # an old menu: its lines are only for chiefs
        return
    screen = flags_menu(look)
    await live_cards.adopt_menu(order, query.from_user.id, lambda: redraw(message, screen))
