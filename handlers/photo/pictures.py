"""Takes photos of orders and finds out which order each belongs to (R23, R25).

The order is known from a reply to its message, its number in the caption, the «Загрузить фото» button pressed
before, an earlier picture of the album, or as the only order in hand. Otherwise the photo is stored and the
bot asks; it is never lost.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import structlog
from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import InlineKeyboardButton, Message
from markupsafe import Markup

from handlers.frame.clean_chat import remark, say_below
from handlers.frame.command_flow import explain, take_away_request
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, open_dialogue
from handlers.frame.late_files import Arrived
from handlers.frame.reception import FromStaff, InPrivate
from handlers.photo.albums import (
    Meant,
    SentPicture,
    asked,
    moved_with_album,
    other_number,
    take_question_away,
)
from handlers.photo.group_photos import lead_to_private
from handlers.photo.handover_photos import only_delivery, shows_handover, tell_proof
from handlers.photo.kept_pictures import kept_picture, tell_not_kept
from handlers.photo.photo_orders import NONE_OF_THESE, only_in_hand, orders_for_photo
from handlers.photo.picture_notes import ask_in_private, noted_or_asked, order_of_unsure
from messages.callbacks.drafts import PaperTap
from messages.callbacks.order import PhotoFor
from messages.callbacks.photos import NoteTap
from messages.i18n.untrusted_text import clean
from messages.order.board import order_label
from messages.photo import checklist as boxes
from messages.photo import photos as screens
from messages.photo.photos import flaw_lines
from messages.ui import limits
from messages.ui.buttons import keyboard
from messages.ui.toasts import done as done_text
from orders.bell.passing import Kind
from orders.model.numbers import is_own, named_in, surely_named
from orders.model.order import Order
from orders.model.people import Role
from orders.model.refusals import Reason, Refusal
from orders.model.status import Step
from orders.photo.quality import Measures, flaws
from orders.steps.commands import AttachPhoto
from services.bell.ephemeral_messages import EphemeralMessages
from services.files.late_files import LateFiles
from services.notes.notes import Notes
from services.order.desk import Desk
from services.order.order_lists import OrderLists
from services.photo.photos import Photos
from services.sending.live_cards import LiveCards
from storage.db.errors import DatabaseUnavailable, PhotosUnavailable
from storage.photo.photo_files import Kept
from storage.photo.unassigned_photos import WaitingPhoto

router = Router(name="pictures")
router.message.filter(FromStaff())
router.callback_query.filter(FromStaff(), InPrivate())

MOST_CHOICES = 6
"""With a new order from the picture and the way out there are eight buttons."""

_LOOKS_LIKE_PICTURE = F.photo | F.document

log = structlog.get_logger(__name__)


@router.message(_LOOKS_LIKE_PICTURE)
async def take_picture(  # noqa: PLR0913, PLR0917 - one parameter for each service
    message: Message,
    state: FSMContext,
    order_lists: OrderLists,
    desk: Desk,
    live_cards: LiveCards,
    ephemeral: EphemeralMessages,
    photos: Photos,
    late_files: LateFiles,
    notes: Notes,
    visit: Visit,
    arrived: Arrived | None = None,
) -> None:
    """Store the picture first, then find out which order it belongs to.

    In a group only replies to an order's message are taken.
    """
    is_private = message.chat.type == ChatType.PRIVATE
    if not is_private and await _replied_to(message, live_cards) is None:
        await lead_to_private(message, state, order_lists, live_cards, ephemeral, visit)
        return

    async def order_meant() -> int | None:
        return (await _order_of(message, state, order_lists, live_cards, visit, arrived)).order_id

    kept = await kept_picture(message, photos, late_files, visit, arrived, order_meant)
    if kept is None:
        return
    try:
        sent = SentPicture(kept, message, state, visit, order_lists, desk, live_cards, photos, notes)
        await _place(sent, arrived)
    except (PhotosUnavailable, DatabaseUnavailable) as error:
        await tell_not_kept(error, message, visit)


async def _place(sent: SentPicture, arrived: Arrived | None) -> None:
    """Attach the stored picture to its order, or ask for the order."""
    message, state, visit = sent.message, sent.state, sent.visit
    meant = await _order_of(message, state, sent.order_lists, sent.live_cards, visit, arrived)
    if meant.order_id is None:
        question = await _ask_which(sent, _unknown_number(message, visit))
        await asked(message, question, state)
        return
    other = await other_number(message, meant, state)
    if other:  # a question of its own: this picture must not go where its album goes
        words = visit.t("photo-album-numbers", first=other, second=clean(meant.number, limits.NUMBER))
        await _ask_which(sent, [words], is_alone=True)
        await asked(message, None, state)
        return
    try:
        await _attach(sent, meant.order_id, meant)
    except Refusal as refused:
        words = visit.t("outcome", words=await explain(refused, meant.order_id, sent.desk, visit))
        if refused.reason is Reason.SAME_PHOTO:
            await remark(message, words)
        else:
            await _ask_which(sent, [words], note_on=meant.order_id)


async def _attach(sent: SentPicture, order_id: int, meant: Meant) -> None:
    """Make it a note, a photo of the hand-over or of the bouquet, or ask which. Raises Refusal."""
    message, state, visit = sent.message, sent.state, sent.visit
    desk, live_cards, photos = sent.desk, sent.live_cards, sent.photos
    if await noted_or_asked(order_id, meant, sent):
        return
    if meant.number:
        await _gather(order_id, message, state, desk, live_cards, photos, visit)
    if await shows_handover(order_id, state, desk, visit):
        proved = await photos.attach_proof(order_id, sent.kept, visit.actor)
        if await _first_of_album(message, meant, state) is not None:
            await tell_proof(proved, message, live_cards, visit)
        return
    if await _is_poor(sent.kept, order_id, message, desk, live_cards, photos, visit):
        return
    order = await photos.attach(order_id, sent.kept, visit.actor, sent.album)
    await _tell_kept(order, meant, message, state, live_cards, visit)


async def _gather(
    order_id: int,
    message: Message,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    photos: Photos,
    visit: Visit,
) -> None:
    """Attach the album's earlier pictures to the order that this picture's caption names.

    Pictures that are too dark or blurred still wait, now for their sender's decision. Raises Refusal.
    """
    if message.media_group_id is None:
        return
    moved = await moved_with_album(order_id, message, state, desk, photos, visit)
    if moved is not None:
        await remark(message, moved.text, reply_markup=moved.keyboard)
    is_proof = await shows_handover(order_id, state, desk, visit)
    poor = []
    for photo in await photos.waiting_of_album(message.media_group_id, visit.actor):
        measures = await photos.measure(Kept(photo.sha256, photo.path))
        if flaws(measures, visit.rules) and not is_proof:
            poor.append((photo, measures))
        else:
            await photos.attach_alone(photo, order_id, visit.actor, is_proof=is_proof)
    await take_question_away(message, state)
    if poor:
        order = await desk.look(order_id, visit.actor)
        (first, measures), *_ = poor
        await _doubt(order, first, measures, message, live_cards, visit)


async def _is_poor(
    kept: Kept,
    order_id: int,
    message: Message,
    desk: Desk,
    live_cards: LiveCards,
    photos: Photos,
    visit: Visit,
) -> bool:
    """Whether the picture is too dark or blurred; if so, it waits for its sender's decision (R35).

    All such pictures of an album wait for one answer. Raises Refusal if the order takes no photo.
    """
    measures = await photos.measure(kept)
    if not flaws(measures, visit.rules):
        return False
    order = await desk.check(order_id, AttachPhoto(kept.sha256, kept.path), visit.actor)
    waiting, is_first = await photos.wait(kept, visit.member.staff_id, message.media_group_id or "")
    if is_first:
        await _doubt(order, waiting, measures, message, live_cards, visit)
    return True


async def _doubt(
    order: Order,
    waiting: WaitingPhoto,
    measures: Measures,
    message: Message,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Ask whether to use the poor picture; the question is deleted once a newer photo arrives (X20)."""
    screen = screens.poor(order, waiting.id, measures, visit.rules, visit.t)
    sent = await ask_in_private(message, screen.text, screen.keyboard)
    await live_cards.prompts.doubted(order.id, sent.chat.id, sent.message_id, waiting)


