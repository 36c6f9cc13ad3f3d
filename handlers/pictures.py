"""Photos of orders: taken wherever it can be understood to which order they belong (R23, R25).

A reply to an order's message, the order's number as caption, the «Загрузить фото» button before it, the rest
of an album. Where none of these tells, the photo is kept and the bot asks; it is never lost.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import structlog
from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from markupsafe import Markup

from handlers.answers import answer_tap, explain, redraw, take_away_request
from handlers.dialogue import Waiting, open_dialogue
from handlers.office import Office, Visit
from handlers.photo_orders import orders_for_photo
from handlers.proofs import only_delivery, proof_kept, shows_handover, tell_proof
from handlers.reception import FromStaff, InPrivate
from messages import checklist as boxes
from messages import limits
from messages import photos as screens
from messages.board import order_label
from messages.buttons import keyboard
from messages.callbacks import PhotoFor
from messages.draft_callbacks import PaperTap
from messages.outside import clean
from messages.photos import flaw_lines
from messages.screen import Screen
from messages.toasts import done as done_text
from orders.commands import AttachPhoto
from orders.numbers import is_own, named_in, surely_named
from orders.order import Order
from orders.photo_quality import flaws
from orders.refusals import Reason, Refusal
from orders.status import Step
from services.pictures import NotAPictureError
from services.troubles import TroubleKind
from storage import board, cards
from storage.errors import DatabaseUnavailable, PhotosUnavailable, StorageError
from storage.photo_files import Kept

router = Router(name="pictures")
router.message.filter(FromStaff())
router.callback_query.filter(FromStaff(), InPrivate())

MOST_CHOICES = 6
"""With a new order from the picture and the way out there are eight buttons."""
NONE_OF_THESE = 0

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
        await _ask_which(message, kept, office, visit, _unknown_number(message, visit))
        return
    try:
        if await shows_handover(order_id, state, office, visit):
            proved = await office.photos.attach_proof(order_id, kept, visit.actor)
            if await _first_of_album(message, order_id, state) is not None:
                await tell_proof(proved, message, office, visit)
            return
        if await _is_poor(kept, order_id, message, office, visit):
            return
        order = await office.photos.attach(order_id, kept, visit.actor, message.media_group_id or "")
    except Refusal as refused:
        words = visit.t("outcome", words=await explain(refused, order_id, office, visit))
        if refused.reason is Reason.SAME_PHOTO:
            await message.reply(words)
        else:
            await _ask_which(message, kept, office, visit, [words])
        return
    await _tell_kept(order, message, state, office, visit)


async def _is_poor(kept: Kept, order_id: int, message: Message, office: Office, visit: Visit) -> bool:
    """Whether the picture is too dark or blurred; then it waits until its sender has decided (R35).

    Of an album all such pictures wait for one answer. Raises Refusal where the order takes no photo at all.
    """
    measures = await office.photos.measure(kept)
    if not flaws(measures, visit.rules):
        return False
    order = await office.desk.check(order_id, AttachPhoto(kept.sha256, kept.path), visit.actor)
    waiting, is_first = await office.photos.wait(kept, visit.member.staff_id, message.media_group_id or "")
    if is_first:
        screen = screens.poor(order, waiting.id, measures, visit.rules, visit.t)
        await _ask_in_private(message, screen.text, screen.keyboard)
    return True


async def _tell_kept(order: Order, message: Message, state: FSMContext, office: Office, visit: Visit) -> None:
    """Once for a whole album. In a group nobody ticks or moves anything."""
    data = await _first_of_album(message, order.id, state)
    if data is None:
        return
    version = order.progress.photos[-1].version
    is_same_list = (data.get("order"), data.get("made_of")) == (order.id, boxes.made_of(order))
    screen = screens.kept(visit.look(order), version, data.get("ticked", 0) if is_same_list else 0)
    if message.chat.type == ChatType.PRIVATE:
        await message.reply(screen.text, reply_markup=screen.keyboard)
        await office.live_cards.move_down(order.id, message.chat.id)
    else:
        await message.reply(visit.t("outcome", words=done_text(Step.ATTACH_PHOTO, order, visit.t)))


async def _first_of_album(message: Message, order_id: int, state: FSMContext) -> dict[str, Any] | None:
    """What the dialogue held before this photo; None when one of the same album was answered before.

    What the bot waited for has come: its request is taken away.
    """
    album, data = message.media_group_id, await state.get_data()
    if await state.get_state() not in {None, Waiting.picture.state}:
        return {}
    if album is not None and (data.get("order"), data.get("album")) == (order_id, album):
        return None
    await open_dialogue(state, None, {"order": order_id, "album": album, "proof": data.get("proof")})
    await take_away_request(data, message)
    return data


@router.callback_query(PhotoFor.filter())
async def choose_order(
    query: CallbackQuery, callback_data: PhotoFor, state: FSMContext, office: Office, visit: Visit
) -> None:
    """The answer to "which order?", and to a warning of a poor picture."""
    if callback_data.order == NONE_OF_THESE:
        await answer_tap(query, visit.t.plain("toast-photo-waits"))
        return
    try:
        is_proof = await shows_handover(callback_data.order, state, office, visit)
        order = await office.photos.attach_waiting(
            callback_data.photo, callback_data.order, visit.actor, is_proof=is_proof
        )
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
    if isinstance(query.message, Message):
        await _show_chosen(query.message, order, state, visit, is_proof=is_proof)
    step = Step.ATTACH_PROOF if is_proof else Step.ATTACH_PHOTO
    await answer_tap(query, done_text(step, order, visit.t))


async def _show_chosen(
    question: Message, order: Order, state: FSMContext, visit: Visit, *, is_proof: bool
) -> None:
    """In the question's place: at which order the picture is now."""
    if is_proof:
        await redraw(question, Screen(proof_kept(order, visit.t)))
        return
    data = await state.get_data()
    if await state.get_state() == Waiting.picture.state and data.get("order") == order.id:
        await state.clear()  # the photo has come
        await take_away_request(data, question)
    await redraw(question, screens.kept(visit.look(order), order.progress.photos[-1].version, 0))


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
    return None if surely_named(message.caption) else await only_delivery(office, visit)


