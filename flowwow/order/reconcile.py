"""Computes what an object of the marketplace changes in a known order, one step at a time. Pure functions.

Missing fields never delete known values, and the staff's data are not changed: only what was ordered and the
marketplace's status are taken from the object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flowwow.order.parse import Parsed, Reading, parse
from orders.client.agreements import kept_to
from orders.intake.merge import merged as joined
from orders.model.details import DeliveryKind, Details, Line, Person
from orders.model.order import DoubtKind, Handover, Order, Topic
from orders.model.status import Status, is_further
from orders.order.changes import changed
from orders.steps import commands as do

Raw = Mapping[str, Any]


def is_news(kept: Raw | None, told: Raw) -> bool:
    """Returns whether the object differs from the stored one in its own fields; a list may omit some."""
    if kept is None:
        return True
    return any(_says(value) and kept.get(name) != value for name, value in told.items())


def renewed(kept: Raw, told: Raw, reading: Reading) -> dict[str, Any]:
    """Returns the stored object, updated with the fields of the new one that are readable and not empty."""
    parsed = parse(told, reading)
    unreadable = set(parsed.doubts) - ({"status"} if parsed.strange_status else set())
    said = {name: value for name, value in told.items() if _says(value) and name not in unreadable}
    return {**kept, **said}


def _says(value: object) -> bool:
    return value not in (None, "", [])


def merged(known: Details, told: Details, before: Details | None = None) -> Details:
    """Returns the known details, updated with the fields of the marketplace that are not empty.

    `before`: the marketplace's previous details. A field that it has not changed since stays as it is known,
    because the shop may have changed it.
    """
    news: dict[str, Any] = {
        "lines": _lines(known.lines, told.lines),
        "delivery": told.delivery,
        "window": told.window or known.window,
        "as_soon_as_possible": told.as_soon_as_possible,
        "address": told.address or known.address,
        "courier_note": told.courier_note or known.courier_note,
        "shop_note": told.shop_note or known.shop_note,
        "client_note": told.client_note or known.client_note,
        "card_text": told.card_text or known.card_text,
        "client": _person(known.client, told.client),
        "recipient": _person(known.recipient, told.recipient),
        "paid": told.paid or known.paid,
        "delivery_fee": told.delivery_fee or known.delivery_fee,
    }
    if before is not None:
        news = {name: new for name, new in news.items() if getattr(told, name) != getattr(before, name)}
    return replace(known, **news)


def filled_in(order: Order, told: Details) -> Details:
    """Returns the details for an order of which only the number was known (X13).

    What the staff entered meanwhile stays where the marketplace has nothing, and so does a delivery window
    that the client has agreed to (R66).
    """
    found = joined(told, order.details)
    agreed = any(one.holds and one.proposal.topic is Topic.WINDOW for one in order.agreements)
    return replace(found, window=order.details.window) if agreed and order.details.window else found


def next_step(order: Order, parsed: Parsed, before: Details | None = None) -> do.Command | None:
    """Returns the next command towards the marketplace's state; None when nothing is left to do.

    It only moves forward: steps of the shop that the marketplace does not have yet are not undone. `before`:
    the marketplace's previous details.
    """
    if order.details.unread:
        return do.Amend(kept_to(order, filled_in(order, parsed.details)))
    details = kept_to(order, merged(order.details, parsed.details, before))
    if not order.is_final and changed(order.details, details):
        return do.Amend(details)
    if parsed.strange_status:
        doubt = (DoubtKind.STRANGE, parsed.strange_status)
        is_known = order.doubt is not None and (order.doubt.kind, order.doubt.code) == doubt
        return None if order.is_final or is_known else do.RaiseDoubt(*doubt)
    if parsed.status is None:
        return None
    if order.is_in_doubt:
        return do.CarryOn()
    return _towards(order, parsed.status)


def _towards(order: Order, there: Status) -> do.Command | None:
    if not order.is_final and is_further(there, order.status):
        if order.status is Status.NEW:
            return do.Accept()
        if there is Status.DONE:
            return do.Complete(Handover.IN_APP)
        if there is Status.COURIER_LEFT and _leaves_by_courier(order):
            return do.Dispatch(by_self=False)
    known = order.marketplace_status
    return do.MarketplaceHas(there) if known is None or is_further(there, known) else None


def _leaves_by_courier(order: Order) -> bool:
    """False with a third party or for pick-up: such an order keeps its status until it is completed (R41)."""
    return not order.with_third_party and order.details.delivery is not DeliveryKind.PICKUP


def _lines(known: tuple[Line, ...], told: tuple[Line, ...]) -> tuple[Line, ...]:
    """Merges line by line if the goods are the same; otherwise takes the marketplace's lines, if any."""
    if [line.name for line in known] != [line.name for line in told]:
        return told or known
    return tuple(
        replace(
            line,
            paid=line.paid or before.paid,
            description=line.description or before.description,
            picture_url=line.picture_url or before.picture_url,
            offer_id=line.offer_id or before.offer_id,
        )
        for before, line in zip(known, told, strict=True)
    )


def _person(known: Person, told: Person) -> Person:
    """Merges name and phone; a new name is another person, who does not get the known phone."""
    if told.name and told.name != known.name:
        return told
    return Person(told.name or known.name, told.phone or known.phone)
