"""«Отчёт» and «Мой день»: a picture with buttons for other days, details and a table (X10)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop, put_picture, say
from handlers.frame.command_flow import answer_tap, leave_dialogue
from handlers.frame.context import Visit
from handlers.frame.keyboard_filter import Label
from handlers.frame.reception import FromStaff, InPrivate
from messages.report.taps import SummaryDo, SummaryTap
from orders.bell.passing import Kind
from services.health.drawings import NotDrawn
from services.report.reports import Drawn, Reports

router = Router(name="reports")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())

_PICTURES = {SummaryDo.GLANCE, SummaryDo.DETAILS}


@router.message(Label("button-report"))
@router.message(Label("button-my-day"))
@router.message(Command("report"))
async def send_report(message: Message, state: FSMContext, reports: Reports, visit: Visit) -> None:
    """Send today's report: chiefs get the shop's, others their own."""
    await leave_dialogue(state, message)
    found = await _drawn(reports.first_tap(visit.shop), message, reports, visit)
    if found is not None:
        await put_picture(message, found.png, found.caption, found.keyboard)
        await drop(message, message.message_id)


@router.callback_query(SummaryTap.filter(F.do.in_(_PICTURES)))
async def turn_report(
    query: CallbackQuery, callback_data: SummaryTap, reports: Reports, visit: Visit
) -> None:
    """Show other days or details in the same message. The tap is answered first: drawing takes a moment."""
    await answer_tap(query, visit.t.plain("summary-drawing"))
    if not isinstance(query.message, Message):
        return
    found = await _drawn(callback_data, query.message, reports, visit)
    if found is not None:
        await put_picture(query.message, found.png, found.caption, found.keyboard)


@router.callback_query(SummaryTap.filter(F.do == SummaryDo.FILE))
async def send_table(query: CallbackQuery, callback_data: SummaryTap, reports: Reports, visit: Visit) -> None:
    """Send the figures as XLSX."""
    await answer_tap(query, visit.t.plain("summary-drawing"))
    if not isinstance(query.message, Message):
        return
    try:
        file = await reports.table(visit.member, visit.shop, callback_data)
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


async def _drawn(tap: SummaryTap, chat: Message, reports: Reports, visit: Visit) -> Drawn | None:
    """Returns the report; None after telling the person that it could not be drawn."""
    try:
        return await reports.drawn(visit.member, visit.shop, tap)
    except NotDrawn:
        await say(chat, Kind.REMARK, visit.t("summary-failed"))
        return None
