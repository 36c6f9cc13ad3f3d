"""Pictures that are, or may be, a note on an order instead of its photo (X19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum, auto

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.frame.clean_chat import drop, say_below
from handlers.frame.command_flow import answer_tap, explain
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting
from handlers.frame.notes import keep_note, said_in, thank
from handlers.frame.reception import FromStaff, InPrivate
from handlers.photo.albums import Meant, SentPicture
from handlers.photo.handover_photos import shows_handover
from handlers.photo.photo_orders import orders_for_photo
from messages.callbacks.order import PhotoFor
from messages.callbacks.photos import NoteTap
from messages.ui.buttons import keyboard
from messages.ui.heading import number
from orders.bell import passing
from orders.model.delivery_facts import RemarkKind
from orders.model.numbers import without_number
from orders.model.order import Order
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from orders.parsing.picture_words import says_more
from orders.steps.commands import AttachPhoto
from services.notes.notes import Notes, Said
from services.order.desk import Desk
from services.order.order_lists import OrderLists
from services.photo.photos import Photos
from storage.photo.photo_files import Kept
from storage.photo.unassigned_photos import WaitingPhoto

router = Router(name="picture_notes")
router.callback_query.filter(FromStaff(), InPrivate())

_STOPPED = frozenset({Status.CANCELLED, Status.DECLINED})


class Kind(Enum):
    """The kind of a picture whose order is known."""

    PHOTO = auto()
    """A photo of the bouquet or of the hand-over, if the order takes one."""
    NOTE = auto()
    UNSURE = auto()


async def noted_or_asked(order_id: int, meant: Meant, sent: SentPicture) -> bool:
    """Store the picture as a note, or ask its sender. Returns False if it is a photo. Raises Refusal."""
    kept, message, state, desk, visit = sent.kept, sent.message, sent.state, sent.desk, sent.visit
    kind = await _kind_of(order_id, kept, meant, message, state, sent.order_lists, desk, visit)
    if kind is Kind.NOTE:
        await _note_picture(order_id, kept, meant, message, desk, sent.notes, visit)
    elif kind is Kind.UNSURE:
        await _ask_photo_or_note(order_id, kept, message, desk, sent.photos, visit)
        if sent.album:  # the rest of the album waits for the same answer
            await state.update_data(unsure=sent.album, unsure_order=order_id)
    return kind is not Kind.PHOTO


def order_of_unsure(message: Message, data: Mapping[str, object]) -> int | None:
    """Returns the album's order if its sender was asked whether the album is a note."""
    order = data.get("unsure_order")
    is_asked = message.media_group_id is not None and data.get("unsure") == message.media_group_id
    return order if is_asked and isinstance(order, int) else None


async def _kind_of(
    order_id: int,
    kept: Kept,
    meant: Meant,
    message: Message,
    state: FSMContext,
    order_lists: OrderLists,
    desk: Desk,
    visit: Visit,
) -> Kind:
    """A note if the order takes no photo; UNSURE if the picture has a caption.

    A picture that the bot asked for is a photo, and so is the rest of its album. If the sender may have
    replied to the wrong order, or the order was stopped, it counts as a photo: the refused upload then says
    what is wrong. Raises Refusal if the sender may not see the order.
    """
    if order_of_unsure(message, await state.get_data()) is not None:
        return Kind.UNSURE
    if meant.is_assumed or await _is_awaited(order_id, message, state):
        return Kind.PHOTO
    if await shows_handover(order_id, state, desk, visit):
        return Kind.PHOTO
    order = await desk.look(order_id, visit.actor)
    try:
        await desk.check(order_id, AttachPhoto(kept.sha256, kept.path), visit.actor)
    except Refusal as refused:
        return await _without_photo_step(order, refused, order_lists, visit)
    is_private = message.chat.type == ChatType.PRIVATE
    return Kind.UNSURE if is_private and _words(message, meant.number) else Kind.PHOTO


async def _without_photo_step(order: Order, refused: Refusal, order_lists: OrderLists, visit: Visit) -> Kind:
    if refused.reason is Reason.SAME_PHOTO or order.status in _STOPPED:
        return Kind.PHOTO
    return Kind.PHOTO if await orders_for_photo(1, order_lists, visit) else Kind.NOTE


