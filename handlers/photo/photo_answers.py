"""The buttons below the request for a photo and below its answer: the checklist, and moving the photo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import remark, say
from handlers.frame.command_flow import (
    answer_tap,
    carry_out,
    explain,
    leave_dialogue,
    order_for_step,
    redraw,
)
from handlers.frame.context import Visit
from handlers.frame.dialogue import PATIENCE, Waiting, open_dialogue
from handlers.frame.reception import FromStaff, InPrivate
from handlers.photo.photo_orders import orders_for_photo
from messages.callbacks.order import Do, Tap
from messages.callbacks.photos import CheckTap, MoveDo, MoveTap
from messages.order.board import order_label
from messages.photo import checklist as boxes
from messages.photo import photos as screens
from orders.bell.passing import Kind
from orders.model.numbers import looked_for
from orders.model.order import Order
from orders.model.refusals import Reason, Refusal
from orders.photo.checklist import checklist
from orders.steps.commands import CheckOff
from orders.steps.photos import list_is_over
from services.order.desk import Desk
from services.order.order_lists import OrderLists
from services.photo.photos import Moved, Photos, sent_together
from services.sending.live_cards import LiveCards
from services.sending.message_removal import retire, take_away
from storage.db.errors import PhotoMissing, PhotosUnavailable

log = structlog.get_logger(__name__)

router = Router(name="photo_answers")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())

MOST_CHOICES = 6
"""With the way back there are seven buttons."""
_MOST_SEARCHED = 200


@router.callback_query(CheckTap.filter())
async def tick(
    query: CallbackQuery, callback_data: CheckTap, state: FSMContext, desk: Desk, visit: Visit
) -> None:
    """Tick a box or all of them; the last tick records the check (R34, R36)."""
    order = await _workable(query, callback_data.order, desk, visit)
    if order is None or not isinstance(query.message, Message):
        return
    if list_is_over(order, callback_data.photo or order.progress.next_photo - 1):
        await answer_tap(query, visit.t.plain("toast-photo-replaced"))
        if query.message.bot is not None:
            await retire(query.message.bot, query.message.chat.id, query.message.message_id)
        return
    ticked = callback_data.ticked
    if callback_data.made_of != boxes.made_of(order):
        ticked = 0
        await answer_tap(query, await explain(Refusal(Reason.LIST_CHANGED), order.id, desk, visit))
    elif ticked == boxes.all_ticked(order):
        outcome = await carry_out(order.id, CheckOff(checklist(order.details, order.gifts)), desk, visit)
        await answer_tap(query, outcome.words)
        order = await desk.look(order.id, visit.actor)
    else:
        await answer_tap(query, "")
    await _remember(order, ticked, state)
    look, photo = visit.look(order), callback_data.photo
    await redraw(query.message, screens.kept(look, photo, ticked) if photo else screens.request(look, ticked))


@router.callback_query(MoveTap.filter(F.do.in_({MoveDo.ASK, MoveDo.STAY})))
async def ask_where(
    query: CallbackQuery,
    callback_data: MoveTap,
    state: FSMContext,
    order_lists: OrderLists,
    desk: Desk,
    visit: Visit,
) -> None:
    """Offer the other orders that take a photo, or keep the photo with its order."""
    order = await _workable(query, callback_data.order, desk, visit)
    if order is None or not isinstance(query.message, Message):
        return
    if not sent_together(order, callback_data.photo):
        await answer_tap(query, await explain(Refusal(Reason.PHOTO_NOT_HERE), order.id, desk, visit))
        return
    await answer_tap(query, "")
    if callback_data.do is MoveDo.STAY:
        await _settled(state)
        await redraw(query.message, screens.kept(visit.look(order), callback_data.photo, 0))
        return
    choices = await _choices(order, "", order_lists, visit)
    has_more = len(choices) > MOST_CHOICES
    screen = screens.which_order(
        order, callback_data.photo, choices[:MOST_CHOICES], visit.t, has_more=has_more
    )
    shown = await redraw(query.message, screen)
    if has_more:
        await _wait_for_number(order, callback_data.photo, shown, query.message, state, visit)


@router.message(Waiting.photo_order, F.text.func(looked_for).as_("digits"))
async def name_order(
    message: Message,
    digits: str,
    state: FSMContext,
    order_lists: OrderLists,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Offer the orders whose number has these digits, if the right one was not among those offered."""
    data = await state.get_data()
    order, photo = await _still_here(data, desk, visit), data["photo"]
    if order is None:
        await state.clear()
        raise SkipHandler
    choices = await _choices(order, digits, order_lists, visit)
    if not choices:
        await remark(message, visit.t("photo-move-unknown", number=digits))
        return
    has_more = len(choices) > MOST_CHOICES
    screen = screens.which_order(order, photo, choices[:MOST_CHOICES], visit.t, has_more=has_more)
    sent = await say(message, Kind.STEP, screen.text, screen.keyboard)
    prompts = live_cards.prompts
    await prompts.forget_list(order.id, message.chat.id, data["list"])
    await prompts.listed(order.id, message.chat.id, sent.message_id, photo)
    if message.bot is not None:
        await take_away(message.bot, message.chat.id, data["list"])
    await _wait_for_number(order, photo, sent.message_id, message, state, visit)


