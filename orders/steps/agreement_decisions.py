"""The commands about agreements with the client: what each decides and changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from orders.access.roles import Act, acts_of
from orders.client.agreements import WHEN_ASKED, agreed, find, is_for_app, may_withdraw, open_one, taken_back
from orders.delivery.stop_after_cancel import must_stop
from orders.model.details import Details
from orders.model.order import Agreement, Mark, Order, Proposal, Topic
from orders.model.people import Actor, Role
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.parsing.proposals import has_stray_sum, read_substitute, read_surcharge, read_window
from orders.steps import commands as do
from orders.steps import events as happened
from orders.steps.decisions import decided_by
from orders.steps.filling import without_answered

AgreementEvent = (
    happened.Proposed
    | happened.ProposalAnswered
    | happened.AgreementInApp
    | happened.SurchargePaid
    | happened.ProposalWithdrawn
    | happened.StopSeen
)


def apply(order: Order, event: AgreementEvent) -> Order:
    """The order with the agreement updated; its progress is unchanged."""
    if isinstance(event, happened.StopSeen):
        return replace(order, stopped=event.mark)
    if isinstance(event, happened.Proposed):
        return _with(order, Agreement(event.number, event.proposal, event.mark))
    before = find(order, event.number)
    if before is None:
        raise LookupError(f"order {order.id} has no agreement {event.number}")
    changed = _with(order, _after(before, event))
    details = event.details if isinstance(event, _Answering) else None
    return changed.with_details(details, event.mark) if details is not None else changed


def proposed(order: Order, command: do.Propose, actor: Actor, now: datetime, rules: ShopRules) -> Proposal:
    """The question that the client would be asked, without asking it.

    Raises Refusal when it is not allowed.
    """
    return _propose(order, command, Mark(now, actor.role, actor.staff_id, actor.name), rules).proposal


_Answering = happened.ProposalAnswered | happened.ProposalWithdrawn


def noted_by(order: Order, event: happened.Completed) -> Order:
    """Records an agreement to a third person that was only stated at the hand-over (R56)."""
    proposal = Proposal(Topic.THIRD_PERSON, event.comment)
    number, at = len(order.agreements) + 1, event.mark
    return _with(order, Agreement(number, proposal, at, answered=at, agreed=True, words=event.agreed_words))


def without_noted_by(order: Order, mark: Mark) -> Order:
    """The order without the agreements that an undone step recorded."""
    kept = tuple(one for one in order.agreements if one.asked != mark or one.answered != mark)
    return replace(order, agreements=kept)


def _after(
    before: Agreement,
    event: happened.ProposalAnswered
    | happened.AgreementInApp
    | happened.SurchargePaid
    | happened.ProposalWithdrawn,
) -> Agreement:
    if isinstance(event, happened.ProposalAnswered):
        return replace(before, answered=event.mark, agreed=event.agreed, words=event.words)
    if isinstance(event, happened.AgreementInApp):
        return replace(before, in_app=event.mark)
    if isinstance(event, happened.SurchargePaid):
        return replace(before, paid=event.mark)
    return replace(before, withdrawn=event.mark, reason=event.reason)


def _with(order: Order, agreement: Agreement) -> Order:
    others = tuple(one for one in order.agreements if one.number != agreement.number)
    kept = sorted((*others, agreement), key=lambda one: one.number)
    return replace(order, agreements=tuple(kept))


def _propose(order: Order, command: do.Propose, mark: Mark, rules: ShopRules) -> happened.Proposed:
    if order.status not in WHEN_ASKED[command.topic]:
        raise Refusal(Reason.NOT_NOW, order.status)
    open_already = open_one(order, command.topic)
    if open_already is not None:
        raise Refusal(Reason.PROPOSAL_OPEN, order.status, open_already.asked)
    number = len(order.agreements) + 1
    return happened.Proposed(mark, number, _PROPOSALS[command.topic](order, command, mark, rules))


def _window(order: Order, command: do.Propose, mark: Mark, rules: ShopRules) -> Proposal:
    words = _said(command.words, Reason.WINDOW_NEEDED, order)
    before = order.details.window
    window = read_window(words, mark.at.astimezone(rules.zone), before)
    if window is None or window == before or window.end <= mark.at:
        raise Refusal(Reason.WINDOW_UNCLEAR, order.status)
    return Proposal(Topic.WINDOW, words, window=window, instead_of=before)


def _substitution(order: Order, command: do.Propose, _mark: Mark, _rules: ShopRules) -> Proposal:
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


def _surcharge(order: Order, command: do.Propose, _mark: Mark, _rules: ShopRules) -> Proposal:
    words = _said(command.words, Reason.SURCHARGE_NEEDED, order)
    extra, what_for = read_surcharge(words)
    if extra is None or extra.minor <= 0 or not what_for:
        raise Refusal(Reason.SUM_UNCLEAR, order.status)
    return Proposal(Topic.SURCHARGE, what_for, extra=extra)


def _third_person(order: Order, command: do.Propose, _mark: Mark, _rules: ShopRules) -> Proposal:
    return Proposal(Topic.THIRD_PERSON, _said(command.words, Reason.THIRD_PERSON_NEEDED, order))


def _answer(
    order: Order, command: do.AnswerProposal, mark: Mark, _rules: ShopRules
) -> happened.ProposalAnswered:
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
    return happened.ProposalAnswered(mark, agreement.number, command.agreed, words, _changed(order, after))


def _has_left(order: Order) -> bool:
    return order.status not in WHEN_ASKED[Topic.SUBSTITUTION] or order.left_with_third_party


def _in_app(order: Order, command: do.AgreedInApp, mark: Mark, _rules: ShopRules) -> happened.AgreementInApp:
    agreement = _found(order, command.number)
    if not is_for_app(order, agreement):
        raise Refusal(Reason.PROPOSAL_OVER, order.status, agreement.in_app or agreement.withdrawn)
    return happened.AgreementInApp(mark, agreement.number)


def _paid(order: Order, command: do.ExtraPaid, mark: Mark, _rules: ShopRules) -> happened.SurchargePaid:
    agreement = _found(order, command.number)
    if not agreement.is_unpaid:
        raise Refusal(Reason.PROPOSAL_OVER, order.status, agreement.paid or agreement.withdrawn)
    if agreement.in_app is None:
        raise Refusal(Reason.BILL_NOT_SENT, order.status)
    return happened.SurchargePaid(mark, agreement.number)


def _withdraw(order: Order, command: do.Withdraw, mark: Mark, rules: ShopRules) -> happened.ProposalWithdrawn:
    agreement = _found(order, command.number)
    age = mark.at - (agreement.answered or agreement.asked).at
    if not may_withdraw(agreement, age, rules):
        raise Refusal(Reason.PROPOSAL_OVER, order.status, agreement.withdrawn or agreement.answered)
    reason = _said(command.reason, Reason.WITHDRAWAL_REASON_NEEDED, order)
    after = taken_back(order.details, agreement) if agreement.holds else order.details
    return happened.ProposalWithdrawn(mark, agreement.number, reason, _changed(order, after))


def _see_stop(order: Order, _command: do.SeeStop, mark: Mark, _rules: ShopRules) -> happened.StopSeen:
    holder = must_stop(order)
    if holder is None:
        raise Refusal(Reason.ALREADY, order.status)
    if mark.staff_id != holder and Act.STAND_IN not in acts_of(mark.role):
        raise Refusal(Reason.NOT_YOURS, order.status)
    return happened.StopSeen(mark)


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


_PROPOSALS: dict[Topic, Callable[[Order, do.Propose, Mark, ShopRules], Proposal]] = {
    Topic.WINDOW: _window,
    Topic.SUBSTITUTION: _substitution,
    Topic.SURCHARGE: _surcharge,
    Topic.THIRD_PERSON: _third_person,
}

DECISIONS = (
    decided_by(do.Propose, _propose),
    decided_by(do.AnswerProposal, _answer),
    decided_by(do.AgreedInApp, _in_app),
    decided_by(do.ExtraPaid, _paid),
    decided_by(do.Withdraw, _withdraw),
    decided_by(do.SeeStop, _see_stop),
)
