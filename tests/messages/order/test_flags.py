"""A chief marks a line of the notes, which then stands in bold on the cards of all who may read it (X16)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from messages.callbacks.order import Do
from messages.card.details import details
from messages.card.flags import code_of, flags_menu, line_of
from messages.order.cards import card
from messages.ui.order_view import Look
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.refusals import Reason, Refusal
from orders.shop.erasure import erase
from orders.steps.commands import Amend, FlagLine
from orders.steps.flow import apply, decide
from storage.db.serial import order_document, read_order
from tests.builders import COURIER, MANAGER, SELLER
from tests.messages.journeys import NOW, PAID_RULES, RU, at, taps

pytestmark = pytest.mark.requirement("X16")

WISH = "Лента белая. Позвоните на +7 916 000-00-09, код 12. Спасибо!"


def wished(stage: str = "courier chosen", **notes: Any) -> Order:  # noqa: ANN401 - any field of Details
    order = at(stage)
    return replace(order, details=replace(order.details, **{"client_note": WISH, **notes}))


def flagged(order: Order, text: str, *, is_on: bool = True, by: Actor = MANAGER) -> Order:
    return apply(order, decide(order, FlagLine(text, is_on=is_on), by, NOW, PAID_RULES))


def text_of(order: Order, viewer: Actor) -> str:
    return card(order, viewer, PAID_RULES, NOW, RU).text


def look(order: Order, viewer: Actor = MANAGER) -> Look:
    return Look(order, viewer, PAID_RULES, NOW, RU)


def test_a_flagged_line_is_bold_for_all_who_may_read_it_and_said_once() -> None:
    order = flagged(wished(), "Лента белая")
    for viewer in (MANAGER, SELLER):
        assert "❗ <b>Лента белая</b>" in text_of(order, viewer)
        assert text_of(order, viewer).count("Лента белая") == 1
    assert "❗ <b>Лента" not in text_of(wished(), MANAGER)


def test_what_a_chief_has_marked_is_left_out_for_no_other_line() -> None:
    many = "Аллергия на орехи. Аллергия на лилии. Аллергия на мёд. Сюрприз. Лента белая"
    assert "❗ <b>Лента белая</b>" in text_of(flagged(wished(client_note=many), "Лента белая"), MANAGER)


def test_a_courier_reads_a_flagged_line_without_what_is_not_his() -> None:
    order = flagged(wished("left"), "Позвоните на +7 916 000-00-09, код 12")
    text = text_of(order, COURIER)
    assert "❗ <b>Позвоните на •••, код 12</b>" in text
    assert "000-00-09" not in text
    hidden = flagged(wished("left", shop_note="Без чека"), "Без чека")
    assert "Без чека" not in text_of(hidden, COURIER)


def test_the_mark_outlives_an_amendment_that_keeps_the_line_and_is_silent_where_it_is_gone() -> None:
    order = flagged(wished(), "Лента белая")
    kept = apply(
        order,
        decide(
            order,
            Amend(replace(order.details, client_note="лента  белая! И открытка")),
            MANAGER,
            NOW,
            PAID_RULES,
        ),
    )
    assert "❗ <b>лента белая!</b>" in text_of(kept, MANAGER)
    gone = apply(
        order, decide(order, Amend(replace(order.details, client_note="Без ленты")), MANAGER, NOW, PAID_RULES)
    )
    assert "❗ <b>Лента" not in text_of(gone, MANAGER)


def test_a_second_tap_takes_it_off() -> None:
    order = flagged(flagged(wished(), "Лента белая"), "лента белая.", is_on=False)
    assert order.flags == ()
    assert "❗ <b>Лента" not in text_of(order, MANAGER)


def test_only_a_line_that_is_there_and_not_marked_yet_is_marked() -> None:
    for order, text, reason in (
        (wished(), "Этого нет", Reason.LINE_CHANGED),
        (flagged(wished(), "Лента белая"), "Лента белая", Reason.ALREADY),
    ):
        with pytest.raises(Refusal) as refused:
            flagged(order, text)
        assert refused.value.reason is reason
    with pytest.raises(Refusal):
        flagged(wished(), "Лента белая", by=SELLER)


def test_chiefs_find_it_under_details_and_others_do_not() -> None:
    assert [tap.do for tap in taps(details(look(wished())))] == [Do.FLAG, Do.PRINT, Do.CARD]
    assert [tap.do for tap in taps(details(look(wished(), SELLER)))] == [Do.CARD]
    nothing = wished(client_note="", shop_note="", courier_note="")
    assert [tap.do for tap in taps(details(look(nothing)))] == [Do.PRINT, Do.CARD]


def test_the_menu_has_a_button_for_each_line_that_means_this_line_or_none() -> None:
    order = flagged(wished(), "Лента белая")
    shown = flags_menu(look(order)).keyboard
    assert shown is not None
    labels = [row[0].text for row in shown.inline_keyboard]
    assert labels[:1] == ["❗ Лента белая"]
    assert labels[1].startswith("▫️ Позвоните на")
    assert "Не звонить в дверь" not in "".join(labels)  # bold by itself
    assert line_of(order, code_of("Лента белая")) == "Лента белая"
    assert line_of(wished(client_note="Лента красная"), code_of("Лента белая")) is None


def test_it_is_kept_with_the_order_and_erased_with_it() -> None:
    order = flagged(wished(), "Лента белая")
    assert read_order(order_document(order)) == order
    assert "Лента" not in str(erase(order, NOW).flags)
