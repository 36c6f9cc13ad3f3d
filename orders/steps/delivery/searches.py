"""Searches before an order leaves: for the marketplace's courier (R86-R88), and for the address (X24)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orders.delivery.address import is_zone_open, lacks_address, may_be_asked, needs_extra, reads_as_address
from orders.delivery.courier_search import MARKETPLACE_COURIER, pays_courier, support_told
from orders.model.delivery_facts import AddressAsk, AddressSource, CourierSearch, FoundAddress, SecondCourier
from orders.model.details import DeliveryKind
from orders.model.numbers import is_own
from orders.model.order import Carrier, CarrierKind, Mark, Order, Progress
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status, Step
from orders.steps.decisions import BesideProgress, Rows, decided_by


@dataclass(frozen=True, slots=True)
class Search:
    """The marketplace starts to search for a courier (R86)."""

    step: ClassVar[Step] = Step.SEARCH


@dataclass(frozen=True, slots=True)
class SearchStarted:
    """The marketplace searches for a courier (R86)."""

    step: ClassVar[Step] = Step.SEARCH
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, search=CourierSearch(self.mark))


def _search(order: Order, _command: Search, mark: Mark, _rules: ShopRules) -> SearchStarted:
    if order.details.delivery is DeliveryKind.PICKUP:
        raise Refusal(Reason.PICKUP_ONLY, order.status)
    search = order.progress.search
    if search is not None and search.is_on:
        raise Refusal(Reason.ALREADY, order.status)
    if is_own(order.number) or order.left_with_third_party:
        raise Refusal(Reason.NOT_NOW, order.status)
    return SearchStarted(mark)


@dataclass(frozen=True, slots=True)
class CallOff:
    """Support has called off the marketplace's courier (R87)."""

    step: ClassVar[Step] = Step.CALL_OFF


@dataclass(frozen=True, slots=True)
class SearchCalledOff:
    """The marketplace's courier was called off (R87)."""

    step: ClassVar[Step] = Step.CALL_OFF
    mark: Mark

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, search=_over(before, self.mark))


def _call_off(order: Order, _command: CallOff, mark: Mark, _rules: ShopRules) -> SearchCalledOff:
    _check_on(order)
    return SearchCalledOff(mark)


@dataclass(frozen=True, slots=True)
class TellSupport:
    """Support was told that no courier comes (R87)."""

    step: ClassVar[Step] = Step.TELL_SUPPORT


@dataclass(frozen=True, slots=True)
class SupportTold(BesideProgress):
    """Support knows that no courier comes; an undo keeps this (R87, R92)."""

    step: ClassVar[Step] = Step.TELL_SUPPORT
    mark: Mark

    def recorded_in(self, order: Order) -> Order:
        return replace(order, support_told=self.mark)


def _tell_support(order: Order, _command: TellSupport, mark: Mark, _rules: ShopRules) -> SupportTold:
    if order.progress.search is None:
        raise Refusal(Reason.NOT_NOW, order.status)
    if support_told(order) is not None:
        raise Refusal(Reason.ALREADY, order.status)
    return SupportTold(mark)


@dataclass(frozen=True, slots=True)
class CourierCame:
    """The marketplace's courier has come after all."""

    step: ClassVar[Step] = Step.COURIER_CAME


@dataclass(frozen=True, slots=True)
class MarketplaceCourierCame:
    """The marketplace's courier came. `carrier`: they take the order; None: it has left with another one."""

    step: ClassVar[Step] = Step.COURIER_CAME
    mark: Mark
    carrier: Carrier | None
    second: SecondCourier | None

    def applied_to(self, before: Progress) -> Progress:
        after = replace(before, search=_over(before, self.mark), second=self.second)
        if self.carrier is None:
            return after
        return replace(after, carrier=self.carrier, handed_over=self.mark, picked_up=None, offered=None)


def _courier_came(
    order: Order, _command: CourierCame, mark: Mark, _rules: ShopRules
) -> MarketplaceCourierCame:
    """In the shop they take the order, and another carrier is told; if it has left, they go home."""
    search, second, carrier = order.progress.search, order.progress.second, order.progress.carrier
    if search is None:
        raise Refusal(Reason.NOT_NOW, order.status)
    its_own = Carrier(CarrierKind.THIRD_PARTY, MARKETPLACE_COURIER)
    came_for_this_search = second is not None and second.came.at >= search.since.at
    if came_for_this_search or carrier == its_own:
        raise Refusal(Reason.ALREADY, order.status)
    if order.status is Status.COURIER_LEFT or order.left_with_third_party:
        return MarketplaceCourierCame(mark, None, SecondCourier(mark))
    other = SecondCourier(mark, carrier.name, carrier.staff_id, carrier.phone) if carrier else None
    return MarketplaceCourierCame(mark, its_own, other)


@dataclass(frozen=True, slots=True)
class NoteCost:
    """Record the cost of the courier whom the shop has to pay (R88)."""

    step: ClassVar[Step] = Step.NOTE_COST
    cost: str = ""


@dataclass(frozen=True, slots=True)
class CostNoted:
    """The cost of the courier who was sent away, or who went in place of the marketplace's (R88)."""

    step: ClassVar[Step] = Step.NOTE_COST
    mark: Mark
    cost: str

    def applied_to(self, before: Progress) -> Progress:
        if before.second is not None:
            return replace(before, second=replace(before.second, cost=self.cost))
        search = before.search
        return replace(before, search=replace(search, cost=self.cost) if search is not None else None)


