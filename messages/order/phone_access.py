"""The client's phone in an emergency, on the cards of the people concerned (R82)."""

from __future__ import annotations

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.order.history.tellers import told_by
from messages.order.progress import noted
from messages.ui import limits
from messages.ui.formatting import moment
from messages.ui.order_view import Look
from orders.access.privacy import Secret
from orders.model.numbers import is_own
from orders.model.phone_access import PhoneAccess
from orders.steps import events as happened
from orders.steps.phone_steps import access_of, pending


def card_lines(look: Look) -> list[Markup]:
    """The phone while it may be read; before that, who asks for it and why."""
    waiting = pending(look.order)
    lines = [] if waiting is None else _asked(look, waiting)
    phone = clean(look.order.details.client.phone, limits.PHONE)
    lines += _called(look)
    access = access_of(look.order, look.viewer, look.now)
    if access is None or access.until is None or not phone or is_own(look.order.number):
        return lines
    until = moment(access.until, look.now, look.rules.zone, look.t)
    return [*lines, look.t("card-client-phone", phone=phone, until=until)]


def _called(look: Look) -> list[Markup]:
    """The client's last words on the phone, for those who talk to clients; or a reminder to record them."""
    last = look.order.phone_accesses[-1] if look.order.phone_accesses else None
    if last is None or look.order.is_final or not look.may(Secret.CARD_TEXT):
        return []
    if last.calls:
        words = clean(last.calls[-1].words, limits.NOTE)
        return [look.t("card-phone-said", signed=look.signed(last.calls[-1].noted), text=words)]
    return [look.t("card-phone-unsaid")] if last.was_shown_to(look.viewer.staff_id) else []


def advice(look: Look) -> list[Markup]:
    """Asks to record the result of the call."""
    return [look.t("advice-phone-note")]


def _asked(look: Look, waiting: PhoneAccess) -> list[Markup]:
    if look.is_chief:
        name, reason = clean(waiting.asked.name, limits.STAFF), clean(waiting.reason, limits.REASON)
        return [look.t("card-phone-asked", name=name, reason=reason)]
    is_own_wish = waiting.asked.staff_id == look.viewer.staff_id
    return [look.t("card-phone-waits")] if is_own_wish else []


def _allowed(event: happened.PhoneAllowed, t: Translator) -> Markup:
    name = clean(event.asked.name, limits.STAFF)
    return noted(t("event-phone-allowed", name=name), event.reason, t)


TELLERS = (
    told_by(happened.PhoneAsked, lambda event, t: noted(t("event-phone-asked"), event.reason, t)),
    told_by(happened.PhoneAllowed, _allowed),
    told_by(happened.PhoneRefused, lambda _event, t: t("event-phone-refused")),
    told_by(happened.PhoneCallNoted, lambda event, t: noted(t("event-phone-said"), event.words, t)),
)
