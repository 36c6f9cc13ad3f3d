"""Reminders: what is overdue, until when, and the button for it (R2).

The only personal data are the third party's name and phone, for those who may read them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from messages.callbacks.order import Do
from messages.client.agreements import for_client
from messages.client.contact import show_photo_button
from messages.delivery import address, courier_search
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, copied
from messages.order import phone_access, stop_after_cancel, unclear_orders
from messages.order.history import after_delivery
from messages.order.progress import carrier_text, contact_of
from messages.ui import limits
from messages.ui.buttons import keyboard, next_first, step_button
from messages.ui.composition import product
from messages.ui.formatting import clock, duration, sentence
from messages.ui.heading import number, sign, when
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.access.privacy import Secret
from orders.client.agreements import unpaid
from orders.client.links import may_contact
from orders.model.details import DeliveryKind
from orders.model.order import Carrier
from orders.model.people import Party
from orders.model.status import Status
from orders.schedule.deadlines import DeadlineKind, all_due, leave_by


def reminder_screen(look: Look, kind: DeadlineKind) -> Screen:
    """The reminder of `kind`; not for deadlines to accept, which have their own screen."""
    order = look.order
    name = "return-on-way" if _is_coming_back(look, kind) else kind.value.replace("_", "-")
    title = look.t(f"reminder-{name}", sign=sign(order), number=number(order))
    about = when(order, look.rules, look.now, look.t, with_distance=True)
    if order.details.lines and not look.only_carries:
        about = Markup(" · ").join([about, escape(product(order, look.t))])
    lines = [title, about, *_ADVICE[kind](look)]
    return Screen(str(Markup("\n").join(lines)), keyboard(next_first(_buttons(look, kind))))


def _photo_due(look: Look) -> list[Markup]:
    return [look.t("advice-photo-due")]


def _photo_unseen(look: Look) -> list[Markup]:
    return [look.t("advice-photo-unseen")]


def _rating_overdue(look: Look) -> list[Markup]:
    """The words for the client (R30), and that the work goes on without the answer (R31)."""
    leave_at = leave_by(look.order, look.rules)
    if leave_at is None or leave_at <= look.now:
        dont_wait = look.t("advice-no-waiting")
    else:
        dont_wait = look.t("advice-no-waiting-until", clock=clock(leave_at, look.rules.zone))
    return [*_ask_the_client(look), dont_wait]


def _answer_overdue(look: Look) -> list[Markup]:
    """The question to repeat to the client; the carrier does not see it (R44)."""
    one = next((one for one in look.order.agreements if one.is_open), None)
    if one is None or not may_contact(look.order, look.viewer):
        return []
    words = for_client(look.order, one.proposal, look.rules, look.now, look.t)
    return [look.t("advice-ask-client"), copied(words)]


def _leave_now(look: Look) -> list[Markup]:
    if not look.standing - {Party.CARRIER}:
        return [look.t("advice-leave-courier")]
    blocked = [look.t("agreement-blocks")] if unpaid(look.order) is not None else address.card_lines(look)
    if blocked:
        return blocked
    if look.order.with_third_party:
        return _with_outsider(look, "advice-leave-third-party")
    if _has_no_photo(look):
        return [look.t("advice-leave-no-photo")]
    if DeadlineKind.RATING_OVERDUE in all_due(look.order, look.rules, look.now):
        return [look.t("advice-leave-no-answer"), *_ask_the_client(look)]
    return [look.t("advice-leave-unseen" if look.order.is_photo_unseen else "advice-leave")]


def _late(look: Look) -> list[Markup]:
    if look.order.status is Status.COURIER_LEFT:
        if Party.CARRIER in look.standing:
            return [look.t("advice-late-left")]
        return [*_own_courier(look), look.t("advice-ask-courier")]
    if look.order.details.delivery is DeliveryKind.PICKUP:
        return [look.t("advice-late-pickup")]
    if look.order.with_third_party:
        has_left = look.order.left_with_third_party
        return _with_outsider(look, "advice-late-third-party" if has_left else "advice-leave-third-party")
    return [look.t("advice-late-shop")]


def _offer_open(look: Look) -> list[Markup]:
    return [look.t("advice-offer-open")]


def _return_open(look: Look) -> list[Markup]:
    on_way = _is_coming_back(look, DeadlineKind.RETURN_OPEN)
    return [look.t("advice-return-on-way" if on_way else "advice-return-open")]


def _is_coming_back(look: Look, kind: DeadlineKind) -> bool:
    """While the flowers come back, ask for them; what to do with them is asked in the shop (R90)."""
    return kind is DeadlineKind.RETURN_OPEN and look.order.progress.back_in_shop is None


def _third_party(look: Look) -> list[Markup]:
    progress, t = look.order.progress, look.t
    lines = []
    if progress.handed_over:
        minutes = (look.now - progress.handed_over.at) // timedelta(minutes=1)
        lines.append(t("advice-third-party-since", waited=duration(max(minutes, 1), t)))
    if progress.carrier and look.may(Secret.ADDRESS):
        lines.append(_outsider(progress.carrier, t))
    return [*lines, t("advice-ask-courier")]


def _outsider(carrier: Carrier, t: Translator) -> Markup:
    """The third-party courier and their contact (R43)."""
    contact = contact_of(carrier) or t("card-carrier-no-contact")
    return t("joined", first=sentence(carrier_text(carrier, t)), second=contact)


def _own_courier(look: Look) -> list[Markup]:
    """The shop's courier and their phone, for the chiefs who should ask them."""
    carrier, phone = look.order.progress.carrier, clean(look.carrier_phone, limits.PHONE)
    if carrier is None or not phone or not look.is_chief:
        return []
    return [look.t("joined", first=sentence(carrier_text(carrier, look.t)), second=phone)]


