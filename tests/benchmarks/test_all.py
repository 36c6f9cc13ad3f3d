from __future__ import annotations

from benchmarks.__main__ import exit_code


def test_a_module_is_run_in_a_process_of_its_own_and_says_how_it_ended() -> None:
    assert exit_code("figures") == 0
    assert exit_code("of_nothing") != 0
