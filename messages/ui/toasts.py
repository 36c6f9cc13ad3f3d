"""The answer to a tap that was carried out."""

from __future__ import annotations

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import TOAST_LIMIT, fit
from messages.ui.formatting import moment
from messages.ui.names import person_name
from orders.client.agreements import on_record
from orders.model.numbers import is_own
from orders.model.order import CarrierKind, Order, Topic
from orders.model.rules import ShopRules
from orders.model.status import Step
from orders.schedule.deadlines import photo_by


def done(step: Step, order: Order, t: Translator, rules: ShopRules | None = None) -> str:
    """Plain text for a toast; `order` is the order after the step. With the rules it names the deadline."""
    return fit(_text(step, order, t, rules), TOAST_LIMIT)


def _text(step: Step, order: Order, t: Translator, rules: ShopRules | None) -> str:
    key = f"toast-{step.value}"
    accepted = order.progress.accepted
    if step is Step.ACCEPT and rules is not None and accepted is not None:
        due = photo_by(order, rules) if order.lacks_photo else None
        if due is not None and due > accepted.at:
            return t.plain("toast-accept-until", when=moment(due, accepted.at, rules.zone, t))
    if step is Step.ATTACH_PHOTO and order.progress.rating is not None:
        return t.plain("toast-attach_photo-more")
    carrier = order.progress.carrier
    left = order.progress.dispatched
    by_other = carrier is not None and left is not None and carrier.staff_id != left.staff_id
    if step is Step.DISPATCH and carrier is not None and carrier.kind is CarrierKind.COURIER and by_other:
        return t.plain("toast-dispatch-courier", name=_name(step, order, t))
    late = order.progress.lateness
    if step is Step.SAY_LATE and rules is not None and late is not None:
        return t.plain("toast-say_late-until", when=moment(late.until, late.said.at, rules.zone, t))
    if step is Step.FIND_NOBODY and on_record(order, Topic.THIRD_PERSON):
        return t.plain("toast-find_nobody-agreed")
    if step is Step.CANCEL and is_own(order.number):
        key = "toast-cancel-own"
    return t.plain(key, name=_name(step, order, t))


def _name(step: Step, order: Order, t: Translator) -> str:
    who = order.progress.seller if step is Step.ASSIGN_SELLER else order.progress.carrier
    return person_name(who.name, t) if who else ""
