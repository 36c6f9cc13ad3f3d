from __future__ import annotations

from services.health.pauses import doubled, jittered


def test_pauses_double_up_to_the_longest_however_often_it_fails() -> None:
    assert [doubled(failures, 0.5, 7) for failures in range(6)] == [0.5, 1, 2, 4, 7, 7]
    assert doubled(100_000, 0.5, 7) == 7


def test_no_pause_is_longer_than_the_longest() -> None:
    assert doubled(0, 5, 1) == 1


def test_jitter_spreads_over_the_upper_half() -> None:
    tries = [jittered(10) for _ in range(200)]
    assert all(5 <= seconds < 10 for seconds in tries)
    assert max(tries) - min(tries) > 1
