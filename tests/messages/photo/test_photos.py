"""What is said under a photo that was kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from messages.photo.photos import kept
from messages.ui.order_view import Look
from orders.model.details import DeliveryKind
from orders.model.photo import Seen
from tests.builders import NOON, RULES, SELLER, a_window, minutes
from tests.messages.journeys import RU, as_read, at


def _said(starts_in: float, now: float = 3, *, is_seen: bool = True, **changes: object) -> str:
    """The line below «Фото сохранено», of a photo taken at 12:03 for a window that starts after noon."""
    order = at("photo", window=a_window(NOON + minutes(starts_in)), **changes)
    newest = order.progress.photos[-1]
    if is_seen:
        order = replace(order, photo_seen=Seen(newest.sha256, newest.taken))
    look = Look(order, SELLER, RULES, NOON + minutes(now), RU)
    return as_read(kept(look, 1, 0)).splitlines()[1]


@pytest.mark.requirement("R29", "R31")
def test_the_answer_is_waited_for_until_somebody_must_leave() -> None:
    assert _said(starts_in=120) == "Ответ ждём до 12:18, выезд не позже 13:20."
    assert _said(starts_in=58) == "Доставку не задерживайте: выезд не позже 12:18, даже если ответа нет."
    assert _said(starts_in=50) == "Доставку не задерживайте: выезд не позже 12:10, даже если ответа нет."
    assert _said(starts_in=40) == "Пора выезжать, ответа не ждите."


@pytest.mark.requirement("X20", "R29")
def test_nobody_waits_for_the_answer_of_a_client_who_cannot_see_the_photo() -> None:
    unseen = "Время на ответ пойдёт, когда клиент увидит фото: по ссылке или во Flowwow."
    assert _said(starts_in=120, is_seen=False) == unseen


@pytest.mark.requirement("R29")
def test_who_does_not_leave_waits_for_the_answer_alone() -> None:
    pickup = _said(starts_in=40, delivery=DeliveryKind.PICKUP)
    assert pickup == "Ответ ждём до 12:18. Доставку не задерживайте."
