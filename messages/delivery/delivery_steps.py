"""Steps between the shop and the door: lines and menus (R40, R52, R90, X8)."""

from __future__ import annotations

from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.order import Do
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit_lines
from messages.ui import limits
from messages.ui.available_actions import offered
from messages.ui.buttons import Row, keyboard, labelled, pairs, tap
from messages.ui.formatting import clock, moment
from messages.ui.heading import number, opening
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from messages.ui.sums import money
from orders.access.privacy import Secret
from orders.client.agreements import on_record, paid_surcharges
from orders.model.delivery_facts import Lateness
from orders.model.order import Order, Topic
from orders.model.people import Actor, Party
from orders.model.rules import HandoverProof, ShopRules
from orders.model.status import Status
from orders.parsing.delivery_words import is_of_delivery
from orders.parsing.side_channels import without_digit_runs, without_links
from orders.steps.delivery.on_the_way import LATE_CHOICES
from orders.steps.mishaps.proofs import is_locked, lacking

STEPS = (
    Do.CAME,
    Do.THIRD_PERSON,
    Do.ARRIVED,
    Do.LATE,
    Do.NOBODY,
    Do.BACK,
    Do.REFUSED,
    Do.PROOF,
    Do.SHOW_WHERE,
)
"""Steps of an order on the way, except completing it."""


MOST_STEPS = 7
"""With the way back there are eight buttons."""


def way_lines(look: Look, *, says_nobody: bool = True) -> list[Markup]:
    """The current delivery state: offered, given back, late, at the door, nobody there, coming back.

    `says_nobody` False omits since when nobody is there, as the card's first line says it.
    """
    progress, t, status = look.order.progress, look.t, look.order.status
    found = []
    if look.order.is_offered and progress.offered:
        found.append(t("card-offered", signed=look.signed(progress.offered)))
    if progress.given_back and _lacks_carrier(look.order):
        found.append(t("card-given-back", signed=look.signed(progress.given_back.given)))
        if look.may(Secret.RECIPIENT_NAME):
            found += look.filled([("card-return-reason", progress.given_back.reason, limits.REASON)])
    if status is Status.COURIER_LEFT:
        found += _at_the_door(look, says_nobody=says_nobody)
        found += _unproved(look)
    if status is Status.RETURNING and progress.brought_back and progress.brought_back == look.order.returning:
        found.append(t("card-brought-back", signed=look.signed(progress.brought_back)))
        if look.may(Secret.RECIPIENT_NAME):
            found += look.filled([("card-return-reason", progress.return_reason, limits.REASON)])
    if status is Status.RETURNING and progress.back_in_shop:
        found.append(t("card-back-in-shop", signed=look.signed(progress.back_in_shop)))
    if status is Status.RETURNING:
        found += surcharge_lines(look)
    if look.order.proofs:
        found.append(t("card-proofs", count=len(look.order.proofs)))
    return found


def _unproved(look: Look) -> list[Markup]:
    """The proof that the hand-over needs (X25): for the carrier; once the code is locked, for everybody."""
    missing = lacking(look.order, look.rules)
    if missing is HandoverProof.NONE:
        return []
    if missing is HandoverProof.CODE and is_locked(look.order):
        return [look.t("card-code-locked", chief="yes" if look.is_chief else "no")]
    return [look.t(f"card-needs-{missing.value}")] if Party.CARRIER in look.standing else []


def _lacks_carrier(order: Order) -> bool:
    in_shop = order.status in {Status.ACCEPTED, Status.PHOTO}
    return in_shop and order.progress.carrier is None and not order.is_offered


def _at_the_door(look: Look, *, says_nobody: bool) -> list[Markup]:
    progress, t = look.order.progress, look.t
    found = [late_line(progress.lateness, look.rules, look.now, t)] if progress.lateness else []
    is_said = progress.nobody_there is not None and not says_nobody
    if progress.arrived and not is_said:
        found.append(t("card-arrived", signed=look.signed(progress.arrived)))
    if progress.nobody_there:
        # first: a card may have room for only one line
        found = [*([] if is_said else [t("card-nobody", signed=look.signed(progress.nobody_there))]), *found]
        found += [_what_now(look), *surcharge_lines(look)]
    return found


