"""Decides on complaints after the delivery (X30); the caller has checked the status table."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from orders.model.after_delivery import (
    AnswerDispute,
    Dispute,
    DisputeAnswered,
    DisputeEvent,
    DisputeOpened,
    DisputeSettled,
    OpenDispute,
    SettleDispute,
    may_complain,
    pending,
)
from orders.model.numbers import is_own
from orders.model.order import Mark, Order
from orders.model.people import Role
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.steps.commands import Command, Rate
from orders.steps.decisions import decided_by

_STARS = re.compile(r"(?<![0-9.,])([1-5])\s*(?:зв[её]зд|зв\.|★|⭐|балл|star)", re.IGNORECASE)
_STARS_IN_WORDS = {"одна звезда": 1, "одну звезду": 1, "две звезды": 2, "one star": 1, "two stars": 2}


def complaint_of(order: Order, words: str) -> Command:
    """The command for a client's complaint: about the photo, or about the goods if it was delivered."""
    return OpenDispute(words) if order.status is Status.DONE else Rate(liked=False, complaint=words)


def stars_in(words: str) -> int:
    """The number of stars in the words; 0 if there is none."""
    found = _STARS.search(words)
    if found:
        return int(found[1])
    said = words.casefold()
    return next((count for name, count in _STARS_IN_WORDS.items() if name in said), 0)


def with_dispute(order: Order, event: DisputeEvent) -> Order:
    """The order with the complaint, its answer or its result recorded."""
    known = order.disputes
    if isinstance(event, DisputeOpened):
        return replace(
            order, disputes=(*known, Dispute(event.mark, event.words, event.stars, event.answer_by))
        )
    if isinstance(event, DisputeAnswered):
        return replace(order, disputes=(*known[:-1], replace(known[-1], answered=event.mark)))
    settled = replace(known[-1], settled=event.mark, result=event.words)
    return replace(order, disputes=(*known[:-1], settled))


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


def _answer(order: Order, _command: AnswerDispute, mark: Mark, _rules: ShopRules) -> DisputeAnswered:
    waiting = _pending(order)
    if waiting.answered is not None:
        raise Refusal(Reason.ALREADY, order.status, waiting.answered)
    return DisputeAnswered(mark)


def _settle(order: Order, command: SettleDispute, mark: Mark, _rules: ShopRules) -> DisputeSettled:
    _pending(order)
    words = command.words.strip()
    if not words:
        raise Refusal(Reason.DISPUTE_RESULT_NEEDED, order.status)
    return DisputeSettled(mark, words)


def _pending(order: Order) -> Dispute:
    open_one = pending(order.disputes)
    if open_one is not None:
        return open_one
    if not order.disputes:
        raise Refusal(Reason.NOT_NOW, order.status)
    raise Refusal(Reason.ALREADY, order.status, order.disputes[-1].settled)


DECISIONS = (
    decided_by(OpenDispute, _open),
    decided_by(AnswerDispute, _answer),
    decided_by(SettleDispute, _settle),
)
