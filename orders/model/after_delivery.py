"""After the delivery: a complaint or a low rating, which the marketplace wants answered (X30)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from orders.model.people import Mark
from orders.model.status import Step

COMPLAIN_WITHIN = timedelta(days=3)
"""How long after the delivery the client can open a dispute at the marketplace (X23, X30)."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """One complaint. After `answer_by` (aware UTC) without an answer the marketplace decides for the client.

    `stars`: 0 where none were named.
    """

    opened: Mark
    words: str
    stars: int
    answer_by: datetime
    answered: Mark | None = None
    settled: Mark | None = None
    result: str = ""


def may_complain(done_at: datetime | None, now: datetime) -> bool:
    """Whether the client may still say that something was wrong with what was delivered at `done_at`."""
    return done_at is not None and now < done_at + COMPLAIN_WITHIN


def pending(disputes: Sequence[Dispute]) -> Dispute | None:
    """The complaint of an order that is not settled yet."""
    last = disputes[-1] if disputes else None
    return last if last is not None and last.settled is None else None


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """The client complains, or has given a low rating. Words are needed."""

    step: ClassVar[Step] = Step.DISPUTE
    words: str = ""


@dataclass(frozen=True, slots=True)
class AnswerDispute:
    """The shop has answered in the marketplace's app: the clock stops."""

    step: ClassVar[Step] = Step.ANSWER_DISPUTE


@dataclass(frozen=True, slots=True)
class SettleDispute:
    """It is over. The result is needed."""

    step: ClassVar[Step] = Step.SETTLE_DISPUTE
    words: str = ""


@dataclass(frozen=True, slots=True)
class DisputeOpened:
    """A complaint came after the delivery."""

    step: ClassVar[Step] = Step.DISPUTE
    mark: Mark
    words: str
    stars: int
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class DisputeAnswered:
    """The shop has answered it."""

    step: ClassVar[Step] = Step.ANSWER_DISPUTE
    mark: Mark


@dataclass(frozen=True, slots=True)
class DisputeSettled:
    """It is over, with this result."""

    step: ClassVar[Step] = Step.SETTLE_DISPUTE
    mark: Mark
    words: str


DisputeCommand = OpenDispute | AnswerDispute | SettleDispute
DisputeEvent = DisputeOpened | DisputeAnswered | DisputeSettled
