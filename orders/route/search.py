"""Finds the best sequence of stops by an exact search over all sequences, without a map or solver (X26).

Times are whole seconds from `now`, so that equal routes compare equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

MOST_AT_ONCE = 12
"""How many stops are searched exactly; a longer route is searched in parts, in the given order of stops."""

Matrix = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop. Delivery starts at `opens` at the earliest; after `closes` the window is lost.

    None: no limit.
    """

    opens: int | None = None
    closes: int | None = None
    stay: int = 0
    """Seconds at the door."""


class Score(NamedTuple):
    """The quality of a route: compared field by field, smaller is better."""

    lost: int = 0
    """The number of windows that are not kept."""
    lateness: int = 0
    """The sum over all stops, in seconds."""
    driving: int = 0
    finish: int = 0
    """When the last stop is done."""


class Visit(NamedTuple):
    """A stop of a route: when it is reached, how late, and the travel time to it."""

    stop: int
    at: int
    late: int
    leg: int


@dataclass(frozen=True)
class Task:
    """The stops and the travel times; the row after the last stop is for the starting point.

    `over_shop`: travel times via the shop. A courier who is away from the shop takes this way to the first of
    the stops in `from_shop`. `may_load_first`: the courier is still so near the shop that they may fetch
    these orders before driving to any stop. No stop is reached before `soonest`; `start` may be earlier.
    """

    stops: tuple[Stop, ...]
    legs: Matrix
    start: int = 0
    soonest: int = 0
    over_shop: Matrix = ()
    from_shop: frozenset[int] = frozenset()
    may_load_first: bool = False

    @cached_property
    def shortest_to(self) -> tuple[int, ...]:
        """The shortest travel time to each stop, from any place."""
        rows = (*self.legs, *self.over_shop)
        return tuple(min(row[to] for row in rows) for to in range(len(self.stops)))


class _Label(NamedTuple):
    """A partial route, which has visited some of the stops."""

    lost: int
    lateness: int
    driving: int
    time: int
    path: tuple[int, ...]
    has_shop: bool


def walk(task: Task, sequence: Sequence[int]) -> tuple[tuple[Visit, ...], Score]:
    """The visits of the stops in this sequence, and its score."""
    walks = [_walk(task, sequence, loads_first=loads_first) for loads_first in _ways_to_begin(task)]
    return min(walks, key=lambda one: one[1])


def best(task: Task) -> tuple[int, ...]:
    """The best sequence of the stops. If scores are equal, the given sequence wins, then the earlier stop."""
    label = _begin(task)
    left = list(range(len(task.stops)))
    while left:
        portion = left[:MOST_AT_ONCE]
        label = _search(task, label, portion)
        left = left[len(portion) :]
    given = tuple(range(len(task.stops)))
    return given if walk(task, given)[1] <= _score(label) else label.path


def latest_pick_up(task: Task, from_shop: Sequence[int], stop: int) -> int:
    """The latest second to leave the shop with this stop's order without reaching the stop later.

    The stops stay in the given sequence, and those before it with an opening time are reached as before, so
    that nothing after it changes. `from_shop`: travel times from the shop to each stop; the stop itself must
    have an opening time.
    """
    visits, _ = walk(task, range(len(task.stops)))
    free, found = task.start, list[int]()
    for first in range(stop + 1):
        back = task.over_shop[first - 1 if first else len(task.stops)][first] - from_shop[first]
        latest = _latest_departure(task, visits, from_shop[first], first, stop)
        if free + back <= latest:
            found.append(latest)
        free = visits[first].at + task.stops[first].stay
    return max(found)


def _latest_departure(task: Task, visits: Sequence[Visit], way: int, first: int, last: int) -> int:
    """The latest departure for the stops from first to last.

    None of those with an opening time is reached later than before.
    """
    latest = list[int]()
    for place in range(first, last + 1):
        if place > first:
            way += task.stops[place - 1].stay + task.legs[place - 1][place]
        if task.stops[place].opens is not None:
            latest.append(visits[place].at - way)
    return min(latest)


def inserted(task: Task, sequence: Sequence[int], stop: int) -> tuple[int, ...]:
    """The sequence with the stop inserted where it costs least, as late as possible."""
    places = [(*sequence[:at], stop, *sequence[at:]) for at in range(len(sequence), -1, -1)]
    return min(places, key=lambda one: walk(task, one)[1])


