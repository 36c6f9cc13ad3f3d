"""Words that name goods or people of open orders find them (R5)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from orders.model.details import Person
from orders.model.people import Role
from orders.steps import commands as do
from tests.builders import DIRECTOR as CHIEF
from tests.builders import a_line
from tests.handlers.conftest import DIRECTOR, Shop
from tests.handlers.order.test_notes import FLORIST, hire
from tests.services.workplace import an_incoming

pytestmark = pytest.mark.requirement("R5")


async def test_words_find_open_orders_that_the_asker_may_see(shop: Shop) -> None:
    florist, desk = await hire(shop, Role.SELLER, FLORIST, "Оля"), shop.app.services.desk
    bouquets = {"Роза «Эквадор» 60 см": "Мария", "Роза красная": "Семён", "Тюльпаны": "Мария"}
    numbers = []
    for name, person in bouquets.items():
        incoming = an_incoming(
            datetime.now(UTC), lines=(a_line(name=name),), recipient=Person(person), client=Person("Игорь")
        )
        numbers.append((await desk.receive(1, incoming)).order)
    first, second, third = numbers
    await desk.do(first.id, do.Accept(), CHIEF)
    await desk.do(first.id, do.AssignSeller(florist.staff_id or 0, florist.name), CHIEF)

    async def found(person: int, text: str) -> list[str]:
        shop.wire.calls.clear()
        said = await shop.hears(person, text=text)
        shown = "\n".join([*said, *map(str, shop.wire.buttons)])
        return [one.number for one in (first, second, third) if one.number in shown]

    assert await found(DIRECTOR, "Эквадор") == [first.number]
    assert await found(DIRECTOR, "розы") == [first.number, second.number]
    assert await found(DIRECTOR, "семен") == [second.number]
    assert await found(DIRECTOR, "Марии") == [first.number, third.number]
    assert await found(FLORIST, "розы") == await found(FLORIST, "Мария") == [first.number]
    assert (await desk.look(first.id, CHIEF)).remarks == ()
    assert await found(FLORIST, "Тюльпаны") == []
    await desk.do(second.id, do.Accept(), CHIEF)
    await desk.do(second.id, do.Cancel("передумал"), CHIEF)
    assert await found(DIRECTOR, "семен") == []


async def test_what_names_nothing_says_how_to_search(shop: Shop) -> None:
    assert await shop.hears(DIRECTOR, text="гвоздика") == [
        "Не понял. Чтобы найти заказ, напишите его номер, слово из названия букета или имя."
    ]
