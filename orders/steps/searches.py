"""Searches before an order leaves: for the marketplace's courier (R86-R88), and for the address (X24)."""

from __future__ import annotations

from dataclasses import replace

from orders.delivery.address import is_zone_open, lacks_address, may_be_asked, needs_extra, reads_as_address
from orders.delivery.courier_search import MARKETPLACE_COURIER, pays_courier, support_told
from orders.model.delivery_facts import SecondCourier
from orders.model.details import DeliveryKind
from orders.model.numbers import is_own
from orders.model.order import Carrier, CarrierKind, Mark, Order
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status, Step
from orders.steps import delivery_commands as do
from orders.steps import delivery_events as happened
from orders.steps.decisions import decided_by


def words_for_second(order: Order, said: str) -> str:
    """Why no second courier will come (R87). Raises Refusal when it is missing during a search.

    It is asked once per search.
    """
    search = order.progress.search
    if search is None or not search.is_on or search.anyway:
        return ""
    words = said.strip()
    if not words:
        raise Refusal(Reason.TWO_COURIERS, order.status, support_told(order))
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
    if order.progress.search is None:
        raise Refusal(Reason.NOT_NOW, order.status)
    if support_told(order) is not None:
        raise Refusal(Reason.ALREADY, order.status)
    return happened.SupportTold(mark)


def _courier_came(
    order: Order, _command: do.CourierCame, mark: Mark, _rules: ShopRules
) -> happened.MarketplaceCourierCame:
    """In the shop they take the order, and another carrier is told; if it has left, they go home."""
    search, second, carrier = order.progress.search, order.progress.second, order.progress.carrier
    if search is None:
        raise Refusal(Reason.NOT_NOW, order.status)
    its_own = Carrier(CarrierKind.THIRD_PARTY, MARKETPLACE_COURIER)
    came_for_this_search = second is not None and second.came.at >= search.since.at
    if came_for_this_search or carrier == its_own:
        raise Refusal(Reason.ALREADY, order.status)
    if order.status is Status.COURIER_LEFT or order.left_with_third_party:
        return happened.MarketplaceCourierCame(mark, None, SecondCourier(mark))
    other = SecondCourier(mark, carrier.name, carrier.staff_id, carrier.phone) if carrier else None
    return happened.MarketplaceCourierCame(mark, its_own, other)


def _note_cost(order: Order, command: do.NoteCost, mark: Mark, _rules: ShopRules) -> happened.CostNoted:
    cost = command.cost.strip()
    if not pays_courier(order):
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


def check_zone_settled(order: Order) -> None:
    """Raises Refusal when the zone of the address is unknown, or not paid for (R70)."""
    if is_zone_open(order):
        raise Refusal(Reason.ZONE_OPEN, order.status)
    if needs_extra(order):
        raise Refusal(Reason.EXTRA_FIRST, order.status)


def words_without_address(order: Order, said: str) -> str:
    """Why it leaves without a known address. Raises Refusal when the reason is missing."""
    if not lacks_address(order):
        return ""
    words = said.strip()
    if not words:
        raise Refusal(Reason.LEAVE_ADDRESS_NEEDED, order.status)
    return words


def directed(order: Order, event: happened.AddressFound) -> Order:
    """The order with the address that was found."""
    return replace(order, details=replace(order.details, address=event.address))


def undirected(order: Order, undone: Step) -> Order:
    """The order without the found address after an undo; an address that the marketplace sent since stays."""
    found = order.progress.address_found
    if undone is not Step.FIND_ADDRESS or found is None or order.details.address != found.address:
        return order
    return replace(order, details=replace(order.details, address=""))


def _ask(order: Order, command: do.AskAddress, mark: Mark, rules: ShopRules) -> happened.AddressAsked:
    _check_lacking(order)
    if not may_be_asked(command.whom, rules):
        raise Refusal(Reason.RECIPIENT_NOT_ASKED, order.status)
    asked = order.progress.address_asked
    if asked is not None and asked.whom is command.whom:
        raise Refusal(Reason.ALREADY, order.status)
    return happened.AddressAsked(mark, command.whom)


def _find(order: Order, command: do.FindAddress, mark: Mark, _rules: ShopRules) -> happened.AddressFound:
    _check_lacking(order)
    if not reads_as_address(command.address):
        raise Refusal(Reason.ADDRESS_NEEDED, order.status)
    return happened.AddressFound(mark, command.address.strip())


def _zone(order: Order, command: do.CheckZone, mark: Mark, _rules: ShopRules) -> happened.ZoneChecked:
    found = order.progress.address_found
    if found is None:
        raise Refusal(Reason.NOT_NOW, order.status)
    if found.in_zone is not None and found.in_zone is not command.other:
        raise Refusal(Reason.ALREADY, order.status)
    return happened.ZoneChecked(mark, command.other)


def _check_lacking(order: Order) -> None:
    if not lacks_address(order):
        raise Refusal(Reason.ADDRESS_KNOWN, order.status)


DECISIONS = (
    decided_by(do.Search, _search),
    decided_by(do.CallOff, _call_off),
    decided_by(do.TellSupport, _tell_support),
    decided_by(do.CourierCame, _courier_came),
    decided_by(do.NoteCost, _note_cost),
    decided_by(do.AskAddress, _ask),
    decided_by(do.FindAddress, _find),
    decided_by(do.CheckZone, _zone),
)