def surcharge_lines(look: Look, *, with_sums: bool = True) -> list[Markup]:
    """What the client has paid extra for, so that a paid wait or second trip is not charged again (R70).

    Sums are only for readers with that right (R13). Readers without access to the card's text see only
    surcharges for the delivery, as others may name the gift.
    """
    if not look.may(Secret.ADDRESS):
        return []
    found = []
    for one in paid_surcharges(look.order):
        words = clean(without_digit_runs(without_links(one.words)), limits.REASON)
        if with_sums and look.may(Secret.MONEY) and one.extra is not None:
            found.append(look.t("card-extra-paid", amount=money(one.extra, look.t), words=words))
        elif look.may(Secret.CARD_TEXT) or is_of_delivery(one.words):
            found.append(look.t("card-extra-paid-for", words=words))
    return found


def _what_now(look: Look) -> Markup:
    """What the client agreed to, or that they must be asked (R56)."""
    agreed = on_record(look.order, Topic.THIRD_PERSON)
    if agreed is not None and look.may(Secret.ADDRESS):
        return look.t("card-nobody-agreed", whom=clean(agreed.proposal.words, limits.REASON))
    if look.is_chief:
        return look.t("card-nobody-ask")
    return look.t("courier-nobody" if Do.BACK in look.steps.open else "seller-nobody")


def late_line(lateness: Lateness, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    """«Опаздывает на 15 мин, будет к 15:15»."""
    return t("card-late", minutes=lateness.minutes, when=moment(lateness.until, now, rules.zone, t))


def way_menu(order: Order, viewer: Actor, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """The steps of an order on the way, except its hand-over."""
    can = offered(order, viewer, rules, now)
    buttons = [tap(order, do, t) for do in STEPS if do in can][:MOST_STEPS]
    return _menu(order, [t("menu-on-way")], buttons, rules, now, t)


def proof_request(order: Order, t: Translator) -> Screen:
    """Ask for a picture of the hand-over."""
    return Screen(t("ask-proof", number=number(order)))


def late_menu(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """Ask by how many minutes; the manager is told at once."""
    buttons = [
        labelled(t.plain("late-by", minutes=minutes), order, Do.LATE_BY, str(minutes))
        for minutes in LATE_CHOICES
    ]
    window = order.details.window
    is_open = window is not None and window.end > now
    line = t("menu-late-window", end=clock(window.end, rules.zone)) if window and is_open else t("menu-late")
    return _menu(order, [line], buttons, rules, now, t)


def refused_menu(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """Ask for confirmation before the flowers go back: the client and all chiefs are told (R90)."""
    return _menu(order, [t("menu-refused")], [tap(order, Do.REFUSED_YES, t)], rules, now, t)


def contact_lines(look: Look) -> list[Markup]:
    """Ready words for the client of a late order, or when nobody is at the door."""
    progress, t = look.order.progress, look.t
    if look.order.status is not Status.COURIER_LEFT:
        return []
    if progress.nobody_there:
        agreed = on_record(look.order, Topic.THIRD_PERSON)
        if agreed is not None and look.may(Secret.ADDRESS):
            return [t("client-nobody-agreed", whom=clean(agreed.proposal.words, limits.REASON))]
        return [t("client-nobody-there")]
    if progress.lateness:
        when = moment(progress.lateness.until, look.now, look.rules.zone, t)
        return [t("client-late", when=when)]
    return []


def _menu(
    order: Order,
    lines: list[Markup],
    buttons: list[InlineKeyboardButton],
    rules: ShopRules,
    now: datetime,
    t: Translator,
) -> Screen:
    rows: list[Row] = pairs(buttons)
    text = fit_lines([*opening(order, rules, now, t), Markup(), *lines])
    return Screen(str(text), keyboard([*rows, [tap(order, Do.CARD, t)]]))
