"""The marketplace finds no courier: tell support, call spare couriers, deliver oneself (R86, R87, R89)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from orders.delivery.spare_couriers import SpareCourier
from orders.model.delivery_facts import Call, CallAnswer
from orders.model.order import Mark, Order
from orders.model.rules import ShopRules
from orders.model.status import IN_THE_SHOP

MARKETPLACE_COURIER = "Flowwow"
"""Name of a courier of the marketplace who did not give one."""


class Stage(StrEnum):
    """What the shop does next."""

    SUPPORT = "support"
    SPARE = "spare"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next step; `spare` is the courier to call now, at the stage of the spare couriers."""

    stage: Stage
    spare: SpareCourier | None = None


def is_waiting(order: Order) -> bool:
    """Whether the order is in the shop without a carrier while the marketplace searches for a courier."""
    search = order.progress.search
    return (
        order.status in IN_THE_SHOP and search is not None and search.is_on and order.progress.carrier is None
    )


def pays_courier(order: Order) -> bool:
    """Whether the shop pays for a courier: in place of the marketplace's, or for one too many (R88)."""
    if order.progress.second is not None:
        return True
    search, carrier = order.progress.search, order.progress.carrier
    return search is not None and carrier is not None and carrier.name != MARKETPLACE_COURIER


def lacks_cost(order: Order) -> bool:
    """Whether the cost of that courier has not been noted yet."""
    return pays_courier(order) and not said_cost(order)


def said_cost(order: Order) -> str:
    """The cost of that courier, in the words of the person who noted it."""
    search, second = order.progress.search, order.progress.second
    if second is not None:
        return second.cost
    return search.cost if search is not None else ""


def told_at(order: Order, rules: ShopRules) -> datetime | None:
    """When the shop is first told that the search takes too long; None without a search."""
    search = order.progress.search
    return search.since.at + timedelta(minutes=rules.search_minutes) if search is not None else None


def support_told(order: Order) -> Mark | None:
    """When support was told of the present search; None if it was not, or only of an earlier one (R87)."""
    search, told = order.progress.search, order.support_told
    return told if search is not None and told is not None and told.at >= search.since.at else None


def spares_from(order: Order, rules: ShopRules) -> datetime | None:
    """From when spare couriers are called: once support knows, at the latest some minutes after the alarm."""
    first, told = told_at(order, rules), support_told(order)
    if first is None:
        return None
    latest = first + timedelta(minutes=rules.spare_minutes)
    return max(first, min(told.at, latest)) if told is not None else latest


def next_step(order: Order, spares: Sequence[SpareCourier], rules: ShopRules, now: datetime) -> NextStep:
    """What to do at `now`: each spare courier is suggested once, in the order of the list (R89)."""
    start = spares_from(order, rules)
    if start is None or now < start:
        return NextStep(Stage.SUPPORT)
    spare = _spare_at(now, start, spares, order.calls, timedelta(minutes=rules.spare_minutes))
    return NextStep(Stage.SELF) if spare is None else NextStep(Stage.SPARE, spare)


def _spare_at(
    now: datetime, start: datetime, spares: Sequence[SpareCourier], calls: Collection[Call], pause: timedelta
) -> SpareCourier | None:
    at = start
    for spare in spares:
        answered = _answered(spare, calls)
        if answered is not None and answered <= at:
            continue
        until = at + pause if answered is None else min(at + pause, answered)
        if now < until:
            return spare
        at = until
    return None


def _answered(spare: SpareCourier, calls: Collection[Call]) -> datetime | None:
    """When somebody noted the answer of this courier, unless they are on the way."""
    said = [
        call.noted.at
        for call in calls
        if call.phone == spare.phone and call.answer is not CallAnswer.ON_THE_WAY
    ]
    return min(said, default=None)
