"""Order objects as the marketplace sends them; tests override fields."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

PLACED = datetime(2026, 3, 7, 9, 0, tzinfo=UTC)
WINDOW = (datetime(2026, 3, 7, 11, 0, tzinfo=UTC), datetime(2026, 3, 7, 12, 0, tzinfo=UTC))
SHOP_ID = 501
ORDER_ID = 25836184


def raw_product(**changes: object) -> dict[str, Any]:
    product = {
        "offerId": "peony-15",
        "productId": 7001,
        "type": 1,
        "categoryId": 1,
        "subCategoryId": 12,
        "name": "Пионы «Облако»",
        "description": "15 шт",
        "price": "4900.00",
        "discount": "0",
        "currencyCode": "RUB",
        "count": 1,
        "cost": "4900.00",
        "sum": "4900.00",
        "images": ["https://cdn.example/peony.jpg", "https://cdn.example/peony-2.jpg"],
        "selectedProperties": [
            {"propertyId": 1, "propertyTitle": "Цвет", "valueId": 2, "valueTitle": "белый"},
            {"propertyId": 3, "propertyTitle": "Размер", "valueId": 4, "valueTitle": "L"},
        ],
    }
    return {**product, **changes}


def raw_card(**changes: object) -> dict[str, Any]:
    card = raw_product(
        offerId="", type=3, name="Открытка", description="", sum="0.00", images=[], selectedProperties=[]
    )
    return {**card, **changes}


def raw_order(**changes: object) -> dict[str, Any]:
    order = {
        "id": ORDER_ID,
        "shopId": SHOP_ID,
        "createdDate": int(PLACED.timestamp()),
        "status": 1,
        "price": "5250.00",
        "deliveryType": 1,
        "deliveryTimeType": 2,
        "deliveryDateFrom": int(WINDOW[0].timestamp()),
        "deliveryDateTo": int(WINDOW[1].timestamp()),
        "address": "Лесная 5, кв 12",
        "courierInfo": "домофон 12К",
        "shopAdditionalInfo": "без лилий",
        "comment": "позвоните мне, не получателю",
        "message": "С днём рождения, мама",
        "photoBeforeUrl": None,
        "photoAfterUrl": None,
        "sourceHost": "flowwow.com",
        "user": {"name": "Игорь", "phone": "8 (916) 123-45-67"},
        "recipient": {"name": "Мария", "phone": "+7 999 000-00-04"},
        "products": [raw_product(), raw_card()],
    }
    return {**order, **changes}
