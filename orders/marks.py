"""Who did something, and when: it stands at every step of an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from orders.people import Role


@dataclass(frozen=True, slots=True)
class Mark:
    """Who did something, and when. The name is kept as it was then."""

    at: datetime
    role: Role
    staff_id: int | None = None
    name: str = ""
