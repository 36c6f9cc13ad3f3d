"""The route of one person: their deliveries in an order that keeps as many windows as possible (X26)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

from orders.model.delivery_facts import STEP, rounded, rounded_down
from orders.model.details import DeliveryKind, Window
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import IN_THE_SHOP, Status
from orders.route.search import Matrix, Stop, Task, best, inserted, latest_pick_up, walk
from orders.route.ways import SHOP, Place, Point, Ways, place_key

SOON = timedelta(hours=6)
"""Deliveries that start within this time belong to the current route, even after midnight."""
SEVERAL = 2
"""The fewest stops of a route; a lost window of a single delivery has its own alarms."""
SEEN_FOR = timedelta(minutes=30)
"""How long the reported position of a courier is used."""
LOADING = timedelta(minutes=5)
"""For this long after they took an order, a courier may still be in the shop to take the next one."""
LONG_BEFORE = timedelta(days=30)
"""A time so long ago that no window could have been missed yet."""
SPREAD = timedelta(minutes=10)
"""Half the arrival window of the next stop; each later stop adds one step."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The position of a person, and when it was reported."""

    point: Point
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """The sequence of stops that was last shown, by order ids.

    `by_hand`: a person chose it; `given_up`: the windows that it did not keep when they chose it.
    """

    sequence: tuple[int, ...] = ()
    by_hand: bool = False
    given_up: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What a route is computed from, apart from the orders.

    `last`: the order handed over last. `told`: the orders whose lost window people were told of.
    """

    ways: Ways = field(default_factory=Ways)
    seen: Seen | None = None
    last: Order | None = None
    kept: Kept = field(default_factory=Kept)
    told: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Arrival:
    """A stop of a route. An early courier waits: `at` is never before the window starts."""

    order: Order
    at: datetime
    late: timedelta
    leg: timedelta
    is_reckoned: bool = True
    """False: another sequence may still keep the window, so no arrival is shown."""

    @property
    def is_lost(self) -> bool:
        """Whether the window is missed, as far as that has been computed."""
        return self.is_reckoned and self.late > timedelta(0)

    @property
    def said(self) -> datetime:
        """The arrival time as shown; for a lost window it is never rounded to a time within the window."""
        near = rounded(self.at)
        return near + STEP if self.is_lost and near < self.at else near


@dataclass(frozen=True, slots=True)
class Route:
    """The stops ahead. `leave_at`: when to leave the shop; None if on the way or without stops."""

    stops: tuple[Arrival, ...] = ()
    leave_at: datetime | None = None
    by_hand: bool = False

    @property
    def sequence(self) -> tuple[int, ...]:
        return tuple(stop.order.id for stop in self.stops)

    @property
    def lost(self) -> tuple[Arrival, ...]:
        return tuple(stop for stop in self.stops if stop.is_lost)

    def of(self, order_id: int) -> Arrival | None:
        """The stop of this order; None if the route does not have it."""
        return next((stop for stop in self.stops if stop.order.id == order_id), None)


def ahead(carried: Sequence[Order], rules: ShopRules, now: datetime) -> list[Order]:
    """The deliveries of today and soon after midnight: by the end of their window, those without one last."""
    midnight = datetime.combine(now.astimezone(rules.zone).date() + timedelta(days=1), time(), rules.zone)
    until = max(midnight, now + SOON)
    found = [order for order in carried if _is_ahead(order, until)]
    return sorted(found, key=lambda order: (*_by_window(order, now), order.id))


def renewed(carried: Sequence[Order], rules: ShopRules, now: datetime, known: Known) -> Route:
    """The route as it should be now.

    A sequence chosen by a person is kept until it loses a window that they had not given up and that another
    sequence would keep. Otherwise the best one is computed; of equally good ones the last shown stays.
    """
    now = _whole_seconds(now)
    before = drawn(carried, rules, now, known)
    orders = [stop.order for stop in before.stops]
    task = _task(orders, rules, now, known)
    computed = _route(orders, task, _at_door_first(orders, best(task)), rules, now)
    lost = {stop.order.id for stop in before.lost} - known.kept.given_up
    holds = not lost or len(computed.lost) >= len(before.lost)
    return before if known.kept.by_hand and holds else computed


def drawn(carried: Sequence[Order], rules: ShopRules, now: datetime, known: Known) -> Route:
    """The route in the sequence shown last, without a search; new orders are inserted where they fit best."""
    now = _whole_seconds(now)
    found = ahead(carried, rules, now)
    task = _task(found, rules, now, known)
    places = {order.id: place for place, order in enumerate(found)}
    sequence = tuple(places.pop(one) for one in known.kept.sequence if one in places)
    for place in places.values():
        sequence = inserted(task, sequence, place)
    route = _route(found, task, _at_door_first(found, sequence), rules, now)
    return replace(route, by_hand=known.kept.by_hand)


def leave_times(route: Route, rules: ShopRules, now: datetime, known: Known) -> dict[int, datetime]:
    """By order id: the latest time to leave the shop with it without reaching any window later.

    A courier who has to wait long enough before a window could return to the shop in the meantime, so later
    stops need not leave before that. While nobody has left, the times do not depend on `now`. Orders that
    have no window or have left are omitted.
    """
    orders = [stop.order for stop in route.stops]
    is_away = any(_is_out(order) for order in orders)
    since = _whole_seconds(now) if is_away else _whole_seconds(now) - LONG_BEFORE
    task = _task(orders, rules, since, known)
    from_shop = _from_shop(orders, rules, known)
    found = {}
    for place, order in enumerate(orders):
        if task.stops[place].opens is not None and not _is_out(order):
            at = since + timedelta(seconds=latest_pick_up(task, from_shop, place))
            found[order.id] = rounded_down(at) if is_away else at
    return found


def as_reckoned(route: Route, told: frozenset[int], now: datetime) -> Route:
    """The route to show after a change until the next search.

    A window counts as lost if it has passed, if there is only one stop, or if the last search found it lost
    (`told`).
    """
    if len(route.stops) < SEVERAL:
        return route
    stops = (
        replace(stop, is_reckoned=not stop.is_lost or stop.order.id in told or stop.at - stop.late <= now)
        for stop in route.stops
    )
    return replace(route, stops=tuple(stops))


def arrival_window(order: Order, route: Route) -> Window | None:
    """The times between which the carrier of an order on its way will come, in steps of five minutes.

    None if it has not left, or the route does not contain it. It is 20 minutes long for the next stop and ten
    minutes longer for each stop before it; it never begins before the delivery window.
    """
    stop = route.of(order.id)
    if stop is None or not stop.is_reckoned or order.status is not Status.COURIER_LEFT:
        return None
    spread = SPREAD + STEP * route.sequence.index(order.id)
    middle = stop.said
    start, window = middle - spread, order.details.window
    if window is not None:
        start = max(start, rounded(window.start))
    return Window(start, max(start + 2 * SPREAD, middle + spread))


def _is_ahead(order: Order, until: datetime) -> bool:
    window = order.details.window
    is_due = _is_out(order) or (order.status in IN_THE_SHOP and (window is None or window.start < until))
    return is_due and order.details.delivery is DeliveryKind.COURIER


def _by_window(order: Order, now: datetime) -> tuple[bool, datetime, datetime]:
    window = order.details.window
    return (window is None, window.end, window.start) if window else (True, now, now)


def _is_out(order: Order) -> bool:
    return order.status is Status.COURIER_LEFT


def _is_at_door(order: Order) -> bool:
    return _is_out(order) and order.progress.arrived is not None


def _at_door_first(orders: Sequence[Order], sequence: Sequence[int]) -> tuple[int, ...]:
    """Moves the stop at which the courier has arrived to the front."""
    return tuple(sorted(sequence, key=lambda place: not _is_at_door(orders[place])))


@dataclass(frozen=True, slots=True)
class _Start:
    place: Place
    at: datetime


def _start(orders: Sequence[Order], rules: ShopRules, now: datetime, known: Known) -> _Start:
    """Where the person is: the latest of their last step and their last reported position."""
    ways, shop = known.ways, known.ways.place(SHOP)
    left = [_left_at(order, now) for order in orders if _is_out(order)]
    found = [_Start(shop, max(left))] if left else []
    for order in orders:
        arrived = order.progress.arrived
        if arrived is not None and _is_out(order):
            found.append(_Start(ways.place(place_key(order)), arrived.at))
    done = known.last.progress.completion if known.last is not None else None
    if known.last is not None and done is not None:
        at = _Start(ways.place(place_key(known.last)), done.done.at)
        way_back = timedelta(seconds=ways.seconds(at.place, shop, rules))
        found.append(at if left else _Start(shop, max(now, done.done.at + way_back)))
    if known.seen is not None and now - known.seen.at <= SEEN_FOR and left:
        found.append(_Start(Place(None, known.seen.point), known.seen.at))
    last = max(found, key=lambda one: one.at, default=_Start(shop, now))
    return last if left else replace(last, at=max(last.at, now))


def _left_at(order: Order, now: datetime) -> datetime:
    """When it left; if it left in the marketplace's app, only the status change is known."""
    dispatched = order.progress.dispatched
    return dispatched.at if dispatched else order.progress.since or now


