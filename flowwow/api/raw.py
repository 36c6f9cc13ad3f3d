"""The marketplace's raw objects with our field names; every field may be missing."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from flowwow.api.lenient import Code, Lenient, Moment, Number, Sum, Text, Words

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class RawPerson(Lenient):
    """`user` (the client) or `recipient`."""

    name: Words = ""
    phone: Words = ""


class RawProperty(Lenient):
    """An option that the client chose, such as size or colour."""

    title: Words = Field("", alias="propertyTitle")
    value: Words = Field("", alias="valueTitle")


class RawProduct(Lenient):
    """One line of the composition; `sum` is the price paid for the whole line."""

    name: Words = ""
    kind: Code | None = Field(None, alias="type")
    category_id: Code | None = Field(None, alias="categoryId")
    description: Words = ""
    count: Annotated[Number, Field(lt=1_000_000)] | None = None
    sum: Sum | None = None
    currency: Currency | None = Field(None, alias="currencyCode")
    images: tuple[Any, ...] = ()
    offer_id: Text = Field("", alias="offerId")
    properties: tuple[Any, ...] = Field((), alias="selectedProperties")


class RawOrder(Lenient):
    """An order as `orders/view` returns it. Items of lists may have any type and are parsed one by one."""

    id: Number | None = None
    shop_id: Number | None = Field(None, alias="shopId")
    created: Moment | None = Field(None, alias="createdDate")
    status: Code | None = None
    price: Sum | None = None
    delivery_type: Code | None = Field(None, alias="deliveryType")
    time_type: Code | None = Field(None, alias="deliveryTimeType")
    deliver_from: Moment | None = Field(None, alias="deliveryDateFrom")
    deliver_to: Moment | None = Field(None, alias="deliveryDateTo")
    address: Words = ""
    courier_info: Words = Field("", alias="courierInfo")
    shop_info: Words = Field("", alias="shopAdditionalInfo")
    comment: Words = ""
    photo_before: Text = Field("", alias="photoBeforeUrl")
    message: Words = ""
    user: Any = None
    recipient: Any = None
    products: tuple[Any, ...] = ()
