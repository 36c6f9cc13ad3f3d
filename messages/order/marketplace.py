"""Steps that the marketplace does not know yet, and what to do in its app (X1)."""

from __future__ import annotations

from markupsafe import Markup

from messages.callbacks.order import Do
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.buttons import keyboard, labelled, tap
from messages.ui.heading import STATE_SIGNS, number, state
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.model.order import Order
from orders.model.people import Party
from orders.model.status import Status
from orders.order.marketplace_backlog import OF_CHIEFS, by_hand, lacks_newer_photo, lacks_photo_still


def marketplace_lines(look: Look) -> list[Markup]:
    """Empty if the marketplace is up to date or never had the order. Only chiefs see pending calls."""
    order, t = look.order, look.t
    works = look.is_chief or Party.ASSIGNED_SELLER in look.standing
    if order.marketplace_status is None or not works:
        return []
    lines = []
    if order.with_third_party and not order.is_final:
        lines.append(t("card-marketplace-third-party"))
    if by_hand(order) and (look.is_chief or order.status not in OF_CHIEFS):
        lines.append(t(f"card-marketplace-{order.status.value}{_which_photo(order)}"))
    elif order.is_ahead and look.is_chief:
        lines.append(t("card-marketplace-behind", state=state(order, t)))
    if lacks_photo_still(order):
        lines.append(t("card-marketplace-photo-late"))
    return lines


def _which_photo(order: Order) -> str:
    """A photo that the client wants changed must not be uploaded, but the new one once there is one."""
    if lacks_newer_photo(order):
        return "-newer"
    return "-first" if order.status is Status.PHOTO and order.lacks_new_photo else ""


def refused_call(order: Order, answer: str, t: Translator) -> Screen:
    """A call that the marketplace refused: its answer, and the button that says it was done by hand."""
    lines = [
        t("call-refused", sign=STATE_SIGNS[order.status], number=number(order), state=state(order, t)),
        t("call-refused-answer", answer=clean(answer, limits.NOTE) or "-"),
        t("call-refused-advice"),
    ]
    in_app = labelled(t.plain("do-in-app"), order, Do.IN_APP, order.status.value)
    buttons = [[in_app], [tap(order, Do.OPEN, t)]]
    return Screen(str(Markup("\n").join(lines)), keyboard(buttons))


def marked_in_app(order: Order, t: Translator) -> Screen:
    """Replaces that message once it is settled."""
    text = t("call-settled", sign=STATE_SIGNS[order.status], number=number(order), state=state(order, t))
    return Screen(text, keyboard([[tap(order, Do.OPEN, t)]]))