def _task(orders: Sequence[Order], rules: ShopRules, now: datetime, known: Known) -> Task:
    start, ways = _start(orders, rules, now, known), known.ways
    places = [*(ways.place(place_key(order)) for order in orders), start.place]
    shop = ways.place(SHOP)
    ends = places[:-1]
    legs = tuple(tuple(ways.seconds(one, end, rules) for end in ends) for one in places)
    to_shop = [ways.seconds(one, shop, rules) for one in places]
    is_loading = start.place.key == SHOP and now - start.at <= LOADING
    if start.place.key == SHOP and start.at < now:
        to_shop[-1] = 2 * _seconds(now - start.at)  # the driving time back equals the time since leaving
    from_shop = _from_shop(orders, rules, known)
    over_shop: Matrix = tuple(tuple(back + on for on in from_shop) for back in to_shop)
    is_away = any(_is_out(order) for order in orders)
    fetched = frozenset(place for place, order in enumerate(orders) if is_away and not _is_out(order))
    stops = tuple(_stop(order, rules, now) for order in orders)
    return Task(stops, legs, _seconds(start.at - now), 0, over_shop, fetched, is_loading)


def _from_shop(orders: Sequence[Order], rules: ShopRules, known: Known) -> list[int]:
    shop = known.ways.place(SHOP)
    return [known.ways.seconds(shop, known.ways.place(place_key(order)), rules) for order in orders]


