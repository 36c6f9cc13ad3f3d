"""Complaints after the delivery, which the shop answers at the marketplace (X30)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from orders.model.after_delivery import Dispute, may_complain, pending
from orders.model.numbers import is_own
from orders.model.order import Mark, Order
from orders.model.people import Role
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status, Step
from orders.steps.decisions import BesideProgress, Rows, decided_by
from orders.steps.photos import Rate

_STARS = re.compile(r"(?<![0-9.,])([1-5])\s*(?:зв[её]зд|зв\.|★|⭐|балл|star)", re.IGNORECASE)


_STARS_IN_WORDS = {"одна звезда": 1, "одну звезду": 1, "две звезды": 2, "one star": 1, "two stars": 2}


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """The client complains or has given a low rating. `words` are required."""

    step: ClassVar[Step] = Step.DISPUTE
    words: str = ""


@dataclass(frozen=True, slots=True)
class DisputeOpened(BesideProgress):
    """A complaint came after the delivery."""

    step: ClassVar[Step] = Step.DISPUTE
    mark: Mark
    words: str
    stars: int
    answer_by: datetime

    def recorded_in(self, order: Order) -> Order:
        opened = Dispute(self.mark, self.words, self.stars, self.answer_by)
        return replace(order, disputes=(*order.disputes, opened))


def _open(order: Order, command: OpenDispute, mark: Mark, rules: ShopRules) -> DisputeOpened:
    if is_own(order.number):  # there is no marketplace that waits for an answer
        raise Refusal(Reason.NOT_NOW, order.status)
    if mark.role is Role.CLIENT and not may_complain(order.progress.since, mark.at):
        raise Refusal(Reason.NOT_NOW, order.status)
    open_one = pending(order.disputes)
    if open_one is not None:
        raise Refusal(Reason.ALREADY, order.status, open_one.opened)
    words = command.words.strip()
    if not words:
        raise Refusal(Reason.DISPUTE_WORDS_NEEDED, order.status)
    until = mark.at + timedelta(hours=rules.dispute_hours)
    return DisputeOpened(mark, words, stars_in(words), until)


@dataclass(frozen=True, slots=True)
class AnswerDispute:
    """The shop has answered in the marketplace's app, which stops the deadline."""

    step: ClassVar[Step] = Step.ANSWER_DISPUTE


@dataclass(frozen=True, slots=True)
class DisputeAnswered(BesideProgress):
    """The shop has answered the complaint."""

    step: ClassVar[Step] = Step.ANSWER_DISPUTE
    mark: Mark

    def recorded_in(self, order: Order) -> Order:
        known = order.disputes
        return replace(order, disputes=(*known[:-1], replace(known[-1], answered=self.mark)))


def _answer(order: Order, _command: AnswerDispute, mark: Mark, _rules: ShopRules) -> DisputeAnswered:
    waiting = _pending(order)
    if waiting.answered is not None:
        raise Refusal(Reason.ALREADY, order.status, waiting.answered)
    return DisputeAnswered(mark)


@dataclass(frozen=True, slots=True)
class SettleDispute:
    """The complaint is settled. `words`, its result, are required."""

    step: ClassVar[Step] = Step.SETTLE_DISPUTE
    words: str = ""


@dataclass(frozen=True, slots=True)
class DisputeSettled(BesideProgress):
    """The complaint is settled, with this result."""

    step: ClassVar[Step] = Step.SETTLE_DISPUTE
    mark: Mark
    words: str

    def recorded_in(self, order: Order) -> Order:
        known = order.disputes
        settled = replace(known[-1], settled=self.mark, result=self.words)
        return replace(order, disputes=(*known[:-1], settled))


def _settle(order: Order, command: SettleDispute, mark: Mark, _rules: ShopRules) -> DisputeSettled:
    _pending(order)
    words = command.words.strip()
    if not words:
        raise Refusal(Reason.DISPUTE_RESULT_NEEDED, order.status)
    return DisputeSettled(mark, words)


def complaint_of(order: Order, words: str) -> OpenDispute | Rate:
    """The command for a client's complaint: about the photo, or about the goods if it was delivered."""
    return OpenDispute(words) if order.status is Status.DONE else Rate(liked=False, complaint=words)


def stars_in(words: str) -> int:
    """The number of stars in the words; 0 if there is none."""
    found = _STARS.search(words)
    if found:
        return int(found[1])
    said = words.casefold()
    return next((count for name, count in _STARS_IN_WORDS.items() if name in said), 0)


def _pending(order: Order) -> Dispute:
    open_one = pending(order.disputes)
    if open_one is not None:
        return open_one
    if not order.disputes:
        raise Refusal(Reason.NOT_NOW, order.status)
    raise Refusal(Reason.ALREADY, order.status, order.disputes[-1].settled)


Command = OpenDispute | AnswerDispute | SettleDispute
Event = DisputeOpened | DisputeAnswered | DisputeSettled

DECISIONS: Rows[Event] = (
    decided_by(OpenDispute, _open),
    decided_by(AnswerDispute, _answer),
    decided_by(SettleDispute, _settle),
)

__all__ = [
    "AnswerDispute",
    "DisputeAnswered",
    "DisputeOpened",
    "DisputeSettled",
    "OpenDispute",
    "SettleDispute",
]
