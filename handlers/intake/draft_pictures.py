"""Pictures from which an order is written down: paper, screenshots. They are attached to the draft."""

from __future__ import annotations

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import remark
from handlers.frame.command_flow import answer_tap
from handlers.frame.context import Visit
from handlers.frame.late_files import Arrived
from handlers.frame.reception import InPrivate, May
from handlers.intake.drafting import Writing, open_writing, read, screen_of, show_below
from handlers.intake.pasted_texts import take_written
from handlers.photo.kept_pictures import kept_picture, tell_not_kept
from messages.callbacks.drafts import PaperTap
from orders.access.roles import Act
from orders.intake.order_text import Guess, Written
from orders.model.draft import Draft
from orders.model.numbers import named_in
from services.files.late_files import LateFiles
from services.intake.drafts import DraftGone, Drafts, added
from services.order.desk import Desk
from services.order.order_lists import OrderLists
from services.photo.photos import Photos
from services.sending.live_cards import LiveCards
from storage.db.errors import DatabaseUnavailable, PhotoMissing, PhotosUnavailable
from storage.photo.photo_files import Kept

router = Router(name="draft_pictures")
router.callback_query.filter(May(Act.ENTER_ORDERS), InPrivate())
router.message.filter(May(Act.ENTER_ORDERS), InPrivate(), F.photo | F.document.mime_type.startswith("image/"))


class PaperOfDraft(Filter):
    """Accepts a picture that belongs to a draft, not to an existing order.

    That is a picture sent while a draft is open, or one whose caption is an order. A picture that replies to
    a card, or whose caption names an order, is a photo of that order.
    """

    async def __call__(
        self, message: Message, state: FSMContext, order_lists: OrderLists, visit: Visit | None = None
    ) -> bool | dict[str, object]:
        if visit is None or message.reply_to_message is not None:
            return False
        if await _names_order(message.caption or "", order_lists, visit):
            return False
        writing = await open_writing(state, visit.now)
        written = read(message.caption or "", visit)
        is_order = written.guess(is_forwarded=message.forward_origin is not None) is Guess.SURE
        if writing is None and not is_order:
            return False
        return {"writing": writing, "written": written}


@router.message(PaperOfDraft())
async def take_paper(  # noqa: PLR0913, PLR0917 - one parameter for each service
    message: Message,
    writing: Writing | None,
    written: Written,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    photos: Photos,
    late_files: LateFiles,
    drafts: Drafts,
    visit: Visit,
    arrived: Arrived | None = None,
) -> None:
    """Store the picture first, then attach it to its draft and read its caption."""
    kept = await kept_picture(message, photos, late_files, visit, arrived)
    if kept is None:
        return
    try:
        draft = await _draft_for(message, writing, written, state, desk, live_cards, drafts, visit)
        if draft is not None:
            draft = await drafts.add_paper(draft.id, visit.actor, kept)
            await _show(draft, message, writing, state, drafts, visit)
    except DraftGone:
        await state.clear()
        await remark(message, visit.t("outcome", words=visit.t.plain("toast-draft-gone")))
    except (PhotosUnavailable, DatabaseUnavailable) as error:
        await tell_not_kept(error, message, visit)


@router.callback_query(PaperTap.filter())
async def begin_from_paper(
    query: CallbackQuery,
    callback_data: PaperTap,
    state: FSMContext,
    photos: Photos,
    drafts: Drafts,
    visit: Visit,
) -> None:
    """Begin a new order from a picture that was stored before its order was known."""
    waiting = await photos.waiting(callback_data.photo, visit.actor)
    if not waiting or not isinstance(query.message, Message):
        await answer_tap(query, visit.t.plain("toast-photo-gone"))
        return
    try:
        draft = await drafts.begin(visit.actor)
        for photo in waiting:
            draft = await drafts.add_paper(draft.id, visit.actor, Kept(photo.sha256, photo.path))
    except PhotoMissing:  # the picture was sent twice, and has since been attached to an order
        await answer_tap(query, visit.t.plain("toast-photo-gone"))
        return
    except PhotosUnavailable:
        await answer_tap(query, visit.t.plain("toast-photo-not-kept"))
        return
    await photos.wait_no_more(waiting)
    await answer_tap(query, "")
    writing = Writing(draft.id, visit.now, draft.next_step, is_step=True)
    await show_below(draft, writing, query.message, state, drafts, visit)


async def _draft_for(
    message: Message,
    writing: Writing | None,
    written: Written,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    drafts: Drafts,
    visit: Visit,
) -> Draft | None:
    if writing is None:
        return await take_written(message, written, state, desk, live_cards, drafts, visit)
    if not message.caption:
        return await drafts.get(writing.draft, visit.actor)
    return await drafts.change(writing.draft, visit.actor, lambda draft: added(draft, written))


async def _show(
    draft: Draft, message: Message, writing: Writing | None, state: FSMContext, drafts: Drafts, visit: Visit
) -> None:
    """Show the draft below the picture; further pictures of an album update that message."""
    album = message.media_group_id
    following = replace(writing or Writing(draft.id, visit.now), at=visit.now, album=album)
    if album is None or writing is None or writing.album != album:
        await show_below(draft, following, message, state, drafts, visit)
        return
    shown = await drafts.message_of(draft)
    screen = await screen_of(draft, following, drafts, visit)
    if message.bot is not None:
        await message.bot.edit_message_text(
            screen.text, chat_id=message.chat.id, message_id=shown, reply_markup=screen.keyboard
        )


async def _names_order(caption: str, order_lists: OrderLists, visit: Visit) -> bool:
    for number in named_in(caption):
        found = await order_lists.by_number(visit.shop.id, number, visit.only_own, 1)
        if found and found[0].number == number:
            return True
    return False
