"""The people on a shop's staff list, and the invitations to join it (R17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from orders.access.roles import Target
from orders.model.order import Mark
from orders.model.people import Role


@dataclass(frozen=True, slots=True)
class Colleague:
    """One person in one shop. `phone` is E.164; `is_connected`: a Telegram account is linked."""

    staff_id: int
    shop_id: int
    role: Role
    name: str
    phone: str
    is_connected: bool

    @property
    def shown_name(self) -> str:
        """The name, or the phone of a person without a name."""
        return self.name.strip() or self.phone

    @property
    def target(self) -> Target:
        return Target(self.role, self.shop_id, self.staff_id)


@dataclass(frozen=True, slots=True)
class Invitation:
    """An open invitation; `made` says by whom and when."""

    id: int
    shop_id: int
    role: Role
    made: Mark
    expires_at: datetime
