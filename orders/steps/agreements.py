"""Agreements with the client: question, answer, surcharge, withdrawal (R56, R59, R66, R70)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from orders.access.roles import Act, acts_of
from orders.client.agreements import WHEN_ASKED, agreed, find, is_for_app, may_withdraw, open_one, taken_back
from orders.delivery.stop_after_cancel import must_stop
from orders.model.details import Details
from orders.model.order import Agreement, Mark, Order, Proposal, Topic
from orders.model.people import Actor, Role
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Step
from orders.parsing.proposals import has_stray_sum, read_substitute, read_surcharge, read_window
from orders.steps.decisions import BesideProgress, Rows, decided_by
from orders.steps.delivery.handover import Completed
from orders.steps.filling import without_answered


@dataclass(frozen=True, slots=True)
class Propose:
    """Ask the client to agree (R56, R59, R66, R70): `words` say to what, `replaced` names the old goods."""

    step: ClassVar[Step] = Step.PROPOSE
    topic: Topic
    words: str = ""
    replaced: str = ""


@dataclass(frozen=True, slots=True)
class Proposed(BesideProgress):
    """The client was asked to agree (R56, R59, R66, R70)."""

    step: ClassVar[Step] = Step.PROPOSE
    mark: Mark
    number: int
    proposal: Proposal

    def recorded_in(self, order: Order) -> Order:
        return _with(order, Agreement(self.number, self.proposal, self.mark))


def _propose(order: Order, command: Propose, mark: Mark, rules: ShopRules) -> Proposed:
    if order.status not in WHEN_ASKED[command.topic]:
        raise Refusal(Reason.NOT_NOW, order.status)
    open_already = open_one(order, command.topic)
    if open_already is not None:
        raise Refusal(Reason.PROPOSAL_OPEN, order.status, open_already.asked)
    number = len(order.agreements) + 1
    return Proposed(mark, number, _PROPOSALS[command.topic](order, command, mark, rules))


@dataclass(frozen=True, slots=True)
class AnswerProposal:
    """The client's answer: given in the bot, or quoted from the marketplace's chat."""

    step: ClassVar[Step] = Step.ANSWER
    number: int
    agreed: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class ProposalAnswered(BesideProgress):
    """The client's answer. `details`: the new details, if the answer changes them."""

    step: ClassVar[Step] = Step.ANSWER
    mark: Mark
    number: int
    agreed: bool
    words: str
    details: Details | None

    def recorded_in(self, order: Order) -> Order:
        before = _known(order, self.number)
        after = _with(order, replace(before, answered=self.mark, agreed=self.agreed, words=self.words))
        return after.with_details(self.details, self.mark) if self.details is not None else after


def _answer(order: Order, command: AnswerProposal, mark: Mark, _rules: ShopRules) -> ProposalAnswered:
    """Staff have to quote the client's words; an answer of the client needs none."""
    agreement = _found(order, command.number)
    if not agreement.is_open:
        raise Refusal(Reason.PROPOSAL_OVER, order.status, agreement.withdrawn or agreement.answered)
    if command.agreed and agreement.proposal.topic is Topic.SUBSTITUTION and _has_left(order):
        raise Refusal(Reason.NOT_NOW, order.status)  # the old goods are on their way
    words = command.words.strip()
    if not words and mark.role is not Role.CLIENT:
        needed = Reason.YES_WORDS_NEEDED if command.agreed else Reason.NO_WORDS_NEEDED
        raise Refusal(needed, order.status)
    after = agreed(order.details, agreement) if command.agreed else order.details
    after = without_answered(after, agreement.proposal.topic)
    return ProposalAnswered(mark, agreement.number, command.agreed, words, _changed(order, after))


@dataclass(frozen=True, slots=True)
class AgreedInApp:
    """The agreement was entered in the marketplace's app; for a surcharge, its bill was sent."""

    step: ClassVar[Step] = Step.AGREED_IN_APP
    number: int


@dataclass(frozen=True, slots=True)
class AgreementInApp(BesideProgress):
    """The agreement was entered in the marketplace's app; for a surcharge, its bill was sent."""

    step: ClassVar[Step] = Step.AGREED_IN_APP
    mark: Mark
    number: int

    def recorded_in(self, order: Order) -> Order:
        return _with(order, replace(_known(order, self.number), in_app=self.mark))


