"""A client's personal data: found, exported as a file, erased (R63). Screens show only order numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.goods import ShopId
from messages.client.conversation import said_line
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit_lines
from messages.order.history.record import readable
from messages.shop.shops import back_to_settings
from messages.ui.buttons import Row, keyboard
from messages.ui.heading import number
from messages.ui.people import signed
from messages.ui.screen import Screen
from orders.client.links import Said, TalkKind
from orders.model.order import Mark, Order
from orders.model.rules import ShopRules

MOST_NUMBERS = 60
"""Maximum order numbers in one message; the count includes all."""


class PersonalDo(StrEnum):
    """The action of a button about personal data."""

    ASK = "ask"
    EXPORT = "export"
    ERASE = "erase"
    ERASE_YES = "erase-yes"


class PersonalTap(CallbackData, prefix="pd"):
    """A button about the orders found; their ids are in the dialogue, not in the button."""

    do: PersonalDo
    shop: ShopId


def asked(rules: ShopRules, shop_id: int, t: Translator) -> Screen:
    """Asks for an order's number or a phone."""
    days = int(rules.erase_days) if rules.erase_days >= 1 else 1
    return Screen(str(t("personal-ask", days=days)), keyboard([back_to_settings(shop_id, t)]))


def found(orders: Sequence[Order], shop_id: int, t: Translator) -> Screen:
    """The orders concerned."""
    if not orders:
        return Screen(str(t("personal-nothing")), keyboard([back_to_settings(shop_id, t)]))
    rows: list[Row] = [
        [_button(PersonalDo.EXPORT, shop_id, t)],
        [_button(PersonalDo.ERASE, shop_id, t)],
        back_to_settings(shop_id, t),
    ]
    return Screen(str(_listed("personal-found", [number(one) for one in orders], t)), keyboard(rows))


def sure(orders: Sequence[Order], shop_id: int, t: Translator) -> Screen:
    """Asks for confirmation: what will be erased, and what stays because it is not finished."""
    closed = [number(one) for one in orders if one.is_final]
    living = [number(one) for one in orders if not one.is_final]
    lines = [_listed("personal-sure", closed, t)] if closed else []
    lines += [_listed("personal-living", living, t)] if living else []
    yes: Row = [_button(PersonalDo.ERASE_YES, shop_id, t)] if closed else []
    return Screen(str(fit_lines(lines)), keyboard([yes, back_to_settings(shop_id, t)]))


def erased(numbers: Sequence[str], drafts: int, living: Sequence[str], t: Translator) -> Screen:
    """What was erased."""
    lines = [_listed("personal-erased", numbers, t)]
    lines += [t("personal-drafts", count=drafts)] if drafts else []
    lines += [_listed("personal-living", living, t)] if living else []
    return Screen(str(fit_lines(lines)))


def erased_news(
    numbers: Sequence[str], drafts: int, by: Mark, rules: ShopRules, now: datetime, t: Translator
) -> Screen:
    """The same for other directors: who erased it, or that its retention time had ended."""
    text = Markup(erased(numbers, drafts, (), t).text)  # noqa: S704 - made by the translator, which escapes
    if by.staff_id is None:
        return Screen(str(fit_lines([text, t("personal-by-itself")])))
    return Screen(str(fit_lines([text, t("personal-by", signed=signed(by, rules, now, t))])))


@dataclass(frozen=True, slots=True)
class Known:
    """All stored data of one order: the order, the marketplace's data, the conversation."""

    order: Order
    raw: Mapping[str, object] | None
    talk: Sequence[Said]


def export(orders: Sequence[Known], rules: ShopRules, now: datetime, t: Translator) -> str:
    """All stored data of these orders, without truncation."""
    parts = []
    for known in orders:
        parts.append(readable(known.order, rules, t, now))
        if known.talk:
            parts.append(t.plain("personal-talk"))
            parts += [_told(said, rules, now, t) for said in known.talk]
        if known.raw is not None:
            parts.append(t.plain("personal-raw"))
            parts.append(json.dumps(known.raw, ensure_ascii=False, indent=2))
    return "\n".join(parts)


def _told(said: Said, rules: ShopRules, now: datetime, t: Translator) -> str:
    words = said.words if said.kind is TalkKind.TEXT else said_line(said, t).striptags()
    return f"{signed(said.mark, rules, now, t).striptags()}: {words}"


def personal_row(shop_id: int, t: Translator) -> Row:
    """The button to this page in the director's settings."""
    return [_button(PersonalDo.ASK, shop_id, t)]


def _button(do: PersonalDo, shop_id: int, t: Translator) -> InlineKeyboardButton:
    data = PersonalTap(do=do, shop=shop_id).pack()
    return InlineKeyboardButton(text=t.plain(f"do-personal-{do.value}"), callback_data=data)


def _listed(key: str, numbers: Sequence[str], t: Translator) -> Markup:
    shown = Markup(", ").join(t("said", text=one) for one in numbers[:MOST_NUMBERS])
    more = Markup(", …") if len(numbers) > MOST_NUMBERS else Markup()
    return t(key, count=len(numbers)) + Markup(" ") + shown + more