def _walk(task: Task, sequence: Sequence[int], *, loads_first: bool) -> tuple[tuple[Visit, ...], Score]:
    label, visits = _begin(task), list[Visit]()
    for stop in sequence:
        label, visit = _go(task, label, stop, loads_first=loads_first)
        visits.append(visit)
    return tuple(visits), _score(label)


def _ways_to_begin(task: Task) -> tuple[bool, ...]:
    return (False, True) if task.may_load_first and task.from_shop else (False,)


def _begin(task: Task) -> _Label:
    return _Label(0, 0, 0, task.start, (), has_shop=False)


def _score(label: _Label) -> Score:
    return Score(label.lost, label.lateness, label.driving, label.time)


def _go(task: Task, label: _Label, to: int, *, loads_first: bool = False) -> tuple[_Label, Visit]:
    """Extends the route by one stop; `loads_first` applies to the first stop only."""
    last = label.path[-1] if label.path else len(task.stops)
    is_fetched = (to in task.from_shop or (loads_first and not label.path)) and not label.has_shop
    leg = (task.over_shop if is_fetched else task.legs)[last][to]
    stop = task.stops[to]
    at = max(label.time + leg, task.soonest)
    if stop.opens is not None:
        at = max(at, stop.opens)
    late = max(0, at - stop.closes) if stop.closes is not None else 0
    reached = _Label(
        label.lost + (late > 0),
        label.lateness + late,
        label.driving + leg,
        at + stop.stay,
        (*label.path, to),
        label.has_shop or is_fetched,
    )
    return reached, Visit(to, at, late, leg)


def _search(task: Task, begin: _Label, portion: list[int]) -> _Label:
    """Extends all routes that may still become the best by one stop at a time."""
    bound = _known_bound(task, begin, portion)
    routes: dict[tuple[int, int], list[_Label]] = {(0, 0): [begin]}
    for _ in portion:
        longer: dict[tuple[int, int], list[_Label]] = {}
        for (done, _last), labels in routes.items():
            open_ = [one for one in portion if not done >> one & 1]
            for to in open_:
                kept = longer.setdefault((done | 1 << to, to), [])
                left = [one for one in open_ if one != to]
                for label, loads_first in product(labels, _ways_to_begin(task)):
                    reached, _visit = _go(task, label, to, loads_first=loads_first)
                    if _may_be_best(task, reached, left, bound):
                        _keep(kept, reached)
        routes = {key: labels for key, labels in longer.items() if labels}
    return min(label for labels in routes.values() for label in labels)


def _known_bound(task: Task, begin: _Label, portion: list[int]) -> tuple[int, int, int]:
    """The cost of a simple route: inserts each stop where it costs least, the earliest window end first."""
    never = max((task.stops[one].closes or 0 for one in portion), default=0) + 1
    ends = {one: task.stops[one].closes for one in portion}
    sequence: tuple[int, ...] = ()
    for stop in sorted(portion, key=lambda one: never if ends[one] is None else (ends[one] or 0)):
        places = [(*sequence[:at], stop, *sequence[at:]) for at in range(len(sequence), -1, -1)]
        sequence = min(places, key=lambda one: _cost(_follow(task, begin, one)))
    return min(_cost(_follow(task, begin, one)) for one in (sequence, portion))


def _follow(task: Task, label: _Label, sequence: Sequence[int]) -> _Label:
    for stop in sequence:
        label, _ = _go(task, label, stop)
    return label


def _cost(label: _Label) -> tuple[int, int, int]:
    return label.lost, label.lateness, label.driving


def _may_be_best(task: Task, label: _Label, left: list[int], bound: tuple[int, int, int]) -> bool:
    """Whether the lowest possible cost of the remaining stops keeps the whole route within the bound."""
    lost, lateness, driving, time = label.lost, label.lateness, label.driving, label.time
    shortest, stops = task.shortest_to, task.stops
    for one in left:
        driving += shortest[one]
        closes, soonest = stops[one].closes, time + shortest[one]
        if closes is not None and soonest > closes:
            lost += 1
            lateness += soonest - closes
    return (lost, lateness, driving) <= bound


def _keep(kept: list[_Label], new: _Label) -> None:
    """Keeps the new route unless a known one with the same stops and end is as good in every respect."""
    if any(_is_as_good(old, new) for old in kept):
        return
    kept[:] = [old for old in kept if not _is_as_good(new, old)]
    kept.append(new)


def _is_as_good(one: _Label, other: _Label) -> bool:
    return (
        one.lost <= other.lost
        and one.lateness <= other.lateness
        and one.driving <= other.driving
        and one.time <= other.time
        and one.has_shop == other.has_shop
    )
