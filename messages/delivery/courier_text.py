"""«Текст курьеру»: the message for a third-party courier, ready to copy (R44)."""

from __future__ import annotations

from markupsafe import Markup

from messages.callbacks.order import Do
from messages.delivery.delivery_steps import surcharge_lines
from messages.i18n.untrusted_text import clean, copied, fit_lines
from messages.ui import limits
from messages.ui.buttons import keyboard, tap
from messages.ui.heading import number, opening, when
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.access.privacy import Secret


def courier_text(look: Look) -> Screen:
    """Address, window, recipient and what to say; without gift, sender or money."""
    head = [*opening(look.order, look.rules, look.now, look.t), Markup(), look.t("menu-courier-text")]
    text = copied(Markup("\n").join(_lines(look)))
    back = [[tap(look.order, Do.CARD, look.t)]]
    return Screen(str(fit_lines([*head, text])), keyboard(back))


def _lines(look: Look) -> list[Markup]:
    order, t = look.order, look.t
    details, name = order.details, clean(order.details.recipient.name, limits.PERSON)
    named = look.may(Secret.RECIPIENT_NAME) and bool(name)
    phone = details.recipient.phone if look.may(Secret.RECIPIENT_PHONE) else ""
    say = t("courier-say", text=name) if named else t("courier-say-nameless")
    return [
        t("courier-text-order", number=number(order)),
        when(order, look.rules, look.now, t, with_distance=False),
        *look.filled(
            [
                ("card-address", details.address if look.may(Secret.ADDRESS) else "", limits.ADDRESS),
                ("card-courier-note", details.courier_note, limits.NOTE),
                ("card-recipient", name if named else "", limits.PERSON),
                ("courier-phone", phone, limits.PHONE),
            ]
        ),
        *surcharge_lines(look, with_sums=False),
        say,
        t("courier-do-not-say"),
        t("courier-text-trouble"),
    ]
