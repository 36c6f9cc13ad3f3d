"""After the delivery: complaints and low ratings that the shop has to answer at the marketplace (X30)."""

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
    """One complaint. Without an answer by `answer_by` (aware UTC) the marketplace decides for the client.

    `stars`: 0 if no rating was given.
    """

    opened: Mark
    words: str
    stars: int
    answer_by: datetime
    answered: Mark | None = None
    settled: Mark | None = None
    result: str = ""


def may_complain(done_at: datetime | None, now: datetime) -> bool:
    """Whether the client can still complain at `now` about an order delivered at `done_at`."""
    return done_at is not None and now < done_at + COMPLAIN_WITHIN


def pending(disputes: Sequence[Dispute]) -> Dispute | None:
    """The order's last complaint, if it is not settled yet; otherwise None."""
    last = disputes[-1] if disputes else None
    return last if last is not None and last.settled is None else None


@dataclass(frozen=True, slots=True)
class OpenDispute:
    """The client complains or has given a low rating. `words` are required."""

    step: ClassVar[Step] = Step.DISPUTE
    words: str = ""


@dataclass(frozen=True, slots=True)
class AnswerDispute:
    """The shop has answered in the marketplace's app, which stops the deadline."""

    step: ClassVar[Step] = Step.ANSWER_DISPUTE


@dataclass(frozen=True, slots=True)
class SettleDispute:
    """The complaint is settled. `words`, its result, are required."""

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
    """The shop has answered the complaint."""

    step: ClassVar[Step] = Step.ANSWER_DISPUTE
    mark: Mark


@dataclass(frozen=True, slots=True)
class DisputeSettled:
    """The complaint is settled, with this result."""

    step: ClassVar[Step] = Step.SETTLE_DISPUTE
    mark: Mark
    words: str


DisputeCommand = OpenDispute | AnswerDispute | SettleDispute
DisputeEvent = DisputeOpened | DisputeAnswered | DisputeSettled