def _with_outsider(look: Look, advice: str) -> list[Markup]:
    carrier = look.order.progress.carrier
    known = [_outsider(carrier, look.t)] if carrier and look.may(Secret.ADDRESS) else []
    return [*known, look.t(advice)]


def _has_no_photo(look: Look) -> bool:
    return look.order.lacks_photo


def _ask_the_client(look: Look) -> list[Markup]:
    return [look.t("advice-ask-client"), look.t("client-is-all-well")]


def _buttons(look: Look, kind: DeadlineKind) -> list[InlineKeyboardButton]:
    """The next step first, if this viewer may take it; the card is always one tap away."""
    if kind is DeadlineKind.COURIER_SEARCH:
        return courier_search.buttons(look)
    if kind is DeadlineKind.IN_DOUBT:
        return unclear_orders.answers(look)
    can = look.steps.open
    steps = [do for do in _STEPS[kind] if do in can]
    if Do.LEFT in steps and Do.SELF in steps:  # the order has a carrier already
        steps.remove(Do.SELF)
    if Do.PHOTO in steps and not _has_no_photo(look):
        steps.remove(Do.PHOTO)
    if _is_coming_back(look, kind):
        steps = [do for do in steps if do is Do.IN_SHOP]
    if kind is DeadlineKind.LATE:
        steps = [do for do in steps if do not in _not_for(look)]
    if kind is DeadlineKind.LEAVE_NOW and Do.AGREEMENTS in steps and unpaid(look.order) is None:
        steps.remove(Do.AGREEMENTS)
    if kind in _LEAVES and address.is_first(look):
        steps = [Do.ADDRESS, *steps]
    link = [show_photo_button(look.order, look.t)] if kind is DeadlineKind.PHOTO_UNSEEN else []
    return [*link, *(step_button(look, do) for do in (*steps, Do.OPEN))]


def _not_for(look: Look) -> frozenset[Do]:
    """The carrier reports the lateness; the shop asks the carrier once they have left."""
    if Party.CARRIER in look.standing:
        return frozenset({Do.SAY})
    on_the_way = look.order.status is Status.COURIER_LEFT
    return frozenset({Do.LATE, Do.NOBODY} if on_the_way else {Do.LATE, Do.NOBODY, Do.SAY})


_LEAVES = frozenset({DeadlineKind.LEAVE_NOW, DeadlineKind.LATE})
_ADVICE: Mapping[DeadlineKind, Callable[[Look], list[Markup]]] = {
    DeadlineKind.STOP: stop_after_cancel.advice,
    DeadlineKind.IN_DOUBT: unclear_orders.advice,
    DeadlineKind.COURIER_SEARCH: courier_search.advice,
    DeadlineKind.ADDRESS_UNKNOWN: address.card_lines,
    DeadlineKind.PHONE_NOTE: phone_access.advice,
    DeadlineKind.PHOTO_DUE: _photo_due,
    DeadlineKind.OFFER_OPEN: _offer_open,
    DeadlineKind.RETURN_OPEN: _return_open,
    DeadlineKind.PHOTO_UNSEEN: _photo_unseen,
    DeadlineKind.RATING_OVERDUE: _rating_overdue,
    DeadlineKind.ANSWER_OVERDUE: _answer_overdue,
    DeadlineKind.LEAVE_NOW: _leave_now,
    DeadlineKind.LATE: _late,
    DeadlineKind.THIRD_PARTY_CHECK: _third_party,
    DeadlineKind.DISPUTE_DUE: after_delivery.advice,
}
_STEPS: Mapping[DeadlineKind, tuple[Do, ...]] = {
    DeadlineKind.STOP: (Do.STOPPED,),
    DeadlineKind.PHOTO_DUE: (Do.PHOTO,),
    DeadlineKind.ADDRESS_UNKNOWN: (Do.ADDRESS, Do.ADDRESS_IS, Do.CONTACT),
    DeadlineKind.PHONE_NOTE: (Do.PHONE_SAID,),
    DeadlineKind.OFFER_OPEN: (Do.FIND_COURIER, Do.SELF, Do.THIRD_PARTY),
    DeadlineKind.RETURN_OPEN: (Do.IN_SHOP, Do.REDISPATCH, Do.CANCEL),
    DeadlineKind.PHOTO_UNSEEN: (Do.IN_APP,),
    DeadlineKind.RATING_OVERDUE: (Do.LIKED, Do.DISLIKED),
    DeadlineKind.ANSWER_OVERDUE: (Do.AGREEMENTS,),
    DeadlineKind.LEAVE_NOW: (Do.PHOTO, Do.LEFT, Do.PICKED_UP, Do.SELF, Do.AGREEMENTS),
    DeadlineKind.LATE: (Do.PICKED_UP, Do.DONE, Do.LEFT, Do.SELF, Do.LATE, Do.NOBODY, Do.SAY),
    DeadlineKind.THIRD_PARTY_CHECK: (Do.DONE, Do.STILL),
    DeadlineKind.DISPUTE_DUE: (Do.DISPUTE_SENT, Do.HISTORY_FILE),
}
