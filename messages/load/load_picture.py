"""A day's load as a picture in the style of the reports: each hour against the capacity (R7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from aiogram.types import InlineKeyboardMarkup

from messages.callbacks.load import LoadDo, LoadTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.load.buttons import load_button
from messages.load.load_screen import capacity_line, day_buttons, hours, title, why
from messages.report import charts
from messages.report.pictures import MOST_PEOPLE, PERSON, SHOP, Picture
from messages.report.titles import period
from messages.ui.buttons import keyboard
from messages.ui.formatting import clock
from orders.load.load import Hour, Load
from orders.model.rules import ShopRules
from orders.report.spans import day_span


def load_picture(load: Load, shop: str, rules: ShopRules, now: datetime, t: Translator) -> Picture:
    """The day at a glance: the number of orders, the shop's capacity, the hours, the florists."""
    total = sum(hour.total for hour in load.hours)
    return {
        "language": t.language,
        "title": t.plain("do-load"),
        "period": _day(load, rules, now, t),
        "shop": clean(shop, SHOP),
        "count": str(total),
        "noun": t.plain("summary-orders", count=total),
        "states": " · ".join(_states(load, t)),
        "kind": "",
        "tiles": [_capacity(load, rules, t), _fullest(load, rules, now, t)],
        "sections": [],
        "people": [_florists(load, t)] if load.florists else [],
        "charts": [_hours(load, rules, t)],
        "charts_first": True,
    }


def picture_caption(load: Load, rules: ShopRules, now: datetime, t: Translator) -> str:
    """A caption with the main figures, for people who do not open the picture."""
    return "\n".join([title(load, now, rules, t), capacity_line(load.capacity, rules, t)])


def picture_buttons(shop_id: int, load: Load, today: date, t: Translator) -> InlineKeyboardMarkup | None:
    """Buttons to the other day, and back to the text."""
    back = LoadTap(do=LoadDo.OPEN, shop=shop_id, day=load.day.toordinal())
    days = day_buttons(shop_id, load, today, t, LoadDo.PICTURE)
    return keyboard([days, [load_button(t.plain("do-load-back"), back)]])


def _day(load: Load, rules: ShopRules, now: datetime, t: Translator) -> str:
    span = day_span(load.day, rules.zone)
    days = period(span, t)
    if not span.holds(now):
        return days
    return t.plain("summary-period-so-far", period=days, clock=clock(now, rules.zone))


def _states(load: Load, t: Translator) -> Iterator[str]:
    yield t.plain("load-to-do", count=sum(hour.to_do for hour in load.hours))
    if load.unassigned:
        yield t.plain("load-unassigned-short", count=load.unassigned)
    if load.untimed:
        yield t.plain("load-untimed-short", count=load.untimed)


def _capacity(load: Load, rules: ShopRules, t: Translator) -> dict[str, Any]:
    most, note = load.capacity.shop.orders, str(why(load.capacity, rules, t).unescape())
    return {"label": t.plain("load-manages"), "value": str(most), "note": note, "warns": False}


def _fullest(load: Load, rules: ShopRules, now: datetime, t: Translator) -> dict[str, Any]:
    """The fullest of the remaining hours; after the day's end, of all."""
    hour = max(load.ahead(now) or load.hours, key=lambda one: one.total, default=None)
    value, note = t.plain("summary-nothing"), ""
    if hour is not None:
        value = str(hours(hour, rules.zone))
        note = t.plain("load-fullest-note", count=hour.total, left=hour.to_do)
    warns = hour is not None and hour.total > load.capacity.shop.orders
    return {"label": t.plain("load-fullest"), "value": value, "note": note, "warns": warns}


def _hours(load: Load, rules: ShopRules, t: Translator) -> charts.Chart:
    """Each hour against the shop's capacity; hours above it are drawn in the accent colour."""
    most = load.capacity.shop.orders
    by_hour = {_number(hour, rules): hour for hour in load.hours}
    counted = {number: hour.total for number, hour in by_hour.items()}
    note = t.plain("load-picture-note", count=most)
    usual = dict.fromkeys(counted, Fraction(most))
    chart = charts.hours(counted, usual, t.plain("summary-by-hour"), note)
    over = {str(number) for number, hour in by_hour.items() if hour.total > most}
    return chart | {"bars": [one | {"warns": one["label"] in over} for one in chart["bars"]]}


def _number(hour: Hour, rules: ShopRules) -> int:
    return hour.start.astimezone(rules.zone).hour


def _florists(load: Load, t: Translator) -> dict[str, Any]:
    """The florists with the most orders; the text screen has all."""
    return {
        "title": t.plain("load-by-florist"),
        "columns": [t.plain("load-column-to-do"), t.plain("load-column-all")],
        "rows": [
            {"name": clean(one.florist.name, PERSON), "values": [str(one.to_do), str(one.total)]}
            for one in load.florists[:MOST_PEOPLE]
        ],
    }
