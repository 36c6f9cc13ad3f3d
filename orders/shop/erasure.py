"""An order without what is personal in it: what is left once its time is over, or the client asks (R63).

Every word is taken out but those that are known to be nobody's: numbers, goods, and the names of the staff.
A field that is new here is personal until it is named below.
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
"""Of the first event, and of a strange status."""


def erase(order: Order, at: datetime | None) -> Order:
    """The order with nothing personal in it. `at`: when that was done; nothing is undone afterwards."""
    return replace(without_words(order), undo=None, erased_at=at)


def without_words(value: T) -> T:
    """An order, an event or a part of one, with every personal word taken out."""
    return _bare(value)  # type: ignore[no-any-return]  # what comes in comes out, by each branch below


def papers_in(value: Any) -> list[str]:  # noqa: ANN401 - walks through values of all kinds
    """The files of paper and of notes that an order, its events or a draft name."""
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
