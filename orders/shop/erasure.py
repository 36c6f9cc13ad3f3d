"""Erases the personal data of an order, after its retention time or at the client's request (R63).

All texts are removed except those known not to be personal: numbers, goods, and names of staff. A new field
counts as personal until it is listed below.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

from orders.model.delivery_facts import Remark
from orders.model.details import Details, Line, Paper
from orders.model.money import Money
from orders.model.order import Carrier, Mark, Order, Seller
from orders.model.people import STAFF_ROLES
from orders.model.photo import Photo

T = TypeVar("T")

_KEPT: dict[type, frozenset[str]] = {
    Order: frozenset({"number"}),
    Line: frozenset({"name", "offer_id", "picture_url"}),
    Seller: frozenset({"name"}),
    Photo: frozenset({"sha256", "path"}),
    Money: frozenset({"currency"}),
}
_KEPT_IN_EVENTS = frozenset({"number", "code"})
"""`number` of the first event, `code` of a doubt."""


def erase(order: Order, at: datetime | None) -> Order:
    """The order without personal data and without an undo point. `at`: when it was erased."""
    return replace(without_words(order), undo=None, erased_at=at)


def without_words(value: T) -> T:
    """An order, an event or a part of one, with all personal texts removed."""
    return _bare(value)  # type: ignore[no-any-return]  # what comes in comes out, by each branch below


def papers_in(value: Any) -> list[str]:  # noqa: ANN401 - walks through values of all kinds
    """The paths of papers and of notes' files in an order, its events or a draft."""
    if isinstance(value, Paper):
        return [value.path]
    if isinstance(value, Remark):
        return [value.path] if value.path else []
    if isinstance(value, tuple):
        return [path for one in value for path in papers_in(one)]
    if not is_dataclass(value) or isinstance(value, type):
        return []
    return [path for field in fields(value) for path in papers_in(getattr(value, field.name))]


def _bare(value: Any) -> Any:  # noqa: ANN401 - walks through values of all kinds
    if isinstance(value, tuple):
        return tuple(_bare(one) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {field.name: _field(value, field.name) for field in fields(value)}
    return replace(value, **changes)


def _field(owner: Any, name: str) -> Any:  # noqa: ANN401 - as above
    value = getattr(owner, name)
    if isinstance(value, str) and not isinstance(value, Enum):
        return value if _is_kept(owner, name) else ""
    if isinstance(owner, Details) and name == "papers":
        return ()
    return _bare(value)


def _is_kept(owner: Any, name: str) -> bool:  # noqa: ANN401 - as above
    if isinstance(owner, Mark):
        return owner.role in STAFF_ROLES
    if isinstance(owner, Carrier):
        return name == "name" and owner.staff_id is not None
    if type(owner) in _KEPT:
        return name in _KEPT[type(owner)]
    is_event = hasattr(owner, "mark")
    return is_event and (name in _KEPT_IN_EVENTS or (name == "name" and hasattr(owner, "staff_id")))