async def _tell_kept(
    order: Order, meant: Meant, message: Message, state: FSMContext, live_cards: LiveCards, visit: Visit
) -> None:
    """Confirm the photo, once per album. In a group the answer has neither checklist nor buttons."""
    data = await _first_of_album(message, meant, state)
    if data is None:
        return
    version = order.progress.photos[-1].version
    is_same_list = (data.get("order"), data.get("made_of")) == (order.id, boxes.made_of(order))
    ticked = data.get("ticked", 0) if is_same_list else 0
    screen = screens.kept(visit.look(order), version, ticked, is_assumed=meant.is_assumed)
    if message.chat.type == ChatType.PRIVATE:
        sent = await say_below(message, Kind.STEP, screen.text, reply_markup=screen.keyboard)
        await live_cards.prompts.listed(order.id, sent.chat.id, sent.message_id, version)
        await live_cards.move_down(order.id, message.chat.id)
    else:
        await remark(message, visit.t("outcome", words=done_text(Step.ATTACH_PHOTO, order, visit.t)))


async def _first_of_album(message: Message, meant: Meant, state: FSMContext) -> dict[str, Any] | None:
    """Returns the dialogue's data before this photo; None if a picture of its album was already confirmed.

    Deletes the request for the photo.
    """
    album, data = message.media_group_id, await state.get_data()
    if await state.get_state() not in {None, Waiting.picture.state}:
        return {}
    if album is not None and (data.get("order"), data.get("album")) == (meant.order_id, album):
        if meant.number and not data.get("named"):
            await state.update_data(named=meant.number)
        return None
    known = {"order": meant.order_id, "album": album, "proof": data.get("proof"), "named": meant.number}
    await open_dialogue(state, None, known)
    await take_away_request(data, message)
    return data


