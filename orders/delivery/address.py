"""Orders without an address: one in five (X24). The recipient of a gift is not told of it (R68)."""

from __future__ import annotations

from orders.model.delivery_facts import AddressSource
from orders.model.details import DeliveryKind
from orders.model.order import Order, Topic
from orders.model.rules import RecipientCalls, ShopRules
from orders.model.status import IN_THE_SHOP

_SHORTEST = 12
"""Shortest text, in letters, that may be an address without a house number: «ТЦ Мега, главный вход»."""


def lacks_address(order: Order) -> bool:
    """Whether somebody has to find out the address; not while the order's details are unread (X13)."""
    details = order.details
    known = details.address.strip() or order.progress.agreed_change.strip()
    is_delivered = details.delivery is DeliveryKind.COURIER and not details.unread
    return is_delivered and not known and not order.is_final


def is_zone_open(order: Order) -> bool:
    """Whether nobody has said yet if the found address is in the zone that the client paid for."""
    found = order.progress.address_found
    return found is not None and found.in_zone is None and order.status in IN_THE_SHOP


def needs_extra(order: Order) -> bool:
    """Whether the address is in another zone and the client has not paid the surcharge yet (R70)."""
    found = order.progress.address_found
    if found is None or found.in_zone is not False or order.status not in IN_THE_SHOP:
        return False
    paid = (one.paid for one in order.agreements if one.proposal.topic is Topic.SURCHARGE)
    return not any(mark is not None and mark.at >= found.mark.at for mark in paid)


def reads_as_address(words: str) -> bool:
    """Whether the words may be an address: «не знаю» is not one."""
    has_letters = sum(sign.isalpha() for sign in words) > 1
    return has_letters and (any(sign.isdigit() for sign in words) or len(words.strip()) >= _SHORTEST)


def may_be_asked(source: AddressSource, rules: ShopRules) -> bool:
    """Whether the shop may ask this source; the recipient only if the shop's rules allow it (R68)."""
    return source is not AddressSource.RECIPIENT or rules.recipient_calls is RecipientCalls.SHOP


def recipient_is_asked(order: Order) -> bool:
    """Whether the shop needs the recipient's phone to ask for the address."""
    asked = order.progress.address_asked
    return asked is not None and asked.whom is AddressSource.RECIPIENT and lacks_address(order)
