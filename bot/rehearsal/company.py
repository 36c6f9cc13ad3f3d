"""Who and what a rehearsal is played with: the shop, its people, their speeds (X29)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from orders.bell.ringing import Hearing, Place
from orders.model.people import Role
from orders.model.rules import ShopRules
from orders.rehearsal.planned import Planned, built_in_day


@dataclass(frozen=True, slots=True)
class Speeds:
    """How long the simulated people take, in seconds; each task takes up to 30 % more or less."""

    accept: float = 45
    """To notice an order and to accept it; one after another."""
    assemble: float = 720
    photo: float = 60
    deliver: float = 1500
    """From the shop to the first address, and back from the last one."""
    answer: float = 300
    """Until the client answers the photo."""
    carry: int = 3
    """Orders that a courier takes along at most; the way to the next address is the rule LEG_MINUTES."""


@dataclass(frozen=True, slots=True)
class Player:
    """One of the shop's people, as far as the rehearsal needs them."""

    name: str
    role: Role
    hearing: Hearing


@dataclass(frozen=True, slots=True)
class Company:
    """The shop and the day that it plays. `source` says where the day comes from.

    `has_own_day`: whether it is one of the shop's own days, not the built-in one.
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
        """The same with another florist or courier, who hears like the others."""
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
