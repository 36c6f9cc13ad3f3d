"""A missing address: whom to ask, ready words, and the surcharge for another zone (X24, R68)."""

from __future__ import annotations

from markupsafe import Markup

from messages.callbacks.order import Do
from messages.i18n.untrusted_text import clean, copied, fit_lines
from messages.ui import limits
from messages.ui.buttons import Row, keyboard, labelled, tap
from messages.ui.heading import number, opening
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.access.privacy import Secret
from orders.delivery.address import is_zone_open, lacks_address, may_be_asked, needs_extra
from orders.model.delivery_facts import AddressSource
from orders.model.status import IN_THE_SHOP


def card_lines(look: Look) -> list[Markup]:
    """Who was asked and when; what a found address still requires before the order leaves."""
    order, t = look.order, look.t
    if is_zone_open(order):
        return [t("card-zone-open")]
    if needs_extra(order):
        return [t("card-zone-other")]
    if not lacks_address(order) or order.status not in IN_THE_SHOP:
        return []
    asked = order.progress.address_asked
    if asked is None:
        return [t("card-address-not-asked")]
    return [
        t("card-address-asked", whom=t(f"address-from-{asked.whom.value}"), signed=look.signed(asked.mark))
    ]


def address_menu(look: Look) -> Screen:
    """Whom to ask, words to copy, and where to enter the answer."""
    order, t = look.order, look.t
    lines = [*opening(order, look.rules, look.now, t), Markup(), *card_lines(look), t("address-ask-client")]
    lines.append(copied(t.plain("ready-text-ask-address", number=number(order))))
    calls = may_be_asked(AddressSource.RECIPIENT, look.rules)
    lines.append(t("address-recipient-may" if calls else "address-recipient-never"))
    if calls and look.order.progress.address_asked is not None and look.may(Secret.RECIPIENT_PHONE):
        phone = clean(order.details.recipient.phone, limits.PHONE)
        lines += [t("address-recipient-phone", phone=phone)] if phone else [t("address-recipient-no-phone")]
        lines.append(copied(t.plain("address-recipient-words")))
    rows: list[Row] = [[tap(order, Do.ADDRESS_IS, t)]]
    asked = order.progress.address_asked
    for source in AddressSource:
        if may_be_asked(source, look.rules) and (asked is None or asked.whom is not source):
            label = t.plain(f"do-asked-{source.value}")
            rows.append([labelled(label, order, Do.ASKED, source.value)])
    return Screen(str(fit_lines(lines)), keyboard([*rows, [tap(order, Do.CARD, t)]]))


def is_first(look: Look) -> bool:
    """Whether finding the address is the next step, before others that need it."""
    can = look.steps.open
    return Do.ADDRESS_IS in can and look.order.status in IN_THE_SHOP
