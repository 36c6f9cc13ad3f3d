"""Answers about waiting pictures: which order they are of, and whether to send a poor one."""

from __future__ import annotations

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop
from handlers.frame.command_flow import answer_tap, explain, order_for, redraw, take_away_request
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting
from handlers.frame.reception import FromStaff, InPrivate
from handlers.photo.handover_photos import proof_kept, shows_handover
from handlers.photo.photo_orders import NONE_OF_THESE
from messages.callbacks.order import PhotoFor
from messages.callbacks.photos import PoorTap
from messages.photo import photos as screens
from messages.ui.screen import Screen
from messages.ui.toasts import done as done_text
from orders.model.order import Order
from orders.model.refusals import Refusal
from orders.model.status import Step
from orders.steps.photos import newer_photo
from services.order.desk import Desk
from services.photo.photos import Photos
from services.sending.live_cards import LiveCards
from services.sending.message_removal import retire
from storage.db.errors import PhotosUnavailable

router = Router(name="waiting_pictures")
router.callback_query.filter(FromStaff(), InPrivate())


@router.callback_query(PhotoFor.filter())
async def choose_order(
    query: CallbackQuery,
    callback_data: PhotoFor,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    photos: Photos,
    visit: Visit,
) -> None:
    """Attach the picture to the chosen order, or delete the question if it shows none of them."""
    if callback_data.order == NONE_OF_THESE:
        if isinstance(query.message, Message):
            await drop(query.message, query.message.message_id)
        await answer_tap(query, visit.t.plain("toast-photo-none"))
        return
    await _attach_waiting(
        query, callback_data.photo, callback_data.order, state, desk, live_cards, photos, visit
    )


@router.callback_query(PoorTap.filter())
async def send_anyway(
    query: CallbackQuery,
    callback_data: PoorTap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    photos: Photos,
    visit: Visit,
) -> None:
    """Use a poor picture all the same, unless a newer one has replaced it (X20)."""
    order = await order_for(query, callback_data.order, desk, visit)
    if order is None:
        return
    waiting = await photos.waiting(callback_data.photo, visit.actor)
    if not waiting or newer_photo(order, waiting[0].at, waiting[0].album) is not None:
        await answer_tap(query, visit.t.plain("toast-photo-replaced"))
        if isinstance(query.message, Message) and query.message.bot is not None:
            await retire(query.message.bot, query.message.chat.id, query.message.message_id)
        return
    await _attach_waiting(query, callback_data.photo, order.id, state, desk, live_cards, photos, visit)


async def _attach_waiting(
    query: CallbackQuery,
    photo_id: int,
    order_id: int,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    photos: Photos,
    visit: Visit,
) -> None:
    try:
        is_proof = await shows_handover(order_id, state, desk, visit)
        order = await photos.attach_waiting(photo_id, order_id, visit.actor, is_proof=is_proof)
    except Refusal as refused:
        await answer_tap(query, await explain(refused, order_id, desk, visit))
        return
    except PhotosUnavailable:
        await answer_tap(query, visit.t.plain("toast-photo-not-kept"))
        return
    if order is None:
        await answer_tap(query, visit.t.plain("toast-photo-gone"))
        return
    if isinstance(query.message, Message):
        await _show_chosen(query.message, order, state, live_cards, visit, is_proof=is_proof)
    step = Step.ATTACH_PROOF if is_proof else Step.ATTACH_PHOTO
    await answer_tap(query, done_text(step, order, visit.t))


async def _show_chosen(
    question: Message, order: Order, state: FSMContext, live_cards: LiveCards, visit: Visit, *, is_proof: bool
) -> None:
    """Replace the question by the checklist of the picture's order."""
    if is_proof:
        await redraw(question, Screen(proof_kept(order, visit.t)))
        return
    data = await state.get_data()
    if await state.get_state() == Waiting.picture.state and data.get("order") == order.id:
        await state.clear()  # the photo has come
        await take_away_request(data, question)
    version = order.progress.photos[-1].version
    shown = await redraw(question, screens.kept(visit.look(order), version, 0))
    await live_cards.prompts.listed(order.id, question.chat.id, shown, version)
    await live_cards.move_down(order.id, question.chat.id)
