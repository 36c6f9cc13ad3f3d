"""Branded goods that the marketplace provides free of charge: the form, entitlement, requests (R73-R75)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from orders.model.people import Mark

LONGEST_LINE = 200
FORM_LINES = 4
_LEAST_DIGITS = 10


class BrandedItem(StrEnum):
    """The branded goods; bags are for some shops only (R74)."""

    CARDS = "cards"
    STICKERS = "stickers"
    BAGS = "bags"


class ProfileFlaw(StrEnum):
    """Why the form cannot be sent."""

    LINES = "lines"
    PHONE = "phone"


class BadProfile(ValueError):  # noqa: N818 - it is the profile that is bad, not the program
    """The text is not the four lines of the form."""

    def __init__(self, flaw: ProfileFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class ShopProfile:
    """Who orders for the shop, and the delivery address (R75)."""

    full_name: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    in_moscow: bool = False
    has_lime: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the form has everything that the marketplace's support asks for."""
        return all((self.full_name, self.phone, self.address, self.hours))

    @property
    def items(self) -> tuple[BrandedItem, ...]:
        """The goods that this shop may ask for: bags only in Moscow, or for members of Lime (R74)."""
        has_bags = self.in_moscow or self.has_lime
        return tuple(one for one in BrandedItem if has_bags or one is not BrandedItem.BAGS)


@dataclass(frozen=True, slots=True)
class BrandedRequest:
    """One request; `words` is the text that was sent. `came`: whether the goods arrived."""

    id: int
    shop_id: int
    item: BrandedItem
    words: str
    sent: Mark
    over: Mark | None = None
    came: bool = False


def read_profile(text: str, before: ShopProfile) -> ShopProfile:
    """Reads full name, phone, address and hours, one per line; Moscow and Lime stay. Raises BadProfile."""
    lines = [line.strip()[:LONGEST_LINE] for line in text.splitlines() if line.strip()]
    if len(lines) != FORM_LINES:
        raise BadProfile(ProfileFlaw.LINES)
    name, phone, address, hours = lines
    if sum(one.isdigit() for one in phone) < _LEAST_DIGITS:
        raise BadProfile(ProfileFlaw.PHONE)
    return ShopProfile(name, phone, address, hours, before.in_moscow, before.has_lime)
