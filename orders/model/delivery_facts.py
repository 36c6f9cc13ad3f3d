"""What is kept of the way to the door, besides who did what and when, and the times that are said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from orders.model.details import Window
from orders.model.people import Mark

STEP = timedelta(minutes=5)
"""People read times of arrival in whole steps, the same on every screen (X26)."""


def rounded(at: datetime) -> datetime:
    """A time of arrival to the nearest step."""
    past = _past_step(at)
    return at - past + (STEP if 2 * past >= STEP else timedelta(0))


def rounded_down(at: datetime) -> datetime:
    """To the step before."""
    return at - _past_step(at)


def rounded_up(at: datetime) -> datetime:
    """To the next step: what somebody promised is never said to be earlier."""
    past = _past_step(at)
    return at - past + STEP if past else at


def _past_step(at: datetime) -> timedelta:
    return timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)


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
class Trip:
    """What the route of whoever carries the order says of it (X26): of this person and this window alone.

    `leave_by`: the latest moment to take it from the shop at which nobody on the route is reached later.
    `promised`: when it arrives after its window, as people were told when the window was lost.
    """

    staff_id: int
    window: Window
    leave_by: datetime | None = None
    promised: datetime | None = None


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
class CourierSearch:
    """The marketplace looks for a courier (R86). `over`: it was called off, or one came.

    `anyway`: what was said when another courier was sent all the same (R87). `cost`: what the delivery cost
    the shop that went without the marketplace's courier (R88).
    """

    since: Mark
    over: Mark | None = None
    anyway: str = ""
    cost: str = ""

    @property
    def is_on(self) -> bool:
        """Whether its courier may still come."""
        return self.over is None


@dataclass(frozen=True, slots=True)
class SecondCourier:
    """The marketplace's courier came while another one had the order: who has to be sent away, and the cost.

    `name` is empty where it is the marketplace's own courier who goes.
    """

    came: Mark
    name: str = ""
    staff_id: int | None = None
    phone: str = ""
    cost: str = ""


class AddressSource(StrEnum):
    """Who is asked where the order goes (X24)."""

    CLIENT = "client"
    SUPPORT = "support"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True)
class AddressAsk:
    """Who was asked for the address last, and when."""

    whom: AddressSource
    mark: Mark


@dataclass(frozen=True, slots=True)
class FoundAddress:
    """The address, and when it was found. `in_zone`: whether the client paid for its zone; None: not said."""

    mark: Mark
    in_zone: bool | None = None
    address: str = ""


class RemarkKind(StrEnum):
    """What a note consists of."""

    TEXT = "text"
    VOICE = "voice"
    PICTURE = "picture"
    VIDEO = "video"
    STICKER = "sticker"


@dataclass(frozen=True, slots=True)
class Remark:
    """A note: what one of the staff said about an order to those who work on it (X19).

    `words`: the text, the caption, or the emoji of a sticker. `file_id` is Telegram's, `path` the copy on
    disk; empty where there is none. `source`: the message it came in, so that the same one is kept once and
    its edit corrects it.
    """

    words: str
    by_carrier: bool
    said: Mark
    kind: RemarkKind = RemarkKind.TEXT
    file_id: str = ""
    path: str = ""
    seconds: int = 0
    """The length of a voice message."""
    to_carrier: bool = True
    """Whether the courier reads it: there was one when it was written."""
    source: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left of it: it was erased."""
        return not (self.words or self.file_id or self.path)
