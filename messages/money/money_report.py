"""The content of a money report, and its differences from the expected payouts (R13)."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.money import ReportPart, ReportsTap, ReportTap
from messages.callbacks.order import Do
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit, fit_lines
from messages.money.payouts import signed_sum
from messages.ui import limits
from messages.ui.buttons import Row, keyboard, labelled
from messages.ui.screen import Screen
from messages.ui.sums import money
from orders.money.money_report import REPORT_ZONE, Taken, UnreadCell
from orders.money.reconciliation import Comparison, Reconciliation

DIFFERENCES_ON_PAGE = 4
MISSING_ON_PAGE = 60
_MOST_NAMED = 5
_OPERATION = 40


def report_screen(
    report_id: int, taken: Taken, orders: Reconciliation, part: ReportPart, page: int, t: Translator
) -> Screen:
    """One page of one of the lists below the report's totals; `page` counts from 0."""
    size, items = _list(orders, part)
    pages = max(1, ceil(items / size))
    page = min(page, pages - 1)
    here = ReportTap(report=report_id, part=part, page=page)
    start = page * size
    listed = [t("report-page", page=page + 1, pages=pages)] if pages > 1 else []
    if part is ReportPart.MISSING:
        shown: list[Comparison] = []
        listed += _missing(orders.missing[start : start + size], t)
    else:
        shown = list(orders.differences[start : start + size])
        listed += [_difference(one, t) for one in shown]
    lines = [*_rows_told(taken, t), Markup(), *_orders_told(orders, t)]
    if listed:
        lines += [Markup(), *listed]
    rows = [[_order_button(one, t)] for one in shown]
    return Screen(
        str(fit_lines(lines)),
        keyboard([*rows, _paging(here, pages, t), _other_list(here, orders, t), _all(t)]),
    )


def _list(orders: Reconciliation, part: ReportPart) -> tuple[int, int]:
    """The size of a page, and the number of items."""
    if part is ReportPart.MISSING:
        return MISSING_ON_PAGE, len(orders.missing)
    return DIFFERENCES_ON_PAGE, len(orders.differences)


def _rows_told(taken: Taken, t: Translator) -> list[Markup]:
    lines = [t("report-title", period=period(taken)) if taken.since else t("report-title-undated")]
    lines.append(t("report-rows", new=taken.new, known=taken.known))
    if taken.ignored:
        lines.append(t("report-ignored", count=taken.ignored))
    if taken.unknown:
        lines.append(_unknown(taken.unknown, t))
    if taken.unreadable:
        numbers = ", ".join(map(str, taken.unreadable[:_MOST_NAMED]))
        more = len(taken.unreadable) - _MOST_NAMED
        lines.append(t("report-unreadable", count=len(taken.unreadable), numbers=numbers, more=max(0, more)))
    if taken.unread:
        lines.append(_unread(taken.unread, t))
    return lines


def _unread(cells: tuple[UnreadCell, ...], t: Translator) -> Markup:
    named = [
        t("report-cell", name=one.name, text=clean(one.text, _OPERATION) or Markup("-"))
        for one in cells[:_MOST_NAMED]
    ]
    return t("report-cells", cells=Markup(", ").join(named))


def _unknown(unknown: tuple[tuple[str, int], ...], t: Translator) -> Markup:
    named = [
        t("report-operation", name=clean(name, _OPERATION) or "-", count=count)
        for name, count in unknown[:_MOST_NAMED]
    ]
    return t("report-unknown", count=sum(count for _, count in unknown), names=Markup(", ").join(named))


def period(taken: Taken) -> str:
    """The days of a dated report, in the report's own time zone."""
    days = [_day(moment) for moment in (taken.since, taken.until) if moment]
    return days[0] if days[0] == days[-1] else "–".join(days)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(REPORT_ZONE):%d.%m.%Y}"


def _orders_told(orders: Reconciliation, t: Translator) -> list[Markup]:
    lines = [
        t("report-orders", found=orders.found, missing=len(orders.missing)),
        t("report-total", amount=money(orders.total, t)),
    ]
    if orders.found and not orders.compared:
        lines.append(t("report-nothing-expected"))
    elif orders.differences:
        balance = signed_sum(orders.balance, t)
        lines.append(t("report-differences", count=len(orders.differences), balance=balance))
    elif orders.compared:
        lines.append(t("report-no-differences", count=orders.compared))
    return lines


def _difference(one: Comparison, t: Translator) -> Markup:
    return t(
        "report-difference",
        number=clean(one.order.number, limits.NUMBER),
        expected=money(one.expected, t),
        real=money(one.real, t),
        amount=signed_sum(one.amount, t),
    )


def _missing(numbers: tuple[str, ...], t: Translator) -> list[Markup]:
    cleaned = [t("said", text=clean(number, limits.NUMBER)) for number in numbers]
    return [t("report-missing", numbers=Markup(", ").join(cleaned))] if cleaned else []


def _order_button(one: Comparison, t: Translator) -> InlineKeyboardButton:
    amount = signed_sum(one.amount, t).unescape()
    number = clean(one.order.number, limits.NUMBER // 2)
    return labelled(t.plain("report-order", number=number, amount=amount), one.order, Do.OPEN)


def _paging(here: ReportTap, pages: int, t: Translator) -> Row:
    row = []
    if here.page > 0:
        row.append(_turn(t.plain("board-previous"), here, here.page - 1))
    if here.page < pages - 1:
        row.append(_turn(t.plain("board-next"), here, here.page + 1))
    return row


def _turn(label: str, here: ReportTap, page: int) -> InlineKeyboardButton:
    data = here.model_copy(update={"page": page}).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)


def _other_list(here: ReportTap, orders: Reconciliation, t: Translator) -> Row:
    if here.part is ReportPart.MISSING:
        other, label = ReportPart.DIFFERENCES, t.plain("report-button-differences")
    elif orders.missing:
        other, label = ReportPart.MISSING, t.plain("report-button-missing", count=len(orders.missing))
    else:
        return []
    return [InlineKeyboardButton(text=label, callback_data=ReportTap(report=here.report, part=other).pack())]


def _all(t: Translator) -> Row:
    return [InlineKeyboardButton(text=t.plain("reports-back"), callback_data=ReportsTap().pack())]
