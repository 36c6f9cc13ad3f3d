"""Proofs of the hand-over, and what is asked for if one is missing (X8, X25)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from orders.access.roles import Act, acts_of
from orders.model.details import DeliveryKind
from orders.model.numbers import is_own
from orders.model.order import Mark, Order
from orders.model.photo import Photo
from orders.model.refusals import Reason, Refusal
from orders.model.rules import HandoverProof, ShopRules
from orders.model.status import Step
from orders.steps.decisions import BesideProgress, Rows, decided_by

MOST_PROOFS = 5


MOST_WRONG_CODES = 3


_SEPARATORS = re.compile(r"[\s.,-]+")


_CODE = re.compile(r"[0-9]{3,10}")


@dataclass(frozen=True, slots=True)
class AttachProof:
    """Add a photo of the hand-over that is already stored on disk (X8)."""

    step: ClassVar[Step] = Step.ATTACH_PROOF
    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class ProofAttached(BesideProgress):
    """A photo of the hand-over; it is not part of the progress, so that an undo keeps it (X8)."""

    step: ClassVar[Step] = Step.ATTACH_PROOF
    mark: Mark
    proof: Photo

    def recorded_in(self, order: Order) -> Order:
        return replace(order, proofs=(*order.proofs, self.proof))


def _attach_proof(order: Order, command: AttachProof, mark: Mark, _rules: ShopRules) -> ProofAttached:
    # A photo of the bouquet that is sent again after the courier left is not a proof of the hand-over.
    for known in (*order.progress.photos, *order.proofs):
        if known.sha256 == command.sha256:
            raise Refusal(Reason.SAME_PHOTO, order.status, known.taken)
    if len(order.proofs) >= MOST_PROOFS:
        raise Refusal(Reason.ENOUGH_PROOFS, order.status)
    return ProofAttached(mark, Photo(len(order.proofs) + 1, command.sha256, command.path, mark))


@dataclass(frozen=True, slots=True)
class ChooseProof:
    """Choose the proof of the hand-over for this order, in place of the shop's rule (X25)."""

    step: ClassVar[Step] = Step.CHOOSE_PROOF
    proof: HandoverProof


@dataclass(frozen=True, slots=True)
class ProofChosen(BesideProgress):
    """The proof of this order's hand-over was chosen (X25)."""

    step: ClassVar[Step] = Step.CHOOSE_PROOF
    mark: Mark
    proof: HandoverProof

    def recorded_in(self, order: Order) -> Order:
        return replace(order, proof=self.proof)


def _choose(order: Order, command: ChooseProof, mark: Mark, rules: ShopRules) -> ProofChosen:
    if command.proof not in choices(order):
        raise Refusal(Reason.NOT_NOW, order.status)
    if command.proof is (order.proof or proof_of(order, rules)):
        raise Refusal(Reason.ALREADY, order.status)
    return ProofChosen(mark, command.proof)


@dataclass(frozen=True, slots=True)
class SayCode:
    """A code that was told at the door or at the counter (X25)."""

    step: ClassVar[Step] = Step.SAY_CODE
    code: str


@dataclass(frozen=True, slots=True)
class CodeSaid(BesideProgress):
    """A code was told (X25). `kept`: the marketplace's code of a pick-up, which cannot be checked here."""

    step: ClassVar[Step] = Step.SAY_CODE
    mark: Mark
    is_right: bool
    kept: str = ""

    def recorded_in(self, order: Order) -> Order:
        if self.is_right:
            return replace(order, code_said=self.mark)
        return replace(order, wrong_codes=order.wrong_codes + 1)


def _say(order: Order, command: SayCode, mark: Mark, rules: ShopRules) -> CodeSaid:
    if lacking(order, rules) is not HandoverProof.CODE:
        raise Refusal(Reason.ALREADY, order.status)
    code = read_code(command.code)
    if not code or (is_locked(order) and not _may_overrule(mark)):
        raise Refusal(_what_is_asked(order, HandoverProof.CODE, mark), order.status)
    if has_marketplace_code(order):
        return CodeSaid(mark, is_right=True, kept=code)
    return CodeSaid(mark, code == order.code)


