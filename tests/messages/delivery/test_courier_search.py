from __future__ import annotations

from datetime import timedelta

import pytest

from messages.callbacks.order import Do
from messages.order.cards import card, reminder
from orders.delivery.spare_couriers import SpareCourier
from orders.model.people import Actor
from orders.schedule.deadlines import DeadlineKind
from orders.steps.delivery_commands import CallOff, Search
from tests.builders import DIRECTOR, MANAGER, RULES, SELLER, an_order
from tests.messages.journeys import JOURNEYS, NOW, RU, as_read, at, labels, taps

GLEB = SpareCourier(1, "Глеб", "+79160000091", "")


@pytest.mark.requirement("R86", "R89", "X24")
def test_the_alarm_names_support_then_the_spare_courier_and_then_the_steps() -> None:
    order = at("searched")
    assert order.progress.search is not None
    since = order.progress.search.since.at

    def rung(minutes: int, viewer: Actor = SELLER) -> tuple[str, list[str]]:
        now = since + timedelta(minutes=minutes)
        screen = reminder(order, DeadlineKind.COURIER_SEARCH, viewer, RULES, now, RU, spares=(GLEB,))
        return as_read(screen), [label for row in labels(screen) for label in row]

    text, buttons = rung(16)
    assert "Flowwow ищет курьера уже 16 мин." in text
    assert "Сначала напишите в поддержку" in text
    assert buttons == ["Написать в поддержку", "Приехал курьер Flowwow", "Найти курьера", "Открыть"]
    text, buttons = rung(26)
    assert "позвоните запасному: Глеб, +79160000091" in text
    assert "⚠️ Поддержке ещё не писали" in text
    assert "Запасной курьер" in buttons
    text, buttons = rung(36)
    assert "Запасных по списку обзвонили" in text
    assert "2. «Я доставлю», или вызовите такси" in text
    assert {"Я доставлю", "Сторонний курьер", "Курьера Flowwow сняли"} <= set(buttons)


@pytest.mark.requirement("R87")
def test_a_second_search_sends_to_support_again() -> None:
    order = an_order(*JOURNEYS["searched and told"], (CallOff(), SELLER), (Search(), SELLER))
    assert "Поддержке написано" not in as_read(card(order, MANAGER, RULES, NOW, RU))
    rung = reminder(order, DeadlineKind.COURIER_SEARCH, SELLER, RULES, NOW + timedelta(minutes=16), RU)
    assert labels(rung)[0] == ["Написать в поддержку"]


@pytest.mark.requirement("R87", "R88", "X24")
def test_the_card_tells_of_the_search_and_of_whom_to_send_home() -> None:
    def read(stage: str, viewer: Actor = DIRECTOR) -> str:
        return as_read(card(at(stage), viewer, RULES, NOW, RU))

    assert "Flowwow ищет курьера:" in read("searched", SELLER)
    assert "Поддержке написано, что курьера нет:" in read("searched and told")
    assert "не приедут ли двое?" not in read("searched and told")
    assert "не приедут ли двое?" in read("spare comes anyway")
    came = read("its courier came after the spare one")
    assert "скажите, что ехать не надо: THIRDNAME · THIRDPHONE" in came
    assert "Расход на курьера: COSTWORDS" in came
    assert "COSTWORDS" not in read("its courier came after the spare one", SELLER)
    assert Do.PICKED_UP in {
        one.do for one in taps(card(at("its courier came after the spare one"), MANAGER, RULES, NOW, RU))
    }
