"""A day's load as text: a bar for each hour, and each florist's orders (R7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from messages.callbacks.load import LoadDo, LoadTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit_lines
from messages.load.buttons import load_button, to_plan
from messages.shop.shops import ShopsDo, shops_button
from messages.ui.buttons import Row, keyboard
from messages.ui.names import person_name
from messages.ui.screen import Screen
from orders.load.capacity import Capacity
from orders.load.load import FloristLoad, Hour, Load
from orders.model.rules import ShopRules
from orders.shop.rule_book import RuleGroup

BAR = 10
"""Characters of the longest bar: with the hour and the numbers it fits a phone's line."""
TO_DO, DONE, FREE = "█", "▒", "░"
NAMED = 2
"""Number of overfull hours that the board's header names; the others are counted."""


def load_screen(
    shop_id: int, load: Load, rules: ShopRules, now: datetime, t: Translator, *, sets_rules: bool
) -> Screen:
    """Today or tomorrow; `sets_rules`: the reader may change the shop's capacity."""
    today = now.astimezone(rules.zone).date()
    lines = [title(load, now, rules, t), capacity_line(load.capacity, rules, t)]
    bars = _bars(load, now, rules.zone)
    lines += [t("load-legend"), *bars] if bars else [t("load-over" if load.hours else "load-none")]
    lines += [*_florists(load, rules.zone, t), *_others(load, t)]
    rows: list[Row] = [day_buttons(shop_id, load, today, t), [to_plan(shop_id, load.day, t)]]
    if load.over(now):
        hour = load.over(now)[0]
        rows[-1].append(fewer_button(shop_id, hour, t))
    last: Row = [_picture_button(shop_id, load, t)] if load.hours else []
    if sets_rules:
        last.append(shops_button(t.plain("do-rules-load"), ShopsDo.GROUP, shop_id, RuleGroup.LOAD.value))
    rows += [last] if last else []
    return Screen(str(fit_lines(lines)), keyboard(rows))


def title(load: Load, now: datetime, rules: ShopRules, t: Translator) -> Markup:
    """«Загрузка, сегодня»."""
    return t("load-title", day=t(_day_key(load, now, rules)))


def day_buttons(
    shop_id: int, load: Load, today: date, t: Translator, do: LoadDo = LoadDo.SHOW
) -> list[InlineKeyboardButton]:
    """Buttons for today and tomorrow; the shown day is marked with a dot."""
    return [
        _day_button(shop_id, load, today, "board-button-today", do, t),
        _day_button(shop_id, load, today + timedelta(days=1), "board-button-tomorrow", do, t),
    ]


def head(load: Load, now: datetime, zone: ZoneInfo, t: Translator) -> list[Markup]:
    """For the board: the overfull hours, otherwise the fullest hour if it is at least half full."""
    over = load.over(now)
    if over:
        named = [_short(hour, load, zone, t) for hour in over[:NAMED]]
        more = [t("load-head-more", count=len(over) - NAMED)] if len(over) > NAMED else []
        return [t("load-head-over", hours=Markup(" · ").join([*named, *more]))]
    fullest = load.fullest(now)
    if fullest is None or 2 * fullest.to_do < load.capacity.shop.orders:
        return []
    return [t("load-head", hours=_short(fullest, load, zone, t))]


def capacity_line(capacity: Capacity, rules: ShopRules, t: Translator) -> Markup:
    """Orders per hour that the shop can do, and where the number comes from."""
    return t("load-capacity", count=capacity.shop.orders, why=why(capacity, rules, t))


def why(capacity: Capacity, rules: ShopRules, t: Translator) -> Markup:
    """Where the number comes from."""
    florists = max(capacity.florists, 1)
    return t(
        f"load-why-{capacity.shop.source.value}",
        florists=florists,
        each=capacity.shop.orders // florists,
        minutes=int(rules.assemble_minutes),
    )


def hours(hour: Hour, zone: ZoneInfo) -> Markup:
    """«13:00-14:00»."""
    return escape(f"{hour.start.astimezone(zone):%H:%M}-{hour.end.astimezone(zone):%H:%M}")


def fewer_button(shop_id: int, hour: Hour, t: Translator) -> InlineKeyboardButton:
    """The button to the ways to get fewer orders for this hour."""
    tap = LoadTap(do=LoadDo.FEWER, shop=shop_id, hour=int(hour.start.timestamp()))
    return load_button(t.plain("do-load-fewer"), tap)


def _short_hours(hour: Hour, zone: ZoneInfo) -> str:
    """«13-14»."""
    return f"{hour.start.astimezone(zone):%H}-{hour.end.astimezone(zone):%H}"


def _short(hour: Hour, load: Load, zone: ZoneInfo, t: Translator) -> Markup:
    return t("load-hour", hours=_short_hours(hour, zone), count=hour.to_do, most=load.capacity.shop.orders)


def _bars(load: Load, now: datetime, zone: ZoneInfo) -> list[Markup]:
    """In monospace: «13-14  4/4  ████░░», for the remaining hours."""
    hours_ahead, most = load.ahead(now), load.capacity.shop.orders
    longest = max([most, *(hour.total for hour in hours_ahead)])
    scale = max(1.0, longest / BAR)
    return [_bar_line(hour, most, scale, zone) for hour in hours_ahead]


def _bar_line(hour: Hour, most: int, scale: float, zone: ZoneInfo) -> Markup:
    to_do, every, room = (min(BAR, ceil(count / scale)) for count in (hour.to_do, hour.total, most))
    bar = (TO_DO * to_do + DONE * (every - to_do)).ljust(room, FREE)
    row = f"{_short_hours(hour, zone)} {hour.to_do:>2}/{hour.total:<2} {bar}"
    return Markup("<code>{}</code>{}").format(row, " ⚠" if hour.to_do > most else "")


def _florists(load: Load, zone: ZoneInfo, t: Translator) -> list[Markup]:
    return [_florist(one, load.capacity.florist.orders, zone, t) for one in load.florists]


def _florist(one: FloristLoad, most: int, zone: ZoneInfo, t: Translator) -> Markup:
    name = escape(person_name(one.florist.name, t))
    line = t("load-florist", name=name, left=one.to_do, count=one.total)
    over = [hour for hour in one.hours if hour.to_do > most]
    if not over:
        return line
    worst = max(over, key=lambda hour: hour.to_do)
    named = t("load-hour", hours=_short_hours(worst, zone), count=worst.to_do, most=most)
    return t("joined", first=line, second=named)


def _others(load: Load, t: Translator) -> list[Markup]:
    lines = [t("load-unassigned", count=load.unassigned)] if load.unassigned else []
    return [*lines, t("load-untimed", count=load.untimed)] if load.untimed else lines


def _picture_button(shop_id: int, load: Load, t: Translator) -> InlineKeyboardButton:
    tap = LoadTap(do=LoadDo.PICTURE, shop=shop_id, day=load.day.toordinal())
    return load_button(t.plain("do-load-picture"), tap)


def _day_button(
    shop_id: int, load: Load, day: date, key: str, do: LoadDo, t: Translator
) -> InlineKeyboardButton:
    label = t.plain(key)
    tap = LoadTap(do=do, shop=shop_id, day=day.toordinal())
    return load_button(f"{label} •" if day == load.day else label, tap)


def _day_key(load: Load, now: datetime, rules: ShopRules) -> str:
    return "day-today" if load.day == now.astimezone(rules.zone).date() else "day-tomorrow"
