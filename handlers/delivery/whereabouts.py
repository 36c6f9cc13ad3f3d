"""Locations that people send and driving minutes that they type; routes are computed from them (X26)."""

from __future__ import annotations

import re

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, Location, Message

from handlers.delivery.routes import reader_of
from handlers.frame.clean_chat import remark, say_below
from handlers.frame.command_flow import answer_tap, leave_dialogue
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.delivery import ShopIsHere
from messages.delivery.route import previous, where
from messages.ui.buttons import keyboard
from orders.access.roles import Act, may_at_home
from orders.bell.passing import Kind
from orders.model.order import Order
from orders.model.refusals import Refusal
from orders.route.ways import Point
from services.delivery.route_choices import RouteChoices
from services.order.desk import Desk
from services.sending.live_cards import LiveCards

router = Router(name="whereabouts")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())

LONGEST = 600
"""The longest drive that is accepted, in minutes."""
_MINUTES = re.compile(r"([0-9]{1,3})\s*(?:[^\W\d_]{1,10}\.?)?")
_MILLIONTHS = 1_000_000


class SentPlace(Filter):
    """Accepts a location that is not live, and provides its point."""

    async def __call__(self, message: Message) -> bool | dict[str, Point]:
        location = message.location
        if location is None or location.live_period is not None:
            return False
        return {"point": _point(location)}


@router.message(Waiting.way, SentPlace())
async def take_place(
    message: Message, point: Point, state: FSMContext, desk: Desk, route_choices: RouteChoices, visit: Visit
) -> None:
    """Store the location as that of the stop that was asked about."""
    data = await state.get_data()
    await leave_dialogue(state, message)
    order = await _seen_order(int(data["order"]), desk, visit)
    if order is not None:
        await _note_place(message, order, point, route_choices, visit)


@router.message(Waiting.way, F.text)
async def take_minutes(
    message: Message, state: FSMContext, route_choices: RouteChoices, visit: Visit
) -> None:
    """Store the minutes to the stop; «-» removes them. An unclear answer keeps the question open."""
    words = (message.text or "").strip()
    said = _MINUTES.fullmatch(words)
    minutes = int(said[1]) if said else None
    if words != "-" and (minutes is None or not 1 <= minutes <= LONGEST):
        await remark(message, visit.t("route-minutes-bad"))
        return
    data = await state.get_data()
    await leave_dialogue(state, message)
    view = (await route_choices.views(visit.shop, visit.actor, visit.now)).get(int(data["staff"]))
    stop = view.route.of(int(data["order"])) if view is not None else None
    if view is None or stop is None:
        await remark(message, visit.t("route-stop-gone"))
        return
    await route_choices.note_way(stop.order, previous(view.route, stop.order.id), minutes)
    await remark(message, visit.t("route-minutes-kept"))


@router.message(SentPlace())
async def place_sent(
    message: Message,
    point: Point,
    live_cards: LiveCards,
    desk: Desk,
    route_choices: RouteChoices,
    visit: Visit,
) -> None:
    """Store a location: of the card's address when it replies to one, otherwise the sender's own.

    A chief is asked whether it is the shop's location.
    """
    if message.reply_to_message is not None:
        order_id = await live_cards.order_of(message.chat.id, message.reply_to_message.message_id)
        order = await _seen_order(order_id, desk, visit) if order_id is not None else None
        if order is not None:
            await _note_place(message, order, point, route_choices, visit)
            return
    is_kept = await route_choices.note_seen(visit.actor, point)
    words = visit.t("route-seen" if is_kept else "route-seen-none")
    if not may_at_home(visit.actor, Act.SEE_ALL_ORDERS):
        await remark(message, words)
        return
    here = ShopIsHere(
        shop=visit.shop.id,
        latitude=round(point.latitude * _MILLIONTHS),
        longitude=round(point.longitude * _MILLIONTHS),
    )
    button = InlineKeyboardButton(text=visit.t.plain("route-shop-here"), callback_data=here.pack())
    asked = visit.t("route-shop-ask")
    text = f"{words}\n{asked}" if is_kept else asked
    await say_below(message, Kind.CHOICE, text, reply_markup=keyboard([[button]]))


@router.callback_query(ShopIsHere.filter())
async def shop_is_here(
    query: CallbackQuery, callback_data: ShopIsHere, route_choices: RouteChoices, visit: Visit
) -> None:
    """Store the location as the shop's, after a chief's tap."""
    point = Point(callback_data.latitude / _MILLIONTHS, callback_data.longitude / _MILLIONTHS)
    is_kept = await route_choices.note_shop(visit.actor, point)
    await answer_tap(query, visit.t.plain("route-shop-kept" if is_kept else "route-not-yours"))


async def _note_place(
    message: Message, order: Order, point: Point, route_choices: RouteChoices, visit: Visit
) -> None:
    await route_choices.note_place(order, point)
    await remark(message, visit.t("route-place-kept", where=where(order, reader_of(visit))))


async def _seen_order(order_id: int, desk: Desk, visit: Visit) -> Order | None:
    """Returns the order if this person may see it, otherwise None (R14)."""
    try:
        return await desk.look(order_id, visit.actor)
    except Refusal:
        return None


def _point(location: Location) -> Point:
    return Point(location.latitude, location.longitude)
