"""«Связаться»: how the client is reached, and what can be said (R19, R62, X7)."""

from __future__ import annotations

from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages import limits
from messages.buttons import Row, keyboard, tap
from messages.callbacks import Do
from messages.client_callbacks import TalkDo, TalkTap
from messages.heading import number, opening
from messages.look import Look
from messages.offers import offered
from messages.on_the_way import contact_lines
from messages.outside import clean, fit_lines
from messages.people import signed
from messages.screen import Screen
from messages.texts import Translator
from orders.client import ClientLink
from orders.numbers import is_own
from orders.order import Order
from orders.people import Actor
from orders.privacy import Secret, readable
from orders.rules import ShopRules

_STEPS = (Do.AGREEMENTS,)


def contact(
    order: Order,
    viewer: Actor,
    rules: ShopRules,
    now: datetime,
    t: Translator,
    link: ClientLink | None = None,
) -> Screen:
    """The ways to the client: the marketplace's chat, the link, ready texts; a number for emergencies (R82).

    `link` is that of the order while it works.
    """
    late = contact_lines(Look(order, viewer, rules, now, t))
    lines = [
        *_chat(order, link, rules, now, t),
        *_phone(order, viewer, t),
        *late,
        t("menu-contact-recipient"),
    ]
    text = fit_lines([*opening(order, rules, now, t), Markup(), *lines])
    can = offered(order, viewer, rules, now)
    steps = [[tap(order, do, t)] for do in _STEPS if do in can]
    return Screen(str(text), keyboard([*_rows(order, link, t), *steps, [tap(order, Do.CARD, t)]]))


def talk_button(order: Order, do: TalkDo, t: Translator, arg: str = "") -> InlineKeyboardButton:
    """A button behind «Связаться»."""
    return InlineKeyboardButton(
        text=t.plain(f"talk-do-{do.value}"), callback_data=TalkTap(do=do, order=order.id, arg=arg).pack()
    )


def show_photo_button(order: Order, t: Translator) -> InlineKeyboardButton:
    """«Отправить ссылку»: the way to show the client a photo that they cannot see (X20)."""
    data = TalkTap(do=TalkDo.LINK, order=order.id).pack()
    return InlineKeyboardButton(text=t.plain("button-send-link"), callback_data=data)


def _rows(order: Order, link: ClientLink | None, t: Translator) -> list[Row]:
    """Whoever follows by the link is written to here; all others in the marketplace's app."""
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


def _phone(order: Order, viewer: Actor, t: Translator) -> list[Markup]:
    """The client of an order that is not the marketplace's is reached directly."""
    phone = clean(order.details.client.phone, limits.PHONE)
    if not phone or Secret.CLIENT_PHONE not in readable(order, viewer):
        return []
    name = clean(order.details.client.name, limits.PERSON)
    called = t("said", text=name) if name else t("name-unknown")
    key = "menu-contact-own-phone" if is_own(order.number) else "menu-contact-phone"
    return [t(key, name=called, phone=phone)]
