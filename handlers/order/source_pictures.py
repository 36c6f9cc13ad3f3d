"""Sends the pictures from which an order was written down; chiefs only, as they show all contacts."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.frame.clean_chat import say
from handlers.frame.command_flow import answer_tap, order_for, order_for_step
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff, InPrivate
from handlers.frame.shown_pictures import opened
from messages.callbacks.order import Do, Tap
from orders.bell.passing import Kind
from services.order.desk import Desk
from services.photo.photos import Photos

router = Router(name="papers")
router.callback_query.filter(FromStaff(), InPrivate())


@router.callback_query(Tap.filter(F.do == Do.PAPERS))
async def show_papers(
    query: CallbackQuery, callback_data: Tap, desk: Desk, photos: Photos, visit: Visit
) -> None:
    """Send each picture in a message of its own."""
    order = await order_for(query, callback_data.order, desk, visit)
    if order is None:
        return
    papers = order.details.papers
    if not papers:
        await answer_tap(query, visit.t.plain("toast-no-papers"))
        return
    if await order_for_step(query, callback_data, desk, visit) is None:
        return
    await answer_tap(query, "")
    for place, paper in enumerate(papers, start=1):
        if not isinstance(query.message, Message):
            return
        words = visit.t("photo-paper-lost", number=order.number, place=place)
        content = await opened(photos.paper(paper), words, visit)
        if not isinstance(content, bytes):
            await say(query.message, Kind.REMARK, content)
            continue
        caption = visit.t("caption-paper", number=order.number, place=place, count=len(papers))
        await query.message.answer_photo(BufferedInputFile(content, f"{place}.jpg"), caption=caption)
