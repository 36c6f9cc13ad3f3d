"""Seeing the client's phone in an emergency: who asks, why, who allows it, until when (R82)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from orders.model.people import Mark
from orders.model.status import Step


@dataclass(frozen=True, slots=True)
class PhoneAccess:
    """One request and its answer; a chief who asks allows it with that. `until` is aware UTC."""

    asked: Mark
    reason: str
    allowed: Mark | None = None
    until: datetime | None = None
    refused: Mark | None = None

    @property
    def is_pending(self) -> bool:
        return self.allowed is None and self.refused is None

    def shows_to(self, staff_id: int | None, now: datetime) -> bool:
        """Whether this person may read the number at `now`: the one who asked and the one who allowed it."""
        if self.allowed is None or self.until is None or now >= self.until or staff_id is None:
            return False
        return staff_id in {self.asked.staff_id, self.allowed.staff_id}


@dataclass(frozen=True, slots=True)
class AskClientPhone:
    """The marketplace's chat does not work and the client is needed. A reason is needed."""

    step: ClassVar[Step] = Step.ASK_PHONE
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AllowClientPhone:
    """Both see the number for the time that the shop's rules give."""

    step: ClassVar[Step] = Step.ALLOW_PHONE


@dataclass(frozen=True, slots=True)
class RefuseClientPhone:
    """The number stays hidden."""

    step: ClassVar[Step] = Step.REFUSE_PHONE


@dataclass(frozen=True, slots=True)
class PhoneAsked:
    """Somebody asked for the client's phone."""

    step: ClassVar[Step] = Step.ASK_PHONE
    mark: Mark
    reason: str


@dataclass(frozen=True, slots=True)
class PhoneAllowed:
    """The number may be read until then by `asked` and by `mark`."""

    step: ClassVar[Step] = Step.ALLOW_PHONE
    mark: Mark
    asked: Mark
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class PhoneRefused:
    """It stays hidden."""

    step: ClassVar[Step] = Step.REFUSE_PHONE
    mark: Mark


PhoneCommand = AskClientPhone | AllowClientPhone | RefuseClientPhone
PhoneEvent = PhoneAsked | PhoneAllowed | PhoneRefused