def _in_app(order: Order, command: AgreedInApp, mark: Mark, _rules: ShopRules) -> AgreementInApp:
    agreement = _found(order, command.number)
    if not is_for_app(order, agreement):
        raise Refusal(Reason.PROPOSAL_OVER, order.status, agreement.in_app or agreement.withdrawn)
    return AgreementInApp(mark, agreement.number)


@dataclass(frozen=True, slots=True)
class ExtraPaid:
    """The client has paid the surcharge, so that the order may leave (R70)."""

    step: ClassVar[Step] = Step.EXTRA_PAID
    number: int


@dataclass(frozen=True, slots=True)
class SurchargePaid(BesideProgress):
    """The client has paid the surcharge (R70)."""

    step: ClassVar[Step] = Step.EXTRA_PAID
    mark: Mark
    number: int

    def recorded_in(self, order: Order) -> Order:
        return _with(order, replace(_known(order, self.number), paid=self.mark))


def _paid(order: Order, command: ExtraPaid, mark: Mark, _rules: ShopRules) -> SurchargePaid:
    agreement = _found(order, command.number)
    if not agreement.is_unpaid:
        raise Refusal(Reason.PROPOSAL_OVER, order.status, agreement.paid or agreement.withdrawn)
    if agreement.in_app is None:
        raise Refusal(Reason.BILL_NOT_SENT, order.status)
    return SurchargePaid(mark, agreement.number)


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Withdraw a proposal, an unpaid surcharge or a wrongly noted answer, with a reason."""

    step: ClassVar[Step] = Step.WITHDRAW
    number: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ProposalWithdrawn(BesideProgress):
    """The agreement no longer applies. `details`: the restored details, if it had changed them."""

    step: ClassVar[Step] = Step.WITHDRAW
    mark: Mark
    number: int
    reason: str
    details: Details | None

    def recorded_in(self, order: Order) -> Order:
        before = _known(order, self.number)
        after = _with(order, replace(before, withdrawn=self.mark, reason=self.reason))
        return after.with_details(self.details, self.mark) if self.details is not None else after


def _withdraw(order: Order, command: Withdraw, mark: Mark, rules: ShopRules) -> ProposalWithdrawn:
    agreement = _found(order, command.number)
    age = mark.at - (agreement.answered or agreement.asked).at
    if not may_withdraw(agreement, age, rules):
        raise Refusal(Reason.PROPOSAL_OVER, order.status, agreement.withdrawn or agreement.answered)
    reason = _said(command.reason, Reason.WITHDRAWAL_REASON_NEEDED, order)
    after = taken_back(order.details, agreement) if agreement.holds else order.details
    return ProposalWithdrawn(mark, agreement.number, reason, _changed(order, after))


@dataclass(frozen=True, slots=True)
class SeeStop:
    """The carrier of a cancelled order confirms that they have stopped (R21)."""

    step: ClassVar[Step] = Step.SEE_STOP


@dataclass(frozen=True, slots=True)
class StopSeen(BesideProgress):
    """The carrier of the cancelled order has stopped (R21)."""

    step: ClassVar[Step] = Step.SEE_STOP
    mark: Mark

    def recorded_in(self, order: Order) -> Order:
        return replace(order, stopped=self.mark)


def _see_stop(order: Order, _command: SeeStop, mark: Mark, _rules: ShopRules) -> StopSeen:
    holder = must_stop(order)
    if holder is None:
        raise Refusal(Reason.ALREADY, order.status)
    if mark.staff_id != holder and Act.STAND_IN not in acts_of(mark.role):
        raise Refusal(Reason.NOT_YOURS, order.status)
    return StopSeen(mark)


def proposed(order: Order, command: Propose, actor: Actor, now: datetime, rules: ShopRules) -> Proposal:
    """The question that the client would be asked, without asking it.

    Raises Refusal when it is not allowed.
    """
    return _propose(order, command, Mark(now, actor.role, actor.staff_id, actor.name), rules).proposal


def noted_by(order: Order, event: Completed) -> Order:
    """Records an agreement to a third person that was only stated at the hand-over (R56)."""
    proposal = Proposal(Topic.THIRD_PERSON, event.comment)
    number, at = len(order.agreements) + 1, event.mark
    return _with(order, Agreement(number, proposal, at, answered=at, agreed=True, words=event.agreed_words))


def without_noted_by(order: Order, mark: Mark) -> Order:
    """The order without the agreements that an undone step recorded."""
    kept = tuple(one for one in order.agreements if one.asked != mark or one.answered != mark)
    return replace(order, agreements=kept)


def _known(order: Order, number: int) -> Agreement:
    agreement = find(order, number)
    if agreement is None:
        raise LookupError(f"order {order.id} has no agreement {number}")
    return agreement


def _with(order: Order, agreement: Agreement) -> Order:
    others = tuple(one for one in order.agreements if one.number != agreement.number)
    kept = sorted((*others, agreement), key=lambda one: one.number)
    return replace(order, agreements=tuple(kept))


def _window(order: Order, command: Propose, mark: Mark, rules: ShopRules) -> Proposal:
    words = _said(command.words, Reason.WINDOW_NEEDED, order)
    before = order.details.window
    window = read_window(words, mark.at.astimezone(rules.zone), before)
    if window is None or window == before or window.end <= mark.at:
        raise Refusal(Reason.WINDOW_UNCLEAR, order.status)
    return Proposal(Topic.WINDOW, words, window=window, instead_of=before)


def _substitution(order: Order, command: Propose, _mark: Mark, _rules: ShopRules) -> Proposal:
    replaced = next((line for line in order.details.lines if line.name == command.replaced), None)
    if replaced is None:
        raise Refusal(Reason.LINE_GONE, order.status)
    words = _said(command.words, Reason.SUBSTITUTE_NEEDED, order)
    name, extra = read_substitute(words)
    if not name or name == replaced.name:
        raise Refusal(Reason.SUBSTITUTE_NEEDED, order.status)
    if extra is None and has_stray_sum(words):
        raise Refusal(Reason.DIFFERENCE_UNCLEAR, order.status)
    new = replace(replaced, name=name, paid=None, description="", picture_url="", offer_id="")
    return Proposal(Topic.SUBSTITUTION, words, replaced=replaced, replacement=new, extra=extra)


def _surcharge(order: Order, command: Propose, _mark: Mark, _rules: ShopRules) -> Proposal:
    words = _said(command.words, Reason.SURCHARGE_NEEDED, order)
    extra, what_for = read_surcharge(words)
    if extra is None or extra.minor <= 0 or not what_for:
        raise Refusal(Reason.SUM_UNCLEAR, order.status)
    return Proposal(Topic.SURCHARGE, what_for, extra=extra)


def _third_person(order: Order, command: Propose, _mark: Mark, _rules: ShopRules) -> Proposal:
    return Proposal(Topic.THIRD_PERSON, _said(command.words, Reason.THIRD_PERSON_NEEDED, order))


def _has_left(order: Order) -> bool:
    return order.status not in WHEN_ASKED[Topic.SUBSTITUTION] or order.left_with_third_party


def _found(order: Order, number: int) -> Agreement:
    agreement = find(order, number)
    if agreement is None:
        raise Refusal(Reason.PROPOSAL_OVER, order.status)
    return agreement


def _said(words: str, needed: Reason, order: Order) -> str:
    said = words.strip()
    if not said:
        raise Refusal(needed, order.status)
    return said


def _changed(order: Order, details: Details) -> Details | None:
    return details if details != order.details else None


_PROPOSALS: dict[Topic, Callable[[Order, Propose, Mark, ShopRules], Proposal]] = {
    Topic.WINDOW: _window,
    Topic.SUBSTITUTION: _substitution,
    Topic.SURCHARGE: _surcharge,
    Topic.THIRD_PERSON: _third_person,
}


Command = Propose | AnswerProposal | AgreedInApp | ExtraPaid | Withdraw | SeeStop
Event = Proposed | ProposalAnswered | AgreementInApp | SurchargePaid | ProposalWithdrawn | StopSeen

DECISIONS: Rows[Event] = (
    decided_by(Propose, _propose),
    decided_by(AnswerProposal, _answer),
    decided_by(AgreedInApp, _in_app),
    decided_by(ExtraPaid, _paid),
    decided_by(Withdraw, _withdraw),
    decided_by(SeeStop, _see_stop),
)

__all__ = [
    "AgreedInApp",
    "AgreementInApp",
    "AnswerProposal",
    "ExtraPaid",
    "ProposalAnswered",
    "ProposalWithdrawn",
    "Propose",
    "Proposed",
    "SeeStop",
    "StopSeen",
    "SurchargePaid",
    "Withdraw",
]