async def _order_of(
    message: Message,
    state: FSMContext,
    order_lists: OrderLists,
    live_cards: LiveCards,
    visit: Visit,
    arrived: Arrived | None,
) -> Meant:
    replied = await _replied_to(message, live_cards)
    if replied is not None:
        return Meant(replied)
    for number in named_in(message.caption):
        found = await order_lists.by_number(visit.shop.id, number, visit.only_own, 2)
        if found and (found[0].number == number or (len(found) == 1 and not is_own(number))):
            return Meant(found[0].id, found[0].number)
    if arrived is not None and arrived.order_id is not None:
        return Meant(arrived.order_id)
    return await _order_without_number(message, state, order_lists, visit)


async def _order_without_number(
    message: Message, state: FSMContext, order_lists: OrderLists, visit: Visit
) -> Meant:
    data = await state.get_data()
    is_asked = message.media_group_id is not None and data.get("asked") == message.media_group_id
    unsure = order_of_unsure(message, data)
    if is_asked or unsure is not None:
        return Meant(unsure)
    open_question = await state.get_state()
    if open_question == Waiting.picture.state:
        # An unknown number does not name the order for which a photo was requested.
        return Meant(None if surely_named(message.caption) else _known(data.get("order")))
    album = message.media_group_id
    if album is not None and data.get("album") == album:
        return Meant(_known(data.get("order")))
    if surely_named(message.caption):
        return Meant(None)
    if visit.actor.role is Role.COURIER:
        return Meant(await only_delivery(order_lists, visit))
    in_hand = None if open_question else await only_in_hand(message, order_lists, visit)
    return Meant(in_hand, is_assumed=in_hand is not None)


async def _replied_to(message: Message, live_cards: LiveCards) -> int | None:
    """Returns the order whose message this one replies to."""
    if message.reply_to_message is None:
        return None
    return await live_cards.order_of(message.chat.id, message.reply_to_message.message_id)


def _unknown_number(message: Message, visit: Visit) -> list[Markup]:
    """A line for the question if the caption's number belongs to no order."""
    named = surely_named(message.caption)
    return [visit.t("photo-number-unknown", number=clean(named, limits.NUMBER))] if named else []


def _known(order: object) -> int | None:
    return order if isinstance(order, int) else None


async def _ask_which(
    sent: SentPicture, why: list[Markup], *, is_alone: bool = False, note_on: int = 0
) -> Message | None:
    """Store the picture until its sender has chosen one of the offered orders; always in private (R14, R63).

    Returns the question; None if the album already has one. `is_alone`: ask about this picture of the album
    only. `note_on`: the order for which the picture may be a note (X19).
    """
    visit = sent.visit
    waiting, is_first = await sent.photos.wait(
        sent.kept, visit.member.staff_id, "" if is_alone else sent.album
    )
    if not is_first:
        return None
    poor = flaw_lines(await sent.photos.measure(sent.kept), visit.rules, visit.t)
    due = await orders_for_photo(MOST_CHOICES + 1, sent.order_lists, visit)
    found = due[:MOST_CHOICES]
    buttons: list[tuple[str, CallbackData]] = [
        (
            order_label(order, visit.now, visit.rules, visit.t, is_by_goods=True),
            PhotoFor(photo=waiting.id, order=order.id),
        )
        for order in found
    ]
    if note_on:
        with suppress(Refusal):  # somebody else's order takes no note
            noted = await sent.desk.look(note_on, visit.actor)
            label = visit.t.plain("button-note-on", number=clean(noted.number, limits.NUMBER))
            buttons.append((label, NoteTap(photo=waiting.id, order=note_on)))
    if visit.only_own is None:
        buttons.append((visit.t.plain("draft-button-paper"), PaperTap(photo=waiting.id)))
    if buttons:
        none = PhotoFor(photo=waiting.id, order=NONE_OF_THESE)
        buttons.append((visit.t.plain("button-photo-later"), none))
    rows = [[InlineKeyboardButton(text=label, callback_data=data.pack())] for label, data in buttons]
    text = visit.t("photo-which-order" if found else "photo-no-order")
    more = [visit.t("photo-which-more")] if len(due) > MOST_CHOICES else []
    words = str(Markup("\n").join([*poor, *why, text, *more]))
    return await ask_in_private(sent.message, words, keyboard(rows))
