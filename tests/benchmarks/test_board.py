from __future__ import annotations

from benchmarks import board


async def test_the_board_is_measured_against_sql_that_finds_the_same_orders() -> None:
    figures = await board.measure(orders=2_000, living=100, rounds=2)
    assert [figure.what.split(" of ")[0] for figure in figures] == ["board page", "board counts", "search"]
    assert all(figure.ratio > 0 for figure in figures)
