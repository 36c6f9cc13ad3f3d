"""The first lines of every screen of an order: status, number, the time that matters."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.formatting import clock, counting, left, moment, sentence, span, until
from orders.client.agreements import unpaid
from orders.delivery.stop_after_cancel import must_stop
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import IN_THE_SHOP, Status
from orders.schedule.deadlines import Due, Task, accept_by, leave_by, next_due, photo_by

STATE_SIGNS = {
    Status.NEW: "🔴",
    Status.ACCEPTED: "🟡",
    Status.PHOTO: "📷",
    Status.COURIER_LEFT: "🚚",
    Status.RETURNING: "↩️",
    Status.DONE: "✅",
    Status.CANCELLED: "⚫",
    Status.DECLINED: "⚪",
}

_TROUBLE_SIGN = "🔴"
_TAIL = 4


def number(order: Order) -> str:
    """The marketplace's number, cleaned; a string, so that Fluent does not group its digits."""
    return clean(order.number, limits.NUMBER) or "-"


def number_end(own: str, twins: Collection[str]) -> str:
    """Returns the last digits, at least four, that distinguish the number from those of its `twins`."""
    ends = (own[-length:] for length in range(min(_TAIL, len(own)), len(own)))
    return next((end for end in ends if not any(two.endswith(end) for two in twins)), own)


def sign(order: Order) -> str:
    """The status sign; an order taken by a third-party courier has the sign of the way (R41)."""
    return STATE_SIGNS[Status.COURIER_LEFT if _is_with_outsider(order) else order.status]


def state(order: Order, t: Translator) -> Markup:
    """«Принят»."""
    return t(f"state-{order.status.value}")


def heading(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    """«🟡 Принят · собрать до 12:45 → фото 13:05 → выезд 13:20 · 25836184»; trouble replaces the times."""
    taken, said = order.progress.picked_up, state(order, t)
    if taken is not None and _is_with_outsider(order):
        said = t("state-with-third-party", when=moment(taken.at, now, rules.zone, t))
    trouble = _trouble(order, rules, now, t)
    mark = _TROUBLE_SIGN if trouble else sign(order)
    line = t("heading", sign=mark, state=said)
    parts = [line, trouble or what_matters(order, rules, now, t), t("said", text=number(order))]
    return Markup(" · ").join(filter(None, parts))


def _is_with_outsider(order: Order) -> bool:
    return order.status in IN_THE_SHOP and order.left_with_third_party


def _trouble(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Markup | None:
    """What holds the order up, for the first line (X16)."""
    progress = order.progress
    if must_stop(order) is not None:
        return t("trouble-stop")
    if order.is_in_doubt:
        return t("trouble-doubt")
    if order.status is Status.COURIER_LEFT and progress.nobody_there is not None:
        return t("trouble-nobody-there", when=moment(progress.nobody_there.at, now, rules.zone, t))
    if order.status is Status.COURIER_LEFT and progress.lateness is not None and progress.arrived is None:
        until_when = moment(progress.lateness.until, now, rules.zone, t)
        return t("trouble-late", minutes=progress.lateness.minutes, when=until_when)
    in_shop = order.status in IN_THE_SHOP and not order.left_with_third_party
    if in_shop and order.lacks_new_photo:
        return t("trouble-photo")
    return t("trouble-unpaid") if in_shop and unpaid(order) is not None else None


def what_matters(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    """What is due, until when, and the time left; for a closed order the closing time."""
    if order.status is Status.NEW:
        return _due("accept", accept_by(order, rules), rules, now, t)
    if order.status is Status.RETURNING and order.returning:
        return t("due-returning", when=moment(order.returning.at, now, rules.zone, t))
    if order.is_final:
        since = order.progress.since
        return moment(since, now, rules.zone, t) if since else Markup()
    due = next_due(order, rules, now)
    if due is not None and due.is_at_once:
        return t(f"due-{due.task.value}-at-once")
    if due is not None:
        return counted_back(due, order, rules, now, t)
    window = order.details.window
    return _due("deliver", window.end, rules, now, t) if window else Markup()


def counted_back(due: Due, order: Order, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    """The next task and those after it until leaving; the time left only for the last task, or if late."""
    moments = ((Task.PHOTO, photo_by(order, rules)), (Task.LEAVE, leave_by(order, rules)))
    later = [(task, at) for task, at in moments if at is not None and at > due.at]
    if not later or due.at <= now:
        return _due(due.task.value, due.at, rules, now, t)
    first = t(f"due-{due.task.value}-first", clock=moment(due.at, now, rules.zone, t))
    others = [t(f"due-{task.value}-then", clock=clock(at, rules.zone)) for task, at in later]
    return Markup(" → ").join([first, *others])


def when(order: Order, rules: ShopRules, now: datetime, t: Translator, *, with_distance: bool) -> Markup:
    """«Сегодня 14:00-15:00 (через 1 ч 50 мин)»."""
    details = order.details
    if details.window is None:
        unknown = "when-unread" if details.unread else "when-unknown"
        return t("when-soon") if details.as_soon_as_possible else t(unknown)
    text = span(details.window, now, rules.zone, t)
    if with_distance and not order.is_final and now < details.window.start:
        text = t("when-distance", span=text, until=until(details.window.start, now, t))
    return t("when-soon-span", span=text) if details.as_soon_as_possible else sentence(text)


def opening(order: Order, rules: ShopRules, now: datetime, t: Translator) -> list[Markup]:
    """The two lines that stay when a menu replaces the card."""
    return [heading(order, rules, now, t), when(order, rules, now, t, with_distance=True)]


def trial_lines(order: Order, t: Translator) -> list[Markup]:
    """Marks a trial order, so that it is not taken for a real one."""
    return [t("card-trial")] if order.is_trial else []


def unread_lines(order: Order, t: Translator) -> list[Markup]:
    """Why the order has little more than a number, and where to see its details (X13)."""
    is_told = order.details.unread and not order.is_final and not order.is_in_doubt
    return [t("card-unread")] if is_told else []


def _due(what: str, at: datetime, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    of = "photo" if what == "photo" else "order"
    said = left(at, now, t, of)
    shown = counting(at, said) if at > now else said
    return t(f"due-{what}", clock=moment(at, now, rules.zone, t), left=shown)
