"""The marketplace's objects as they come, with our names; every field may be unknown."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from flowwow.lenient import Code, Lenient, Moment, Number, Sum, Text

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class RawPerson(Lenient):
    """`user` (the client) or `recipient`."""

    name: Text = ""
    phone: Text = ""


class RawProperty(Lenient):
    """What the client chose: a size, a colour."""

    title: Text = Field("", alias="propertyTitle")
    value: Text = Field("", alias="valueTitle")


class RawProduct(Lenient):
    """One line of the composition; `sum` is what was paid for the whole line."""

    name: Text = ""
    kind: Code | None = Field(None, alias="type")
    category_id: Code | None = Field(None, alias="categoryId")
    description: Text = ""
    count: Annotated[Number, Field(lt=1_000_000)] | None = None
    sum: Sum | None = None
    currency: Currency | None = Field(None, alias="currencyCode")
    images: tuple[Any, ...] = ()
    offer_id: Text = Field("", alias="offerId")
    properties: tuple[Any, ...] = Field((), alias="selectedProperties")


class RawOrder(Lenient):
    """An order as `orders/view` gives it. Lists hold anything: their items are read one by one."""

    id: Number | None = None
    shop_id: Number | None = Field(None, alias="shopId")
    created: Moment | None = Field(None, alias="createdDate")
    status: Code | None = None
    price: Sum | None = None
    delivery_type: Code | None = Field(None, alias="deliveryType")
    time_type: Code | None = Field(None, alias="deliveryTimeType")
    deliver_from: Moment | None = Field(None, alias="deliveryDateFrom")
    deliver_to: Moment | None = Field(None, alias="deliveryDateTo")
    address: Text = ""
    courier_info: Text = Field("", alias="courierInfo")
    shop_info: Text = Field("", alias="shopAdditionalInfo")
    comment: Text = ""
    photo_before: Text = Field("", alias="photoBeforeUrl")
    message: Text = ""
    user: Any = None
    recipient: Any = None
    products: tuple[Any, ...] = ()
