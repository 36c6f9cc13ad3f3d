"""Decides on delivery commands; the caller has checked the status table."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from orders.model.delivery_facts import Call, Lateness, Remark, rounded_up
from orders.model.details import DeliveryKind
from orders.model.order import Carrier, CarrierKind, Mark, Order
from orders.model.people import Actor
from orders.model.photo import Photo
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.steps import delivery_commands as do
from orders.steps import delivery_events as happened
from orders.steps.decisions import decided_by
from orders.steps.mishaps.proofs import with_proof
from orders.steps.searches import words_for_second

LATE_CHOICES = (10, 15, 30, 45, 60)
"""Choices of minutes by which a delivery is late; more is a new time, to be agreed with the client."""

MOST_PROOFS = 5

MOST_REMARKS = 20
"""The order keeps the newest notes; the history keeps all."""


def check_offer(order: Order, actor: Actor) -> None:
    """Refuses an offer that is already taken, and names the person who took it (R40)."""
    progress = order.progress
    if progress.offered is None or progress.carrier is None:
        return
    if progress.carrier.staff_id == actor.staff_id:
        raise Refusal(Reason.ALREADY, order.status)
    if progress.taken is not None:
        raise Refusal(Reason.OFFER_TAKEN, order.status, progress.taken)
    raise Refusal(Reason.OFFER_OVER, order.status)


KeptBeside = (
    happened.ProofAttached
    | happened.ProofChosen
    | happened.CodeSaid
    | happened.CallNoted
    | happened.Remarked
    | happened.SupportTold
)


def kept_beside(order: Order, event: KeptBeside) -> Order:
    """The order with facts that an undo does not remove."""
    if isinstance(event, happened.ProofChosen | happened.CodeSaid):
        return with_proof(order, event)
    if isinstance(event, happened.SupportTold):
        return replace(order, support_told=event.mark)
    if isinstance(event, happened.ProofAttached):
        return replace(order, proofs=(*order.proofs, event.proof))
    if isinstance(event, happened.Remarked):
        return _with_remark(order, event.remark)
    return replace(order, calls=(*order.calls, event.call))


def _offer(
    order: Order, command: do.OfferToCouriers, mark: Mark, _rules: ShopRules
) -> happened.OfferedToCouriers:
    if order.details.delivery is DeliveryKind.PICKUP:
        raise Refusal(Reason.PICKUP_ONLY, order.status)
    if order.is_offered:
        raise Refusal(Reason.ALREADY, order.status)
    return happened.OfferedToCouriers(mark, words_for_second(order, command.two_couriers))


def _take(_order: Order, _command: do.TakeOffer, mark: Mark, _rules: ShopRules) -> happened.OfferTaken:
    return happened.OfferTaken(mark, Carrier(CarrierKind.COURIER, mark.name, mark.staff_id))


def _give_back(order: Order, command: do.GiveBack, mark: Mark, _rules: ShopRules) -> happened.GaveBack:
    reason = command.reason.strip()
    if not reason:
        raise Refusal(Reason.HANDBACK_REASON_NEEDED, order.status)
    return happened.GaveBack(mark, reason)


def _arrive(order: Order, _command: do.Arrive, mark: Mark, _rules: ShopRules) -> happened.Arrived:
    if order.progress.arrived is not None:
        raise Refusal(Reason.ALREADY, order.status)
    return happened.Arrived(mark)


def _say_late(order: Order, command: do.SayLate, mark: Mark, _rules: ShopRules) -> happened.SaidLate:
    """Counted from the end of the window, or from now if that has passed; rounded up as people see it."""
    if command.minutes not in LATE_CHOICES:
        raise Refusal(Reason.MINUTES_NEEDED, order.status)
    window, before = order.details.window, order.progress.lateness
    agreed = max(window.end, mark.at) if window else mark.at
    until = rounded_up(agreed + timedelta(minutes=command.minutes))
    if before is not None and before.until == until:
        raise Refusal(Reason.ALREADY, order.status)
    return happened.SaidLate(mark, Lateness(command.minutes, until, mark))


def _find_nobody(
    order: Order, _command: do.FindNobody, mark: Mark, _rules: ShopRules
) -> happened.NobodyFound:
    if order.progress.nobody_there is not None:
        raise Refusal(Reason.ALREADY, order.status)
    return happened.NobodyFound(mark)


def _bring_back(order: Order, command: do.BringBack, mark: Mark, _rules: ShopRules) -> happened.BroughtBack:
    reason = command.reason.strip()
    if not reason and order.progress.nobody_there is None:
        raise Refusal(Reason.RETURN_REASON_NEEDED, order.status)
    return happened.BroughtBack(mark, reason)


def _come_back(order: Order, _command: do.ComeBack, mark: Mark, _rules: ShopRules) -> happened.CameBack:
    if order.progress.back_in_shop is not None:
        raise Refusal(Reason.ALREADY, order.status)
    return happened.CameBack(mark)


def _attach_proof(
    order: Order, command: do.AttachProof, mark: Mark, _rules: ShopRules
) -> happened.ProofAttached:
    # A photo of the bouquet that is sent again after the courier left is not a proof of the hand-over.
    for known in (*order.progress.photos, *order.proofs):
        if known.sha256 == command.sha256:
            raise Refusal(Reason.SAME_PHOTO, order.status, known.taken)
    if len(order.proofs) >= MOST_PROOFS:
        raise Refusal(Reason.ENOUGH_PROOFS, order.status)
    return happened.ProofAttached(mark, Photo(len(order.proofs) + 1, command.sha256, command.path, mark))


def _note_call(_order: Order, command: do.NoteCall, mark: Mark, _rules: ShopRules) -> happened.CallNoted:
    return happened.CallNoted(mark, Call(command.name.strip(), command.phone, command.answer, mark))


def _say(order: Order, command: do.Say, mark: Mark, _rules: ShopRules) -> happened.Remarked:
    """A message from the carrier to the shop, from the shop to its own carrier, or an answer to a note."""
    if not has_own_carrier(order) and not answers_note(order, mark.staff_id):
        raise Refusal(Reason.COURIER_NEEDED, order.status)
    words = command.words.strip()
    if not words:
        raise Refusal(_whom(order, mark), order.status)
    return happened.Remarked(mark, _remark(order, words, mark))


def _whom(order: Order, mark: Mark) -> Reason:
    """Which question asks for missing words: it names the person who will read them."""
    progress = order.progress
    if progress.carrier is not None and progress.carrier.staff_id == mark.staff_id:
        return Reason.TO_SHOP_NEEDED
    if has_own_carrier(order):
        return Reason.TO_COURIER_NEEDED
    is_seller = progress.seller is not None and progress.seller.staff_id == mark.staff_id
    return Reason.TO_SHOP_NEEDED if is_seller else Reason.TO_SELLER_NEEDED


def has_own_carrier(order: Order) -> bool:
    """Whether one of the shop's own people delivers it, who can read messages."""
    return order.progress.carrier is not None and order.progress.carrier.staff_id is not None


