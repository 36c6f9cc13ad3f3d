from __future__ import annotations

import pytest

from benchmarks.figures import Figure, quantile, show


def test_a_quantile_is_a_value_that_was_measured() -> None:
    values = [float(n) for n in range(100, 0, -1)]
    assert (quantile(values, 0.5), quantile(values, 0.99), quantile(values, 1)) == (50, 99, 100)


def test_of_one_value_every_quantile_is_that_value() -> None:
    assert quantile([7.0], 0.01) == quantile([7.0], 0.99) == 7.0


def test_of_nothing_there_is_no_quantile() -> None:
    with pytest.raises(ValueError, match="no values"):
        quantile([], 0.5)


def test_the_table_shows_figure_yardstick_ratio_and_cores(capsys: pytest.CaptureFixture[str]) -> None:
    show(Figure("order actions", "40 /s", "bare bot 100 /s", 0.4, "0.3"))
    told = capsys.readouterr().out
    assert all(words in told for words in ("order actions", "40 /s", "bare bot 100 /s", "0.40", "cores"))
