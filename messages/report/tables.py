"""The figures of a report as sheets of a table (X10), without clients' personal data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.report.rows import Value, compared_rows, sections, whole_minutes
from messages.ui import limits
from messages.ui.formatting import clock
from orders.model.money import MINOR_UNITS, Money
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.money.reconciliation import RealPayout
from orders.report import counts
from orders.report.comparison import Comparison
from orders.report.figures import Figures
from orders.report.money import OrderMoney, order_money
from orders.report.spans import Period

Cell = str | int | float
_MONEY_COLUMNS = ("paid", "surcharge", "fees", "refund", "expected", "real")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its first row names the columns."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """The data of the sheet of orders."""

    orders: Sequence[Order]
    payouts: Mapping[str, RealPayout]
    rules: ShopRules
    now: datetime


def sheets(figures: Figures, listed: Listed, t: Translator) -> tuple[Sheet, ...]:
    """Sheets: the pictures' figures, hours, days, people, orders."""
    found = [_sheet("figures", ("what", "value", "unit"), _figures(figures, t), t)]
    if figures.comparison:
        found.append(
            _sheet("compared", ("what", "before", "now", "unit"), _compared(figures.comparison, t), t)
        )
    if figures.by_hour:
        found.append(
            _sheet("hours", ("hour", "orders", "usual"), _hours(figures), t, *_holiday_name(figures, t))
        )
    if figures.span.period is not Period.DAY:
        found.append(_sheet("days", ("day", "orders"), _days(figures), t))
    if figures.workers:
        named = [t.plain(f"summary-people-{one}") for one in ("accepted", "assembled", "delivered")]
        found.append(_sheet("people", ("person",), _people(figures), t, *named))
    columns: tuple[str, ...] = ("number", "window", "status", "accept", "photo", "late")
    if figures.money is not None:
        columns = (*columns, *_MONEY_COLUMNS, "currency")
    found.append(_sheet("orders", columns, _orders(figures, listed, t), t))
    return tuple(found)


def _sheet(
    key: str, columns: Sequence[str], rows: Iterator[tuple[Cell, ...]], t: Translator, *more: str
) -> Sheet:
    heading = (*(t.plain(f"summary-column-{one}") for one in columns), *more)
    return Sheet(t.plain(f"summary-sheet-{key}"), (heading, *rows))


def _figures(figures: Figures, t: Translator) -> Iterator[tuple[Cell, ...]]:
    for section in sections(figures):
        for row in section.rows:
            yield t.plain(f"summary-row-{row.key}"), *_measured(row.value, t)


def _compared(found: Comparison, t: Translator) -> Iterator[tuple[Cell, ...]]:
    for key, before, now in compared_rows(found):
        value, unit = _measured(now, t)
        yield t.plain(f"summary-compared-{key}"), _measured(before, t)[0], value, unit


def _measured(value: Value, t: Translator) -> tuple[Cell, str]:
    """The number and its unit."""
    if isinstance(value, Money):
        return _major(value), value.currency
    if isinstance(value, timedelta):
        return whole_minutes(value), t.plain("summary-unit-minutes")
    return value, ""


def _hours(figures: Figures) -> Iterator[tuple[Cell, ...]]:
    usual = figures.usual.by_hour if figures.usual else {}
    holiday = figures.holiday.by_hour if figures.holiday else {}
    for hour in sorted({*figures.by_hour, *usual, *holiday}):
        row = (hour, figures.by_hour.get(hour, 0), float(usual.get(hour, 0)))
        yield (*row, float(holiday.get(hour, 0))) if figures.holiday else row


def _holiday_name(figures: Figures, t: Translator) -> tuple[str, ...]:
    if figures.holiday_day is None or figures.holiday is None:
        return ()
    return (t.plain("summary-holiday", year=str(figures.holiday_day.year)),)


def _days(figures: Figures) -> Iterator[tuple[Cell, ...]]:
    return ((day.isoformat(), figures.by_day.get(day, 0)) for day in figures.span.days)


def _people(figures: Figures) -> Iterator[tuple[Cell, ...]]:
    for one in figures.workers:
        yield clean(one.name, limits.STAFF), one.accepted, one.assembled, one.delivered


def _orders(figures: Figures, listed: Listed, t: Translator) -> Iterator[tuple[Cell, ...]]:
    rules, now = listed.rules, listed.now
    for order in listed.orders:
        wait, on_time = counts.accept_wait(order), counts.photo_on_time(order, rules, now)
        delay = counts.delay_of(order, now)
        row: tuple[Cell, ...] = (
            clean(order.number, limits.NUMBER),
            _window(order, rules),
            t.plain(f"state-{order.status.value}"),
            whole_minutes(wait) if wait is not None else "",
            t.plain("summary-yes" if on_time else "summary-no") if on_time is not None else "",
            whole_minutes(max(delay, timedelta())) if delay is not None else "",
        )
        yield (*row, *_sums(order_money(order, rules, listed.payouts))) if figures.money else row


def _sums(found: OrderMoney) -> tuple[Cell, ...]:
    sums = (found.paid, found.surcharge, found.fees, found.refund, found.expected, found.real)
    currency = next((one.currency for one in sums if one is not None), "")
    return (*(_major(one) if one is not None else "" for one in sums), currency)


def _window(order: Order, rules: ShopRules) -> str:
    window, day = order.details.window, order.deliver_from.astimezone(rules.zone).date().isoformat()
    return f"{day} {clock(window.start, rules.zone)}-{clock(window.end, rules.zone)}" if window else day


def _major(amount: Money) -> float:
    return amount.minor / MINOR_UNITS
