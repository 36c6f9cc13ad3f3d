from __future__ import annotations

from benchmarks import sync


async def test_a_sync_of_many_orders_is_measured_against_one_page() -> None:
    memory, poll = await sync.measure(orders=9, page_size=3)

    assert memory.what == "memory of a sync of 9 orders"
    assert memory.yardstick.startswith("one page (3): ")
    assert poll.what == "reading 9 orders of which none is new"
    assert min(memory.ratio, poll.ratio) > 0
