"""Redirecting an order to another recipient: replaces its address, recipient and time (R91).

The history keeps the previous destination, and an undo restores it.
"""

from __future__ import annotations

from dataclasses import replace

from orders.model.details import Destination, Details
from orders.model.order import Mark, Order
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Step
from orders.steps import commands as do
from orders.steps import leaving
from orders.steps.events import Redispatched


def redispatch(order: Order, command: do.Redispatch, mark: Mark, _rules: ShopRules) -> Redispatched:
    """Redirects as agreed with the client. Raises Refusal when the address or a future time is missing."""
    leaving.check_paid(order)
    agreed = command.agreed_change.strip()
    if not agreed:
        raise Refusal(Reason.CHANGE_NEEDED, order.status)
    if not (command.address.strip() or command.same_address):
        raise Refusal(Reason.NEW_ADDRESS_NEEDED, order.status)
    _check_time(order, command, mark)
    now = destination(order.details)
    return Redispatched(mark, agreed, _new(command, now), now)


def destination(details: Details) -> Destination:
    """The present destination of the order."""
    return Destination(
        details.address,
        details.courier_note,
        details.recipient,
        details.window,
        details.as_soon_as_possible,
    )


def directed(details: Details, to: Destination) -> Details:
    """The details with this destination; other fields stay."""
    return replace(
        details,
        address=to.address,
        courier_note=to.courier_note,
        recipient=to.recipient,
        window=to.window,
        as_soon_as_possible=to.as_soon_as_possible,
    )


def sent_to(order: Order, to: Destination | None) -> Order:
    """The order with this destination."""
    return order if to is None else replace(order, details=directed(order.details, to))


def sent_back(order: Order, undone: Step) -> Order:
    """The order with its previous destination, if the undone step was the redirection."""
    return sent_to(order, order.progress.went_to) if undone is Step.REDISPATCH else order


def _check_time(order: Order, command: do.Redispatch, mark: Mark) -> None:
    if command.window is not None or command.same_time:
        return
    window = order.details.window
    if command.is_time_unclear or (window is not None and window.end <= mark.at):
        raise Refusal(Reason.NEW_TIME_NEEDED, order.status)


def _new(command: do.Redispatch, now: Destination) -> Destination:
    address = now.address if command.same_address else command.address.strip()
    note = now.courier_note if command.same_address and not command.courier_note else command.courier_note
    recipient = now.recipient if command.same_recipient else command.recipient
    if command.window is None:
        return Destination(address, note, recipient, now.window, now.as_soon_as_possible)
    return Destination(address, note, recipient, command.window)
