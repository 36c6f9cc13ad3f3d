"""Branded goods of the marketplace: the form, the text for support, the open requests (R73-R75)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.support import BrandDo, BrandTap, GuideDo, GuideTap
from messages.client.ready_texts import copy_button
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, copied, fit, fit_lines
from messages.ui import limits
from messages.ui.buttons import Row, keyboard
from messages.ui.people import signed
from messages.ui.screen import Screen
from orders.model.rules import ShopRules
from orders.support.branded import BrandedItem, BrandedRequest, ShopProfile

MOST_REQUESTS = 3


def branded_screen(
    shop_id: int,
    profile: ShopProfile,
    requests: Sequence[BrandedRequest],
    rules: ShopRules,
    now: datetime,
    t: Translator,
) -> Screen:
    """The form, the goods that can be requested, and the open requests."""
    lines = [t("brand-title"), *_profile_lines(profile, t)]
    lines += [_waits(one, rules, now, t) for one in requests]
    items = profile.items if profile.is_whole else ()
    if BrandedItem.BAGS not in profile.items:
        lines.append(t("brand-no-bags"))
    rows: list[Row] = [
        [_button(t.plain(f"brand-ask-{one.value}"), BrandDo.TEXT, shop_id, one) for one in items]
    ]
    rows.append([_button(t.plain("brand-do-form"), BrandDo.FORM, shop_id)])
    moscow, lime = ("yes" if one else "no" for one in (profile.in_moscow, profile.has_lime))
    rows.append([
        _button(t.plain("brand-do-moscow", on=moscow), BrandDo.MOSCOW, shop_id),
        _button(t.plain("brand-do-lime", on=lime), BrandDo.LIME, shop_id),
    ])  # fmt: skip
    for one in requests[:MOST_REQUESTS]:
        label = t.plain("brand-do-came", item=t.plain(f"brand-item-{one.item.value}"))
        rows.append(
            [
                _button(label, BrandDo.CAME, shop_id, id_=one.id),
                _button(t.plain("brand-do-refused"), BrandDo.REFUSED, shop_id, id_=one.id),
            ]
        )
    back = GuideTap(do=GuideDo.LIST, shop=shop_id).pack()
    rows.append([InlineKeyboardButton(text=t.plain("guide-back-list"), callback_data=back)])
    return Screen(str(fit_lines(lines)), keyboard(rows))


def text_screen(shop_id: int, profile: ShopProfile, item: BrandedItem, t: Translator) -> Screen:
    """The text for support, ready to copy, and the button that records it as sent."""
    words = request_words(profile, item, t)
    sent = [_button(t.plain("case-do-sent"), BrandDo.SENT, shop_id, item)]
    back = [_button(t.plain("brand-back"), BrandDo.SHOW, shop_id)]
    lines = [t("support-copy-once"), copied(words)]
    return Screen(str(fit_lines(lines)), keyboard([copy_button(words, t), sent, back]))


def request_words(profile: ShopProfile, item: BrandedItem, t: Translator) -> str:
    """Full name, phone, address, hours and item, as support requires (R75)."""
    said = {
        "name": clean(profile.full_name, limits.NOTE),
        "phone": clean(profile.phone, limits.PHONE),
        "address": clean(profile.address, limits.NOTE),
        "hours": clean(profile.hours, limits.NOTE),
    }
    return t.plain("brand-request", item=t.plain(f"brand-item-{item.value}"), **said)


def branded_button(shop_id: int, t: Translator) -> InlineKeyboardButton:
    """The button to the form."""
    return _button(t.plain("do-branded"), BrandDo.SHOW, shop_id)


def _profile_lines(profile: ShopProfile, t: Translator) -> list[Markup]:
    if not profile.is_whole:
        return [t("brand-empty")]
    values = (profile.full_name, profile.phone, profile.address, profile.hours)
    return [t("said", text=clean(one, limits.NOTE)) for one in values]


def _waits(request: BrandedRequest, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    item = t.plain(f"brand-item-{request.item.value}")
    return t("brand-waits", item=item, signed=signed(request.sent, rules, now, t))


def _button(
    label: str, do: BrandDo, shop_id: int, item: BrandedItem = BrandedItem.CARDS, id_: int = 0
) -> InlineKeyboardButton:
    data = BrandTap(do=do, shop=shop_id, item=item, id=id_).pack()
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)
