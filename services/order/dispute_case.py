"""A complaint after the delivery opens a case for the marketplace's support by itself (X30)."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from orders.model.after_delivery import DisputeOpened
from orders.model.numbers import is_own
from orders.model.order import Order
from orders.support.cases import MOST_MATTERS, Case, Matter, morning
from orders.support.guide import Situation
from storage.shop.shops import Shop
from storage.support import cases


async def open_case(c: AsyncConnection, order: Order, event: object, shop: Shop) -> None:
    """In the transaction of the step itself; what the order's open case holds already stands once."""
    if not isinstance(event, DisputeOpened) or is_own(order.number):
        return
    key = Situation.COMPLAINT.value
    title = Translator(shop.language).plain(f"guide-title-{key}")
    matter = Matter(key, title, event.mark)
    case = await cases.open_of_order(c, order.id, for_update=True)
    if case is None:
        back = morning(event.mark.at, 1, shop.rules)
        await cases.add(c, Case(0, order.shop_id, order.id, (matter,), (), back))
    elif key not in {one.key for one in case.matters} and len(case.matters) < MOST_MATTERS:
        await cases.save(c, replace(case, matters=(*case.matters, matter)))