async def _replied_to(message: Message, office: Office) -> int | None:
    """The order whose message this one answers."""
    if message.reply_to_message is None:
        return None
    async with office.database.read() as c:
        return await cards.order_of(c, message.chat.id, message.reply_to_message.message_id)


def _unknown_number(message: Message, visit: Visit) -> list[Markup]:
    """A number in the caption of which there is no order."""
    named = surely_named(message.caption)
    return [visit.t("photo-number-unknown", number=clean(named, limits.NUMBER))] if named else []


def _known(order: object) -> int | None:
    return order if isinstance(order, int) else None


async def _ask_which(message: Message, kept: Kept, office: Office, visit: Visit, why: list[Markup]) -> None:
    """Keep the picture waiting and offer the orders whose photo is due; always in private (R14, R63).

    One question is for all pictures of an album. Where no order wants one, nothing is asked.
    """
    waiting, is_first = await office.photos.wait(kept, visit.member.staff_id, message.media_group_id or "")
    if not is_first:
        return
    poor = flaw_lines(await office.photos.measure(kept), visit.rules, visit.t)
    found = await orders_for_photo(MOST_CHOICES, office, visit)
    buttons: list[tuple[str, CallbackData]] = [
        (order_label(order, visit.now, visit.rules, visit.t), PhotoFor(photo=waiting.id, order=order.id))
        for order in found
    ]
    if visit.only_own is None:
        buttons.append((visit.t.plain("draft-button-paper"), PaperTap(photo=waiting.id)))
    if buttons:
        later = PhotoFor(photo=waiting.id, order=NONE_OF_THESE)
        buttons.append((visit.t.plain("button-photo-later"), later))
    rows = [[InlineKeyboardButton(text=label, callback_data=data.pack())] for label, data in buttons]
    text = visit.t("photo-which-order" if found else "photo-no-order")
    await _ask_in_private(message, str(Markup("\n").join([*poor, *why, text])), keyboard(rows))


async def _ask_in_private(message: Message, text: str, buttons: InlineKeyboardMarkup | None) -> None:
    """Below the picture; where it came in a group, the question is not for everybody there."""
    if message.chat.type == ChatType.PRIVATE or message.bot is None or message.from_user is None:
        await message.reply(text, reply_markup=buttons)
    else:
        await message.bot.send_message(message.from_user.id, text, reply_markup=buttons)
