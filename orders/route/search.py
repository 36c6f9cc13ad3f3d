"""The best order of some stops: an exact search over all orders, with no map and no solver (X26).

Times are whole seconds from the moment of asking, so that equal routes compare equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

MOST_AT_ONCE = 12
"""How many stops are searched exactly; a longer route is searched in parts, the most urgent stops first."""

Matrix = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A door. Nobody rings before `opens`; after `closes` the window is lost. None: no such limit."""

    opens: int | None = None
    closes: int | None = None
    stay: int = 0
    """Seconds at the door."""


class Score(NamedTuple):
    """How good a route is: the smaller, the better, the first number first."""

    lost: int = 0
    """Windows that are not kept."""
    lateness: int = 0
    """Seconds, of all stops together."""
    driving: int = 0
    finish: int = 0
    """When the last stop is done."""


class Visit(NamedTuple):
    """A stop on the way: when it is reached, how late, and how long the way to it takes."""

    stop: int
    at: int
    late: int
    leg: int


@dataclass(frozen=True)
class Task:
    """Stops with the ways between them; the row after the last stop is of the place where the route starts.

    `over_shop` are the ways that first lead to the shop: the first of the stops `from_shop` takes one, where
    the courier is away from the shop already. `may_load_first`: they are so near the shop still that they may
    take these before they drive to any stop. Nobody arrives before `soonest`; `start` may lie before it.
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
        """The shortest way that leads to each stop from anywhere."""
        rows = (*self.legs, *self.over_shop)
        return tuple(min(row[to] for row in rows) for to in range(len(self.stops)))


class _Label(NamedTuple):
    """One way to have done some stops."""

    lost: int
    lateness: int
    driving: int
    time: int
    path: tuple[int, ...]
    has_shop: bool


def walk(task: Task, sequence: Sequence[int]) -> tuple[tuple[Visit, ...], Score]:
    """The stops in this order, and how good that is."""
    walks = [_walk(task, sequence, loads_first=loads_first) for loads_first in _ways_to_begin(task)]
    return min(walks, key=lambda one: one[1])


def best(task: Task) -> tuple[int, ...]:
    """The stops in the best order. Of equally good ones the given order wins, then an earlier stop first."""
    label = _begin(task)
    left = list(range(len(task.stops)))
    while left:
        portion = left[:MOST_AT_ONCE]
        label = _search(task, label, portion)
        left = left[len(portion) :]
    given = tuple(range(len(task.stops)))
    return given if walk(task, given)[1] <= _score(label) else label.path


def latest_pick_up(task: Task, from_shop: Sequence[int], stop: int) -> int:
    """The latest second at which this stop can be taken from the shop without being reached later.

    The stops stay in the given order, and those before it that have an opening time are reached as before, so
    that nothing after it moves either. `from_shop` are the ways from the shop to each stop; the stop itself
    must have an opening time.
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
    """When to leave the shop for the stops from first to last, to reach none that opens later than before."""
    latest = list[int]()
    for place in range(first, last + 1):
        if place > first:
            way += task.stops[place - 1].stay + task.legs[place - 1][place]
        if task.stops[place].opens is not None:
            latest.append(visits[place].at - way)
    return min(latest)


def inserted(task: Task, sequence: Sequence[int], stop: int) -> tuple[int, ...]:
    """The sequence with the stop where it costs least, as late as may be; the others keep their order."""
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
    """`loads_first` counts for the first stop alone."""
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
    """Adds one stop after another to all routes that may still become the best."""
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
    """What a simple order costs: each stop where it costs least, the earliest end of a window first."""
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
    """Whether what is left can cost so little that the route as a whole is within the bound."""
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
    """A route that is in no respect better than another one to the same place leads nowhere."""
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
