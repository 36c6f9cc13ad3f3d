"""«Мои доставки»: a courier's orders as one list, with one route through all of them (X8)."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop, put_menu
from handlers.frame.command_flow import answer_tap, leave_dialogue, redraw
from handlers.frame.context import Visit
from handlers.frame.keyboard_filter import Label
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.delivery import DeliveriesTap
from messages.delivery import deliveries as screens
from messages.delivery.route import Reader
from messages.order.board import with_damaged
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.access.order_access import can_see
from orders.model.order import Order
from services.delivery.route_choices import RouteChoices

router = Router(name="deliveries")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())


@router.message(Label("button-deliveries"))
@router.message(Command("deliveries"))
async def show_deliveries(
    message: Message, state: FSMContext, route_choices: RouteChoices, visit: Visit
) -> None:
    """List everything that this person carries, in the order of their route."""
    await leave_dialogue(state, message)
    await put_menu(message, await _screen(DeliveriesTap(page=0), route_choices, visit))
    await drop(message, message.message_id)


@router.callback_query(DeliveriesTap.filter())
async def turn_page(
    query: CallbackQuery, callback_data: DeliveriesTap, route_choices: RouteChoices, visit: Visit
) -> None:
    """Show another page, or the orders offered to couriers, in the same message."""
    screen = await _screen(callback_data, route_choices, visit)
    await answer_tap(query, "")
    if isinstance(query.message, Message):
        await redraw(query.message, screen)


async def _screen(tap: DeliveriesTap, route_choices: RouteChoices, visit: Visit) -> Screen:
    shop, staff = visit.shop, visit.member.staff_id
    mine, free, route = await route_choices.deliveries(shop, staff, visit.now)
    if tap.offers:
        return with_damaged(screens.offers(_looks(free.orders, visit), visit.t), free.damaged, visit.t)
    reader = Reader(visit.actor, shop.id, shop.rules, visit.now, visit.t)
    free_looks = _looks(free.orders, visit)
    screen = screens.deliveries(_looks(mine.orders, visit), len(free_looks), tap.page, route, reader)
    return with_damaged(screen, mine.damaged, visit.t)


def _looks(orders: Sequence[Order], visit: Visit) -> list[Look]:
    """The orders that this person may see: sellers do not see orders offered to couriers (R14)."""
    seen = [order for order in orders if can_see(order, visit.actor)]
    return [Look(order, visit.actor, visit.rules, visit.now, visit.t) for order in seen]