async def _is_awaited(order_id: int, message: Message, state: FSMContext) -> bool:
    data = await state.get_data()
    if data.get("order") != order_id:
        return False
    is_asked_for = await state.get_state() == Waiting.picture.state
    return is_asked_for or (
        message.media_group_id is not None and data.get("album") == message.media_group_id
    )


def _words(message: Message, named: str) -> str:
    """Returns the caption without the order's number."""
    words = (message.caption or "").strip()
    rest = without_number(words, named) if named else words
    return rest if says_more(rest) else ""


async def _note_picture(
    order_id: int, kept: Kept, meant: Meant, message: Message, desk: Desk, notes: Notes, visit: Visit
) -> None:
    """Store the picture and its caption as a note."""
    said = said_in(message) or Said(message.chat.id, message.message_id, "")
    words = _words(message, meant.number)
    await keep_note(order_id, _picture(said, words), message, notes, desk, visit, kept)


def _picture(said: Said, words: str) -> Said:
    """A picture that was sent as a file is a picture, too: it is sent again from its copy on disk."""
    return replace(said, words=words, kind=RemarkKind.PICTURE)


async def _ask_photo_or_note(
    order_id: int, kept: Kept, message: Message, desk: Desk, photos: Photos, visit: Visit
) -> None:
    """Ask by two buttons, once per album, and store the picture until the answer."""
    waiting, is_first = await photos.wait(kept, visit.member.staff_id, message.media_group_id or "")
    if not is_first:
        return
    order = await desk.look(order_id, visit.actor)
    row = [
        (visit.t.plain("button-note-photo"), PhotoFor(photo=waiting.id, order=order_id).pack()),
        (visit.t.plain("button-note"), NoteTap(photo=waiting.id, order=order_id).pack()),
    ]
    buttons = [InlineKeyboardButton(text=label, callback_data=data) for label, data in row]
    await ask_in_private(message, visit.t("note-or-photo", number=number(order)), keyboard([buttons]))


@router.callback_query(NoteTap.filter(F.photo > 0))
async def take_as_note(
    query: CallbackQuery, callback_data: NoteTap, desk: Desk, photos: Photos, notes: Notes, visit: Visit
) -> None:
    """Store the waiting picture and the rest of its album as notes; the first one gets the caption."""
    waiting = await photos.waiting(callback_data.photo, visit.actor)
    asked = query.message if isinstance(query.message, Message) else None
    if not waiting or asked is None:
        await answer_tap(query, visit.t.plain("toast-photo-gone"))
        return
    try:
        noted = await _note_waiting(waiting, callback_data.order, asked, desk, photos, notes, visit)
    except Refusal as refused:
        await answer_tap(query, await explain(refused, callback_data.order, desk, visit))
        return
    await drop(asked, asked.message_id)
    await answer_tap(query, visit.t.plain("toast-note-on", number=noted))
    if asked.reply_to_message is not None:
        await thank(asked.reply_to_message.as_(query.bot), visit)


async def _note_waiting(
    waiting: Sequence[WaitingPhoto],
    order_id: int,
    asked: Message,
    desk: Desk,
    photos: Photos,
    notes: Notes,
    visit: Visit,
) -> str:
    """Returns the order's number. Raises Refusal; then the pictures still wait for an answer."""
    order = await desk.look(order_id, visit.actor)
    original = asked.reply_to_message
    place, words = original or asked, _words(original, "") if original else ""
    for one in waiting:
        said = Said(place.chat.id, place.message_id, words, RemarkKind.PICTURE, part=one.id)
        await notes.add(order_id, said, visit.actor, Kept(one.sha256, one.path))
        words = ""
    await photos.wait_no_more(waiting)
    return order.number


async def ask_in_private(message: Message, text: str, buttons: InlineKeyboardMarkup | None) -> Message:
    """Ask below the picture; if it was sent to a group, ask its sender in the private chat."""
    if message.chat.type == ChatType.PRIVATE or message.bot is None or message.from_user is None:
        return await say_below(message, passing.Kind.CHOICE, text, reply_markup=buttons)
    return await message.bot.send_message(
        message.from_user.id,
        text,
        reply_markup=buttons,
        disable_notification=False,  # they are looking at the group
    )
