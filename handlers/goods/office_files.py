"""Office files: money reports and price lists, distinguished by their content."""

from __future__ import annotations

import hashlib

import structlog
from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Document, Message

from handlers.frame.clean_chat import remark, say_below
from handlers.frame.command_flow import answer_tap, redraw
from handlers.frame.context import Visit
from handlers.frame.late_files import Arrived
from handlers.frame.reception import FromStaff, InPrivate, May
from handlers.goods.imports import show_import
from messages.callbacks.money import ReportPart, ReportsTap, ReportTap
from messages.callbacks.price_lists import ImportTap
from messages.i18n.untrusted_text import clean
from messages.money.money_report import report_screen
from messages.money.money_reports import ON_PAGE, reports_screen
from messages.ui.screen import Screen
from orders.access.roles import Act
from orders.bell.passing import Kind
from orders.goods.price_list import PriceList
from services.files.downloads import FileNotNowError, FileTooBigError
from services.files.file_kinds import OfficeFile, OfficeFiles
from services.files.late_files import LateFiles
from services.files.spreadsheets import Flaw, UnusableFile
from services.goods.imports import Imports
from services.money.money_reports import MoneyReports

LONGEST_NAME = 60
_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".xml", ".yml", ".yaml")

log = structlog.get_logger(__name__)


class IsOfficeFile(Filter):
    """Accepts files whose name ends like a spreadsheet or catalogue; other files may be photos."""

    async def __call__(self, message: Message) -> bool | dict[str, Document]:
        document = message.document
        if document is None or not (document.file_name or "").lower().endswith(_ENDINGS):
            return False
        return {"document": document}


router = Router(name="documents")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(May(Act.SEE_MONEY), InPrivate())


@router.message(IsOfficeFile(), May(Act.SEE_MONEY))
async def take_file(
    message: Message,
    document: Document,
    late_files: LateFiles,
    office_files: OfficeFiles,
    imports: Imports,
    money_reports: MoneyReports,
    visit: Visit,
    arrived: Arrived | None = None,
) -> None:
    """Read the file, store its content, show the result."""
    try:
        if arrived is not None:
            await _take(arrived.content, message, document, office_files, imports, money_reports, visit)
            return
        async with late_files.downloads.fetched(document.file_id, document.file_size) as content:
            await _take(content, message, document, office_files, imports, money_reports, visit)
    except FileTooBigError:
        await remark(message, visit.t(f"file-{Flaw.TOO_BIG.value}"))
    except FileNotNowError as error:
        log.info("file_is_late", why=str(error))
        size = document.file_size
        if await late_files.postpone(message, document.file_id, size, None, visit.t.language):
            await remark(message, visit.t("file-coming"))


async def _take(
    content: bytes,
    message: Message,
    document: Document,
    office_files: OfficeFiles,
    imports: Imports,
    money_reports: MoneyReports,
    visit: Visit,
) -> None:
    try:
        file = await office_files.read(content)
    except UnusableFile as unusable:
        log.info("file_refused", flaw=unusable.flaw.value)
        await remark(message, visit.t(f"file-{unusable.flaw.value}", **unusable.details))
        return
    screen = await _keep(file, document, content, imports, money_reports, visit)
    await say_below(message, Kind.RESULT, screen.text, reply_markup=screen.keyboard)


@router.message(IsOfficeFile())
async def refuse_file(message: Message, visit: Visit) -> None:
    """Refuse the file: money and prices are only for people with that right."""
    await remark(message, visit.t("documents-chiefs-only"))


@router.callback_query(ReportTap.filter())
async def turn_report(
    query: CallbackQuery, callback_data: ReportTap, money_reports: MoneyReports, visit: Visit
) -> None:
    """Show another page or list of a report of this shop."""
    screen = await _report(callback_data, money_reports, visit)
    if screen is None:
        await answer_tap(query, visit.t.plain("toast-report-gone"))
        return
    await answer_tap(query, "")
    if isinstance(query.message, Message):
        await redraw(query.message, screen)


@router.callback_query(ReportsTap.filter())
async def list_reports(
    query: CallbackQuery, callback_data: ReportsTap, money_reports: MoneyReports, visit: Visit
) -> None:
    """List the reports taken in before; a page past the end shows the last page."""
    page = callback_data.page
    found, total = await money_reports.earlier(visit.shop, ON_PAGE, page * ON_PAGE)
    if total and not found:
        page = (total - 1) // ON_PAGE
        found, total = await money_reports.earlier(visit.shop, ON_PAGE, page * ON_PAGE)
    listed = [(report.id, report.at, report.taken) for report in found]
    await answer_tap(query, "")
    if isinstance(query.message, Message):
        screen = reports_screen(listed, total, page, visit.rules, visit.now, visit.t)
        await redraw(query.message, screen)


async def _keep(
    file: OfficeFile,
    document: Document,
    content: bytes,
    imports: Imports,
    money_reports: MoneyReports,
    visit: Visit,
) -> Screen:
    """Store a report at once; a price list waits for a tap."""
    if isinstance(file, PriceList):
        name = clean(document.file_name or "", LONGEST_NAME)
        import_id = await imports.propose(file, name, visit.actor, visit.shop.id)
        return await show_import(ImportTap(list=import_id), imports, visit)
    sha256 = hashlib.sha256(content).hexdigest()
    report_id = await money_reports.take(file, sha256, visit.shop, visit.actor)
    screen = await _report(ReportTap(report=report_id), money_reports, visit)
    if screen is None:
        raise LookupError(f"report {report_id} was kept and is not there")
    return screen


async def _report(tap: ReportTap, money_reports: MoneyReports, visit: Visit) -> Screen | None:
    result = await money_reports.result(tap.report, visit.shop)
    if result is None:
        return None
    part = ReportPart(tap.part)
    return report_screen(tap.report, result.report.taken, result.orders, part, tap.page, visit.t)