async def _choices(
    order: Order, digits: str, order_lists: OrderLists, visit: Visit
) -> list[tuple[Order, str]]:
    """The other orders that take a photo and have these digits in their number, with their labels."""
    found = await orders_for_photo(_MOST_SEARCHED, order_lists, visit)
    return [
        (other, order_label(other, visit.now, visit.rules, visit.t, is_by_goods=True))
        for other in found
        if other.id != order.id and digits in other.number
    ]


async def _wait_for_number(
    order: Order, photo: int, shown: int, message: Message, state: FSMContext, visit: Visit
) -> None:
    if await state.get_state() not in {None, Waiting.photo_order.state}:
        await leave_dialogue(state, message)
    data = {"order": order.id, "photo": photo, "list": shown, "asked_at": visit.now.isoformat()}
    await open_dialogue(state, Waiting.photo_order, data)


async def _still_here(data: Mapping[str, Any], desk: Desk, visit: Visit) -> Order | None:
    """Returns the order whose photo can still be moved; None if it cannot, or the question is too old."""
    if visit.now - datetime.fromisoformat(data["asked_at"]) > PATIENCE:
        return None
    try:
        order = await desk.look(data["order"], visit.actor)
    except Refusal:
        return None
    return order if sent_together(order, data["photo"]) else None


async def _settled(state: FSMContext) -> None:
    if await state.get_state() == Waiting.photo_order.state:
        await state.clear()


@router.callback_query(MoveTap.filter(F.do.in_({MoveDo.TO, MoveDo.BACK})))
async def move(
    query: CallbackQuery,
    callback_data: MoveTap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    photos: Photos,
    visit: Visit,
) -> None:
    """Move the photo to the chosen order, or back; the answer says what this means for the other order."""
    if not isinstance(query.message, Message):
        return
    prompts, chat_id, message_id = live_cards.prompts, query.message.chat.id, query.message.message_id
    # Its buttons will lead back, so they must not be retired as those of an outdated list.
    was_list = await prompts.forget_list(callback_data.order, chat_id, message_id)
    moved = await _moved(query, callback_data, desk, photos, visit)
    if moved is None:
        if was_list:
            await prompts.listed(callback_data.order, chat_id, message_id, callback_data.photo)
        return
    await _settled(state)
    if callback_data.do is MoveDo.BACK:
        await answer_tap(query, visit.t.plain("toast-photo-back"))
        shown = await redraw(query.message, screens.kept(visit.look(moved.target), moved.version, 0))
        await live_cards.prompts.listed(moved.target.id, query.message.chat.id, shown, moved.version)
        return
    await answer_tap(query, visit.t.plain("toast-take_photos_away"))
    await redraw(query.message, screens.moved(moved.source, moved.target, moved.version, visit.t))


async def _moved(
    query: CallbackQuery, tap: MoveTap, desk: Desk, photos: Photos, visit: Visit
) -> Moved | None:
    """Returns None after telling the person why the photo was not moved."""
    try:
        return await photos.move(tap.order, tap.photo, tap.to, visit.actor)
    except Refusal as refused:
        await answer_tap(query, await explain(refused, tap.order, desk, visit))
    except (PhotosUnavailable, PhotoMissing) as error:
        log.warning("photo_not_moved", why=str(error))
        await answer_tap(query, visit.t.plain("toast-trouble"))
    return None


async def _workable(query: CallbackQuery, order_id: int, desk: Desk, visit: Visit) -> Order | None:
    """Returns the order if the person may upload its photo now; otherwise None after telling them why not."""
    return await order_for_step(query, Tap(do=Do.PHOTO, order=order_id), desk, visit)


async def _remember(order: Order, ticked: int, state: FSMContext) -> None:
    """Store the ticked boxes, so that they are kept when the photo arrives."""
    data = await state.get_data()
    if await state.get_state() == Waiting.picture.state and data.get("order") == order.id:
        await state.update_data(ticked=ticked, made_of=boxes.made_of(order))
