"""The shop's group chat: enough to act, no personal data (R15), and the alarm (R16)."""

from __future__ import annotations

from datetime import datetime, timedelta

from markupsafe import Markup

from messages.callbacks.order import Do
from messages.i18n.texts import Translator
from messages.order.progress import carrier_text
from messages.ui.buttons import Row, keyboard, tap
from messages.ui.composition import short_composition
from messages.ui.formatting import clock, counting, duration, left, moment, span
from messages.ui.heading import number, sign, unread_lines, when
from messages.ui.names import person_name
from messages.ui.people import signed
from messages.ui.screen import Screen
from orders.model.order import CarrierKind, Mark, Order
from orders.model.rules import ShopRules
from orders.model.status import IN_THE_SHOP, Status
from orders.schedule.deadlines import accept_by


def group_card(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """A new order with what is needed to accept it; after that one silent line."""
    if order.status is not Status.NEW:
        return _later(order, rules, now, t)
    due = accept_by(order, rules)
    lines = [
        t("group-new", number=number(order)),
        *_what(order, rules, now, t),
        t("group-accept-by", clock=clock(due, rules.zone), left=counting(due, left(due, now, t))),
    ]
    return Screen(str(Markup("\n").join(lines)), keyboard([_take_row(order, t)]))


def alarm(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """The alarm before or after the deadline to accept; once the order is accepted, one line says so."""
    if order.status is not Status.NEW:
        return _later(order, rules, now, t)
    due = accept_by(order, rules)
    waited = duration(max((now - order.placed_at) // timedelta(minutes=1), 1), t)
    if now < due:
        title = t("alarm-soon", number=number(order), left=counting(due, left(due, now, t)))
        warning = t("alarm-soon-advice", clock=clock(due, rules.zone))
    else:
        title = t("alarm-overdue", number=number(order), waited=waited)
        warning = t("alarm-overdue-advice")
    lines = [title, *_what(order, rules, now, t), warning]
    return Screen(str(Markup("\n").join(lines)), keyboard([_take_row(order, t)]))


def _what(order: Order, rules: ShopRules, now: datetime, t: Translator) -> list[Markup]:
    """When and what; for an order that could not be read yet, the known part and the reason (X13)."""
    details, unread = order.details, unread_lines(order, t)
    is_timed = details.window is not None or details.as_soon_as_possible
    time = [when(order, rules, now, t, with_distance=False)] if is_timed or not unread else []
    goods = [short_composition(order, t)] if details.lines or not unread else []
    return [*time, *goods, *unread]


def _take_row(order: Order, t: Translator) -> Row:
    return [tap(order, Do.ACCEPT, t), tap(order, Do.OPEN, t)]


def _later(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    parts = [
        t(
            "group-line",
            sign=sign(order),
            number=number(order),
            state=_state(order, rules, now, t),
        )
    ]
    if not order.is_final:
        window = order.details.window
        parts += [span(window, now, rules.zone, t)] if window else []
        parts += [*_hands(order, t), *_trouble(order, t)]
    return Screen(str(Markup(" · ").join(parts)), keyboard([[tap(order, Do.OPEN, t)]]))


def _state(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    taken = order.progress.picked_up
    if taken is not None and order.left_with_third_party and order.status in IN_THE_SHOP:
        return t("group-state-third-party", when=moment(taken.at, now, rules.zone, t))
    mark = _mark(order)
    said = t(f"group-state-{order.status.value}")
    if mark is None:
        return said
    # The person who reported the departure may not be the courier: two names would mislead.
    carried = order.status in {Status.COURIER_LEFT, Status.RETURNING}
    done = moment(mark.at, now, rules.zone, t) if carried else signed(mark, rules, now, t)
    return t("group-signed", state=said, signed=done)


def _mark(order: Order) -> Mark | None:
    progress = order.progress
    return {
        Status.ACCEPTED: progress.accepted,
        Status.PHOTO: progress.photos[-1].taken if progress.photos else None,
        Status.COURIER_LEFT: progress.dispatched,
        Status.RETURNING: order.returning,
        Status.DONE: progress.completion.done if progress.completion else None,
    }.get(order.status, progress.closing.closed if progress.closing else None)


def _hands(order: Order, t: Translator) -> list[Markup]:
    """Who assembles and who carries it; couriers from outside are not named in the group."""
    seller, carrier = order.progress.seller, order.progress.carrier
    if carrier is not None:
        outside = carrier.kind is CarrierKind.THIRD_PARTY
        return [t("group-third-party") if outside else carrier_text(carrier, t)]
    return [t("group-seller", name=person_name(seller.name, t))] if seller else []


def _trouble(order: Order, t: Translator) -> list[Markup]:
    """The delivery problem, for people who read only the group."""
    progress = order.progress
    if order.status is not Status.COURIER_LEFT:
        return []
    if progress.nobody_there is not None:
        return [t("group-nobody")]
    if progress.lateness is not None and progress.arrived is None:
        return [t("group-late", minutes=progress.lateness.minutes)]
    return []
