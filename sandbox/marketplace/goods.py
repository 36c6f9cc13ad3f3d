"""Builds the lines of sample orders in the marketplace's format."""

import zlib
from decimal import Decimal
from typing import Any

from sandbox.marketplace.categories import Category
from sandbox.marketplace.codes import ProductType

Product = dict[str, Any]

_PICTURES = {
    Category.FLOWERS: "bouquet",
    Category.PLANTS: "plant",
    Category.PASTRY: "cake",
    Category.TEA: "tea",
    Category.HANDMADE: "gift",
    Category.OTHER: "gift",
}


def main(name: str, price: str, category: Category, *, count: int = 1, **properties: str) -> Product:
    """Create a line with a main product; `properties` are the client's choices, title to value."""
    return _line(name, price, category, ProductType.MAIN, count) | {"selectedProperties": _chosen(properties)}


def add_on(name: str, price: str, category: Category = Category.OTHER, *, count: int = 1) -> Product:
    """Create a line with an add-on, such as a card."""
    return _line(name, price, category, ProductType.ADD_ON, count)


def total(products: list[Product]) -> str:
    """Sum the paid amounts of all lines."""
    return f"{sum((Decimal(product['sum']) for product in products), Decimal(0)):.2f}"


def _line(name: str, price: str, category: Category, kind: ProductType, count: int) -> Product:
    product_id = 7_000_000 + zlib.crc32(name.encode()) % 900_000
    return {
        "offerId": f"fl-{product_id % 10_000}" if kind is ProductType.MAIN else "",
        "productId": product_id,
        "type": int(kind),
        "categoryId": int(category),
        "subCategoryId": int(category) * 100 + 1,
        "name": name,
        "description": "",
        "price": price,
        "discount": "0",
        "currencyCode": "RUB",
        "count": count,
        "cost": price,
        "sum": f"{Decimal(price) * count:.2f}",
        "images": [f"/pictures/{_PICTURES[category]}.png"],
        "selectedProperties": [],
    }


def _chosen(properties: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"propertyId": 10 + index, "propertyTitle": title, "valueId": 100 + index, "valueTitle": value}
        for index, (title, value) in enumerate(properties.items())
    ]
