"""Photos of orders: taken wherever it can be understood to which order they belong (R23, R25).

A reply to an order's message, the order's number as caption, the «Загрузить фото» button before it, the rest
of an album. Where none of these tells, the photo is kept and the bot asks; it is never lost.
"""

from __future__ import annotations

from io import BytesIO

import structlog
from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramBadRequest
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram.utils.keyboard import InlineKeyboardBuilder

from handlers.answers import answer_tap, explain, take_away_request
from handlers.dialogue import Waiting
from handlers.office import Office, Visit
from handlers.reception import FromStaff, InPrivate
from messages import limits
from messages.board import order_label
from messages.callbacks import PhotoFor
from messages.draft_callbacks import PaperTap
from messages.outside import clean
from messages.toasts import done as done_text
from orders.board import Section, Span
from orders.numbers import is_own, named_in, surely_named
from orders.order import Order
from orders.people import Role
from orders.refusals import Reason, Refusal
from orders.status import Status, Step
from services.photos import has_left
from services.pictures import NotAPictureError
from services.troubles import TroubleKind
from storage import board, cards, deliveries
from storage.board import BoardQuery
from storage.errors import DatabaseUnavailable, PhotosUnavailable, StorageError
from storage.photo_files import Kept

router = Router(name="pictures")
router.message.filter(FromStaff())
router.callback_query.filter(FromStaff(), InPrivate())

MOST_CHOICES = 3
"""Orders of each status that are offered: with the way out there are seven buttons."""
NONE_OF_THESE = 0
_ASSEMBLED = frozenset({Status.ACCEPTED, Status.PHOTO})

_LOOKS_LIKE_PICTURE = F.photo | F.document

log = structlog.get_logger(__name__)


@router.message(_LOOKS_LIKE_PICTURE)
async def take_picture(message: Message, bot: Bot, state: FSMContext, office: Office, visit: Visit) -> None:
    """Keep the picture first, then find out where it belongs.

    In a group only replies to an order's message are meant for the bot.
    """
    is_private = message.chat.type == ChatType.PRIVATE
    if not is_private and await _replied_to(message, office) is None:
        return
    kept = await kept_picture(message, bot, office, visit)
    if kept is None:
        return
    try:
        await _place(kept, message, state, office, visit)
    except (PhotosUnavailable, DatabaseUnavailable) as error:
        await tell_not_kept(error, message, office, visit)


async def _place(kept: Kept, message: Message, state: FSMContext, office: Office, visit: Visit) -> None:
    """Tie the kept picture to its order, or ask which order it is of."""
    order_id = await _order_of(message, state, office, visit)
    if order_id is None:
        if message.media_group_id is not None:  # only the first of an album has the caption
            await state.update_data(asked=message.media_group_id)
        await _ask_which(message, kept, office, visit, _which(message, visit))
        return
    try:
        asked = await _is_asked_for_proof(order_id, state)
        order = await office.photos.attach(order_id, kept, visit.actor, asked_for_proof=asked)
    except Refusal as refused:
        words = visit.t("outcome", words=await explain(refused, order_id, office, visit))
        if refused.reason is Reason.SAME_PHOTO:
            await message.reply(words)
        else:
            await _ask_which(message, kept, office, visit, visit.t("photo-refused", why=words))
        return
    if await _is_told_of(message, order_id, state):
        return
    await message.reply(visit.t("outcome", words=done_text(_step(order), order, visit.t)))
    if message.chat.type == ChatType.PRIVATE:
        await office.live_cards.move_down(order_id, message.chat.id)


async def _is_asked_for_proof(order_id: int, state: FSMContext) -> bool:
    data = await state.get_data()
    return data.get("order") == order_id and data.get("proof") is True


def _step(order: Order) -> Step:
    """What the picture became."""
    return Step.ATTACH_PROOF if has_left(order) else Step.ATTACH_PHOTO


async def _is_told_of(message: Message, order_id: int, state: FSMContext) -> bool:
    """Whether a photo of the same album was answered before; if not, this answer is for the whole album.

    What the bot waited for has come: its request is taken away.
    """
    album, data = message.media_group_id, await state.get_data()
    if await state.get_state() not in {None, Waiting.picture.state}:
        return False
    if album is not None and (data.get("order"), data.get("album")) == (order_id, album):
        return True
    await state.set_state(None)
    await state.set_data({"order": order_id, "album": album, "proof": data.get("proof")})
    await take_away_request(data, message)
    return False


@router.callback_query(PhotoFor.filter())
async def choose_order(query: CallbackQuery, callback_data: PhotoFor, office: Office, visit: Visit) -> None:
    """The answer to "which order?"."""
    if callback_data.order == NONE_OF_THESE:
        await answer_tap(query, visit.t.plain("toast-photo-waits"))
        return
    try:
        order = await office.photos.attach_waiting(callback_data.photo, callback_data.order, visit.actor)
    except Refusal as refused:
        await answer_tap(query, await explain(refused, callback_data.order, office, visit))
        return
    except PhotosUnavailable as error:
        office.troubles.report(TroubleKind.PHOTOS, str(error))
        await answer_tap(query, visit.t.plain("toast-photo-not-kept"))
        return
    if order is None:
        await answer_tap(query, visit.t.plain("toast-photo-gone"))
        return
    words = done_text(_step(order), order, visit.t)
    await answer_tap(query, words)
    if isinstance(query.message, Message):
        await query.message.edit_text(visit.t("photo-went-to", number=order.number, words=words))


