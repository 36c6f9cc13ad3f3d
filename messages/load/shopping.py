"""What to buy for the orders of today and tomorrow, as a list to copy (X27)."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup, escape

from messages.client.ready_texts import copy_button
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import copied, fit_lines
from messages.load.buttons import to_plan
from messages.ui.buttons import keyboard
from messages.ui.names import flower_name, product_name
from messages.ui.screen import Screen
from orders.load.shopping import Need, Shopping

MOST = 60
"""Maximum number of flowers and products in a list, so that it fits one message."""


def shopping_screen(shop_id: int, needed: Shopping, day: date, t: Translator) -> Screen:
    """The stems to buy, the stems in stock, and the products without a recipe."""
    words = "\n".join(_item(need, t) for need in needed.to_buy[:MOST])
    lines = [t("buy-title", count=needed.orders)]
    if words:
        lines += [copied(words), *_why(needed, t)]
    elif needed.needs:
        lines.append(t("buy-enough"))
    elif not needed.without_recipe:
        lines.append(t("buy-nothing"))
    lines += _there(needed, t)
    if needed.without_recipe:
        lines.append(_listed("buy-without-recipe", [_goods(*one, t) for one in needed.without_recipe], t))
    rows = [copy_button(words, t) if words else [], [to_plan(shop_id, day, t, "do-plan-back")]]
    return Screen(str(fit_lines(lines)), keyboard(rows))


def _item(need: Need, t: Translator) -> str:
    return t.plain("buy-item", flower=flower_name(need.flower, t), count=need.to_buy)


def _why(needed: Shopping, t: Translator) -> list[Markup]:
    """For flowers partly in stock, how the number was computed; and flowers that were not counted."""
    partly = [need for need in needed.to_buy if need.at_hand]
    lines = [
        t("buy-partly", flower=_flower(need, t), needed=need.needed, at_hand=need.at_hand or 0)
        for need in partly[:MOST]
    ]
    uncounted = [_flower(need, t) for need in needed.to_buy if need.at_hand is None]
    return [*lines, _listed("buy-uncounted", uncounted, t)] if uncounted else lines


def _there(needed: Shopping, t: Translator) -> list[Markup]:
    found = [
        t("buy-there", flower=_flower(need, t), needed=need.needed, at_hand=need.at_hand or 0)
        for need in needed.needs
        if not need.to_buy
    ]
    return [_listed("buy-there-title", found, t)] if found else []


def _listed(key: str, things: list[Markup], t: Translator) -> Markup:
    """The things are not an argument of the text, as arguments have a limit that a list may exceed."""
    more = [t("shop-more", count=len(things) - MOST)] if len(things) > MOST else []
    return t(key) + Markup(" ") + Markup(", ").join([*things[:MOST], *more])


def _flower(need: Need, t: Translator) -> Markup:
    return escape(flower_name(need.flower, t))


def _goods(name: str, count: int, t: Translator) -> Markup:
    shown = escape(product_name(name, t))
    return t("composition-line", name=shown, count=count) if count != 1 else shown
