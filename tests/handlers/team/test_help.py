"""Staff read what can be said here; what is not understood is said so."""

from __future__ import annotations

from orders.model.people import Role
from tests.handlers.conftest import Shop
from tests.handlers.team.conftest import FLORIST, MANAGER, join


async def test_staff_read_what_can_be_said_here_and_hear_when_it_was_not_understood(shop: Shop) -> None:
    await join(shop, Role.MANAGER)
    await join(shop, Role.SELLER)
    for person, last in ((MANAGER, "/add введёт заказ вручную."), (FLORIST, "запишу к заказу.")):
        [told] = await shop.hears(person, text="/help")
        assert told.startswith("Номер заказа, слово из названия букета или имя откроет заказ")
        assert told.endswith(last)
        assert await shop.hears(person, text="абракадабра") == [
            "Не понял. Чтобы найти заказ, напишите его номер, слово из названия букета или имя."
        ]
