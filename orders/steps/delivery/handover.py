"""The hand-over, which ends the order (R50-R57)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

from orders.access.order_access import parties
from orders.client.agreements import on_record
from orders.model.details import DeliveryKind
from orders.model.order import Completion, Handover, Mark, Order, Progress, Topic
from orders.model.people import Actor, Party, Role
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status, Step
from orders.steps.decisions import Rows, decided_by
from orders.steps.delivery.leaving import check_paid, reason_without_photo
from orders.steps.mishaps.proofs import reason_without_proof


@dataclass(frozen=True, slots=True)
class Complete:
    """The order was handed over (R50-R57).

    A third person needs the client's agreement and a comment; actors other than the carrier give a reason.
    `without_photo`: why a pickup or a third-party delivery ends without the photo that is due (R38).
    """

    step: ClassVar[Step] = Step.COMPLETE
    handover: Handover
    comment: str = ""
    agreed_with_client: bool = False
    reason: str = ""
    without_photo: str = ""
    early: str = ""
    """The client's consent to a hand-over long before the window (R66)."""
    agreed_words: str = ""
    """The client's agreement to a third person, if not on record yet (R56)."""
    code: str = ""
    """The code that was told; the caller gives `SayCode` before this command (X25)."""
    without_proof: str = ""
    """A chief's reason for a hand-over without proof (X25)."""


@dataclass(frozen=True, slots=True)
class Completed:
    """The order was handed over (R50-R57)."""

    step: ClassVar[Step] = Step.COMPLETE
    mark: Mark
    handover: Handover
    comment: str
    reason: str
    agreement_noted: bool = False
    """This step is the record of the client's agreement to a third person (R56)."""
    without_photo: str = ""
    early: str = ""
    """The client's consent to a hand-over long before the window (R66)."""
    agreed_words: str = ""
    without_proof: str = ""

    def applied_to(self, before: Progress) -> Progress:
        completion = Completion(self.handover, self.comment, self.reason, self.mark, self.early)
        why = self.without_photo or before.left_without_photo
        return replace(before, status=Status.DONE, completion=completion, left_without_photo=why)


def _complete(order: Order, command: Complete, mark: Mark, rules: ShopRules) -> Completed:
    if mark.role is Role.MARKETPLACE:
        return Completed(mark, Handover.IN_APP, "", "")
    if command.handover is Handover.IN_APP:
        raise Refusal(Reason.NOT_YOURS, order.status)
    if order.status is not Status.COURIER_LEFT and not _skips_courier_left(order):
        raise Refusal(Reason.NOT_LEFT_YET, order.status)
    if order.details.delivery is DeliveryKind.PICKUP:
        check_paid(order)
    without_photo = reason_at_the_end(order, command)
    early = words_for_early(order, command, mark, rules)
    unproved = reason_without_proof(order, command.without_proof, mark, rules)
    reason, comment = command.reason.strip(), command.comment.strip()
    by_carrier = Party.CARRIER in parties(order, Actor(mark.role, mark.staff_id, shop_id=order.shop_id))
    if order.status is Status.COURIER_LEFT and not by_carrier and not reason:
        raise Refusal(Reason.CARRIER_REASON_NEEDED, order.status)
    to_third = command.handover is Handover.THIRD_PERSON
    noted = to_third and on_record(order, Topic.THIRD_PERSON) is None
    if noted and not command.agreed_with_client:
        raise Refusal(Reason.AGREEMENT_NEEDED, order.status)
    if to_third and not any(sign.isalpha() for sign in comment):  # names the person: a dot is no name
        raise Refusal(Reason.COMMENT_NEEDED, order.status)
    said = command.agreed_words.strip() if noted else ""
    if noted and not said:
        raise Refusal(Reason.AGREED_WORDS_NEEDED, order.status)
    return Completed(mark, command.handover, comment, reason, noted, without_photo, early, said, unproved)


def _skips_courier_left(order: Order) -> bool:
    return order.with_third_party or order.details.delivery is DeliveryKind.PICKUP


def reason_at_the_end(order: Order, command: Complete) -> str:
    """The reason for a missing photo, if no earlier step asked for it: pickup, third party (R38)."""
    was_asked = order.status is Status.COURIER_LEFT or order.left_with_third_party
    return "" if was_asked else reason_without_photo(order, command.without_photo)


def words_for_early(order: Order, command: Complete, mark: Mark, rules: ShopRules) -> str:
    """The client's consent to an early hand-over (R66). Raises Refusal when it is missing.

    A client who asked for the order as soon as possible has consented.
    """
    window, allowed = order.details.window, timedelta(minutes=rules.early_minutes)
    if window is None or order.details.as_soon_as_possible or mark.at >= window.start - allowed:
        return ""
    words = command.early.strip()
    if not words:
        raise Refusal(Reason.EARLY_NEEDED, order.status)
    return words


Command = Complete
Event = Completed

DECISIONS: Rows[Event] = (decided_by(Complete, _complete),)

__all__ = [
    "Complete",
    "Completed",
]
