"""Access to the client's phone in an emergency: who asks and why, who allows it, and until when (R82)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from orders.model.people import Mark


@dataclass(frozen=True, slots=True)
class PhoneCall:
    """What the client said on the phone."""

    words: str
    noted: Mark


@dataclass(frozen=True, slots=True)
class PhoneAccess:
    """One request and its answer. `until` is aware UTC.

    A request by a person who may allow it is allowed at once.
    """

    asked: Mark
    reason: str
    allowed: Mark | None = None
    until: datetime | None = None
    refused: Mark | None = None
    calls: tuple[PhoneCall, ...] = ()

    @property
    def lacks_note(self) -> bool:
        """Whether the number was shown but no call has been noted."""
        return self.allowed is not None and not self.calls

    @property
    def is_pending(self) -> bool:
        return self.allowed is None and self.refused is None

    def shows_to(self, staff_id: int | None, now: datetime) -> bool:
        """Whether this person may read the number at `now`: the one who asked and the one who allowed it."""
        return self.until is not None and now < self.until and self.was_shown_to(staff_id)

    def was_shown_to(self, staff_id: int | None) -> bool:
        """Whether this person may read the number or could read it in the past."""
        if self.allowed is None or staff_id is None:
            return False
        return staff_id in {self.asked.staff_id, self.allowed.staff_id}
