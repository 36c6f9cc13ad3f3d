"""Filters and pagination of `orders/list`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sandbox.config import Shop
from sandbox.marketplace.errors import invalid
from sandbox.marketplace.market import MarketOrder

MAX_LIMIT = 100
DEFAULT_LIMIT = 20
_NUMBERS = ("id", "status", "deliveryType", "deliveryTimeType")
_DATES = ("createdDate", "deliveryDateFrom", "deliveryDateTo")


@dataclass(frozen=True)
class Listing:
    """The validated parameters of one request."""

    page: int | None
    limit: int
    numbers: dict[str, int]
    dates: dict[str, date]
    by_post: bool
    zone: ZoneInfo

    @classmethod
    def read(cls, query: Mapping[str, str], shop: Shop) -> "Listing":
        """Parse the query. Raises MarketError with the invalid field."""
        limit = _number(query, "limit") if "limit" in query else DEFAULT_LIMIT
        if not 1 <= limit <= MAX_LIMIT:
            raise invalid("limit", f"must be from 1 to {MAX_LIMIT}")
        return cls(
            page=_number(query, "page") if "page" in query else None,
            limit=limit,
            numbers={name: _number(query, name) for name in _NUMBERS if name in query},
            dates={name: _date(query, name) for name in _DATES if name in query},
            by_post=query.get("CDEK", "").lower() in {"1", "true"},
            zone=ZoneInfo(shop.timezone),
        )

    def takes(self, order: MarketOrder) -> bool:
        """Whether an order matches the filters; the sandbox has no orders by post."""
        numbers = all(order.raw.get(name) == value for name, value in self.numbers.items())
        return numbers and not self.by_post and self._on_days(order)

    def _on_days(self, order: MarketOrder) -> bool:
        created = self._day(order, "createdDate")
        delivered = self._day(order, "deliveryDateFrom")
        return (
            self.dates.get("createdDate") in {None, created}
            and self.dates.get("deliveryDateFrom", delivered or date.min) <= (delivered or date.max)
            and self.dates.get("deliveryDateTo", delivered or date.max) >= (delivered or date.min)
        )

    def _day(self, order: MarketOrder, name: str) -> date | None:
        value = order.raw.get(name)
        return datetime.fromtimestamp(value, self.zone).date() if isinstance(value, int) else None


def page_of(orders: list[MarketOrder], listing: Listing, first_page: int) -> list[MarketOrder]:
    """Return one page; a number before the first page means the first."""
    page = max((first_page if listing.page is None else listing.page) - first_page, 0)
    return orders[page * listing.limit : (page + 1) * listing.limit]


def _number(query: Mapping[str, str], name: str) -> int:
    if not query[name].isdigit():
        raise invalid(name, "must be a whole number")
    return int(query[name])


def _date(query: Mapping[str, str], name: str) -> date:
    try:
        return date.fromisoformat(query[name])
    except ValueError:
        raise invalid(name, "must be a date, YYYY-MM-DD") from None
