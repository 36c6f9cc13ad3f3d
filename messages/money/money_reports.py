"""The list of imported money reports, to open them again (R13)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.goods import ShopDo, ShopTap
from messages.callbacks.money import ReportsTap, ReportTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit, fit_lines
from messages.money.money_report import period
from messages.ui import limits
from messages.ui.buttons import Row, keyboard
from messages.ui.formatting import moment
from messages.ui.screen import Screen
from orders.model.rules import ShopRules
from orders.money.money_report import Taken

ON_PAGE = 5

Listed = tuple[int, datetime, Taken]
"""A report's id, when it was sent, its content."""


def reports_screen(
    reports: Sequence[Listed], total: int, page: int, rules: ShopRules, now: datetime, t: Translator
) -> Screen:
    """One page of the list, a button for each report; `page` counts from 0."""
    lines = [t("reports-title", count=total), Markup(), t("reports-how")]
    rows = [[_open(report, rules, now, t)] for report in reports]
    return Screen(str(fit_lines(lines)), keyboard([*rows, _paging(page, total, t), [_to_shop(t)]]))


def to_reports(t: Translator) -> InlineKeyboardButton:
    """The button to the list."""
    return InlineKeyboardButton(text=t.plain("do-reports"), callback_data=ReportsTap().pack())


def _open(report: Listed, rules: ShopRules, now: datetime, t: Translator) -> InlineKeyboardButton:
    report_id, at, taken = report
    sent = moment(at, now, rules.zone, t)
    days = period(taken) if taken.since else t.plain("reports-undated")
    label = t.plain("reports-line", period=days, count=taken.new + taken.known, sent=sent)
    return InlineKeyboardButton(
        text=fit(label, limits.BUTTON), callback_data=ReportTap(report=report_id).pack()
    )


def _paging(page: int, total: int, t: Translator) -> Row:
    row = []
    if page > 0:
        row.append(_turn(t.plain("board-previous"), page - 1))
    if page < ceil(total / ON_PAGE) - 1:
        row.append(_turn(t.plain("board-next"), page + 1))
    return row


def _turn(label: str, page: int) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=ReportsTap(page=page).pack())


def _to_shop(t: Translator) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=t.plain("do-shop-back"), callback_data=ShopTap(do=ShopDo.SHOP).pack())
