"""The marketplace looks for a courier and none comes: what is said of it, and the guard of R87 (R86-R88)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from orders.model.delivery_facts import SecondCourier
from orders.model.numbers import is_own
from orders.model.order import Carrier, CarrierKind, DeliveryKind, Mark, Order
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.steps import delivery_commands as do
from orders.steps import delivery_events as happened
from orders.steps.commands import Command

MARKETPLACE_COURIER = "Flowwow"
"""The name of a carrier whom the marketplace sends and nobody introduces."""


def words_for_second(order: Order, said: str) -> str:
    """Why no second courier comes; raises Refusal while the marketplace looks for one and nobody says (R87).

    It is asked once for a search.
    """
    search = order.progress.search
    if search is None or not search.is_on or search.anyway:
        return ""
    words = said.strip()
    if not words:
        raise Refusal(Reason.TWO_COURIERS, order.status, order.support_told)
    return words


def _search(order: Order, _command: do.Search, mark: Mark, _rules: ShopRules) -> happened.SearchStarted:
    if order.details.delivery is DeliveryKind.PICKUP:
        raise Refusal(Reason.PICKUP_ONLY, order.status)
    search = order.progress.search
    if search is not None and search.is_on:
        raise Refusal(Reason.ALREADY, order.status)
    if is_own(order.number) or order.left_with_third_party:
        raise Refusal(Reason.NOT_NOW, order.status)
    return happened.SearchStarted(mark)


def _call_off(order: Order, _command: do.CallOff, mark: Mark, _rules: ShopRules) -> happened.SearchCalledOff:
    _check_on(order)
    return happened.SearchCalledOff(mark)


def _tell_support(
    order: Order, _command: do.TellSupport, mark: Mark, _rules: ShopRules
) -> happened.SupportTold:
    search = order.progress.search
    if search is None:
        raise Refusal(Reason.NOT_NOW, order.status)
    if order.support_told is not None and order.support_told.at >= search.since.at:
        raise Refusal(Reason.ALREADY, order.status)
    return happened.SupportTold(mark)


def _courier_came(
    order: Order, _command: do.CourierCame, mark: Mark, _rules: ShopRules
) -> happened.MarketplaceCourierCame:
    """In the shop it takes the order, and whoever else was to carry it is told; on the way it goes home."""
    progress, carrier = order.progress, order.progress.carrier
    if progress.search is None:
        raise Refusal(Reason.NOT_NOW, order.status)
    its_own = Carrier(CarrierKind.THIRD_PARTY, MARKETPLACE_COURIER)
    if progress.second is not None or carrier == its_own:
        raise Refusal(Reason.ALREADY, order.status)
    if order.status is Status.COURIER_LEFT or order.left_with_third_party:
        return happened.MarketplaceCourierCame(mark, None, SecondCourier(mark))
    other = SecondCourier(mark, carrier.name, carrier.staff_id, carrier.phone) if carrier else None
    return happened.MarketplaceCourierCame(mark, its_own, other)


def _note_cost(order: Order, command: do.NoteCost, mark: Mark, _rules: ShopRules) -> happened.CostNoted:
    second, cost = order.progress.second, command.cost.strip()
    if second is None:
        raise Refusal(Reason.NOT_NOW, order.status)
    if not cost:
        raise Refusal(Reason.COST_NEEDED, order.status)
    return happened.CostNoted(mark, cost)


def _check_on(order: Order) -> None:
    search = order.progress.search
    if search is None:
        raise Refusal(Reason.NOT_NOW, order.status)
    if not search.is_on:
        raise Refusal(Reason.ALREADY, order.status)


_Decider = Callable[[Order, Any, Mark, ShopRules], happened.DeliveryChange]

DECIDERS: Mapping[type[Command], _Decider] = {
    do.Search: _search,
    do.CallOff: _call_off,
    do.TellSupport: _tell_support,
    do.CourierCame: _courier_came,
    do.NoteCost: _note_cost,
}
