"""Agreements with the client: what may be asked, what an answer changes, and what waits for it.

A new delivery time, a substitution, a surcharge and the hand-over to a third person need the client's
agreement (R56, R59, R66, R70). Who asked, who answered, when and in which words stays on record.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from orders.access.order_access import parties
from orders.model.details import Details, Line
from orders.model.money import Money
from orders.model.numbers import is_own
from orders.model.order import Agreement, Mark, Order, Proposal, Topic
from orders.model.people import Actor
from orders.model.rules import ShopRules
from orders.model.status import IN_THE_SHOP, TABLE, Status, Step

_NOT_DELIVERED = IN_THE_SHOP | {Status.COURIER_LEFT, Status.RETURNING}

WHEN_ASKED: dict[Topic, frozenset[Status]] = {
    Topic.WINDOW: _NOT_DELIVERED,
    Topic.SUBSTITUTION: IN_THE_SHOP,
    Topic.SURCHARGE: IN_THE_SHOP | {Status.RETURNING},
    Topic.THIRD_PERSON: _NOT_DELIVERED,
}
"""In which statuses each topic may be asked: an order on its way is neither changed nor held up for money."""


def find(order: Order, number: int) -> Agreement | None:
    """Returns the order's agreement with this number; None if there is none."""
    return next((one for one in order.agreements if one.number == number), None)


def open_one(order: Order, topic: Topic) -> Agreement | None:
    """The proposal on this topic that waits for the client's answer; at most one per topic is open (R64)."""
    return next((one for one in order.agreements if one.is_open and one.proposal.topic is topic), None)


def on_record(order: Order, topic: Topic) -> Agreement | None:
    """The newest agreement on this topic that is in force."""
    found = (one for one in reversed(order.agreements) if one.holds and one.proposal.topic is topic)
    return next(found, None)


def unpaid(order: Order) -> Agreement | None:
    """The surcharge that the client agreed to but has not paid; the order does not leave until then (R70)."""
    return next((one for one in order.agreements if one.is_unpaid), None)


def is_for_app(order: Order, agreement: Agreement) -> bool:
    """Whether somebody still has to enter it in the marketplace's app: the API has no call for agreements."""
    is_theirs = order.marketplace_status is not None or not is_own(order.number)  # or entered by hand
    is_told = is_theirs and agreement.proposal.topic is not Topic.THIRD_PERSON
    return agreement.holds and (is_told or agreement.is_unpaid) and agreement.in_app is None


def is_pending(order: Order, agreement: Agreement) -> bool:
    """Whether the client or the shop still has to do something about it."""
    return agreement.is_open or is_for_app(order, agreement) or agreement.is_unpaid


def may_withdraw(agreement: Agreement, age: timedelta, rules: ShopRules) -> bool:
    """Whether it may be withdrawn: while unanswered or unpaid, and for a while if staff noted the answer.

    `age` is the time since the answer. An answer that the client gave themselves cannot be withdrawn (R66).
    """
    if agreement.withdrawn is not None:
        return False
    noted = agreement.answered is not None and agreement.answered.staff_id is not None
    return (
        agreement.is_open
        or agreement.is_unpaid
        or (noted and agreement.paid is None and age <= rules.undo_within)
    )


def last_asker(order: Order) -> Mark | None:
    """Who asked the question that the client answered last."""
    answered = [(one.answered.at, one) for one in order.agreements if one.answered is not None]
    return max(answered, key=lambda pair: pair[0])[1].asked if answered else None


def askable(order: Order, actor: Actor) -> tuple[Topic, ...]:
    """The topics on which this actor may ask the client now."""
    move = TABLE.get((order.status, Step.PROPOSE))
    if move is None or not move.parties & parties(order, actor):
        return ()
    return tuple(t for t in Topic if order.status in WHEN_ASKED[t] and open_one(order, t) is None)


def paid_surcharges(order: Order) -> tuple[Proposal, ...]:
    """The surcharges that the client has paid: for a wait, an errand, another trip (R70)."""
    return tuple(
        one.proposal
        for one in order.agreements
        if one.paid is not None and one.proposal.topic is Topic.SURCHARGE
    )


def extras_paid(order: Order) -> tuple[Money, ...]:
    """The sums that the client has paid beyond the order's price; a refund includes them."""
    return tuple(
        one.proposal.extra
        for one in order.agreements
        if one.paid is not None and one.proposal.extra is not None
    )


def given_back(order: Order) -> tuple[Money, ...]:
    """The refunds for cheaper goods that the client agreed to, as positive sums (R59)."""
    extras = (one.proposal.extra for one in order.agreements if one.holds)
    return tuple(
        Money(-extra.minor, extra.currency) for extra in extras if extra is not None and extra.minor < 0
    )


def agreed(details: Details, agreement: Agreement) -> Details:
    """The details with the agreed change applied."""
    proposal = agreement.proposal
    if proposal.topic is Topic.WINDOW:
        return replace(details, window=proposal.window, as_soon_as_possible=False)
    if proposal.topic is Topic.SUBSTITUTION and proposal.replaced and proposal.replacement:
        return _with_line(details, proposal.replaced, proposal.replacement)
    return details


def taken_back(details: Details, agreement: Agreement) -> Details:
    """The details with the agreed change reverted; later changes stay."""
    proposal = agreement.proposal
    if proposal.topic is Topic.WINDOW and details.window == proposal.window:
        return replace(details, window=proposal.instead_of)
    if proposal.topic is Topic.SUBSTITUTION and proposal.replaced and proposal.replacement:
        return _with_line(details, proposal.replacement, proposal.replaced)
    return details


def kept_to(order: Order, told: Details) -> Details:
    """The marketplace's details with the client's agreed substitutions applied (R59).

    The marketplace keeps sending the old goods; without this they would replace the agreed ones.
    """
    for one in order.agreements:
        if one.holds and one.proposal.topic is Topic.SUBSTITUTION:
            told = agreed(told, one)
    return told


def _with_line(details: Details, old: Line, new: Line) -> Details:
    """Replaces a line by its name, since the marketplace may have added a sum or a picture to it."""
    lines = tuple(new if line.name == old.name else line for line in details.lines)
    return replace(details, lines=lines)
