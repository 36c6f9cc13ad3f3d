"""What the client agrees to: what may be asked, what an answer changes, and what it holds up.

A change of the delivery time, a substitution, a surcharge and the hand-over to a third person need the
client's agreement (R56, R59, R66, R70). Who asked, who answered, when and in which words stays on record.
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
"""When it makes sense to ask: what is on the way is neither put together anew nor held up for money."""


def find(order: Order, number: int) -> Agreement | None:
    """The order's agreement of this number."""
    return next((one for one in order.agreements if one.number == number), None)


def open_one(order: Order, topic: Topic) -> Agreement | None:
    """The proposal on this topic that waits for the client's answer: there is one at a time (R64)."""
    return next((one for one in order.agreements if one.is_open and one.proposal.topic is topic), None)


def on_record(order: Order, topic: Topic) -> Agreement | None:
    """The newest agreement on this topic that holds."""
    found = (one for one in reversed(order.agreements) if one.holds and one.proposal.topic is topic)
    return next(found, None)


def unpaid(order: Order) -> Agreement | None:
    """The surcharge that the client agreed to and has not paid: until then the order stays (R70)."""
    return next((one for one in order.agreements if one.is_unpaid), None)


def is_for_app(order: Order, agreement: Agreement) -> bool:
    """Whether somebody has still to do it in the marketplace's app: no call is known for any of this."""
    is_theirs = order.marketplace_status is not None or not is_own(order.number)  # or entered by hand
    is_told = is_theirs and agreement.proposal.topic is not Topic.THIRD_PERSON
    return agreement.holds and (is_told or agreement.is_unpaid) and agreement.in_app is None


def is_pending(order: Order, agreement: Agreement) -> bool:
    """Whether something about it is still to be done, by the client or by the shop."""
    return agreement.is_open or is_for_app(order, agreement) or agreement.is_unpaid


def may_withdraw(agreement: Agreement, age: timedelta, rules: ShopRules) -> bool:
    """A proposal without an answer, a surcharge without its money, and for a while what staff noted.

    `age` is the time since the answer. What the client himself has answered stands (R66).
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
    """Who asked what the client has answered last."""
    answered = [(one.answered.at, one) for one in order.agreements if one.answered is not None]
    return max(answered, key=lambda pair: pair[0])[1].asked if answered else None


def askable(order: Order, actor: Actor) -> tuple[Topic, ...]:
    """What this actor may ask the client for now."""
    move = TABLE.get((order.status, Step.PROPOSE))
    if move is None or not move.parties & parties(order, actor):
        return ()
    return tuple(t for t in Topic if order.status in WHEN_ASKED[t] and open_one(order, t) is None)


def paid_surcharges(order: Order) -> tuple[Proposal, ...]:
    """What the client has paid for beyond the goods: a wait, an errand, another trip (R70)."""
    return tuple(
        one.proposal
        for one in order.agreements
        if one.paid is not None and one.proposal.topic is Topic.SURCHARGE
    )


def extras_paid(order: Order) -> tuple[Money, ...]:
    """What the client has paid beyond the price of the order, and gets back with it."""
    return tuple(
        one.proposal.extra
        for one in order.agreements
        if one.paid is not None and one.proposal.extra is not None
    )


def given_back(order: Order) -> tuple[Money, ...]:
    """What the client gets back for cheaper goods that they agreed to, as sums above zero (R59)."""
    extras = (one.proposal.extra for one in order.agreements if one.holds)
    return tuple(
        Money(-extra.minor, extra.currency) for extra in extras if extra is not None and extra.minor < 0
    )


def agreed(details: Details, agreement: Agreement) -> Details:
    """What is ordered once the client has agreed to it."""
    proposal = agreement.proposal
    if proposal.topic is Topic.WINDOW:
        return replace(details, window=proposal.window, as_soon_as_possible=False)
    if proposal.topic is Topic.SUBSTITUTION and proposal.replaced and proposal.replacement:
        return _with_line(details, proposal.replaced, proposal.replacement)
    return details


def taken_back(details: Details, agreement: Agreement) -> Details:
    """What is ordered again without it; what has changed otherwise since then stays."""
    proposal = agreement.proposal
    if proposal.topic is Topic.WINDOW and details.window == proposal.window:
        return replace(details, window=proposal.instead_of)
    if proposal.topic is Topic.SUBSTITUTION and proposal.replaced and proposal.replacement:
        return _with_line(details, proposal.replacement, proposal.replaced)
    return details


def kept_to(order: Order, told: Details) -> Details:
    """What the marketplace tells, with what the client has agreed to replace in it (R59).

    Its app goes on showing the old goods: they come back neither by themselves nor beside another change.
    """
    for one in order.agreements:
        if one.holds and one.proposal.topic is Topic.SUBSTITUTION:
            told = agreed(told, one)
    return told


def _with_line(details: Details, old: Line, new: Line) -> Details:
    """The goods are known by their name: the marketplace may have filled in a sum or a picture since."""
    lines = tuple(new if line.name == old.name else line for line in details.lines)
    return replace(details, lines=lines)
