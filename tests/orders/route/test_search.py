"""The search for the best order of stops, against all orders tried one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.route import search
from orders.route.search import Stop, Task, best, inserted, latest_pick_up, walk

pytestmark = pytest.mark.requirement("X26")


@st.composite
def tasks(draw: st.DrawFn, most: int = 5) -> Task:
    """A few stops with narrow and open windows, on ways that keep no triangle inequality."""
    count = draw(st.integers(0, most))
    stops = []
    for _ in range(count):
        opens = draw(st.none() | st.integers(-20, 60))
        closes = draw(st.none() | st.integers(0, 40).map((opens or 0).__add__))
        stops.append(Stop(opens, closes, draw(st.integers(0, 8))))
    way = st.integers(0, 30)
    rows = st.tuples(*[st.tuples(*[way] * count)] * (count + 1))
    fetched = draw(st.frozensets(st.integers(0, count - 1))) if count else frozenset()
    start, may_load_first = draw(st.integers(-30, 10)), draw(st.booleans())
    return Task(tuple(stops), draw(rows), start, 0, draw(rows), fetched, may_load_first)


@given(tasks())
def test_no_other_order_keeps_more_windows_is_less_late_or_shorter(task: Task) -> None:
    everything = permutations(range(len(task.stops)))
    scores = {sequence: walk(task, sequence)[1] for sequence in everything}
    found = best(task)
    assert sorted(found) == list(range(len(task.stops)))
    assert scores[found] == min(scores.values())
    assert best(task) == found


@given(tasks())
def test_the_given_order_stays_where_no_other_is_better(task: Task) -> None:
    found = best(task)
    given_again = _in_order(task, found)
    assert best(given_again) == tuple(range(len(found)))


def test_the_given_order_stays_though_another_one_waits_less_on_the_way() -> None:
    """The two are equal in the end: both wait for the last window to open."""
    task = Task((Stop(opens=50), Stop(), Stop(), Stop(opens=200)), ((10,) * 4,) * 5)
    assert best(task) == (0, 1, 2, 3)


def _in_order(task: Task, sequence: tuple[int, ...]) -> Task:
    """The same task with the stops given in this order."""
    rows = (*sequence, len(sequence))

    def moved(matrix: search.Matrix) -> search.Matrix:
        return tuple(tuple(matrix[row][to] for to in sequence) for row in rows)

    fetched = frozenset(place for place, stop in enumerate(sequence) if stop in task.from_shop)
    stops = tuple(task.stops[stop] for stop in sequence)
    return replace(
        task, stops=stops, legs=moved(task.legs), over_shop=moved(task.over_shop), from_shop=fetched
    )


@given(tasks(), st.data())
def test_a_stop_that_comes_later_stands_where_it_costs_least_and_moves_no_other(
    task: Task, data: st.DataObject
) -> None:
    if not task.stops:
        return
    new = len(task.stops) - 1
    before = data.draw(st.permutations(range(new)))
    found = inserted(task, before, new)
    assert [one for one in found if one != new] == before
    others = [(*before[:at], new, *before[at:]) for at in range(len(before) + 1)]
    assert walk(task, found)[1] == min(walk(task, one)[1] for one in others)


def test_many_stops_are_put_in_order_a_portion_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_AT_ONCE", 3)
    stops = tuple(Stop(minute, minute + 10) for minute in range(0, 80, 10))
    task = Task(stops, ((5,) * 8,) * 9)
    assert best(task) == tuple(range(8))


def test_who_is_away_fetches_at_the_shop_once_for_all_that_lies_there() -> None:
    near, far = (1,) * 3, (10,) * 3
    task = Task((Stop(),) * 3, (near,) * 4, over_shop=(far,) * 4, from_shop=frozenset({1, 2}))
    visits, score = walk(task, (0, 1, 2))
    assert [visit.leg for visit in visits] == [1, 10, 1]
    assert score.driving == 12


def test_who_is_still_at_the_shop_takes_the_others_along_before_the_first_stop() -> None:
    near, far = (10,) * 2, (20,) * 2
    over_shop = (far, far, (10, 10))
    task = Task((Stop(), Stop()), (near,) * 3, over_shop=over_shop, from_shop=frozenset({1}))
    assert [visit.at for visit in walk(task, (0, 1))[0]] == [10, 30]
    loading = replace(task, may_load_first=True)
    assert [visit.at for visit in walk(loading, (0, 1))[0]] == [10, 20]


@st.composite
def walks_from_shop(draw: st.DrawFn) -> tuple[Task, tuple[int, ...], tuple[int, ...]]:
    """A task, the ways from the shop to each stop, and those from each place back to it."""
    count = draw(st.integers(1, 4))
    stops = tuple(
        Stop(
            draw(st.none() | st.integers(0, 60)),
            draw(st.none() | st.integers(0, 60)),
            draw(st.integers(0, 5)),
        )
        for _ in range(count)
    )
    way = st.integers(0, 15)
    from_shop = tuple(draw(way) for _ in range(count))
    is_away = draw(st.booleans())
    back = tuple(draw(way) for _ in range(count)) + ((draw(way),) if is_away else (0,))
    between = tuple(tuple(draw(way) for _ in range(count)) for _ in range(count))
    first = tuple(draw(way) for _ in range(count)) if is_away else from_shop
    over_shop = tuple(tuple(one + on for on in from_shop) for one in back)
    fetched = frozenset(range(draw(st.integers(0, count - 1)), count)) if is_away else frozenset[int]()
    return Task(stops, (*between, first), 0, 0, over_shop, fetched), from_shop, back


@given(walks_from_shop())
def test_the_latest_pick_up_is_the_last_minute_of_all_that_moves_no_stop(
    given_: tuple[Task, tuple[int, ...], tuple[int, ...]],
) -> None:
    """Every minute is tried: back to the shop before each of the stops in turn, and on from there."""
    task, from_shop, back = given_
    before = [visit.at for visit in walk(task, range(len(task.stops)))[0]]
    for stop, one in enumerate(task.stops):
        if one.opens is None or (task.from_shop and stop not in task.from_shop):
            continue
        times = [
            leave
            for leave in range(250)
            for first in range(stop + 1)
            if _moves_nothing(task, from_shop, back, first, stop, leave, before)
        ]
        assert latest_pick_up(task, from_shop, stop) == max(times)


def _moves_nothing(
    task: Task,
    from_shop: tuple[int, ...],
    back: tuple[int, ...],
    first: int,
    last: int,
    leave: int,
    before: list[int],
) -> bool:
    at_shop = (before[first - 1] + task.stops[first - 1].stay if first else 0) + back[first - 1]
    if leave < at_shop:
        return False
    time = leave + from_shop[first]
    for place in range(first, last + 1):
        stop = task.stops[place]
        reached = max(time, stop.opens or 0)
        if stop.opens is not None and reached != before[place]:
            return False
        if place < last:
            time = reached + stop.stay + task.legs[place][place + 1]
    return True
