"""Decides which event a command leads to (`decide`), and applies events to orders (`apply`).

The status table says which step is possible and for whom; the checks below add what the table cannot express.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import get_args

from orders.access.order_access import parties
from orders.access.roles import Act, acts_of
from orders.client.agreements import on_record
from orders.intake.merge import conflicts, merged
from orders.model.after_delivery import DisputeEvent
from orders.model.details import DeliveryKind
from orders.model.gifts import GiftEvent
from orders.model.order import (
    Amendment,
    Carrier,
    CarrierKind,
    Doubt,
    Handover,
    Mark,
    Order,
    Seller,
    Topic,
    UndoPoint,
)
from orders.model.people import Actor, Party, Role
from orders.model.phone_access import PhoneEvent
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import TABLE, Status, Step, is_further
from orders.model.tables import whole_table
from orders.money.balance import settle
from orders.order.marketplace_backlog import lacks_photo_still
from orders.steps import (
    agreement_decisions,
    delivery,
    leaving,
    phone_steps,
    photos,
    redirecting,
    searches,
)
from orders.steps import commands as do
from orders.steps import events as happened
from orders.steps.decisions import decided_by
from orders.steps.delivery_commands import TakeOffer
from orders.steps.delivery_events import (
    AddressFound,
    GaveBack,
)
from orders.steps.filling import to_ask, without_settled
from orders.steps.mishaps import disputes, gifts, proofs
from orders.steps.wishes import flagged


def decide(
    order: Order, command: do.Command, actor: Actor, now: datetime, rules: ShopRules
) -> happened.Change:
    """The event that follows when `actor` gives `command` at `now`. Raises Refusal when it is not allowed."""
    mark = Mark(now, actor.role, actor.staff_id, actor.name)
    if isinstance(command, do.Undo):
        if not parties(order, actor):  # such as a director of another shop
            raise Refusal(Reason.NOT_YOURS, order.status)
        return _undo(order, command, mark, rules)
    if isinstance(command, TakeOffer):
        delivery.check_offer(order, actor)
    _check_table(order, command.step, actor)
    return _DECISIONS[type(command)](order, command, mark, rules)


def apply(order: Order, event: happened.Change) -> Order:
    """The order after the event, with its version incremented.

    An undo and a release cannot be undone: after a release the person no longer works here. Nor can giving
    back, since the order is assigned again, nor moving a photo to another order: it is moved back from there,
    so that it is never in both. Changes of details, agreements and the marketplace's status are not progress
    and keep the undo point.
    """
    if isinstance(event, agreement_decisions.AgreementEvent):
        return replace(agreement_decisions.apply(order, event), version=order.version + 1)
    if isinstance(event, PhoneEvent):
        return replace(phone_steps.with_access(order, event), version=order.version + 1)
    if isinstance(event, GiftEvent):
        return replace(gifts.with_gift(order, event), version=order.version + 1)
    if isinstance(event, DisputeEvent):
        return replace(disputes.with_dispute(order, event), version=order.version + 1)
    if isinstance(event, _BesideProgress):
        return replace(_beside_progress(order, event), version=order.version + 1)
    progress = event.applied_to(order.progress)
    if progress.status is not order.status and not isinstance(event, happened.Undone):
        progress = replace(progress, since=event.mark.at)
    undo = None
    if not isinstance(event, _NOT_UNDONE):
        undo = UndoPoint(event.step, order.progress, event.mark)
    known = order.marketplace_status
    if event.mark.role is Role.MARKETPLACE and (known is None or is_further(progress.status, known)):
        known = progress.status
    order = _with_records(order, event)
    return replace(order, progress=progress, version=order.version + 1, undo=undo, marketplace_status=known)


def _with_records(order: Order, event: happened.Change) -> Order:
    """Applies changes outside the progress that an undo of the step reverts."""
    if isinstance(event, happened.Completed) and event.agreement_noted:
        return agreement_decisions.noted_by(order, event)
    if isinstance(event, happened.Redispatched):
        return redirecting.sent_to(order, event.to)
    if isinstance(event, AddressFound):
        return searches.directed(order, event)
    if isinstance(event, happened.Undone) and order.undo is not None:
        kept = agreement_decisions.without_noted_by(order, order.undo.mark)
        kept = searches.undirected(kept, order.undo.step)
        return replace(redirecting.sent_back(kept, order.undo.step), stopped=None)
    return order


_NOT_UNDONE = happened.Undone | happened.PhotosTakenAway | happened.Released | GaveBack
_BesideProgress = (
    happened.Amended
    | happened.MarketplaceTold
    | happened.PhotoSeen
    | happened.DoubtRaised
    | happened.CarriedOn
    | happened.CheckedOff
    | happened.LineFlagged
    | delivery.KeptBeside
)


def _beside_progress(order: Order, event: _BesideProgress) -> Order:
    if isinstance(event, happened.Amended):
        return _amended(order, event)
    if isinstance(event, delivery.KeptBeside):
        return delivery.kept_beside(order, event)
    if isinstance(event, happened.MarketplaceTold | happened.PhotoSeen):
        return photos.seen(order, event)
    if isinstance(event, happened.LineFlagged):
        return flagged.with_flag(order, event)
    if isinstance(event, happened.CheckedOff):
        return replace(order, checked=event.check)
    return replace(order, doubt=_doubt(order, event))


def _doubt(order: Order, event: happened.DoubtRaised | happened.CarriedOn) -> Doubt | None:
    if isinstance(event, happened.DoubtRaised):
        return Doubt(event.doubt, event.code, event.mark)
    return replace(order.doubt, settled=event.mark) if order.doubt else None


def _amended(order: Order, event: happened.Amended) -> Order:
    """Of details that arrive late (X13), only contradictions to the staff's words count as a change."""
    if not order.details.unread or event.details.unread:
        return order.with_details(event.details, event.mark)
    if not conflicts(order.details, event.details):
        return replace(order, details=event.details, amendment=None)
    said = replace(merged(order.details, event.details), unread=False)
    return replace(order, details=event.details, amendment=Amendment(event.mark, said, said))


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


