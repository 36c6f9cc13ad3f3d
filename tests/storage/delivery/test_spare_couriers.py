from __future__ import annotations

import pytest

from storage.db.database import Database
from storage.db.errors import NoSuchShop
from storage.delivery import spare_couriers
from storage.shop import shops
from storage.shop.shops import Shop
from tests.builders import RULES


@pytest.mark.requirement("R89", "X6")
async def test_each_shop_has_a_list_of_its_own(database: Database, shop: Shop) -> None:
    async with database.write() as c:
        other = await shops.put(c, Shop(0, None, "Роза", "ru", RULES, None))
        await spare_couriers.put(c, shop.id, "Глеб", "+79160000091", "")
        await spare_couriers.put(c, shop.id, "Лев", "+79160000092", "на машине")
        await spare_couriers.put(c, shop.id, "Глеб К.", "+79160000091", "до 20:00")
    async with database.write() as c:
        first, second = await spare_couriers.of_shop(c, shop.id)
        assert (first.name, first.note, second.name) == ("Глеб К.", "до 20:00", "Лев")
        assert await spare_couriers.get(c, other.id, first.id) is None
        await spare_couriers.remove(c, other.id, first.id)
        assert await spare_couriers.get(c, shop.id, first.id) == first
        await spare_couriers.remove(c, shop.id, first.id)
        assert await spare_couriers.of_shop(c, shop.id) == [second]


async def test_a_shop_that_is_not_there_has_no_list(database: Database) -> None:
    async with database.write() as c:
        with pytest.raises(NoSuchShop):
            await spare_couriers.put(c, 99, "Глеб", "+79160000091", "")
