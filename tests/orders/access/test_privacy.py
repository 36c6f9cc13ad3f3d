"""Who reads what, and when: the table as people would write it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orders.access.privacy import Secret, readable
from orders.model.order import Carrier, CarrierKind
from orders.model.status import FINAL, Status
from tests.builders import (
    ACCEPTED,
    COURIER,
    DIRECTOR,
    MANAGER,
    SELLER,
    SELLER_ASSIGNED,
    THIRD_PARTY,
    a_mark,
    an_order,
)
from tests.orders.table import PEOPLE, at

ALL = "money address client_name recipient_name card_text wish"
WORKSHOP = "address client_name recipient_name card_text wish"
TO_DELIVER = "address recipient_name wish"
PHONE = " recipient_phone"

IN_SHOP = {"director": ALL, "manager": ALL, "seller": WORKSHOP, "courier": TO_DELIVER}
ON_THE_WAY = {
    "director": ALL + PHONE,
    "manager": ALL + PHONE,
    "seller": WORKSHOP,
    "courier": TO_DELIVER + PHONE,
}
OVER = {"director": ALL, "manager": ALL}

TABLE = {
    Status.NEW: IN_SHOP,
    Status.ACCEPTED: IN_SHOP,
    Status.PHOTO: IN_SHOP,
    Status.COURIER_LEFT: ON_THE_WAY,
    Status.RETURNING: ON_THE_WAY,
    Status.DONE: OVER,
    Status.CANCELLED: OVER,
    Status.DECLINED: OVER,
}
"""Whoever is not named reads nothing."""


@pytest.mark.requirement("R13", "R14", "R44", "R63", "R68", "X6")
@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("status", Status)
def test_everybody_reads_what_they_need_and_no_more(status: Status, name: str) -> None:
    expected = {Secret(word) for word in TABLE[status].get(name, "").split()}
    assert readable(at(status), PEOPLE[name]) == expected


@pytest.mark.requirement("R39", "R44")
@pytest.mark.parametrize("status", sorted(set(Status) - FINAL))
def test_a_seller_who_delivers_it_herself_reads_what_both_need(status: Status) -> None:
    order = at(status)
    herself = Carrier(CarrierKind.SELF, "Оля", SELLER.staff_id)
    order = replace(order, progress=replace(order.progress, carrier=herself))
    both = set(TABLE[status]["seller"].split()) | set(TABLE[status]["courier"].split())
    assert readable(order, SELLER) == both


@pytest.mark.requirement("R43", "R68")
def test_with_a_third_party_the_shop_reads_the_recipients_phone_to_tell_that_courier() -> None:
    order = an_order(ACCEPTED, SELLER_ASSIGNED, THIRD_PARTY)

    people = (DIRECTOR, MANAGER, SELLER, COURIER)
    assert [who for who in people if Secret.RECIPIENT_PHONE in readable(order, who)] == [
        DIRECTOR,
        MANAGER,
        SELLER,
    ]


@pytest.mark.requirement("R44", "R63")
@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.PHOTO])
def test_a_courier_who_is_only_invited_reads_where_to_and_nobodys_name(status: Status) -> None:
    order = at(status)
    order = replace(order, progress=replace(order.progress, carrier=None, offered=a_mark(MANAGER)))
    assert readable(order, COURIER) == {Secret.ADDRESS}
