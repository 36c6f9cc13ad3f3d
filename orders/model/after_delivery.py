"""After the delivery: complaints and low ratings that the shop has to answer at the marketplace (X30)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from orders.model.people import Mark

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
