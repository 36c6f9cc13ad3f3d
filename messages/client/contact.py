"""«Связаться»: how to contact the client, and what to say (R19, R62, X7)."""

from __future__ import annotations

from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.client import TalkDo, TalkTap
from messages.callbacks.order import Do
from messages.delivery.delivery_steps import contact_lines
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit_lines
from messages.ui import limits
from messages.ui.available_actions import offered
from messages.ui.buttons import Row, keyboard, tap
from messages.ui.formatting import moment
from messages.ui.heading import number, opening
from messages.ui.names import person_name
from messages.ui.order_view import Look
from messages.ui.people import signed
from messages.ui.screen import Screen
from orders.access.order_access import parties
from orders.client.links import ClientLink
from orders.model.numbers import is_own
from orders.model.order import Order
from orders.model.people import Actor, Party
from orders.model.rules import ShopRules
from orders.steps.mishaps.proofs import client_code
from orders.steps.phone_steps import access_of, may_read_phone

_STEPS = (Do.AGREEMENTS, Do.ASK_PHONE, Do.ALLOW_PHONE, Do.REFUSE_PHONE, Do.PHONE_SAID, Do.CHOOSE_PROOF)


def contact(
    order: Order,
    viewer: Actor,
    rules: ShopRules,
    now: datetime,
    t: Translator,
    link: ClientLink | None = None,
) -> Screen:
    """The ways to contact the client: the marketplace's chat, the link, ready texts, the phone (R82).

    `link` is the order's link while it is valid.
    """
    late = contact_lines(Look(order, viewer, rules, now, t))
    lines = [
        *_chat(order, link, rules, now, t),
        *_phone(order, viewer, rules, now, t),
        *_code(order, viewer, rules, t, link),
        *late,
        t("menu-contact-recipient"),
    ]
    text = fit_lines([*opening(order, rules, now, t), Markup(), *lines])
    can = offered(order, viewer, rules, now)
    steps = [[tap(order, do, t)] for do in _STEPS if do in can]
    return Screen(str(text), keyboard([*_rows(order, link, t), *steps, [tap(order, Do.CARD, t)]]))


def talk_button(order: Order, do: TalkDo, t: Translator, arg: str = "") -> InlineKeyboardButton:
    """A button of «Связаться»."""
    return InlineKeyboardButton(
        text=t.plain(f"talk-do-{do.value}"), callback_data=TalkTap(do=do, order=order.id, arg=arg).pack()
    )


def show_photo_button(order: Order, t: Translator) -> InlineKeyboardButton:
    """«Отправить ссылку»: for a client who cannot see the photo (X20)."""
    data = TalkTap(do=TalkDo.LINK, order=order.id).pack()
    return InlineKeyboardButton(text=t.plain("button-send-link"), callback_data=data)


def _rows(order: Order, link: ClientLink | None, t: Translator) -> list[Row]:
    """Buttons: the bot's chat if the client follows the link, otherwise the marketplace's chat."""
    follows = link is not None and link.chat_id is not None
    first = TalkDo.WRITE if follows else TalkDo.LINK
    second = TalkDo.LINK if follows else TalkDo.READY
    return [[talk_button(order, first, t)], [talk_button(order, second, t)]]


def _chat(
    order: Order, link: ClientLink | None, rules: ShopRules, now: datetime, t: Translator
) -> list[Markup]:
    own = is_own(order.number)
    lines = [t("menu-contact-own") if own else t("menu-contact", number=number(order))]
    if link is not None and link.opened_at is not None:
        lines.append(t("contact-follows"))
    elif link is not None:
        lines.append(t("contact-link-given", signed=signed(link.made, rules, now, t)))
    return lines


def _code(
    order: Order, viewer: Actor, rules: ShopRules, t: Translator, link: ClientLink | None
) -> list[Markup]:
    """The hand-over code for a client who has not opened the link; hidden from the carrier."""
    follows = link is not None and link.chat_id is not None
    code = "" if follows or Party.CARRIER in parties(order, viewer) else client_code(order, rules)
    return [t("contact-code", code=code)] if code else []


def _phone(order: Order, viewer: Actor, rules: ShopRules, now: datetime, t: Translator) -> list[Markup]:
    """The client's phone: chiefs call clients of orders that are not the marketplace's directly."""
    phone = clean(order.details.client.phone, limits.PHONE)
    access = access_of(order, viewer, now)
    if access is not None and access.until is not None:
        return [t("menu-contact-phone-open", until=moment(access.until, now, rules.zone, t))]
    if not phone or not may_read_phone(order, viewer, now):
        return [t("menu-contact-phone")] if Do.ASK_PHONE in offered(order, viewer, rules, now) else []
    called = person_name(order.details.client.name, t, limits.PERSON)
    return [t("menu-contact-own-phone", name=called, phone=phone)]
