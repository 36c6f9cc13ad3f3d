"""Bar charts for the template: by hour or by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from messages.i18n.texts import Translator
from messages.report.titles import day_month, days_said, short_weekday
from orders.report.comparison import Comparison
from orders.report.figures import Compared, Figures
from orders.report.spans import Period

_MOST_LONG_VALUES = 3
"""Number of narrow bars with a label when values have three digits; more would overlap."""
_WIDE_ENOUGH = 100

Chart = dict[str, Any]


def hours(by_hour: Mapping[int, int], usual: Mapping[int, Fraction] | None, title: str, note: str) -> Chart:
    """Bars from the first busy hour to the last, in front of pale bars for `usual`."""
    pale = usual or {}
    busy = [hour for hour in {**pale, **by_hour} if by_hour.get(hour) or pale.get(hour)]
    shown = range(min(busy), max(busy) + 1) if busy else range(0)
    return {
        "title": title,
        "note": note,
        "bars": [bar(str(hour), by_hour.get(hour, 0), float(pale.get(hour, 0))) for hour in shown],
    }


def bar(label: str, count: int, usual: float = 0.0, *, is_labelled: bool = True) -> dict[str, Any]:
    """One bar with its value above it; an empty bar has no value."""
    return {
        "label": label,
        "size": count,
        "value": str(count) if count and is_labelled else "",
        "usual": usual,
    }


def hours_chart(figures: Figures, t: Translator) -> Chart:
    """Orders by hour of delivery, in front of the usual numbers of this weekday."""
    usual = figures.usual
    notes = [_peak(figures.by_hour, t)]
    if usual is not None:
        weekday = figures.span.first.isoweekday()
        notes.append(t.plain("summary-usual", weekday=weekday, count=rounded(usual.total)))
    if figures.untimed:
        notes.append(t.plain("summary-untimed", count=figures.untimed))
    title = t.plain("summary-by-hour")
    return hours(figures.by_hour, usual.by_hour if usual else None, title, _joined(notes))


def holiday_chart(holiday: Compared, day: date, t: Translator) -> Chart:
    """The last 8 March by hour: the load that the shop may expect."""
    by_hour = {hour: rounded(count) for hour, count in holiday.by_hour.items()}
    note = t.plain("summary-orders-counted", count=rounded(holiday.total))
    if by_hour:
        hour, count = _busiest(by_hour)
        note = t.plain("summary-holiday-note", orders=note, clock=f"{hour}:00", count=count)
    return hours(by_hour, None, t.plain("summary-holiday", year=str(day.year)), note)


def days_chart(figures: Figures, t: Translator) -> Chart:
    """Orders by day, of a week or a month."""
    span = figures.span
    longest = {day for day, _ in sorted(figures.by_day.items(), key=lambda one: -one[1])[:_MOST_LONG_VALUES]}
    is_wide = span.period is Period.WEEK or max(figures.by_day.values(), default=0) < _WIDE_ENOUGH
    compared = figures.comparison
    before = compared.by_day if compared else {}
    notes = []
    if figures.by_day:
        day = max(figures.by_day, key=lambda one: (figures.by_day[one], -one.toordinal()))
        notes.append(t.plain("summary-peak", when=day_month(day, t), count=figures.by_day[day]))
    if compared:
        notes.append(_was(compared, t))
    return {
        "title": t.plain("summary-by-day"),
        "note": _joined(notes),
        "bars": [
            bar(
                short_weekday(day, t) if span.period is Period.WEEK else _of_month(day),
                figures.by_day.get(day, 0),
                before.get(day, 0),
                is_labelled=is_wide or day in longest,
            )
            for day in span.days
        ],
    }


def _was(compared: Comparison, t: Translator) -> str:
    """Explains the pale bars: the days to which the figures are compared."""
    orders = t.plain("summary-orders-counted", count=compared.before.orders)
    days = days_said(compared.days, t)
    return t.plain(f"summary-was-{compared.days.period.value}", days=days, orders=orders)


def _of_month(day: date) -> str:
    """The label of every fifth day; there is no room for more."""
    return str(day.day) if day.day == 1 or day.day % 5 == 0 else ""


def rounded(number: Fraction) -> int:
    """Rounded half up."""
    return int(number + Fraction(1, 2))


def _peak(by_hour: Mapping[int, int], t: Translator) -> str:
    if not by_hour:
        return ""
    hour, count = _busiest(by_hour)
    return t.plain("summary-peak", when=t.plain("summary-peak-hour", clock=f"{hour}:00"), count=count)


def _busiest(by_hour: Mapping[int, int]) -> tuple[int, int]:
    """The hour with the most orders; of equal hours the first."""
    hour = max(by_hour, key=lambda one: (by_hour[one], -one))
    return hour, by_hour[hour]


def _joined(notes: list[str]) -> str:
    return " ".join(one for one in notes if one)
