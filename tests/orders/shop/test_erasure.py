from __future__ import annotations

import re
from dataclasses import replace

import pytest

from orders.model.details import Line, Paper
from orders.model.order import Mark
from orders.model.people import Role
from orders.shop.erasure import erase, papers_in, without_words
from orders.steps import flow
from orders.steps.events import Received
from storage.db import serial
from tests.builders import LONG_WAY, NOON, THIRD_PARTY, a_story, an_order, one_of_each, some_details

EVERYTHING = some_details(
    lines=(Line("Пионы", description="для Марии", picture_url="https://p/1.jpg", offer_id="p-1"),),
    shop_note="ЛИЧНОЕ",
    client_note="ЛИЧНОЕ",
    written="ЛИЧНОЕ",
    papers=(Paper("cd" * 32, "2026/03/1/1-cd.jpg"),),
)
PERSONAL = re.compile(
    r"ЛИЧНОЕ|Игор|Мари|Лесная|Садовая|Не звонить|рождения|\+7\d|соседк|открытка\?|не ждёт|Такси|передумал"
)


def test_nothing_personal_is_left_and_what_the_shop_counts_by_stays() -> None:
    order = replace(an_order(*LONG_WAY, details=EVERYTHING), stopped=Mark(NOON, Role.CLIENT, name="Игорь"))
    assert PERSONAL.search(str(serial.order_document(order)))
    bare = erase(order, NOON)
    assert not PERSONAL.search(str(serial.order_document(bare)))
    assert bare.undo is None
    assert bare.erased_at == NOON
    assert (bare.number, bare.version, bare.status) == (order.number, order.version, order.status)
    assert bare.details.window == order.details.window
    assert bare.details.paid == order.details.paid
    assert [line.name for line in bare.details.lines] == ["Пионы"]
    assert bare.progress.photos == order.progress.photos
    assert bare.progress.accepted == order.progress.accepted
    assert bare.progress.seller == order.progress.seller
    assert bare.progress.carrier == order.progress.carrier
    assert erase(bare, NOON) == bare
    assert serial.read_order(serial.order_document(bare)) == bare


def test_a_courier_from_outside_is_personal() -> None:
    bare = erase(an_order(LONG_WAY[0], THIRD_PARTY), NOON)
    assert bare.progress.carrier is not None
    assert (bare.progress.carrier.name, bare.progress.carrier.phone) == ("", "")


@pytest.mark.parametrize("event", one_of_each(), ids=lambda event: type(event).__name__)
def test_no_event_keeps_a_personal_word(event: Received) -> None:
    bare = without_words(event)
    assert type(bare) is type(event)
    assert not PERSONAL.search(str(serial.event_document(bare)))
    assert serial.read_event(serial.event_document(bare)) == bare


def test_the_bare_history_leads_to_the_bare_order() -> None:
    order, events = a_story(*LONG_WAY)
    first, *rest = (without_words(event) for event in events)
    assert isinstance(first, Received)
    replayed = flow.receive(order.id, order.shop_id, first, order.placed_at)
    for event in rest:
        assert not isinstance(event, Received)
        replayed = flow.apply(replayed, event)
    assert erase(replayed, None) == erase(order, None)


def test_papers_are_found_wherever_they_are_named() -> None:
    order = an_order(papers=EVERYTHING.papers)
    assert papers_in((order, (Received(Mark(NOON, Role.CLIENT), "1", EVERYTHING),))) == [
        "2026/03/1/1-cd.jpg",
        "2026/03/1/1-cd.jpg",
    ]
