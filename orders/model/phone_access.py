"""Seeing the client's phone in an emergency: who asks, why, who allows it, until when (R82)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from orders.model.people import Mark
from orders.model.status import Step


@dataclass(frozen=True, slots=True)
class PhoneCall:
    """What the client said on the phone."""

    words: str
    noted: Mark


@dataclass(frozen=True, slots=True)
class PhoneAccess:
    """One request and its answer; who may allow it allows it with that. `until` is aware UTC."""

    asked: Mark
    reason: str
    allowed: Mark | None = None
    until: datetime | None = None
    refused: Mark | None = None
    calls: tuple[PhoneCall, ...] = ()

    @property
    def lacks_note(self) -> bool:
        """Whether the number was shown and nobody has noted what came of it."""
        return self.allowed is not None and not self.calls

    @property
    def is_pending(self) -> bool:
        return self.allowed is None and self.refused is None

    def shows_to(self, staff_id: int | None, now: datetime) -> bool:
        """Whether this person may read the number at `now`: the one who asked and the one who allowed it."""
        return self.until is not None and now < self.until and self.was_shown_to(staff_id)

    def was_shown_to(self, staff_id: int | None) -> bool:
        """Whether this person could read it, then or now."""
        if self.allowed is None or staff_id is None:
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
class NotePhoneCall:
    """Keep what the client said on the phone. Words are needed."""

    step: ClassVar[Step] = Step.NOTE_PHONE_CALL
    words: str = ""


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


@dataclass(frozen=True, slots=True)
class PhoneCallNoted:
    """What the client said on the phone. It stays, whatever is undone (R82)."""

    step: ClassVar[Step] = Step.NOTE_PHONE_CALL
    mark: Mark
    words: str


PhoneCommand = AskClientPhone | AllowClientPhone | RefuseClientPhone | NotePhoneCall
PhoneEvent = PhoneAsked | PhoneAllowed | PhoneRefused | PhoneCallNoted