def answers_note(order: Order, staff_id: int | None) -> bool:
    """Whether words of this person answer a note: between the seller and the shop, in either direction."""
    seller, last = order.progress.seller, order.remarks[-1] if order.remarks else None
    if seller is None or last is None or last.is_empty or last.said.staff_id == staff_id:
        return False
    return seller.staff_id in {staff_id, last.said.staff_id}


def _remark(order: Order, words: str, mark: Mark) -> Remark:
    carrier = order.progress.carrier
    by_carrier = carrier is not None and mark.staff_id is not None and carrier.staff_id == mark.staff_id
    return Remark(words, by_carrier, mark, to_carrier=has_own_carrier(order))


def _note(order: Order, command: do.Note, mark: Mark, _rules: ShopRules) -> happened.Remarked:
    """A message is stored once; an edit of it by its author replaces the words."""
    if order.erased_at is not None:
        raise Refusal(Reason.ERASED, order.status)
    words = command.words.strip()
    remark = replace(
        _remark(order, words, mark),
        kind=command.kind,
        file_id=command.file_id,
        path=command.path,
        seconds=command.seconds,
        source=command.source,
    )
    if remark.is_empty:
        raise Refusal(Reason.NOTE_NEEDED, order.status)
    before = same_source(order.remarks, command.source)
    if before is not None and (before.words == words or before.said.staff_id != mark.staff_id):
        raise Refusal(Reason.ALREADY, order.status, before.said)
    return happened.Remarked(mark, remark)


def same_source(remarks: tuple[Remark, ...], source: str) -> Remark | None:
    """The note that was made from this message; None if there is none."""
    return next((one for one in remarks if source and one.source == source), None)


def _with_remark(order: Order, remark: Remark) -> Order:
    """An edited message replaces its note."""
    if same_source(order.remarks, remark.source) is None:
        return replace(order, remarks=(*order.remarks, remark)[-MOST_REMARKS:])
    corrected = (remark if one.source == remark.source else one for one in order.remarks)
    return replace(order, remarks=tuple(corrected))


DECISIONS = (
    decided_by(do.OfferToCouriers, _offer),
    decided_by(do.TakeOffer, _take),
    decided_by(do.GiveBack, _give_back),
    decided_by(do.Arrive, _arrive),
    decided_by(do.SayLate, _say_late),
    decided_by(do.FindNobody, _find_nobody),
    decided_by(do.BringBack, _bring_back),
    decided_by(do.ComeBack, _come_back),
    decided_by(do.AttachProof, _attach_proof),
    decided_by(do.NoteCall, _note_call),
    decided_by(do.Say, _say),
    decided_by(do.Note, _note),
)