def _note_cost(order: Order, command: NoteCost, mark: Mark, _rules: ShopRules) -> CostNoted:
    cost = command.cost.strip()
    if not pays_courier(order):
        raise Refusal(Reason.NOT_NOW, order.status)
    if not cost:
        raise Refusal(Reason.COST_NEEDED, order.status)
    return CostNoted(mark, cost)


@dataclass(frozen=True, slots=True)
class AskAddress:
    """Record who was asked for the address (X24)."""

    step: ClassVar[Step] = Step.ASK_ADDRESS
    whom: AddressSource


@dataclass(frozen=True, slots=True)
class AddressAsked:
    """Somebody was asked for the address (X24)."""

    step: ClassVar[Step] = Step.ASK_ADDRESS
    mark: Mark
    whom: AddressSource

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, address_asked=AddressAsk(self.whom, self.mark))


def _ask(order: Order, command: AskAddress, mark: Mark, rules: ShopRules) -> AddressAsked:
    _check_lacking(order)
    if not may_be_asked(command.whom, rules):
        raise Refusal(Reason.RECIPIENT_NOT_ASKED, order.status)
    asked = order.progress.address_asked
    if asked is not None and asked.whom is command.whom:
        raise Refusal(Reason.ALREADY, order.status)
    return AddressAsked(mark, command.whom)


@dataclass(frozen=True, slots=True)
class FindAddress:
    """Record the address that was found (X24)."""

    step: ClassVar[Step] = Step.FIND_ADDRESS
    address: str = ""


@dataclass(frozen=True, slots=True)
class AddressFound:
    """The address was found (X24)."""

    step: ClassVar[Step] = Step.FIND_ADDRESS
    mark: Mark
    address: str

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, address_found=FoundAddress(self.mark, address=self.address))


def _find(order: Order, command: FindAddress, mark: Mark, _rules: ShopRules) -> AddressFound:
    _check_lacking(order)
    if not reads_as_address(command.address):
        raise Refusal(Reason.ADDRESS_NEEDED, order.status)
    return AddressFound(mark, command.address.strip())


@dataclass(frozen=True, slots=True)
class CheckZone:
    """Record whether the address is in another zone than the client paid for (R70)."""

    step: ClassVar[Step] = Step.CHECK_ZONE
    other: bool


@dataclass(frozen=True, slots=True)
class ZoneChecked:
    """Whether the address costs more, being in another zone (R70)."""

    step: ClassVar[Step] = Step.CHECK_ZONE
    mark: Mark
    other: bool

    def applied_to(self, before: Progress) -> Progress:
        found = before.address_found or FoundAddress(self.mark)
        return replace(before, address_found=replace(found, in_zone=not self.other))


def _zone(order: Order, command: CheckZone, mark: Mark, _rules: ShopRules) -> ZoneChecked:
    found = order.progress.address_found
    if found is None:
        raise Refusal(Reason.NOT_NOW, order.status)
    if found.in_zone is not None and found.in_zone is not command.other:
        raise Refusal(Reason.ALREADY, order.status)
    return ZoneChecked(mark, command.other)


def sent_anyway(search: CourierSearch | None, words: str) -> CourierSearch | None:
    """The search, with the reason why no second courier will come (R87)."""
    return replace(search, anyway=words) if search is not None and words else search


def _over(before: Progress, mark: Mark) -> CourierSearch | None:
    return replace(before.search, over=mark) if before.search is not None else None


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


def directed(order: Order, event: AddressFound) -> Order:
    """The order with the address that was found."""
    return replace(order, details=replace(order.details, address=event.address))


def undirected(order: Order, undone: Step) -> Order:
    """The order without the found address after an undo; an address that the marketplace sent since stays."""
    found = order.progress.address_found
    if undone is not Step.FIND_ADDRESS or found is None or order.details.address != found.address:
        return order
    return replace(order, details=replace(order.details, address=""))


def _check_lacking(order: Order) -> None:
    if not lacks_address(order):
        raise Refusal(Reason.ADDRESS_KNOWN, order.status)


Command = Search | CallOff | TellSupport | CourierCame | NoteCost | AskAddress | FindAddress | CheckZone
Event = (
    SearchStarted
    | SearchCalledOff
    | SupportTold
    | MarketplaceCourierCame
    | CostNoted
    | AddressAsked
    | AddressFound
    | ZoneChecked
)

DECISIONS: Rows[Event] = (
    decided_by(Search, _search),
    decided_by(CallOff, _call_off),
    decided_by(TellSupport, _tell_support),
    decided_by(CourierCame, _courier_came),
    decided_by(NoteCost, _note_cost),
    decided_by(AskAddress, _ask),
    decided_by(FindAddress, _find),
    decided_by(CheckZone, _zone),
)

__all__ = [
    "AddressAsked",
    "AddressFound",
    "AskAddress",
    "CallOff",
    "CheckZone",
    "CostNoted",
    "CourierCame",
    "FindAddress",
    "MarketplaceCourierCame",
    "NoteCost",
    "Search",
    "SearchCalledOff",
    "SearchStarted",
    "SupportTold",
    "TellSupport",
    "ZoneChecked",
]
