"""The status of an order in an object of the marketplace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from flowwow.api.lenient import Code, Doubts, Lenient, Text, read
from flowwow.order.parse import STATUSES
from orders.model.status import Status


class _Shown(Lenient):
    status: Code | None = None
    photo: Text = Field("", alias="photoBeforeUrl")


def seen_status(raw: Mapping[str, Any]) -> Status | None:
    """Returns the status that the object shows; None where it has none or an unknown one.

    "Accepted" with a photo becomes the status of the photo: the marketplace may stay at "accepted" after it.
    """
    shown = read(_Shown, raw, "", Doubts())
    status = STATUSES.get(shown.status) if shown.status is not None else None
    return Status.PHOTO if status is Status.ACCEPTED and shown.photo.strip() else status
