"""What is kept of the way to the door, besides who did what and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from orders.model.people import Mark


class CallAnswer(StrEnum):
    """What a courier from outside said when he was called (R43, R89)."""

    CANNOT = "cannot"
    NO_ANSWER = "no_answer"
    ON_THE_WAY = "on_the_way"


@dataclass(frozen=True, slots=True)
class Lateness:
    """By how many minutes whoever is on the way is late, and when it will be there; aware UTC."""

    minutes: int
    until: datetime
    said: Mark


@dataclass(frozen=True, slots=True)
class Handback:
    """Why a courier gave a delivery back, and when."""

    reason: str
    given: Mark


@dataclass(frozen=True, slots=True)
class Call:
    """One call to a courier from outside, and what he said."""

    name: str
    phone: str
    answer: CallAnswer
    noted: Mark


@dataclass(frozen=True, slots=True)
class Remark:
    """What the courier wrote to the shop, or the shop to the courier (X19)."""

    words: str
    by_carrier: bool
    said: Mark