async def kept_picture(message: Message, bot: Bot, office: Office, visit: Visit) -> Kept | None:
    """The picture on disk; None after telling the person what is wrong with it."""
    source = message.photo[-1] if message.photo else message.document
    if source is None:
        return None
    try:
        content = await bot.download(source, BytesIO())
    except TelegramBadRequest:  # getFile refuses what is larger than 20 MB
        await message.reply(visit.t("photo-too-big"))
        return None
    try:
        return await office.photos.keep(content.read() if content else b"")
    except NotAPictureError:
        await message.reply(visit.t("photo-not-a-picture"))
    except PhotosUnavailable as error:
        await tell_not_kept(error, message, office, visit)
    return None


async def tell_not_kept(error: StorageError, message: Message, office: Office, visit: Visit) -> None:
    """Nobody may think that a photo is kept which is not: its sender has to send it again."""
    if isinstance(error, PhotosUnavailable):
        office.troubles.report(TroubleKind.PHOTOS, str(error))
    log.warning("photo_not_kept", why=str(error))
    await message.reply(visit.t("photo-not-kept"))


async def _order_of(message: Message, state: FSMContext, office: Office, visit: Visit) -> int | None:
    replied = await _replied_to(message, office)
    if replied is not None:
        return replied
    async with office.database.read() as c:
        for number in named_in(message.caption):
            found = await board.find(c, visit.shop.id, number, visit.only_own, 2)
            if found and (found[0].number == number or (len(found) == 1 and not is_own(number))):
                return found[0].id
    data = await state.get_data()
    if message.media_group_id is not None and data.get("asked") == message.media_group_id:
        return None
    if await state.get_state() == Waiting.picture.state:
        # A number that is not known means another order than the one whose photo is awaited.
        return None if surely_named(message.caption) else _known(data.get("order"))
    album = message.media_group_id
    if album is not None and data.get("album") == album:
        return _known(data.get("order"))
    return None if surely_named(message.caption) else await _only_delivery(office, visit)


async def _only_delivery(office: Office, visit: Visit) -> int | None:
    """A courier who has one order with him and sends a picture has handed that one over (X8)."""
    if visit.actor.role is not Role.COURIER:
        return None
    async with office.database.read() as c:
        mine = await deliveries.carried_by(c, visit.shop.id, visit.member.staff_id)
    under_way = [order.id for order in mine if order.status is Status.COURIER_LEFT]
    return under_way[0] if len(under_way) == 1 else None


async def _replied_to(message: Message, office: Office) -> int | None:
    """The order whose message this one answers."""
    if message.reply_to_message is None:
        return None
    async with office.database.read() as c:
        return await cards.order_of(c, message.chat.id, message.reply_to_message.message_id)


def _which(message: Message, visit: Visit) -> str:
    """The question; a number in the caption of which there is no order is named in it."""
    named = surely_named(message.caption)
    if named is None:
        return visit.t("photo-which-order")
    return visit.t("photo-number-unknown", number=clean(named, limits.NUMBER))


def _sections(visit: Visit) -> tuple[Section, ...]:
    """Where the order of a picture may stand: a courier's are on the way, or just handed over."""
    if visit.actor.role is Role.COURIER:
        return Section.COURIER_LEFT, Section.DONE
    return Section.ACCEPTED, Section.PHOTO


def _takes_picture(order: Order) -> bool:
    return order.details.has_photo_step if order.status in _ASSEMBLED else has_left(order)


def _known(order: object) -> int | None:
    return order if isinstance(order, int) else None


async def _ask_which(message: Message, kept: Kept, office: Office, visit: Visit, text: str) -> None:
    """Keep the picture waiting and offer the orders whose photo is due; always in private (R14, R63).

    One question is for all pictures of an album.
    """
    waiting, is_first = await office.photos.wait(kept, visit.member.staff_id, message.media_group_id or "")
    if not is_first:
        return
    builder = InlineKeyboardBuilder()
    for section in _sections(visit):
        query = BoardQuery(visit.shop.id, section, Span(), visit.now, visit.only_own)
        async with office.database.read() as c:
            orders = await board.page(c, query, MOST_CHOICES, 0)
        for order in orders:
            if _takes_picture(order):
                text_of_button = order_label(order, visit.now, visit.rules, visit.t)
                builder.button(text=text_of_button, callback_data=PhotoFor(photo=waiting.id, order=order.id))
    if visit.only_own is None:
        builder.button(text=visit.t.plain("draft-button-paper"), callback_data=PaperTap(photo=waiting.id))
    builder.button(
        text=visit.t.plain("button-photo-later"),
        callback_data=PhotoFor(photo=waiting.id, order=NONE_OF_THESE),
    )
    keyboard = builder.adjust(1).as_markup()
    if message.chat.type == ChatType.PRIVATE or message.bot is None or message.from_user is None:
        await message.reply(text, reply_markup=keyboard)
    else:
        await message.bot.send_message(message.from_user.id, text, reply_markup=keyboard)
