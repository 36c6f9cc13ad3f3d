"""Names of a report's days."""

from __future__ import annotations

from datetime import date, timedelta

from messages.i18n.texts import Translator
from messages.ui.formatting import sentence
from orders.report.spans import Period, ReportSpan

_WEEK = 7
_DAYS = {0: "today", 1: "yesterday", -1: "tomorrow"}


def title(span: ReportSpan, today: date, t: Translator, *, own: bool) -> str:
    """«Сегодня», «28 ноября», «Прошлая неделя», «Ноябрь»; for a person's own report «Мой день»."""
    if own:
        return t.plain(f"summary-title-own-{span.period.value}")
    if span.period is Period.MONTH:
        return t.plain("summary-month", month=span.first.month)
    if span.period is Period.WEEK:
        ago = (today - timedelta(days=today.weekday()) - span.first).days // _WEEK
        return t.plain(f"summary-title-week-{ago}" if ago in (0, 1) else "summary-title-week")
    near = _DAYS.get((today - span.first).days)
    return str(sentence(t(f"day-{near}"))) if near else day_month(span.first, t)


def full_title(span: ReportSpan, today: date, t: Translator, *, own: bool) -> str:
    """The same with the date, for places without a second line: «Мой день, 30 ноября», «Ноябрь 2026»."""
    name = title(span, today, t, own=own)
    if own:
        return f"{name}, {day_month(span.first, t) if span.period is Period.DAY else period(span, t)}"
    if span.period is Period.MONTH:
        return f"{name} {span.last.year}"
    is_far = span.period is Period.WEEK and (today - span.last).days >= _WEEK
    return f"{name} {period(span, t)}" if is_far else name


def period(span: ReportSpan, t: Translator) -> str:
    """«понедельник, 30 ноября 2026», «23 ноября - 29 ноября 2026»."""
    year = str(span.last.year)
    if span.period is Period.DAY:
        weekday = t.plain("summary-weekday", weekday=span.first.isoweekday())
        return t.plain("summary-period-day", weekday=weekday, date=day_month(span.first, t), year=year)
    first, last = day_month(span.first, t), day_month(span.last, t)
    if span.first.month == span.last.month:
        first = str(span.first.day)
        return t.plain("summary-period-month", first=first, last=last, year=year)
    return t.plain("summary-period-span", first=first, last=last, year=year)


def days_said(span: ReportSpan, t: Translator) -> str:
    """«2-8 марта», «23 февраля - 1 марта»: without a year."""
    first, last = day_month(span.first, t), day_month(span.last, t)
    if span.first == span.last:
        return first
    if span.first.month == span.last.month:
        return t.plain("summary-days-month", first=str(span.first.day), last=last)
    return t.plain("summary-days", first=first, last=last)


def day_month(day: date, t: Translator) -> str:
    """«30 ноября»."""
    return t.plain("day-date", day=day.day, month=day.month)


def short_weekday(day: date, t: Translator) -> str:
    """«пн»."""
    return t.plain("summary-weekday-short", weekday=day.isoweekday())
