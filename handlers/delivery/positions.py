"""A courier shares a live location with the client of one delivery (X23).

The delivery is the one whose button was tapped or whose card is replied to; otherwise the courier is asked.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.frame.clean_chat import drop, remark, say, say_below
from handlers.frame.command_flow import answer_tap, explain, order_for
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, open_dialogue
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.order import Do, Tap
from messages.ui.buttons import keyboard, labelled, tap
from messages.ui.formatting import moment
from messages.ui.heading import number
from orders.bell.passing import Kind
from orders.model.order import Order
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from services.client.clients import Clients
from services.client.positions import LONGEST, LiveLocation
from services.order.desk import Desk
from services.order.order_lists import OrderLists
from services.sending.live_cards import LiveCards
from services.sending.message_removal import retire

router = Router(name="positions")
router.message.filter(FromStaff(), InPrivate())
router.edited_message.filter(InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())

FOR_EVER = 0x7FFFFFFF
"""Telegram's `live_period` of a live location without an end: its sender has to stop it."""


@router.callback_query(Tap.filter(F.do == Do.SHOW_WHERE))
async def ask_for_position(
    query: CallbackQuery, callback_data: Tap, state: FSMContext, desk: Desk, clients: Clients, visit: Visit
) -> None:
    """Ask for a live location; below "which delivery?", show the location that was sent before."""
    message = query.message
    if not isinstance(message, Message):
        return
    sent = message.reply_to_message
    if sent is not None and _live(sent) is not None:
        await answer_tap(query, "")
        await drop(message, message.message_id)
        await _begin(sent, callback_data.order, state, desk, clients, visit)
        return
    try:
        order = await clients.positions.check(callback_data.order, visit.actor)
    except Refusal as refused:
        await answer_tap(query, await _why_not(refused, callback_data.order, desk, visit))
        return
    await answer_tap(query, "")
    await open_dialogue(state, Waiting.position, {"order": order.id})
    await say(
        message,
        Kind.QUESTION,
        visit.t("ask-position", number=number(order)),
        reply_markup=_to_hide(order, visit),
    )


@router.callback_query(Tap.filter(F.do == Do.HIDE_WHERE))
async def hide(
    query: CallbackQuery, callback_data: Tap, state: FSMContext, desk: Desk, clients: Clients, visit: Visit
) -> None:
    """Stop showing the courier's position, and close the question for a live location."""
    await clients.positions.hide(callback_data.order, query.from_user.id)
    if await order_for(query, callback_data.order, desk, visit) is None:
        return
    await answer_tap(query, visit.t.plain("toast-position-hidden"))
    if await state.get_state() == Waiting.position.state and isinstance(query.message, Message):
        await state.clear()
        await drop(query.message, query.message.message_id)


@router.message(F.location.live_period)
async def take_live(
    message: Message,
    state: FSMContext,
    order_lists: OrderLists,
    live_cards: LiveCards,
    desk: Desk,
    clients: Clients,
    visit: Visit,
) -> None:
    """Show the live location to the delivery's client, or ask which delivery is meant."""
    order_id = await _meant(message, state, live_cards)
    if order_id is not None:
        await _begin(message, order_id, state, desk, clients, visit)
        return
    carried = (await order_lists.carried_by(visit.shop.id, visit.member.staff_id)).orders
    under_way = [order for order in carried if order.status is Status.COURIER_LEFT]
    if not under_way:
        await remark(message, visit.t("position-no-order"))
        return
    rows = [[labelled(order.number, order, Do.SHOW_WHERE)] for order in under_way[-7:]]
    await say_below(message, Kind.CHOICE, visit.t("position-which"), reply_markup=keyboard(rows))


@router.message(StateFilter(Waiting.position), F.location)
async def refuse_place(message: Message, visit: Visit) -> None:
    """Refuse a location that is not live; the question stays open."""
    await remark(message, visit.t("position-not-live"))


@router.edited_message(F.location)
async def follow(message: Message, clients: Clients) -> None:
    """Pass on a new position; an edit without `live_period` means that the courier stopped sharing."""
    where = message.location
    if where is None:
        return
    if where.live_period is None:
        await clients.positions.stopped(message.chat.id, message.message_id)
    else:
        place = (where.latitude, where.longitude)
        await clients.positions.moved(message.chat.id, message.message_id, *place)


async def _meant(message: Message, state: FSMContext, live_cards: LiveCards) -> int | None:
    """The order of the card that is replied to, otherwise the one that the open question is about."""
    answered = message.reply_to_message
    if answered is not None:
        order_id = await live_cards.order_of(message.chat.id, answered.message_id)
        if order_id is not None:
            return order_id
    if await state.get_state() != Waiting.position.state:
        return None
    asked = (await state.get_data()).get("order")
    return asked if isinstance(asked, int) else None


async def _begin(
    message: Message, order_id: int, state: FSMContext, desk: Desk, clients: Clients, visit: Visit
) -> None:
    live = _live(message)
    if live is None:
        return
    try:
        order = await clients.positions.begin(order_id, live, visit.actor)
    except Refusal as refused:
        await remark(message, visit.t("outcome", words=await _why_not(refused, order_id, desk, visit)))
        return
    if await state.get_state() == Waiting.position.state:
        await state.clear()
    until = moment(min(live.until, visit.now + LONGEST), visit.now, visit.rules.zone, visit.t)
    note = await say_below(
        message,
        Kind.STEP,
        visit.t("position-shown", number=number(order), until=until),
        reply_markup=_to_hide(order, visit),
    )
    is_shown = await clients.positions.note_answer(order.id, message.message_id, note.message_id)
    if not is_shown and message.bot is not None:
        await retire(message.bot, note.chat.id, note.message_id, visit.t("position-over"))


def _live(message: Message) -> LiveLocation | None:
    where = message.location
    if where is None or where.live_period is None:
        return None
    period = LONGEST if where.live_period == FOR_EVER else timedelta(seconds=where.live_period)
    at: datetime = message.date
    return LiveLocation(message.chat.id, message.message_id, at + period, where.latitude, where.longitude)


async def _why_not(refused: Refusal, order_id: int, desk: Desk, visit: Visit) -> str:
    if refused.reason is Reason.NO_CLIENT:
        return visit.t.plain("toast-no-client-to-show")
    return await explain(refused, order_id, desk, visit)


def _to_hide(order: Order, visit: Visit) -> InlineKeyboardMarkup | None:
    return keyboard([[tap(order, Do.HIDE_WHERE, visit.t)]])
