"""Times in words, always in the shop's time zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from messages.i18n.texts import Translator
from orders.model.details import Window

_MINUTE = timedelta(minutes=1)

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""As `now`, it makes every date be written out in full, as files need it."""


def span(window: Window, now: datetime, zone: ZoneInfo, t: Translator) -> Markup:
    """«сегодня 14:00-15:00», «25 ноября 14:00-15:00»; a window over midnight names both days."""
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    today = now.astimezone(zone).date()
    first = _day(start.date(), today, t)
    if start == end:
        return t("time-at", day=first, clock=clock(start, zone))
    if start.date() == end.date():
        return t("time-span", day=first, start=clock(start, zone), end=clock(end, zone))
    last = _day(end.date(), today, t)
    return t("time-span-days", day=first, start=clock(start, zone), last=last, end=clock(end, zone))


def moment(at: datetime, now: datetime, zone: ZoneInfo, t: Translator) -> Markup:
    """«12:03» for today, «вчера 12:03», «25 ноября 12:03»."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    time = clock(at, zone)
    if local.date() == today:
        return time
    return t("time-at", day=_day(local.date(), today, t), clock=time)


def clock(at: datetime, zone: ZoneInfo) -> Markup:
    """«14:05»."""
    return escape(f"{at.astimezone(zone):%H:%M}")


def until(at: datetime, now: datetime, t: Translator) -> Markup:
    """«через 25 мин», «4 мин назад», «сейчас»."""
    minutes = _minutes(at - now)
    if minutes > 0:
        return t("time-in", duration=duration(minutes, t))
    if minutes < 0:
        return t("time-ago", duration=duration(-minutes, t))
    return t("time-now")


def left(due: datetime, now: datetime, t: Translator, of: str = "order") -> Markup:
    """«осталось 9 мин», «просрочен на 4 мин»; `of` is what is late: "order" or "photo"."""
    minutes = _minutes(due - now)
    if minutes > 0:
        return t("time-left", duration=duration(minutes, t))
    if minutes < 0:
        return t("time-late", duration=duration(-minutes, t), of=of)
    return t("time-up")


def counting(at: datetime, words: Markup) -> Markup:
    """Words that current apps replace by a live countdown, without an edit of the message (X17)."""
    return Markup('<tg-time unix="{}" format="r">{}</tg-time>').format(int(at.timestamp()), words)


def duration(minutes: int, t: Translator) -> Markup:
    """«25 мин», «1 ч 50 мин», «2 дня 3 ч»."""
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    parts = [("days", days), ("hours", hours)] if days else [("hours", hours), ("minutes", minutes)]
    said = [t(f"duration-{unit}", count=count) for unit, count in parts if count]
    return Markup(" ").join(said)


def sentence(text: Markup) -> Markup:
    """The text with its first letter capitalized."""
    return text[:1].upper() + text[1:]


def _minutes(span_: timedelta) -> int:
    """Whole minutes, rounded up: a begun minute counts as left, but only a full one as late."""
    return ceil(span_ / _MINUTE)


def _day(day: date, today: date, t: Translator) -> Markup:
    names = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    near = names.get((day - today).days)
    if near:
        return t(f"day-{near}")
    said = t("day-date", day=day.day, month=day.month)
    return said if day.year == today.year else t("day-date-year", date=said, year=str(day.year))