def _accept(_order: Order, _command: do.Accept, mark: Mark, _rules: ShopRules) -> happened.Accepted:
    return happened.Accepted(mark)


def _decline(order: Order, command: do.Decline, mark: Mark, _rules: ShopRules) -> happened.Declined:
    if order.left_with_third_party:
        raise Refusal(Reason.WITH_THIRD_PARTY, order.status)
    reason = command.reason.strip()
    if not reason:
        raise Refusal(Reason.DECLINE_REASON_NEEDED, order.status)
    return happened.Declined(mark, reason)


def _cancel(order: Order, command: do.Cancel, mark: Mark, rules: ShopRules) -> happened.Cancelled:
    settlement = settle(order, rules)
    return happened.Cancelled(mark, command.reason.strip(), settlement.refund, settlement.kept)


def _assign_seller(
    order: Order, command: do.AssignSeller, mark: Mark, _rules: ShopRules
) -> happened.SellerAssigned:
    seller = Seller(command.staff_id, command.name)
    if order.progress.seller == seller:
        raise Refusal(Reason.ALREADY, order.status)
    return happened.SellerAssigned(mark, seller, command.heard)


def _assign_courier(
    order: Order, command: do.AssignCourier, mark: Mark, _rules: ShopRules
) -> happened.CourierAssigned:
    leaving.check_delivered(order)
    carrier = Carrier(CarrierKind.COURIER, command.name, command.staff_id)
    if order.progress.carrier == carrier:
        raise Refusal(Reason.ALREADY, order.status)
    second = searches.words_for_second(order, command.two_couriers)
    return happened.CourierAssigned(mark, carrier, second)


def _release(order: Order, command: do.Release, mark: Mark, _rules: ShopRules) -> happened.Released:
    if Act.STAND_IN not in acts_of(mark.role) and mark.staff_id != command.staff_id:
        raise Refusal(Reason.NOT_YOURS, order.status)
    hands = (order.progress.seller, order.progress.carrier)
    name = next((one.name for one in hands if one is not None and one.staff_id == command.staff_id), None)
    if name is None:
        raise Refusal(Reason.ALREADY, order.status)
    return happened.Released(mark, command.staff_id, name)


def _complete(order: Order, command: do.Complete, mark: Mark, rules: ShopRules) -> happened.Completed:
    if mark.role is Role.MARKETPLACE:
        return happened.Completed(mark, Handover.IN_APP, "", "")
    if command.handover is Handover.IN_APP:
        raise Refusal(Reason.NOT_YOURS, order.status)
    if order.status is not Status.COURIER_LEFT and not _skips_courier_left(order):
        raise Refusal(Reason.NOT_LEFT_YET, order.status)
    if order.details.delivery is DeliveryKind.PICKUP:
        leaving.check_paid(order)
    without_photo = leaving.reason_at_the_end(order, command)
    early = leaving.words_for_early(order, command, mark, rules)
    unproved = proofs.reason_without_proof(order, command, mark, rules)
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
    return happened.Completed(
        mark, command.handover, comment, reason, noted, without_photo, early, said, unproved
    )


def _recipient_refused(
    _order: Order, command: do.RecipientRefused, mark: Mark, _rules: ShopRules
) -> happened.RecipientRefusedOrder:
    return happened.RecipientRefusedOrder(mark, command.note.strip())


def _hide(order: Order, _command: do.Hide, mark: Mark, _rules: ShopRules) -> happened.HiddenFromList:
    if order.progress.hidden:
        raise Refusal(Reason.ALREADY, order.status)
    return happened.HiddenFromList(mark)


