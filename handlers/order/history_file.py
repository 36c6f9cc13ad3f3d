"""The history of an order as a file for a dispute, for directors and managers (X5)."""

from __future__ import annotations

from contextlib import suppress

from aiogram import F, Router
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.frame.command_flow import answer_tap, order_for_step
from handlers.frame.context import Office, Visit
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.order import Do, Tap
from messages.order.history.dispute_file import Evidence, dispute_page, photo_of
from orders.steps import events as happened
from orders.steps.phone_steps import may_read_phone, without_client_phone
from orders.steps.photos import gone_elsewhere
from services.health.troubles import TroubleKind
from services.photo.image_checks import NotAPictureError
from storage.db.errors import PhotoMissing, PhotosUnavailable

router = Router(name="history_file")
router.callback_query.filter(FromStaff(), InPrivate())


@router.callback_query(Tap.filter(F.do == Do.HISTORY_FILE))
async def send_history(query: CallbackQuery, callback_data: Tap, office: Office, visit: Visit) -> None:
    """One page with everything in it, the photos too."""
    order = await order_for_step(query, callback_data, office, visit)
    if order is None or not isinstance(query.message, Message):
        return
    await answer_tap(query, "")
    if not may_read_phone(order, visit.actor, visit.now):
        order = without_client_phone(order)
    events = [event for _version, event in await office.desk.history(order.id, visit.actor)]
    talk = await office.talks.talk(order.id, visit.actor)
    try:
        found = await _photos(events, office)
    except PhotosUnavailable as error:  # a page without the photos would say that they are gone
        office.troubles.report(TroubleKind.PHOTOS, str(error))
        await query.message.answer(visit.t("photo-not-shown"))
        return
    evidence = Evidence(order, events, found, talk)
    page = dispute_page(evidence, visit.rules, visit.now, visit.t)
    file = BufferedInputFile(page.encode(), f"{order.number}.html")
    await query.message.answer_document(file)


async def _photos(events: list[happened.Event], office: Office) -> dict[str, bytes]:
    """Every version there ever was, also those of uploads that were undone; none of another order (R63)."""
    elsewhere = gone_elsewhere(events)
    found = {}
    for event in events:
        photo = photo_of(event)
        if photo is not None and photo.path not in elsewhere:
            with suppress(PhotoMissing, NotAPictureError):
                found[photo.path] = await office.photos.shown(photo)
    return found
