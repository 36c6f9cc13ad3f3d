"""Schemas of the marketplace's recorded objects: their fields and types.

They reject invented fields in objects of the sandbox and of our samples.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Money = Annotated[str, Field(pattern=r"^\d+(\.\d{1,2})?$")]
Moment = Annotated[int, Field(gt=1_500_000_000, lt=4_000_000_000)]


class _Recorded(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


class PersonShape(_Recorded):
    """`user` or `recipient`."""

    name: str
    phone: str


class PropertyShape(_Recorded):
    """A property that the client chose for a product."""

    property_id: int
    property_title: str
    value_id: int
    value_title: str


class ProductShape(_Recorded):
    """One line of an order."""

    offer_id: str | None
    product_id: int | None
    type: int
    category_id: int | None
    sub_category_id: int | None
    name: str
    description: str = ""
    price: Money
    discount: str
    currency_code: str
    count: int
    cost: Money
    sum: Money
    images: list[str]
    selected_properties: list[PropertyShape]


class OrderShape(_Recorded):
    """The result of `orders/view`, and one item of `orders/list`."""

    id: int
    shop_id: int
    created_date: Moment
    status: int
    price: Money
    delivery_type: int
    delivery_time_type: int
    delivery_date_from: Moment
    delivery_date_to: Moment
    address: str | None
    courier_info: str
    shop_additional_info: str
    comment: str | None
    message: str
    photo_before_url: str | None
    photo_after_url: str | None
    source_host: str | None
    user: PersonShape | None
    recipient: PersonShape | None
    products: list[ProductShape]


class OrdersShape(_Recorded):
    """The result of `orders/list`."""

    items: list[OrderShape]
    total: int


class ShopShape(_Recorded):
    """One shop of the token."""

    shop_id: int
    name: str
    status: str
    address: str | None
    currency: str
    is_verified: bool
    working_days: list[str]


class ShopsShape(_Recorded):
    """The result of `shops`."""

    shops: list[ShopShape]
    total: int


class FieldShape(_Recorded):
    """The errors of one field of a call."""

    path: str
    messages: list[str]


class ErrorShape(_Recorded):
    """The body of an error."""

    message: str
    fields: list[FieldShape]
    trace: None = None
