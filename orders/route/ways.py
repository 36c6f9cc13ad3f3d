"""Travel times between places: entered by hand, from coordinates, or by the shop's rules (X26)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt

from orders.model.order import Order
from orders.model.rules import ShopRules

SHOP = ""
"""The key of the shop itself."""

_EARTH_KM = 6371.0
_INSIDE = re.compile(
    r"[,;]?\s*\b(кв|квартира|подъезд|под|этаж|домофон|офис|оф|flat|apt|apartment|entrance|floor)\b.*",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Point:
    """Coordinates in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Place:
    """An end of a way. `key`: None for a place without an address, such as a courier on the road."""

    key: str | None
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """The known travel times of a shop; `minutes` apply in both directions, the smaller key comes first."""

    minutes: Mapping[tuple[str, str], float] = field(default_factory=dict)
    points: Mapping[str, Point] = field(default_factory=dict)

    def place(self, key: str) -> Place:
        """The place with its coordinates, if known."""
        return Place(key, self.points.get(key))

    def seconds(self, start: Place, end: Place, rules: ShopRules) -> int:
        """Seconds on the road."""
        if start.key is not None and start.key == end.key:
            return 0
        if start.key is not None and end.key is not None:
            typed = self.minutes.get(pair(start.key, end.key))
            if typed is not None:
                return round(60 * typed)
        if start.point is not None and end.point is not None:
            straight = kilometres(start.point, end.point)
            return round(3600 * straight * rules.road_percent / 100 / rules.speed_kmh)
        of_shop = SHOP in {start.key, end.key}
        return round(60 * (rules.travel_minutes if of_shop else rules.leg_minutes))


def pair(one: str, other: str) -> tuple[str, str]:
    """The key of `Ways.minutes` for these two places."""
    return (one, other) if one <= other else (other, one)


def place_key(order: Order) -> str:
    """The building of the delivery address; what follows it, such as a flat, is left out.

    Every order without an address is a place of its own.
    """
    house = " ".join(re.findall(r"\w+", _INSIDE.sub("", order.details.address).casefold()))
    return house or f"?{order.id}"


def kilometres(one: Point, other: Point) -> float:
    """The great-circle distance between two points."""
    north = radians(other.latitude - one.latitude)
    east = radians(other.longitude - one.longitude)
    across = cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(sin(north / 2) ** 2 + across)))
