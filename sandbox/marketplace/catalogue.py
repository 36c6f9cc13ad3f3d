"""The products of the shops at the marketplace, some of which it refuses to change."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.events import EventLog
from sandbox.marketplace.categories import Category
from sandbox.marketplace.codes import ProductType
from sandbox.marketplace.goods import main

_SOLD = (
    ("Пионы «Облако», 15 шт", "4900.00", Category.FLOWERS),
    ("Розы «Эквадор», 51 шт", "12900.00", Category.FLOWERS),
    ("Эустома белая, 9 шт", "2900.00", Category.FLOWERS),
    ("Корзина с гортензией", "5600.00", Category.FLOWERS),
    ("Тюльпаны, 25 шт", "2500.00", Category.FLOWERS),
    ("Гортензии «Утро», 7 шт", "5200.00", Category.FLOWERS),
    ("Ромашки в крафте", "1890.00", Category.FLOWERS),
    ("Фикус лирата в кашпо, 90 см", "6750.00", Category.PLANTS),
    ("Набор чая «Вечер в горах», 6 сортов", "2150.00", Category.TEA),
)
"""The initial products of every shop; the sample orders use them too."""


@dataclass
class Offer:
    """A product of one shop. `refusal`: why the marketplace refuses to change it; empty if it does not."""

    product_id: int
    offer_id: str
    name: str
    price: str
    currency: str
    is_active: bool = True
    stock: int = 0
    kind: int = int(ProductType.MAIN)
    archived: bool = False
    refusal: str = ""

    def listed(self) -> dict[str, Any]:
        """Return the product as in the API's list of products."""
        return {
            "offerId": self.offer_id,
            "productId": self.product_id,
            "isActive": self.is_active,
            "type": self.kind,
            "name": self.name,
            "available": int(self.is_active),
            "stock": self.stock,
            "price": self.price,
            "discount": "0",
            "currencyCode": self.currency,
        }

    def as_json(self) -> dict[str, Any]:
        """Return the product for the control interface."""
        return {**self.listed(), "archived": self.archived, "refusal": self.refusal}


@dataclass
class Catalogue:
    """All products of one shop, and the seller's calls about them."""

    shop_id: int
    events: EventLog
    offers: list[Offer]
    calls: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, shop_id: int, currency: str, events: EventLog) -> "Catalogue":
        """Create the initial products of a shop."""
        lines = [main(name, price, category) for name, price, category in _SOLD]
        offers = [
            Offer(line["productId"], line["offerId"], line["name"], line["price"], currency) for line in lines
        ]
        return cls(shop_id, events, offers)

    def find(self, offer_id: object = None, product_id: object = None) -> Offer | None:
        """Find a product by either id."""
        for offer in self.offers:
            if (offer_id and offer.offer_id == offer_id) or offer.product_id == product_id:
                return offer
        return None

    def called(self, call: str, offers: list[dict[str, Any]]) -> None:
        """Record a call of the seller."""
        self.calls.append({"call": call, "offers": offers})
        self.tell()

    def tell(self) -> None:
        """Add an event about changed products."""
        self.events.add("goods", {"shop": self.shop_id})

    def as_json(self) -> dict[str, Any]:
        """Return everything for the control interface."""
        return {
            "shop": self.shop_id,
            "products": [offer.as_json() for offer in self.offers],
            "calls": self.calls,
        }
