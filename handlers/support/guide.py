"""«Что делать?»: the emergency guide, opened from an order's card or the main menu (R72, R79)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop, put_menu
from handlers.frame.command_flow import answer_tap, leave_dialogue, order_for, redraw
from handlers.frame.context import Visit
from handlers.frame.keyboard_filter import Label
from handlers.frame.reception import FromStaff, InPrivate, May
from handlers.shop.closures import show_shop
from messages.callbacks.order import Do, Tap
from messages.callbacks.support import GuideDo, GuideTap
from messages.support.guide import GuideView, guide_list, situation
from messages.ui.screen import Screen
from orders.access.roles import Act
from orders.model.order import Order
from orders.support.cases import Case
from orders.support.guide import Entry, by_fit, for_role, may_tell_support
from services.order.desk import Desk
from services.sending.live_cards import LiveCards
from services.shop.shop_closures import ShopClosures
from services.support.cases import Cases
from services.support.guide import Guide

router = Router(name="guide")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())


@router.message(Label("button-guide"))
@router.message(Command("guide"))
async def send_guide(message: Message, state: FSMContext, guide: Guide, visit: Visit) -> None:
    """List the shop's situations, without an order."""
    await leave_dialogue(state, message)
    entries = await entries_for(None, guide, visit)
    screen = visit.placed(guide_list(view_of(None, visit), entries))
    await put_menu(message, screen)
    await drop(message, message.message_id)


@router.callback_query(Tap.filter(F.do == Do.GUIDE))
async def open_guide(
    query: CallbackQuery, callback_data: Tap, desk: Desk, live_cards: LiveCards, guide: Guide, visit: Visit
) -> None:
    """List the situations in place of the order's card; those that fit its state come first."""
    order = await order_for(query, callback_data.order, desk, visit)
    if order is not None:
        await answer_tap(query, "")
        screen = guide_list(view_of(order, visit), await entries_for(order, guide, visit))
        await put(query, order, screen, live_cards)


@router.callback_query(GuideTap.filter(F.do == GuideDo.LIST))
async def show_list(
    query: CallbackQuery,
    callback_data: GuideTap,
    desk: Desk,
    live_cards: LiveCards,
    guide: Guide,
    visit: Visit,
) -> None:
    """Show another page, or return from a situation to the list."""
    found, order = await order_of(query, callback_data, desk, visit)
    if found:
        await answer_tap(query, "")
        entries = await entries_for(order, guide, visit)
        screen = guide_list(view_of(order, visit), entries, callback_data.page)
        await put(query, order, screen if order is not None else visit.placed(screen), live_cards)


@router.callback_query(GuideTap.filter(F.do == GuideDo.OPEN))
async def show_situation(
    query: CallbackQuery,
    callback_data: GuideTap,
    desk: Desk,
    live_cards: LiveCards,
    guide: Guide,
    cases: Cases,
    visit: Visit,
) -> None:
    """Show a situation and what to do."""
    found, order = await order_of(query, callback_data, desk, visit)
    entry = await entry_of(query, callback_data, order, guide, visit) if found else None
    if entry is not None:
        await answer_tap(query, "")
        told = order is not None and may_tell_support(order, visit.actor)
        case = await cases.of_order(order.id, visit.actor) if order is not None and told else None
        await put(query, order, situation(view_of(order, visit, case), entry), live_cards)


@router.callback_query(May(Act.SEE_GOODS), GuideTap.filter(F.do == GuideDo.SHOP))
async def send_shop(
    query: CallbackQuery, state: FSMContext, closures: ShopClosures, has_api: bool, visit: Visit
) -> None:
    """Send the shop's screen as a new message; the order's stays in its place."""
    await answer_tap(query, "")
    if isinstance(query.message, Message):
        await show_shop(query.message, state, closures, has_api, visit)


def view_of(order: Order | None, visit: Visit, case: Case | None = None) -> GuideView:
    """Returns the guide's view for this person; `case` is the order's case for support."""
    look = visit.look(order) if order is not None else None
    return GuideView(visit.shop.id, visit.actor, visit.t, look, case)


async def entries_for(order: Order | None, guide: Guide, visit: Visit) -> tuple[Entry, ...]:
    """Returns the entries that this person may read, in display order."""
    entries = await guide.entries(visit.shop.id)
    if order is None:
        return for_role(entries, visit.actor.role)
    return by_fit(entries, order, visit.actor, visit.now, visit.rules)


async def order_of(
    query: CallbackQuery, tap: GuideTap, desk: Desk, visit: Visit
) -> tuple[bool, Order | None]:
    """Returns whether the button is still valid, and its order; otherwise the person was told why not."""
    if not tap.order:
        return True, None
    order = await order_for(query, tap.order, desk, visit)
    return order is not None, order


async def entry_of(
    query: CallbackQuery, tap: GuideTap, order: Order | None, guide: Guide, visit: Visit
) -> Entry | None:
    """Returns the button's situation; None after telling the person that it is gone."""
    entries = await entries_for(order, guide, visit)
    entry = next((one for one in entries if one.key == tap.key), None)
    if entry is None:
        await answer_tap(query, visit.t.plain("toast-guide-gone"))
    return entry


async def put(query: CallbackQuery, order: Order | None, screen: Screen, live_cards: LiveCards) -> None:
    """Show the screen in the tapped message; with an order, that message becomes the order's card."""
    message = query.message
    if not isinstance(message, Message):
        return
    if order is None:
        await redraw(message, screen)
    else:
        await live_cards.adopt_menu(order, query.from_user.id, lambda: redraw(message, screen))
