from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.faults.injector import Faults
from sandbox.faults.plan import FaultPlan
from sandbox.telegram.updates import FIRST_UPDATE_ID, UpdateQueue

# How many updates come before each poll, how many the poll takes, and whether its answer reaches the bot.
polls = st.lists(st.tuples(st.integers(0, 5), st.integers(1, 4), st.booleans()), min_size=1, max_size=30)
rates = st.sampled_from([0.0, 0.2, 0.5])
# Hypothesis warns of a coroutine's fixtures; there are none.
walk = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


async def heard(queue: UpdateQueue, steps: list[tuple[int, int, bool]]) -> list[int]:
    """Let a careful bot poll; gives the ids it heard, repeats too."""
    offset, found = 0, list[int]()
    for coming, limit, arrives in [*steps, *[(0, 100, True)] * 3]:
        for _ in range(coming):
            queue.add("message", {})
        ids = [update.id for update in await queue.poll(offset, limit, 0)]
        if arrives:
            found += ids
            offset = max([offset, *(update_id + 1 for update_id in ids)])
    return found


def planned(double: float, reorder: float, seed: int = 1) -> Faults:
    faults = Faults()
    updates = {"double": double, "reorder": reorder, "late_seconds": 60}
    faults.follow(FaultPlan.model_validate({"seed": seed, "updates": updates}))
    return faults


@walk
@given(polls)
async def test_without_faults_each_update_comes_once_and_in_order(steps: list[tuple[int, int, bool]]) -> None:
    found = await heard(UpdateQueue(), steps)
    count = sum(coming for coming, _, _ in steps)
    assert found == list(range(FIRST_UPDATE_ID, FIRST_UPDATE_ID + count))


@walk
@given(polls, rates, st.integers(0, 9))
async def test_doubled_updates_come_once_or_twice_but_never_get_lost(
    steps: list[tuple[int, int, bool]], double: float, seed: int
) -> None:
    faults = planned(double, 0, seed)
    found = await heard(UpdateQueue(faults), [(coming, limit, True) for coming, limit, _ in steps])
    count = sum(coming for coming, _, _ in steps)
    assert set(found) == set(range(FIRST_UPDATE_ID, FIRST_UPDATE_ID + count))
    assert len(found) == count + sum(faults.counts()["updates"].get("double", {}).values())


@walk
@given(st.integers(1, 60), st.integers(0, 9))
async def test_an_exchanged_update_stands_right_behind_its_next(count: int, seed: int) -> None:
    queue = UpdateQueue(planned(0, 0.3, seed))
    for _ in range(count):
        queue.add("message", {})
    ids = [update.id - FIRST_UPDATE_ID for update in await queue.poll(0, 100, 0)]
    assert sorted(ids) == list(range(len(ids)))
    assert all(abs(place - update_id) <= 1 for place, update_id in enumerate(ids))
    assert len(queue) == count


@walk
@given(st.lists(st.booleans(), max_size=20), st.integers(0, 9))
async def test_a_webhook_takes_every_update_though_some_come_twice(pauses: list[bool], seed: int) -> None:
    queue = UpdateQueue(planned(0.3, 0, seed))
    taken = []
    for more in pauses:
        queue.add("message", {})
        if more:
            continue
        while len(queue):
            update = await queue.first()
            assert await queue.first() is update
            queue.taken(update)
            taken.append(update.id)
    assert set(range(FIRST_UPDATE_ID, FIRST_UPDATE_ID + len(set(taken)))) == set(taken)
    assert all(taken.count(update_id) <= 2 for update_id in taken)


async def test_taking_what_is_gone_changes_nothing() -> None:
    queue = UpdateQueue()
    queue.add("message", {})
    update = await queue.first()
    queue.clear()
    queue.taken(update)
    assert len(queue) == 0


async def test_a_negative_offset_and_a_far_one_are_as_telegram_has_them() -> None:
    queue = UpdateQueue()
    for _ in range(5):
        queue.add("message", {})
    last = [update.id - FIRST_UPDATE_ID for update in await queue.poll(-2, 100, 0)]
    assert last == [3, 4]
    assert await queue.poll(FIRST_UPDATE_ID + 50, 100, 0) == []
    assert len(queue) == 0
