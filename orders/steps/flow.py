"""Decides which event a command leads to (`decide`), and applies events to orders (`apply`).

The status table says which step is possible and for whom; the checks below add what the table cannot express.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, get_args

from orders.access.order_access import parties
from orders.model.order import Mark, Order, UndoPoint
from orders.model.people import Actor, Role
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import TABLE, Status, Step, is_further
from orders.model.tables import whole_table
from orders.steps import accepting, agreements, assigning, marketplace, phone_steps, photos, undo
from orders.steps import commands as do
from orders.steps import events as happened
from orders.steps.decisions import BesideProgress
from orders.steps.delivery import handover, leaving, notes, offers, on_the_way, redirecting, searches
from orders.steps.mishaps import disputes, gifts, proofs
from orders.steps.wishes import amending, flagged


def decide(
    order: Order, command: do.Command, actor: Actor, now: datetime, rules: ShopRules
) -> happened.Change:
    """The event that follows when `actor` gives `command` at `now`. Raises Refusal when it is not allowed."""
    mark = Mark(now, actor.role, actor.staff_id, actor.name)
    if isinstance(command, do.Undo):
        if not parties(order, actor):  # such as a director of another shop
            raise Refusal(Reason.NOT_YOURS, order.status)
        return undo.undo(order, command, mark, rules)
    if isinstance(command, do.TakeOffer):
        offers.check_offer(order, actor)
    _check_table(order, command.step, actor)
    return _DECISIONS[type(command)](order, command, mark, rules)


def apply(order: Order, event: happened.Change) -> Order:
    """The order after the event, with its version incremented.

    An undo and a release cannot be undone: after a release the person no longer works here. Nor can giving
    back, since the order is assigned again, nor moving a photo to another order: it is moved back from there,
    so that it is never in both. Changes of details, agreements and the marketplace's status are not progress
    and keep the undo point.
    """
    if isinstance(event, BesideProgress):
        return replace(event.recorded_in(order), version=order.version + 1)
    progress = event.applied_to(order.progress)
    if progress.status is not order.status and not isinstance(event, happened.Undone):
        progress = replace(progress, since=event.mark.at)
    point = None
    if not isinstance(event, _NOT_UNDONE):
        point = UndoPoint(event.step, order.progress, event.mark)
    known = order.marketplace_status
    if event.mark.role is Role.MARKETPLACE and (known is None or is_further(progress.status, known)):
        known = progress.status
    order = _with_records(order, event)
    return replace(order, progress=progress, version=order.version + 1, undo=point, marketplace_status=known)


def _with_records(order: Order, event: happened.Change) -> Order:
    """Applies changes outside the progress that an undo of the step reverts."""
    if isinstance(event, happened.Completed) and event.agreement_noted:
        return agreements.noted_by(order, event)
    if isinstance(event, happened.Redispatched):
        return redirecting.sent_to(order, event.to)
    if isinstance(event, happened.AddressFound):
        return searches.directed(order, event)
    if isinstance(event, happened.Undone) and order.undo is not None:
        kept = agreements.without_noted_by(order, order.undo.mark)
        kept = searches.undirected(kept, order.undo.step)
        return replace(redirecting.sent_back(kept, order.undo.step), stopped=None)
    return order


_NOT_UNDONE = happened.Undone | happened.PhotosTakenAway | happened.Released | happened.GaveBack


def receive(order_id: int, shop_id: int, event: happened.Received, placed_at: datetime) -> Order:
    """Creates the order from its first event."""
    at = event.mark.at
    order = Order(order_id, shop_id, event.number, min(placed_at, at), at, event.details)
    order = replace(order, code=event.handover_code)
    is_theirs = event.mark.role is Role.MARKETPLACE and not order.is_trial
    known = Status.NEW if is_theirs else None
    return replace(order, progress=event.applied_to(order.progress), marketplace_status=known)


def _check_table(order: Order, step: Step, actor: Actor) -> None:
    move = TABLE.get((order.status, step))
    if move is None:
        done = _done_before(order, step)
        raise Refusal(Reason.ALREADY if done else Reason.NOT_NOW, order.status, done)
    if not move.parties & parties(order, actor):
        raise Refusal(Reason.NOT_YOURS, order.status)


def _done_before(order: Order, step: Step) -> Mark | None:
    """Who already took this step, or closed the order."""
    progress = order.progress
    if progress.closing is not None:
        return progress.closing.closed
    return {
        Step.ACCEPT: progress.accepted,
        Step.DISPATCH: progress.dispatched,
        Step.RECIPIENT_REFUSED: progress.refused,
        Step.BRING_BACK: progress.brought_back,
        Step.COMPLETE: progress.completion.done if progress.completion else None,
    }.get(step)


_DECISIONS: Mapping[type[object], Callable[[Order, Any, Mark, ShopRules], happened.Change]] = whole_table(
    frozenset(get_args(do.Command)) - {do.Undo},  # decided by `undo`, without the status table
    (
        *accepting.DECISIONS,
        *agreements.DECISIONS,
        *amending.DECISIONS,
        *assigning.DECISIONS,
        *disputes.DECISIONS,
        *flagged.DECISIONS,
        *gifts.DECISIONS,
        *handover.DECISIONS,
        *leaving.DECISIONS,
        *marketplace.DECISIONS,
        *notes.DECISIONS,
        *offers.DECISIONS,
        *on_the_way.DECISIONS,
        *phone_steps.DECISIONS,
        *photos.DECISIONS,
        *proofs.DECISIONS,
        *redirecting.DECISIONS,
        *searches.DECISIONS,
    ),
)
