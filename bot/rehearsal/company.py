"""The input of a rehearsal: the shop, its people, their speeds (X29)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from orders.bell.ringing import Hearing, Place
from orders.model.people import Role
from orders.model.rules import ShopRules
from orders.rehearsal.planned import Planned, built_in_day


@dataclass(frozen=True, slots=True)
class Speeds:
    """How long the simulated people take, in seconds; each task varies by up to 30 %."""

    accept: float = 45
    """From noticing an order to accepting it; one order at a time."""
    assemble: float = 720
    photo: float = 60
    deliver: float = 1500
    """From the shop to the first address, and from the last one back."""
    answer: float = 300
    """From the photo to the client's answer."""
    carry: int = 3
    """Most orders of one trip; the way from one address to the next takes LEG_MINUTES."""


@dataclass(frozen=True, slots=True)
class Player:
    """A member of the staff, reduced to what the rehearsal needs."""

    name: str
    role: Role
    hearing: Hearing


@dataclass(frozen=True, slots=True)
class Company:
    """The shop and the day to play. `source` says in words where the day comes from.

    `has_own_day`: the day is one of the shop's own, not the built-in one.
    """

    name: str
    language: str
    rules: ShopRules
    players: Sequence[Player]
    has_group: bool
    day: Sequence[Planned]
    source: str
    has_own_day: bool = False

    def with_one_more(self, role: Role) -> Company:
        """The same company with one more florist or courier, who gets messages like the others."""
        like = next((one for one in self.players if one.role is role), self.players[-1])
        return replace(self, players=[*self.players, replace(like, name=f"One more {role}", role=role)])


def built_in_company() -> Company:
    """A shop with a director, a manager, three florists and three couriers, all in its group."""
    staff = (
        ("Ирина", Role.DIRECTOR), ("Анна", Role.MANAGER),
        ("Оля", Role.SELLER), ("Вера", Role.SELLER), ("Лена", Role.SELLER),
        ("Пётр", Role.COURIER), ("Иван", Role.COURIER), ("Олег", Role.COURIER),
    )  # fmt: skip
    rules = ShopRules()
    players = [Player(name, role, Hearing(role is not Role.COURIER, Place.GROUP)) for name, role in staff]
    return Company("Лепесток", "ru", rules, players, True, built_in_day(rules.zone), "the built-in 8 March")