def _stop(order: Order, rules: ShopRules, now: datetime) -> Stop:
    window, lateness, arrived = order.details.window, order.progress.lateness, order.progress.arrived
    stay = round(60 * rules.door_minutes)
    closes = _seconds(window.end - now) if window else None
    if arrived is not None and _is_out(order):
        is_in_time = window is None or arrived.at <= window.end
        return Stop(None, None if is_in_time else closes, stay)
    opens = [window.start] if window else []
    opens += [lateness.until] if lateness and _is_out(order) else []
    return Stop(_seconds(max(opens) - now) if opens else None, closes, stay)


def _route(
    orders: Sequence[Order], task: Task, sequence: Sequence[int], rules: ShopRules, now: datetime
) -> Route:
    visits, _score = walk(task, sequence)
    stops = tuple(
        Arrival(
            orders[visit.stop],
            now + timedelta(seconds=visit.at),
            timedelta(seconds=visit.late),
            timedelta(seconds=visit.leg),
        )
        for visit in visits
    )
    is_away = any(_is_out(order) for order in orders)
    leave_at = stops[0].at - stops[0].leg if stops and not is_away else None
    return Route(stops, leave_at)


def _whole_seconds(now: datetime) -> datetime:
    """The search counts whole seconds: a fraction would make a window start before its full minute."""
    return now.replace(microsecond=0)


def _seconds(span: timedelta) -> int:
    return round(span.total_seconds())
