"""Files of an order for directors and managers: its history for a dispute (X5), a sheet to print (X9)."""

from __future__ import annotations

from contextlib import suppress

from aiogram import F, Router
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.frame.clean_chat import say
from handlers.frame.command_flow import answer_tap, order_for_step
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.order import Do, Tap
from messages.order.history.dispute_file import Evidence, dispute_page, photo_of
from orders.bell.passing import Kind
from orders.model.order import Order
from orders.steps import events as happened
from orders.steps.phone_steps import may_read_phone, without_client_phone
from orders.steps.photos import gone_elsewhere
from orders.support.cases import Case
from orders.support.compensation import Compensation, may_claim
from services.client.conversation import Conversation
from services.files.downloads import FileNotNowError, FileTooBigError
from services.files.late_files import LateFiles
from services.order.desk import Desk
from services.pack.packs import DayPacks, NotPrinted
from services.photo.image_checks import NotAPictureError
from services.photo.photos import Photos
from services.support.cases import Cases
from services.support.compensations import Compensations
from storage.db.errors import PhotoMissing, PhotosUnavailable

router = Router(name="history_file")
router.callback_query.filter(FromStaff(), InPrivate())


@router.callback_query(Tap.filter(F.do == Do.PRINT))
async def send_sheet(
    query: CallbackQuery, callback_data: Tap, desk: Desk, day_packs: DayPacks, visit: Visit
) -> None:
    """Send the order as one printable sheet, with a QR code that opens it in the bot (X9)."""
    order = await order_for_step(query, callback_data, desk, visit)
    if order is None or not isinstance(query.message, Message):
        return
    await answer_tap(query, visit.t.plain("print-drawing"))
    try:
        content = await day_packs.order_sheet(order, visit.member, visit.shop)
    except NotPrinted:
        await say(query.message, Kind.REMARK, visit.t("print-failed"))
        return
    caption = visit.t("print-caption", number=order.number)
    await query.message.answer_document(BufferedInputFile(content, f"{order.number}.pdf"), caption=caption)


@router.callback_query(Tap.filter(F.do == Do.HISTORY_FILE))
async def send_history(  # noqa: PLR0913, PLR0917 - one parameter for each service
    query: CallbackQuery,
    callback_data: Tap,
    desk: Desk,
    photos: Photos,
    late_files: LateFiles,
    conversation: Conversation,
    cases: Cases,
    compensations: Compensations,
    visit: Visit,
) -> None:
    """Send the whole history with its photos as one HTML file."""
    order = await order_for_step(query, callback_data, desk, visit)
    if order is None or not isinstance(query.message, Message):
        return
    await answer_tap(query, "")
    if not may_read_phone(order, visit.actor, visit.now):
        order = without_client_phone(order)
    events = [event for _version, event in await desk.history(order.id, visit.actor)]
    talk = await conversation.talk(order.id, visit.actor)
    raised, claim = await _told_and_asked(order, cases, compensations, visit)
    try:
        found = await _photos(events, photos)
        found |= await _receipts(claim, photos, compensations) | await _answers(raised, late_files)
    except PhotosUnavailable:  # a page without the photos would suggest that none exist
        await say(query.message, Kind.REMARK, visit.t("photo-not-shown"))
        return
    evidence = Evidence(order, events, found, talk, raised, claim)
    page = dispute_page(evidence, visit.rules, visit.now, visit.t)
    file = BufferedInputFile(page.encode(), f"{order.number}.html")
    await query.message.answer_document(file)


async def _photos(events: list[happened.Event], photos: Photos) -> dict[str, bytes]:
    """Returns all versions, also of undone uploads, but no photos that belong to another order (R63)."""
    elsewhere = gone_elsewhere(events)
    found = {}
    for event in events:
        photo = photo_of(event)
        if photo is not None and photo.path not in elsewhere:
            with suppress(PhotoMissing, NotAPictureError):
                found[photo.path] = await photos.shown(photo)
    return found


async def _told_and_asked(
    order: Order, cases: Cases, compensations: Compensations, visit: Visit
) -> tuple[list[Case], Compensation | None]:
    """Returns the order's support cases and claim; none if the order is not from the marketplace."""
    if not may_claim(order, visit.actor):
        return [], None
    raised = await cases.all_of_order(order.id, visit.actor)
    return raised, await compensations.of_order(order.id, visit.actor)


async def _receipts(
    claim: Compensation | None, photos: Photos, compensations: Compensations
) -> dict[str, bytes]:
    found = {}
    for receipt in (one for entry in (claim.valid if claim else ()) for one in entry.receipts):
        with suppress(PhotoMissing, NotAPictureError):
            is_file = receipt.path.endswith(".pdf")
            found[receipt.path] = await (compensations.file(receipt) if is_file else photos.paper(receipt))
    return found


async def _answers(raised: list[Case], late_files: LateFiles) -> dict[str, bytes]:
    """Download photographed answers of support, which only Telegram stores."""
    found = {}
    for file_id in (note.file_id for case in raised for note in case.notes if note.file_id):
        with suppress(FileNotNowError, FileTooBigError):
            async with late_files.downloads.fetched(file_id, None) as content:
                found[file_id] = content
    return found
