"""Branded goods, which the marketplace gives free of charge: the form, who gets what, requests (R73-R75)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orders.model.people import Mark

LONGEST_LINE = 200
FORM_LINES = 4
_LEAST_DIGITS = 10


class BrandedItem(StrEnum):
    """What there is; bags only for some (R74)."""

    CARDS = "cards"
    STICKERS = "stickers"
    BAGS = "bags"


class ProfileFlaw(StrEnum):
    """Why the form cannot be sent as it is."""

    LINES = "lines"
    PHONE = "phone"


class BadProfile(ValueError):  # noqa: N818 - it is the profile that is bad, not the program
    """The words are not the four lines of the form."""

    def __init__(self, flaw: ProfileFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class ShopProfile:
    """Who orders for the shop, and where it is brought (R75)."""

    full_name: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    in_moscow: bool = False
    has_lime: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the marketplace's support would have nothing to ask."""
        return all((self.full_name, self.phone, self.address, self.hours))

    @property
    def items(self) -> tuple[BrandedItem, ...]:
        """What this shop may ask for: bags only in Moscow, and for members of Lime (R74)."""
        has_bags = self.in_moscow or self.has_lime
        return tuple(one for one in BrandedItem if has_bags or one is not BrandedItem.BAGS)


@dataclass(frozen=True, slots=True)
class BrandedRequest:
    """One request; `words` are those that were sent. `came`: None while it is waited for."""

    id: int
    shop_id: int
    item: BrandedItem
    words: str
    sent: Mark
    over: Mark | None = None
    came: bool = False


def read_profile(text: str, before: ShopProfile) -> ShopProfile:
    """Full name, phone, address and hours, a line each; Moscow and Lime stay. Raises BadProfile."""
    lines = [line.strip()[:LONGEST_LINE] for line in text.splitlines() if line.strip()]
    if len(lines) != FORM_LINES:
        raise BadProfile(ProfileFlaw.LINES)
    name, phone, address, hours = lines
    if sum(one.isdigit() for one in phone) < _LEAST_DIGITS:
        raise BadProfile(ProfileFlaw.PHONE)
    return ShopProfile(name, phone, address, hours, before.in_moscow, before.has_lime)