def _amend(order: Order, command: do.Amend, mark: Mark, rules: ShopRules) -> happened.Amended:
    if command.details == order.details:
        raise Refusal(Reason.ALREADY, order.status)
    if mark.role is not Role.MARKETPLACE and to_ask(order, command.details):
        raise Refusal(Reason.CLIENT_DECIDES, order.status)
    return happened.Amended(mark, without_settled(command.details, rules.zone))


def _marketplace_has(
    order: Order, command: do.MarketplaceHas, mark: Mark, _rules: ShopRules
) -> happened.MarketplaceTold:
    """People can say it only of a marketplace order, and only up to the order's own status."""
    known = order.marketplace_status
    if mark.role is not Role.MARKETPLACE and (known is None or is_further(command.status, order.status)):
        raise Refusal(Reason.NOT_NOW, order.status)
    is_newer_photo = order.is_photo_unseen and known is Status.PHOTO
    is_of_photo = command.status is Status.PHOTO and mark.role is not Role.MARKETPLACE
    if is_of_photo and (is_newer_photo or lacks_photo_still(order)):
        return happened.MarketplaceTold(mark, command.status)
    if known is not None and not is_further(command.status, known):
        raise Refusal(Reason.ALREADY, order.status)
    return happened.MarketplaceTold(mark, command.status)


def _raise_doubt(order: Order, command: do.RaiseDoubt, mark: Mark, _rules: ShopRules) -> happened.DoubtRaised:
    """The same doubt is not raised twice."""
    doubt = order.doubt
    if doubt is not None and (doubt.kind, doubt.code) == (command.kind, command.code):
        raise Refusal(Reason.ALREADY, order.status)
    return happened.DoubtRaised(mark, command.kind, command.code)


def _carry_on(order: Order, _command: do.CarryOn, mark: Mark, _rules: ShopRules) -> happened.CarriedOn:
    if order.doubt is None:
        raise Refusal(Reason.NOT_NOW, order.status)
    if order.doubt.settled is not None:
        raise Refusal(Reason.ALREADY, order.status, order.doubt.settled)
    return happened.CarriedOn(mark)


def _undo(order: Order, command: do.Undo, mark: Mark, rules: ShopRules) -> happened.Undone:
    point = order.undo
    if point is None:
        raise Refusal(Reason.NOTHING_TO_UNDO, order.status)
    is_own = mark.staff_id is not None and mark.staff_id == point.mark.staff_id
    if not is_own and mark.role is not Role.DIRECTOR:
        raise Refusal(Reason.UNDO_NOT_YOURS, order.status, point.mark)
    if mark.at - point.mark.at > rules.undo_within:
        raise Refusal(Reason.UNDO_TOO_LATE, order.status, point.mark)
    if _marketplace_is_past(order, point.before.status):
        raise Refusal(Reason.MARKETPLACE_KNOWS, order.status)
    if not command.reason.strip():
        raise Refusal(Reason.REASON_NEEDED, order.status)
    return happened.Undone(mark, point.step, command.reason.strip(), point.before)


def _marketplace_is_past(order: Order, status: Status) -> bool:
    """Whether the marketplace's status would be further than the order's after going back to this status."""
    known = order.marketplace_status
    return known is not None and status is not order.status and is_further(known, status)


def _skips_courier_left(order: Order) -> bool:
    return order.with_third_party or order.details.delivery is DeliveryKind.PICKUP


_DECISIONS = whole_table(
    frozenset(get_args(do.Command)) - {do.Undo},  # decided by `_undo`, without the status table
    (
        decided_by(do.Accept, _accept),
        decided_by(do.Decline, _decline),
        decided_by(do.Cancel, _cancel),
        decided_by(do.AssignSeller, _assign_seller),
        decided_by(do.AssignCourier, _assign_courier),
        decided_by(do.Release, _release),
        decided_by(do.AttachPhoto, photos.attach_photo),
        decided_by(do.TakePhotosAway, photos.take_photos_away),
        decided_by(do.CheckOff, photos.check),
        decided_by(do.Rate, photos.rate),
        decided_by(do.Dispatch, leaving.dispatch),
        decided_by(do.HandToThirdParty, leaving.hand_to_third_party),
        decided_by(do.PickUp, leaving.pick_up),
        decided_by(do.Complete, _complete),
        decided_by(do.RecipientRefused, _recipient_refused),
        decided_by(do.Redispatch, redirecting.redispatch),
        decided_by(do.Hide, _hide),
        decided_by(do.Amend, _amend),
        decided_by(do.MarketplaceHas, _marketplace_has),
        decided_by(do.PhotoShown, photos.photo_shown),
        decided_by(do.RaiseDoubt, _raise_doubt),
        decided_by(do.CarryOn, _carry_on),
        *agreement_decisions.DECISIONS,
        *phone_steps.DECISIONS,
        *gifts.DECISIONS,
        *disputes.DECISIONS,
        *flagged.DECISIONS,
        *proofs.DECISIONS,
        *delivery.DECISIONS,
        *searches.DECISIONS,
    ),
)
