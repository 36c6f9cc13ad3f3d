from __future__ import annotations

import pytest

from benchmarks import actions, crowd
from benchmarks.crowd import Pressed
from storage.db.database import Database
from storage.shop.shops import Shop


@pytest.mark.endurance
async def test_both_bots_answer_every_tap_and_the_real_one_finishes_every_order() -> None:
    [figure] = await actions.measure(how_many=1)
    assert figure.what == "order actions"
    assert figure.ratio > 0


async def test_an_order_that_is_not_done_spoils_the_figure(sqlite: Database, shop: Shop) -> None:
    with pytest.raises(RuntimeError, match="0 of 3 orders are done"):
        await crowd.check_all_done(sqlite, 3)


def test_rates_are_of_taps_and_seconds() -> None:
    pressed = Pressed(taps=40, seconds=2.0, waits=[0.05] * 40, cpu=1.0)
    assert (pressed.rate, pressed.cpu_of_a_tap, pressed.processors) == (20.0, 0.025, 0.5)
