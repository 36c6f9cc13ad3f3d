"""The pictures of an album arrive one by one: remembers what is known from the earlier ones."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from aiogram.exceptions import TelegramBadRequest
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.frame.context import Visit
from messages.i18n.untrusted_text import clean
from messages.photo import photos as screens
from messages.ui.limits import NUMBER
from messages.ui.screen import Screen
from orders.model.refusals import Refusal
from services.notes.notes import Notes
from services.order.desk import Desk
from services.order.order_lists import OrderLists
from services.photo.photos import Photos
from services.sending.live_cards import LiveCards
from storage.photo.photo_files import Kept


@dataclass(frozen=True, slots=True)
class Meant:
    """The order that a picture shows, if known; `number` is the one in the picture's own caption.

    `is_assumed`: the sender named no order; it is the only one that they have in hand.
    """

    order_id: int | None
    number: str = ""
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class SentPicture:
    """A stored picture with its message, its sender's dialogue, and the services that find its place."""

    kept: Kept
    message: Message
    state: FSMContext
    visit: Visit
    order_lists: OrderLists
    desk: Desk
    live_cards: LiveCards
    photos: Photos
    notes: Notes

    @property
    def album(self) -> str:
        """The id of its album; empty for a picture of its own."""
        return self.message.media_group_id or ""


async def asked(message: Message, question: Message | None, state: FSMContext) -> None:
    """Remember that the sender was asked for this album's order, and in which message."""
    if message.media_group_id is None:
        return
    known: dict[str, object] = {"asked": message.media_group_id}
    if question is not None:
        known |= {"question": question.message_id, "question_chat": question.chat.id}
    await state.update_data(known)


async def take_question_away(message: Message, state: FSMContext) -> None:
    """Delete the question for the album's order once a caption of the album has named it."""
    data = await state.get_data()
    question, chat = data.get("question"), data.get("question_chat")
    if data.get("asked") != message.media_group_id or not isinstance(question, int):
        return
    if isinstance(chat, int) and message.bot is not None:
        with suppress(TelegramBadRequest):  # deleted by the person, or too old
            await message.bot.delete_message(chat, question)
    await state.update_data(asked=None, question=None, question_chat=None)


async def other_number(message: Message, meant: Meant, state: FSMContext) -> str:
    """Returns the number in another caption of this album, if it names another order; otherwise ""."""
    data = await state.get_data()
    if not meant.number or message.media_group_id is None or data.get("album") != message.media_group_id:
        return ""
    named = data.get("named")
    is_other = isinstance(named, str) and named and data.get("order") != meant.order_id
    return clean(str(named), NUMBER) if is_other else ""


async def moved_with_album(
    order_id: int, message: Message, state: FSMContext, desk: Desk, photos: Photos, visit: Visit
) -> Screen | None:
    """Move the album's earlier pictures from the order that was assumed to the one that a caption names.

    Returns None if there is nothing to move or one of the two orders no longer allows it.
    """
    data = await state.get_data()
    before, album = data.get("order"), message.media_group_id
    if data.get("album") != album or not isinstance(before, int) or before == order_id:
        return None
    with suppress(Refusal):
        order = await desk.look(before, visit.actor)
        versions = [photo.version for photo in order.progress.photos if photo.album == album]
        if versions:
            moved = await photos.move(before, versions[-1], order_id, visit.actor)
            return screens.moved(moved.source, moved.target, moved.version, visit.t)
    return None
