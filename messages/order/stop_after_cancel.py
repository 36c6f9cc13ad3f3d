"""An order cancelled on its way: who has to stop, and their confirmation (R21)."""

from __future__ import annotations

from markupsafe import Markup

from messages.order.progress import contact_of
from messages.ui.order_view import Look
from orders.delivery.stop_after_cancel import must_stop


def card_lines(look: Look) -> list[Markup]:
    """What to do for the person who must stop; for others, whether they have confirmed it."""
    order, t = look.order, look.t
    if order.stopped is not None:
        return [t("card-stopped", signed=look.signed(order.stopped))]
    holder = must_stop(order)
    if holder is None:
        return []
    if look.viewer.staff_id != holder:
        return [t("card-stop-waits")]
    if not order.with_third_party or order.progress.carrier is None:
        return [t("card-stop")]
    contact = contact_of(order.progress.carrier) or t("card-carrier-no-contact")
    return [t("joined", first=t("card-stop-third-party"), second=contact)]


def advice(look: Look) -> list[Markup]:
    """The same for the alarm."""
    is_holder = look.viewer.staff_id == must_stop(look.order)
    return card_lines(look) if is_holder else [look.t("advice-stop-call")]
