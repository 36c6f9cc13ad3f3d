"""Facts about a delivery: lateness, trip, calls to couriers, courier search, address, notes; rounding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from orders.model.details import Window
from orders.model.people import Mark

STEP = timedelta(minutes=5)
"""Arrival times are shown rounded to this step on every screen (X26)."""


def rounded(at: datetime) -> datetime:
    """The arrival time rounded to the nearest step."""
    past = _past_step(at)
    return at - past + (STEP if 2 * past >= STEP else timedelta(0))


def rounded_down(at: datetime) -> datetime:
    """Rounded down to a step."""
    return at - _past_step(at)


def rounded_up(at: datetime) -> datetime:
    """Rounded up to a step, so that a promised time is never shown too early."""
    past = _past_step(at)
    return at - past + STEP if past else at


def _past_step(at: datetime) -> timedelta:
    return timedelta(minutes=at.minute % 5, seconds=at.second, microseconds=at.microsecond)


class CallAnswer(StrEnum):
    """What a courier from outside answered on the phone (R43, R89)."""

    CANNOT = "cannot"
    NO_ANSWER = "no_answer"
    ON_THE_WAY = "on_the_way"


@dataclass(frozen=True, slots=True)
class Lateness:
    """By how many minutes the carrier on the way is late, and when they will arrive; aware UTC."""

    minutes: int
    until: datetime
    said: Mark


@dataclass(frozen=True, slots=True)
class Trip:
    """What the carrier's route says about the order (X26); valid for this carrier and window only.

    `leave_by`: the latest time to leave the shop with it without making any stop of the route later.
    `promised`: the arrival that was announced when the delivery window was lost.
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
    """One call to a courier from outside, and their answer."""

    name: str
    phone: str
    answer: CallAnswer
    noted: Mark


@dataclass(frozen=True, slots=True)
class CourierSearch:
    """The marketplace looks for a courier (R86). `over`: it was called off, or a courier came.

    `anyway`: the reason given for sending another courier all the same (R87). `cost`: what the delivery
    without the marketplace's courier cost the shop (R88).
    """

    since: Mark
    over: Mark | None = None
    anyway: str = ""
    cost: str = ""

    @property
    def is_on(self) -> bool:
        """Whether the marketplace's courier may still come."""
        return self.over is None


@dataclass(frozen=True, slots=True)
class SecondCourier:
    """The marketplace's courier came while another had the order: who has to leave, and the cost.

    `name` is empty if the marketplace's own courier leaves.
    """

    came: Mark
    name: str = ""
    staff_id: int | None = None
    phone: str = ""
    cost: str = ""


class AddressSource(StrEnum):
    """Who is asked for the address (X24)."""

    CLIENT = "client"
    SUPPORT = "support"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True)
class AddressAsk:
    """Who was last asked for the address, and when."""

    whom: AddressSource
    mark: Mark


@dataclass(frozen=True, slots=True)
class FoundAddress:
    """The address, and when it was found. `in_zone`: whether the client paid for its zone; None: unknown."""

    mark: Mark
    in_zone: bool | None = None
    address: str = ""


class RemarkKind(StrEnum):
    """The content of a note."""

    TEXT = "text"
    VOICE = "voice"
    PICTURE = "picture"
    VIDEO = "video"
    STICKER = "sticker"


@dataclass(frozen=True, slots=True)
class Remark:
    """A note: what a member of staff said about an order to the others who work on it (X19).

    `words`: the text, the caption, or the emoji of a sticker. `file_id` is Telegram's, `path` the copy on
    disk; empty if there is none. `source`: the message it came in; used to store the same message once and to
    apply its edits.
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
    """Whether the courier may read it: the order had a courier when it was written."""
    source: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether the note has no content left because it was erased."""
        return not (self.words or self.file_id or self.path)
