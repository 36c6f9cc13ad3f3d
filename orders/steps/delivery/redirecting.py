"""The recipient refuses the order (R90), or it goes to another recipient (R91).

The history keeps the previous destination, and an undo restores it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orders.model.details import Destination, Details, Person, Window
from orders.model.order import Mark, Order, Progress
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status, Step
from orders.steps.decisions import Rows, decided_by
from orders.steps.delivery.leaving import check_paid

_UNKNOWN = Person()


@dataclass(frozen=True, slots=True)
class RecipientRefused:
    """The recipient refuses the order; it goes back to the shop (R90)."""

    step: ClassVar[Step] = Step.RECIPIENT_REFUSED
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecipientRefusedOrder:
    """The recipient refused it; the flowers go back (R90)."""

    step: ClassVar[Step] = Step.RECIPIENT_REFUSED
    mark: Mark
    note: str

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, status=Status.RETURNING, refused=self.mark, refusal_note=self.note)


def _recipient_refused(
    _order: Order, command: RecipientRefused, mark: Mark, _rules: ShopRules
) -> RecipientRefusedOrder:
    return RecipientRefusedOrder(mark, command.note.strip())


@dataclass(frozen=True, slots=True)
class Redispatch:
    """Send it to another recipient, or to the same one again, as agreed with the client (R91).

    `agreed_change` has the full words; the other fields are what was read in them. An address is required, or
    the statement that it is the same.
    """

    step: ClassVar[Step] = Step.REDISPATCH
    agreed_change: str
    address: str = ""
    courier_note: str = ""
    recipient: Person = _UNKNOWN
    window: Window | None = None
    is_time_unclear: bool = False
    same_address: bool = False
    same_recipient: bool = False
    same_time: bool = False


@dataclass(frozen=True, slots=True)
class Redispatched:
    """It goes to another recipient, as agreed with the client (R91)."""

    step: ClassVar[Step] = Step.REDISPATCH
    mark: Mark
    agreed_change: str
    to: Destination | None = None
    instead_of: Destination | None = None

    def applied_to(self, before: Progress) -> Progress:
        return replace(
            before,
            status=Status.COURIER_LEFT,
            agreed_change=self.agreed_change,
            went_to=self.instead_of,
            dispatched=self.mark,
            arrived=None,
            lateness=None,
            nobody_there=None,
            back_in_shop=None,
        )


def _redispatch(order: Order, command: Redispatch, mark: Mark, _rules: ShopRules) -> Redispatched:
    """Redirects as agreed with the client. Raises Refusal when the address or a future time is missing."""
    check_paid(order)
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


def _check_time(order: Order, command: Redispatch, mark: Mark) -> None:
    if command.window is not None or command.same_time:
        return
    window = order.details.window
    if command.is_time_unclear or (window is not None and window.end <= mark.at):
        raise Refusal(Reason.NEW_TIME_NEEDED, order.status)


def _new(command: Redispatch, now: Destination) -> Destination:
    address = now.address if command.same_address else command.address.strip()
    note = now.courier_note if command.same_address and not command.courier_note else command.courier_note
    recipient = now.recipient if command.same_recipient else command.recipient
    if command.window is None:
        return Destination(address, note, recipient, now.window, now.as_soon_as_possible)
    return Destination(address, note, recipient, command.window)


Command = RecipientRefused | Redispatch
Event = RecipientRefusedOrder | Redispatched

DECISIONS: Rows[Event] = (
    decided_by(RecipientRefused, _recipient_refused),
    decided_by(Redispatch, _redispatch),
)

__all__ = [
    "RecipientRefused",
    "RecipientRefusedOrder",
    "Redispatch",
    "Redispatched",
]
