"""Parses an order object of the marketplace into the domain's types.

Only the number is required: an order with missing, null or unexpected fields is imported all the same. The
whole raw object is stored separately (`storage.order.marketplace_objects`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flowwow.api.errors import UnreadableOrder
from flowwow.api.lenient import Doubts, clean_text, read
from flowwow.api.raw import RawOrder, RawPerson, RawProduct, RawProperty
from orders.model.details import Category, DeliveryKind, Details, Line, Person, Window
from orders.model.money import Money
from orders.model.status import Status
from services.phones import sent_phone

STATUSES: Mapping[int, Status] = {
    1: Status.NEW,
    2: Status.ACCEPTED,
    3: Status.DONE,
    4: Status.COURIER_LEFT,
    5: Status.PHOTO,
    7: Status.ACCEPTED,  # waiting for pickup
    10: Status.ACCEPTED,  # by post: assembled
    11: Status.COURIER_LEFT,  # by post: on the way
    12: Status.COURIER_LEFT,  # by post: waiting for pickup
}
PICKUP = 4
AS_SOON_AS_POSSIBLE = 1
ADDON = 3
DEAREST_DELIVERY = 4
"""An order's price is at most this multiple of its goods' price; otherwise the two do not match."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Settings of the shop for what the marketplace's object leaves open.

    `categories` maps its category ids, which are not publicly documented. `region` is the country of phones
    without a country code.
    """

    categories: Mapping[int, Category] = field(default_factory=dict)
    default_category: Category = Category.FLOWERS_GIFTS
    region: str | None = "RU"


@dataclass(frozen=True, slots=True)
class Parsed:
    """One order as far as it could be parsed; `doubts` has the names of unreadable fields.

    `strange_status` is an unknown status code as text; what happened to such an order is not known.
    """

    number: str
    shop_id: int | None
    placed_at: datetime | None
    status: Status | None
    details: Details
    doubts: tuple[str, ...] = ()
    strange_status: str = ""


def parse(raw: Mapping[str, Any], reading: Reading) -> Parsed:
    """Parse an order object; raises UnreadableOrder when it has no number."""
    doubts = Doubts()
    order = read(RawOrder, raw, "", doubts)
    if order.id is None:
        raise UnreadableOrder("the order has no id")
    details = _details(order, reading, doubts)
    status, strange = _status(order)
    if strange:
        doubts.note("status")
    return Parsed(str(order.id), order.shop_id, order.created, status, details, doubts.names, strange)


def _status(order: RawOrder) -> tuple[Status | None, str]:
    """Returns the status, or the unknown code. "Accepted" with a photo becomes the status of the photo."""
    if order.status is None:
        return None, ""
    status = STATUSES.get(order.status)
    if status is Status.ACCEPTED and order.photo_before:
        return Status.PHOTO, ""
    return status, "" if status else str(order.status)


def _details(order: RawOrder, reading: Reading, doubts: Doubts) -> Details:
    lines = _lines(order.products, reading, doubts)
    paid, fee = _sums(order, lines, doubts)
    return Details(
        lines=lines,
        delivery=DeliveryKind.PICKUP if order.delivery_type == PICKUP else DeliveryKind.COURIER,
        window=_window(order, doubts),
        as_soon_as_possible=order.time_type == AS_SOON_AS_POSSIBLE,
        address=order.address,
        courier_note=order.courier_info,
        shop_note=order.shop_info,
        client_note=order.comment,
        card_text=order.message,
        client=_person(order.user, "user", reading, doubts),
        recipient=_person(order.recipient, "recipient", reading, doubts),
        paid=paid,
        delivery_fee=fee,
    )


def _lines(products: tuple[Any, ...], reading: Reading, doubts: Doubts) -> tuple[Line, ...]:
    return tuple(
        _line(product, f"products[{index}]", reading, doubts)
        for index, product in enumerate(products)
        if product is not None
    )


def _line(raw: object, where: str, reading: Reading, doubts: Doubts) -> Line:
    product = read(RawProduct, raw, where, doubts)
    category = reading.default_category
    if product.category_id is not None:
        category = reading.categories.get(product.category_id, category)
    return Line(
        name=product.name,
        count=product.count or 1,
        paid=Money.parse(product.sum, product.currency or "RUB") if product.sum is not None else None,
        category=category,
        is_addon=product.kind == ADDON,
        description=_description(product, where, doubts),
        picture_url=_picture(product),
        offer_id=product.offer_id,
    )


def _description(product: RawProduct, where: str, doubts: Doubts) -> str:
    """The client's options come first, because the florist needs the size and the colour."""
    chosen = []
    for index, item in enumerate(product.properties):
        one = read(RawProperty, item, f"{where}.selectedProperties[{index}]", doubts)
        chosen.append(": ".join(part for part in (one.title, one.value) if part))
    return "\n".join(part for part in ("; ".join(filter(None, chosen)), product.description) if part)


def _picture(product: RawProduct) -> str:
    urls = (clean_text(url) for url in product.images if isinstance(url, str))
    return next((url for url in urls if url.startswith(("https://", "http://"))), "")


def _person(raw: object, where: str, reading: Reading, doubts: Doubts) -> Person:
    person = read(RawPerson, raw, where, doubts)
    return Person(person.name, sent_phone(person.phone, reading.region) or person.phone)


def _window(order: RawOrder, doubts: Doubts) -> Window | None:
    """The delivery window. A single known end is used for both; of swapped ends, the start is."""
    start, end = order.deliver_from or order.deliver_to, order.deliver_to or order.deliver_from
    if start is None or end is None:
        return None
    if end < start:
        doubts.note("deliveryDateTo")
        return Window(start, start)
    return Window(start, end)


def _sums(order: RawOrder, lines: tuple[Line, ...], doubts: Doubts) -> tuple[Money | None, Money | None]:
    """Returns the total paid and the delivery fee in it; None for what cannot be computed reliably."""
    goods = _total(lines)
    if order.price is None:
        return goods, None
    currencies = {line.paid.currency for line in lines if line.paid}
    if len(currencies) > 1:  # the price has no currency of its own
        doubts.note("price")
        return None, None
    paid = Money.parse(order.price, next(iter(currencies), "RUB"))
    if goods is None or paid.minor <= goods.minor:
        return paid, None
    if paid.minor > goods.minor * DEAREST_DELIVERY:  # more likely another currency than a delivery fee
        doubts.note("price")
        return paid, None
    return paid, paid - goods


def _total(lines: tuple[Line, ...]) -> Money | None:
    """Returns the sum of the lines; None when one is unknown or their currencies differ."""
    sums = [line.paid for line in lines if line.paid is not None]
    if not sums or len(sums) < len(lines) or len({one.currency for one in sums}) > 1:
        return None
    return Money(sum(one.minor for one in sums), sums[0].currency)
