"""«Отчёт» and «Мой день»: a picture with buttons for other days, details and a table (X10)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, InputMediaPhoto, Message

from handlers.frame.clean_chat import drop, say, told
from handlers.frame.command_flow import answer_tap, leave_dialogue
from handlers.frame.context import Office, Visit
from handlers.frame.keyboard_filter import Label
from handlers.frame.reception import FromStaff, InPrivate
from messages.report.taps import SummaryDo, SummaryTap
from orders.bell.passing import Kind
from services.health.drawings import NotDrawn
from services.report.reports import Drawn

router = Router(name="reports")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())

_PICTURES = {SummaryDo.GLANCE, SummaryDo.DETAILS}


@router.message(Label("button-report"))
@router.message(Label("button-my-day"))
@router.message(Command("report"))
async def send_report(message: Message, state: FSMContext, office: Office, visit: Visit) -> None:
    """Send today's report: chiefs get the shop's, others their own."""
    await leave_dialogue(state, message)
    found = await _drawn(office.shop.reports.first_tap(visit.shop), message, office, visit)
    if found is not None:
        await _send(message, found)
        await drop(message, message.message_id)


@router.callback_query(SummaryTap.filter(F.do.in_(_PICTURES)))
async def turn_report(query: CallbackQuery, callback_data: SummaryTap, office: Office, visit: Visit) -> None:
    """Show other days or details in the same message. The tap is answered first: drawing takes a moment."""
    await answer_tap(query, visit.t.plain("summary-drawing"))
    if not isinstance(query.message, Message):
        return
    found = await _drawn(callback_data, query.message, office, visit)
    if found is None:
        return
    try:
        media = InputMediaPhoto(media=BufferedInputFile(found.png, "report.png"), caption=found.caption)
        await query.message.edit_media(media, reply_markup=found.keyboard)
    except TelegramBadRequest:  # the message is gone, or too old to be edited
        await _send(query.message, found)


@router.callback_query(SummaryTap.filter(F.do == SummaryDo.FILE))
async def send_table(query: CallbackQuery, callback_data: SummaryTap, office: Office, visit: Visit) -> None:
    """Send the figures as XLSX."""
    await answer_tap(query, visit.t.plain("summary-drawing"))
    if not isinstance(query.message, Message):
        return
    try:
        file = await office.shop.reports.table(visit.member, visit.shop, callback_data)
    except NotDrawn:
        await say(query.message, Kind.REMARK, visit.t("summary-failed"))
        return
    await query.message.answer_document(file)


@router.callback_query(SummaryTap.filter(F.do == SummaryDo.CLOSE))
async def close_report(query: CallbackQuery) -> None:
    """Delete the report's message."""
    await answer_tap(query, "")
    if isinstance(query.message, Message):
        await drop(query.message, query.message.message_id)


async def _drawn(tap: SummaryTap, chat: Message, office: Office, visit: Visit) -> Drawn | None:
    """Returns the report; None after telling the person that it could not be drawn."""
    try:
        return await office.shop.reports.drawn(visit.member, visit.shop, tap)
    except NotDrawn:
        await say(chat, Kind.REMARK, visit.t("summary-failed"))
        return None


async def _send(message: Message, found: Drawn) -> None:
    picture = BufferedInputFile(found.png, "report.png")
    sent = await message.answer_photo(picture, caption=found.caption, reply_markup=found.keyboard)
    told(sent, Kind.MENU)
