"""A reply to a message about an order is a note on it: text, voice, video or sticker (X19).

`handlers.photo` handles pictures, which may be photos of the bouquet.
"""

from __future__ import annotations

from contextlib import suppress

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Filter
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.frame.clean_chat import say
from handlers.frame.command_flow import answer_tap, order_for_step
from handlers.frame.context import Visit
from handlers.frame.notes import answered_order, keep_note, said_in
from handlers.frame.reception import FromStaff, InPrivate
from handlers.order.named_orders import named_orders
from messages.callbacks.order import Do, Tap
from messages.delivery.crew_talk import files_for
from orders.bell.passing import Kind
from orders.model.delivery_facts import Remark, RemarkKind
from orders.model.details import Paper
from orders.model.numbers import looked_for
from services.notes.notes import Notes, Said
from services.order.desk import Desk
from services.order.order_lists import OrderLists
from services.photo.image_checks import NotAPictureError
from services.photo.photos import Photos
from services.sending.live_cards import LiveCards
from storage.db.errors import PhotoMissing, PhotosUnavailable

router = Router(name="notes")
router.message.filter(FromStaff())
router.callback_query.filter(FromStaff(), InPrivate())


class AnswersOrder(Filter):
    """Accepts a reply to a message about one order; provides the order and the note's content.

    In a private chat also a reply to any message that contains the number of one order.
    """

    async def __call__(
        self, message: Message, order_lists: OrderLists, live_cards: LiveCards, visit: Visit | None = None
    ) -> bool | dict[str, object]:
        said, answered = said_in(message), message.reply_to_message
        if visit is None or said is None or answered is None:
            return False
        is_private = message.chat.type == ChatType.PRIVATE
        if not is_private and looked_for(said.words):  # a number alone is a search
            return False
        order_id = await answered_order(message, live_cards)
        if order_id is None and is_private:
            named = await named_orders(answered.text or answered.caption, order_lists, visit)
            order_id = named[0].id if len(named) == 1 else None
        return {"order_id": order_id, "said": said} if order_id is not None else False


@router.message(AnswersOrder())
async def note_on_answered(
    message: Message, order_id: int, said: Said, desk: Desk, notes: Notes, visit: Visit
) -> None:
    """Store the note; it appears on the cards of those who work on the order."""
    await keep_note(order_id, said, message, notes, desk, visit)


@router.callback_query(Tap.filter(F.do == Do.NOTES))
async def show_files(
    query: CallbackQuery, callback_data: Tap, desk: Desk, photos: Photos, notes: Notes, visit: Visit
) -> None:
    """Send the voice messages, pictures and videos of the notes, each with its sender's name."""
    order = await order_for_step(query, callback_data, desk, visit)
    if order is None or not isinstance(query.message, Message):
        return
    look = visit.look(order)
    await answer_tap(query, "")
    for remark in files_for(look):
        signed = look.signed(remark.said)
        caption = visit.t("caption-note", number=order.number, signed=signed)
        if not await _sent(remark, caption, query.message, photos, notes):
            await say(query.message, Kind.REMARK, visit.t("note-lost", signed=signed))


async def _sent(remark: Remark, caption: str, chat: Message, photos: Photos, notes: Notes) -> bool:
    """Send the file by Telegram's file id; if Telegram no longer has it, send the copy on disk."""
    if remark.file_id:
        with suppress(TelegramBadRequest):
            await _send(remark.kind, remark.file_id, caption, chat)
            return True
    content = await _copy(remark, photos, notes)
    if content is None:
        return False
    file = BufferedInputFile(content, remark.path.rpartition("/")[2])
    await _send(remark.kind, file, caption, chat)
    return True


async def _copy(remark: Remark, photos: Photos, notes: Notes) -> bytes | None:
    if remark.kind is not RemarkKind.PICTURE:
        return await notes.file(remark)
    with suppress(PhotoMissing, NotAPictureError, PhotosUnavailable):
        return await photos.paper(Paper("", remark.path))
    return None


async def _send(kind: RemarkKind, file: str | BufferedInputFile, caption: str, chat: Message) -> None:
    if kind is RemarkKind.VOICE:
        await chat.answer_voice(file, caption=caption)
    elif kind is RemarkKind.VIDEO:
        await chat.answer_video(file, caption=caption)
    elif kind is RemarkKind.PICTURE:
        await chat.answer_photo(file, caption=caption)
    else:
        await chat.answer_sticker(file)
