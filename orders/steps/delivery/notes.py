"""Messages between the shop and its courier, and notes about the order (X19)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orders.model.delivery_facts import Remark, RemarkKind
from orders.model.order import Mark, Order
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Step
from orders.steps.decisions import BesideProgress, Rows, decided_by

MOST_REMARKS = 20
"""The order keeps the newest notes; the history keeps all."""


@dataclass(frozen=True, slots=True)
class Say:
    """A message between the shop and its courier, or an answer to the author of the last note (X19)."""

    step: ClassVar[Step] = Step.SAY
    words: str = ""


@dataclass(frozen=True, slots=True)
class Remarked(BesideProgress):
    """A member of staff said something about the order; an undo keeps it (X19)."""

    step: ClassVar[Step] = Step.SAY
    mark: Mark
    remark: Remark

    def recorded_in(self, order: Order) -> Order:
        """An edited message replaces its note."""
        remark = self.remark
        if same_source(order.remarks, remark.source) is None:
            return replace(order, remarks=(*order.remarks, remark)[-MOST_REMARKS:])
        corrected = (remark if one.source == remark.source else one for one in order.remarks)
        return replace(order, remarks=tuple(corrected))


def _say(order: Order, command: Say, mark: Mark, _rules: ShopRules) -> Remarked:
    """A message from the carrier to the shop, from the shop to its own carrier, or an answer to a note."""
    if not has_own_carrier(order) and not answers_note(order, mark.staff_id):
        raise Refusal(Reason.COURIER_NEEDED, order.status)
    words = command.words.strip()
    if not words:
        raise Refusal(_whom(order, mark), order.status)
    return Remarked(mark, _remark(order, words, mark))


@dataclass(frozen=True, slots=True)
class Note:
    """Record what somebody said about the order for those who work on it; fields as in `Remark`."""

    step: ClassVar[Step] = Step.NOTE
    words: str = ""
    kind: RemarkKind = RemarkKind.TEXT
    file_id: str = ""
    path: str = ""
    seconds: int = 0
    source: str = ""


def _note(order: Order, command: Note, mark: Mark, _rules: ShopRules) -> Remarked:
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
    return Remarked(mark, remark)


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


def same_source(remarks: tuple[Remark, ...], source: str) -> Remark | None:
    """The note that was made from this message; None if there is none."""
    return next((one for one in remarks if source and one.source == source), None)


Command = Say | Note
Event = Remarked

DECISIONS: Rows[Event] = (
    decided_by(Say, _say),
    decided_by(Note, _note),
)

__all__ = [
    "Note",
    "Remarked",
    "Say",
]
