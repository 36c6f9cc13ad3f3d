"""The address is not known yet: who was asked, what was found, and whether it costs more (X24, R68, R70)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from orders.delivery.address import is_zone_open, lacks_address, may_be_asked, needs_extra, reads_as_address
from orders.model.order import Mark, Order
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Step
from orders.steps import delivery_commands as do
from orders.steps import delivery_events as happened
from orders.steps.commands import Command


def check_zone_settled(order: Order) -> None:
    """It stays until the zone of the address is known, and paid for (R70)."""
    if is_zone_open(order):
        raise Refusal(Reason.ZONE_OPEN, order.status)
    if needs_extra(order):
        raise Refusal(Reason.EXTRA_FIRST, order.status)


def words_without_address(order: Order, said: str) -> str:
    """Why it leaves while nobody knows where it goes; raises Refusal while nobody says so."""
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
    """The order without it, once that step is undone."""
    if undone is not Step.FIND_ADDRESS:
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


_Decider = Callable[[Order, Any, Mark, ShopRules], happened.DeliveryChange]

DECIDERS: Mapping[type[Command], _Decider] = {
    do.AskAddress: _ask,
    do.FindAddress: _find,
    do.CheckZone: _zone,
}
