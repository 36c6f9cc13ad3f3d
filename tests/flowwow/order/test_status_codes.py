from __future__ import annotations

import pytest

from flowwow.order.status_codes import seen_status
from orders.model.status import Status
from tests.flowwow.samples import raw_order

PHOTO = "https://cdn.example/before.jpg"


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, Status.NEW),
        ({"status": 2}, Status.ACCEPTED),
        ({"status": 5}, Status.PHOTO),
        ({"status": 4}, Status.COURIER_LEFT),
        ({"status": 3}, Status.DONE),
        ({"status": 2, "photoBeforeUrl": PHOTO}, Status.PHOTO),
        ({"status": 2, "photoBeforeUrl": "  "}, Status.ACCEPTED),
        ({"status": 4, "photoBeforeUrl": PHOTO}, Status.COURIER_LEFT),
        ({"status": 1, "photoBeforeUrl": PHOTO}, Status.NEW),
        ({"status": 99}, None),
        ({"status": None, "photoBeforeUrl": PHOTO}, None),
        ({"status": "soon", "photoBeforeUrl": 7}, None),
    ],
)
def test_an_object_proves_how_far_the_order_is(changes: dict[str, object], status: Status | None) -> None:
    assert seen_status(raw_order(**changes)) is status
