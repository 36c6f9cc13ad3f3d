"""An order whose record cannot be read stops no other, and is named where it would stand (X22)."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from orders.model.order import Carrier, CarrierKind
from services.health.clock import utc_now
from storage.order import orders as order_rows
from tests.builders import a_window, an_order, minutes
from tests.handlers.conftest import DIRECTOR, Shop

pytestmark = pytest.mark.requirement("X22")

GOOD, BAD = "25836184", "25836199"
WORDS = f"Не читается запись: {BAD}"


@pytest.fixture(params=["{", '{"status": "new"}', "[]"])
async def spoilt(shop: Shop, request: pytest.FixtureRequest) -> Shop:
    """Two orders that the director carries herself; the record of one is damaged."""
    now = utc_now()
    carrier = Carrier(CarrierKind.COURIER, "Ирина", staff_id=1)
    async with shop.app.database.write() as c:
        for number in (GOOD, BAD):
            order = an_order(
                number=number, placed_at=now, window=a_window(now + minutes(1)), carrier=carrier, shop_id=1
            )
            await order_rows.add(c, order)
        spoil = text("UPDATE orders SET document = :document WHERE number = :number")
        await c.execute(spoil, {"document": request.param, "number": BAD})
    return shop


async def test_lists_and_searches_show_the_others_and_name_the_damaged_one(spoilt: Shop) -> None:
    for said in ("/new", "/orders", "/deliveries", "258361"):
        [shown] = await spoilt.hears(DIRECTOR, text=said)
        assert WORDS in shown, said
        assert GOOD in str(spoilt.wire.buttons), said
    [shown] = await spoilt.hears(DIRECTOR, text=BAD)
    assert WORDS in shown
