"""The advice to chiefs to take fewer orders for an hour, and the ways to do so (X28)."""

from __future__ import annotations

from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.goods import ShopDo
from messages.callbacks.load import LoadDo, LoadTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit_lines
from messages.load.buttons import load_button, to_load, to_plan
from messages.load.load_screen import capacity_line, fewer_button, hours
from messages.shop.closures import shop_button
from messages.ui.buttons import keyboard
from messages.ui.formatting import sentence, span
from messages.ui.screen import Screen
from orders.load.advice import is_before_holiday, spell_for
from orders.load.load import Hour, Load
from orders.model.details import Window
from orders.model.rules import ShopRules


def advice_screen(
    shop_id: int, hour: Hour, load: Load, rules: ShopRules, now: datetime, t: Translator
) -> Screen:
    """«13:00-14:00: 9 заказов, успеваете 6. Скрыть на 2 ч?» with the possible actions."""
    when = sentence(span(Window(hour.start, hour.end), now, rules.zone, t))
    most = load.capacity.shop.orders
    key = "advice-over" if hour.to_do > most else "advice-full"
    lines = [t(key, when=when, count=hour.to_do, most=most), capacity_line(load.capacity, rules, t), Markup()]
    spell = spell_for(hour, now)
    lines += [t("advice-hide", hours=spell.value)] if spell else _schedule(now, rules, t)
    day = hour.start.astimezone(rules.zone).date()
    at = int(hour.start.timestamp())
    hide: list[InlineKeyboardButton] = []
    if spell is not None:
        tap = LoadTap(do=LoadDo.HIDE, shop=shop_id, hour=at, spell=spell.value)
        hide = [load_button(t.plain("do-advice-hide", hours=spell.value), tap)]
    dismiss = load_button(t.plain("do-advice-dismiss"), LoadTap(do=LoadDo.DISMISS, shop=shop_id, hour=at))
    rows = [[*hide, fewer_button(shop_id, hour, t)], [to_load(shop_id, day, t), dismiss]]
    return Screen(str(fit_lines(lines)), keyboard(rows))


def fewer_screen(shop_id: int, hour: Hour, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """Ways to get fewer orders for this hour without hiding the shop."""
    day = hour.start.astimezone(rules.zone).date()
    lines = [
        t("fewer-title", when=span(Window(hour.start, hour.end), now, rules.zone, t)),
        t("fewer-schedule"),
        t("fewer-stop-list"),
        t("fewer-share"),
    ]
    if is_before_holiday(now.astimezone(rules.zone).date()):
        lines.insert(2, t("fewer-holiday"))
    stop_list = shop_button(t.plain("do-goods"), ShopDo.GOODS)
    rows = [[stop_list, to_plan(shop_id, day, t)], [to_load(shop_id, day, t, "do-load-back")]]
    return Screen(str(fit_lines(lines)), keyboard(rows))


def dismissed(hour: Hour, rules: ShopRules, t: Translator) -> str:
    """The text that replaces the dismissed advice."""
    return str(t("advice-dismissed", hours=hours(hour, rules.zone)))


def _schedule(now: datetime, rules: ShopRules, t: Translator) -> list[Markup]:
    """Advice for an hour too far ahead to hide the shop for."""
    is_near = is_before_holiday(now.astimezone(rules.zone).date())
    return [t("advice-schedule"), *([t("fewer-holiday")] if is_near else [])]