def has_marketplace_code(order: Order) -> bool:
    """Whether the client has the code from the marketplace: for its pick-ups; the bot does not know it."""
    return order.details.delivery is DeliveryKind.PICKUP and not is_own(order.number)


def proof_of(order: Order, rules: ShopRules) -> HandoverProof:
    """The proof that the hand-over needs: as chosen for the order, else by the shop's rule.

    A pick-up always needs the marketplace's code. The shop's rule does not apply to third-party couriers, who
    are not in the bot. Photos are taken at the door, so neither of these can have one.
    """
    is_pickup = order.details.delivery is DeliveryKind.PICKUP
    wanted = order.proof
    if wanted is None and has_marketplace_code(order):
        wanted = HandoverProof.CODE
    elif wanted is None:
        wanted = HandoverProof.NONE if order.with_third_party else rules.handover_proof
    if wanted is HandoverProof.PHOTO and (is_pickup or order.with_third_party):
        return HandoverProof.NONE
    if wanted is HandoverProof.CODE and not order.code and not has_marketplace_code(order):
        return HandoverProof.NONE  # it came before orders had codes
    return wanted


def choices(order: Order) -> tuple[HandoverProof, ...]:
    """The proofs that may be chosen for this order."""
    takes = {HandoverProof.NONE}
    if order.details.delivery is not DeliveryKind.PICKUP and not order.with_third_party:
        takes.add(HandoverProof.PHOTO)
    if order.code or has_marketplace_code(order):
        takes.add(HandoverProof.CODE)
    return tuple(one for one in HandoverProof if one in takes)


def lacking(order: Order, rules: ShopRules) -> HandoverProof:
    """The proof that is still missing; NONE if nothing is."""
    wanted = proof_of(order, rules)
    has_one = order.code_said is not None if wanted is HandoverProof.CODE else bool(order.proofs)
    return HandoverProof.NONE if has_one else wanted


def is_locked(order: Order) -> bool:
    """Whether after too many wrong codes only a chief can go on."""
    return order.wrong_codes >= MOST_WRONG_CODES


def client_code(order: Order, rules: ShopRules) -> str:
    """The code that the client has to know; empty if none is needed."""
    is_due = order.progress.accepted is not None and not order.is_final
    is_ours = not has_marketplace_code(order) and lacking(order, rules) is HandoverProof.CODE
    return order.code if is_due and is_ours else ""


def reason_without_proof(order: Order, said: str, mark: Mark, rules: ShopRules) -> str:
    """A chief's reason for ending without proof. Raises Refusal when a proof or the reason is missing."""
    missing = lacking(order, rules)
    if missing is HandoverProof.NONE:
        return ""
    words = said.strip()
    if _may_overrule(mark) and any(sign.isalpha() for sign in words):
        return words
    raise Refusal(_what_is_asked(order, missing, mark), order.status)


def read_code(words: str) -> str:
    """The digits of a code as people write it; empty if it is not one."""
    said = _SEPARATORS.sub("", words)
    return said if _CODE.fullmatch(said) else ""


def _may_overrule(mark: Mark) -> bool:
    return Act.STAND_IN in acts_of(mark.role)


def _what_is_asked(order: Order, missing: HandoverProof, mark: Mark) -> Reason:
    """The refusal for a missing proof: chiefs may give the code or a reason, others must provide it."""
    is_photo = missing is HandoverProof.PHOTO
    if _may_overrule(mark):
        return Reason.NO_PROOF_REASON_NEEDED if is_photo else Reason.NO_CODE_REASON_NEEDED
    if is_photo:
        return Reason.HANDOVER_PHOTO_NEEDED
    if is_locked(order):
        return Reason.CODES_USED_UP
    return Reason.PICKUP_CODE_NEEDED if has_marketplace_code(order) else Reason.CODE_NEEDED


Command = AttachProof | ChooseProof | SayCode
Event = ProofAttached | ProofChosen | CodeSaid

DECISIONS: Rows[Event] = (
    decided_by(AttachProof, _attach_proof),
    decided_by(ChooseProof, _choose),
    decided_by(SayCode, _say),
)

__all__ = [
    "AttachProof",
    "ChooseProof",
    "CodeSaid",
    "ProofAttached",
    "ProofChosen",
    "SayCode",
]
