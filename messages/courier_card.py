"""The courier's brief: every detail needed, and nothing more (R44)."""

from __future__ import annotations

from markupsafe import Markup

from messages import limits
from messages.buttons import Row, keyboard, map_button, next_first, tap
from messages.callbacks import Do
from messages.heading import opening
from messages.look import Look
from messages.offers import offered
from messages.outside import clean, fit_lines
from messages.screen import Screen
from messages.texts import Translator
from orders.order import Order
from orders.privacy import Secret
from orders.status import Status

_STEPS = (Do.DONE, Do.REFUSED, Do.UNDO)


def courier_card(look: Look) -> Screen:
    """Address, window, who, what to say; once the order is over only its state."""
    lines = opening(look.order, look.rules, look.now, look.t)
    if look.may(Secret.ADDRESS):
        lines += [Markup(), *_where_and_who(look), Markup(), *delivery_phrases(look.order, look.t)]
    return Screen(str(fit_lines(lines)), keyboard(_rows(look)))


def delivery_phrases(order: Order, t: Translator) -> list[Markup]:
    """What to say at the door, and what not: the recipient usually knows nothing (R68)."""
    name = clean(order.details.recipient.name, limits.PERSON)
    say = t("courier-say", text=name) if name else t("courier-say-nameless")
    return [say, t("courier-do-not-say")]


def _where_and_who(look: Look) -> list[Markup]:
    details = look.order.details
    lines = look.filled(
        [
            ("card-address", details.address, limits.ADDRESS),
            ("card-courier-note", details.courier_note, limits.NOTE),
            ("card-agreed-change", look.order.progress.agreed_change, limits.REASON),
            ("card-recipient", details.recipient.name, limits.PERSON),
        ]
    )
    phone = clean(details.recipient.phone, limits.PHONE)
    if phone and look.may(Secret.RECIPIENT_PHONE):
        lines.append(look.t("courier-phone", text=phone))
    elif phone:
        lines.append(look.t("courier-phone-hidden"))
    return lines


def _rows(look: Look) -> list[Row]:
    can = offered(look.order, look.viewer, look.rules, look.now)
    buttons = [tap(look.order, do, look.t) for do in _STEPS if do in can]
    address = clean(look.order.details.address, limits.MAP_QUERY)
    if address and look.may(Secret.ADDRESS):
        is_under_way = look.order.status is Status.COURIER_LEFT
        buttons.insert(1 if is_under_way else 0, map_button(address, look.t))
    return next_first(buttons)
