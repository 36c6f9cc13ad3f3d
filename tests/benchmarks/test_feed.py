from __future__ import annotations

import pytest

from benchmarks import feed


@pytest.mark.endurance
async def test_the_feed_is_measured_with_every_product_in_it() -> None:
    seconds, memory = await feed.measure(products=60, rounds=1)
    assert seconds.what == "feed of 60 products"
    assert seconds.ratio > 0
    assert memory.ratio < 1
