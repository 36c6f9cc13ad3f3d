"""What was ordered, for whom, and where to, as the marketplace or a person said it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from orders.model.money import Money
from orders.model.people import Mark


class Category(StrEnum):
    """The marketplace's product categories, as far as the rules distinguish them (R24)."""

    FLOWERS_GIFTS = "flowers_gifts"
    LIVE_PLANTS = "live_plants"
    CONFECTIONERY = "confectionery"
    TEA_COFFEE = "tea_coffee"
    HANDMADE = "handmade"
    OTHER = "other"


PHOTO_CATEGORIES = frozenset(Category) - {Category.OTHER}  # only these have the photo step (R24, seed)


class DeliveryKind(StrEnum):
    """How the order reaches the recipient."""

    COURIER = "courier"
    PICKUP = "pickup"


@dataclass(frozen=True, slots=True)
class Person:
    """The client or the recipient, as far as the marketplace names them."""

    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the composition. `paid` is what the client paid for the whole line."""

    name: str
    count: int = 1
    paid: Money | None = None
    category: Category = Category.FLOWERS_GIFTS
    is_addon: bool = False
    description: str = ""
    picture_url: str = ""
    offer_id: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """When the order must be with the recipient; aware UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Paper:
    """A picture that the order was copied from, such as a sheet of paper or a screenshot; a file on disk."""

    sha256: str
    path: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A line of the notes that a chief has marked as important (X16); `text` is the line itself."""

    text: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Details:
    """What was ordered. Every field may be unknown, since the marketplace may leave it out."""

    lines: tuple[Line, ...] = ()
    delivery: DeliveryKind = DeliveryKind.COURIER
    window: Window | None = None
    as_soon_as_possible: bool = False
    address: str = ""
    courier_note: str = ""
    shop_note: str = ""
    client_note: str = ""
    payment_note: str = ""
    """What is said about money apart from the sum, such as a prepayment; for directors and managers (R13)."""
    card_text: str = ""
    client: Person = Person()
    recipient: Person = Person()
    paid: Money | None = None
    delivery_fee: Money | None = None
    written: str = ""  # the original text of an order entered by hand; empty for one of the marketplace
    papers: tuple[Paper, ...] = ()
    unread: bool = False
    """The marketplace has named the order but not returned it yet, so missing fields are unknown (X13)."""

    @property
    def has_photo_step(self) -> bool:
        """Whether a photo is due before delivery (R24). An empty composition counts as flowers.

        So does an order whose details are unread; a person who leaves without a photo is asked for the
        reason.
        """
        goods = [line for line in self.lines if not line.is_addon] or self.lines
        return not goods or any(line.category in PHOTO_CATEGORIES for line in goods)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the client and the shop wrote about the order, apart from money."""
        return self.client_note, self.shop_note, self.courier_note

    @property
    def goods(self) -> tuple[str, ...]:
        """What the photo shows, normalised and sorted: the products and their counts, without add-ons."""
        lines = [line for line in self.lines if not line.is_addon] or self.lines
        return tuple(sorted(f"{' '.join(line.name.casefold().split())} × {line.count}" for line in lines))


@dataclass(frozen=True, slots=True)
class Destination:
    """Where, to whom and when an order goes; replaced when it is sent to another recipient (R91)."""

    address: str = ""
    courier_note: str = ""
    recipient: Person = Person()
    window: Window | None = None
    as_soon_as_possible: bool = False
