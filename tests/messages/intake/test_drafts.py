"""The screens of an order that is being written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from messages.callbacks.drafts import DraftDo, DraftTap
from messages.client.contact import contact
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import TEXT_LIMIT, units, visible_units
from messages.intake import drafts as screens
from messages.intake.draft_fields import DraftLook
from messages.order import menus
from messages.order.cards import card
from messages.ui.screen import Screen
from messages.ui.toasts import done
from orders.model.details import DeliveryKind, Details, Paper, Person, Window
from orders.model.draft import Draft, Field
from orders.model.money import Money
from orders.model.status import Step
from orders.money.balance import expected_payout
from tests.builders import ACCEPTED, MANAGER, NOON, RULES, a_line, an_order, some_details
from tests.messages.journeys import EN, PAID_RULES, RU
from tests.messages.ui.test_limits import details as any_details

HUGE = 2**63 - 1
EMPTY = Draft(7, 1, 2, NOON)
FULL = replace(EMPTY, number="25836184", details=some_details())


def look(draft: Draft, t: Translator = RU) -> DraftLook:
    return DraftLook(draft, RULES, NOON, t)


def every_screen(draft: Draft, t: Translator) -> list[Screen]:
    """All that can be shown of a draft."""
    seen = look(draft, t)
    order = an_order(window=None, address="Тверская 1")
    asked = [
        screens.question(seen, field, field.value, is_step=step) for field in _ASKED for step in (False, True)
    ]
    return [
        screens.draft_screen(seen, None),
        screens.draft_screen(seen, order),
        screens.more_screen(seen),
        screens.known_screen(seen, order),
        *(screens.by_hand_screen(seen, order, field) for field in Field if field is not Field.NUMBER),
        screens.delete_screen(seen),
        screens.waiting_screen([seen] * 9, t),
        screens.is_it_screen(draft.id, t),
        screens.question(seen, Field.WINDOW, "clock", is_step=True),
        *asked,
    ]


_ASKED = sorted(set(Field) - {Field.DELIVERY})


def buttons(screen: Screen) -> list[str]:
    rows = screen.keyboard.inline_keyboard if screen.keyboard else []
    return [button.text for row in rows for button in row]


def test_every_field_is_shown_and_the_missing_ones_are_marked() -> None:
    lines = screens.draft_screen(look(EMPTY), None).text.splitlines()
    assert lines[0] == "📝 <b>Черновик без номера</b>"
    marked = [line.removeprefix("▫️ ").removesuffix(": не указано") for line in lines if line.startswith("▫️")]
    assert marked == ["Когда", "Куда", "Состав", "Сумма", "Получатель", "Клиент", "Открытка"]
    whole = screens.draft_screen(look(FULL), None).text
    assert "▫️" not in whole
    for said in ("25836184", "Лесная 5", "Пионы «Облако» 15 шт", "4\u202f900", "Мария", "Игорь", "С днём"):
        assert said in whole


def test_a_pickup_misses_no_address() -> None:
    pickup = replace(EMPTY, details=Details(delivery=DeliveryKind.PICKUP))
    text = screens.draft_screen(look(pickup), None).text
    assert "Куда" not in text
    assert "Способ: самовывоз" in text
    assert "Сделать доставкой" in buttons(screens.more_screen(look(pickup)))


def test_each_field_is_one_tap_away_on_two_pages() -> None:
    found = [*buttons(screens.draft_screen(look(EMPTY), None)), *buttons(screens.more_screen(look(EMPTY)))]
    asked = set(_ASKED) - {Field.PAYMENT_NOTE}
    assert {RU.plain(f"draft-field-{field.value}") for field in asked} <= set(found)
    paid = look(replace(EMPTY, details=Details(payment_note="Предоплата 1 000")))
    assert RU.plain("draft-field-payment_note") in buttons(screens.more_screen(paid))


def test_a_time_that_may_be_two_is_asked_with_a_button_for_each() -> None:
    windows = tuple(Window(NOON.replace(hour=hour), NOON.replace(hour=hour)) for hour in (4, 16))
    screen = screens.draft_screen(look(replace(EMPTY, windows=windows)), None)
    found = buttons(screen)
    assert len(found) <= 8
    assert [label[-5:] for label in found[:2]] == ["07:00", "19:00"]
    assert RU.plain("draft-button-other-time") in found


def test_a_time_that_has_passed_is_questioned_and_the_next_day_is_offered() -> None:
    past = Window(NOON - timedelta(hours=3), NOON - timedelta(hours=2))
    over = replace(
        EMPTY,
        details=Details(window=past),
        windows=(Window(*(one + timedelta(days=1) for one in (past.start, past.end))),),
    )
    screen = screens.when_screen(look(over))
    assert "уже прошло" in screen.text
    found = buttons(screen)
    assert "автра" in found[0]
    assert RU.plain("draft-button-save-so") in found
    asked = buttons(screens.when_screen(look(over), DraftDo.ASK_CLIENT))
    assert RU.plain("draft-button-save-so") not in asked, "nobody proposes a time that is over"


@pytest.mark.requirement("R68")
def test_the_recipients_phone_of_the_order_is_not_given_away() -> None:
    other = replace(FULL, details=some_details(recipient=Person("Мария", "+79160000099")))
    screen = screens.known_screen(look(other), an_order())
    assert "+79160000002" not in screen.text
    assert "в заказе «Мария», в черновике «Мария, +79160000099»" in screen.text
    nameless = screens.known_screen(look(other), an_order(recipient=Person(phone="+79160000002")))
    assert "в заказе «телефон скрыт до выезда»" in nameless.text


def test_what_differs_can_be_chosen_and_is_seen_to_be_chosen() -> None:
    draft = replace(FULL, details=some_details(paid=Money(100), address="Тверская 1"))
    order = replace(an_order(), marketplace_status=None)
    assert "Сумма: как в заказе" in buttons(screens.known_screen(look(draft), order))
    chosen = replace(draft, taken=frozenset({Field.PAID}))
    assert "Сумма: из черновика ✓" in buttons(screens.known_screen(look(chosen), order))


@pytest.mark.requirement("R59", "R66")
def test_it_says_before_the_tap_what_is_taken_and_what_the_client_is_asked() -> None:
    said = some_details(paid=Money(100), address="Тверская 1", card_text="Люблю", written="текст")
    screen = screens.known_screen(look(replace(FULL, details=said)), an_order(card_text=""))
    assert "Возьму сразу: Открытка" in screen.text.splitlines()
    assert "Спросите клиента. Куда: в заказе «Лесная 5" in screen.text
    assert buttons(screen)[1:3] == ["Спросить клиента: Куда", "Спросить клиента: Сумма"]
    assert "как в заказе ✓" not in screen.text
    by_hand = screens.by_hand_screen(look(replace(FULL, details=said)), an_order(), Field.ADDRESS)
    assert "Куда: Тверская 1. Всё верно?" in by_hand.text


def test_one_that_says_nothing_new_says_so() -> None:
    assert "Нового для заказа в черновике нет." in screens.known_screen(look(FULL), an_order()).text


def test_the_board_says_how_many_drafts_wait() -> None:
    assert screens.entry_button(0, RU).text == "Новый заказ"
    assert screens.entry_button(1, RU).text == "Черновик ждёт"
    assert screens.entry_button(3, RU).text == "Черновики ждут: 3"
    assert screens.entry_button(3, EN).text == "Drafts wait: 3"


def test_a_draft_is_told_from_another_by_what_is_known_of_it() -> None:
    (label, new) = buttons(screens.waiting_screen([look(FULL)], RU))
    assert label.startswith("25836184 · Сегодня 14:00-15:00")
    assert new == "Новый заказ"
    (label, _new) = buttons(screens.waiting_screen([look(EMPTY)], RU))
    assert label == "Без номера"


@pytest.mark.parametrize("do", DraftDo)
def test_every_tap_fits(do: DraftDo) -> None:
    longest = max((field.value for field in Field), key=len)
    packed = DraftTap(do=do, draft=HUGE, arg=longest).pack()
    assert len(packed.encode()) <= 64
    assert DraftTap.unpack(packed).arg == longest


@pytest.mark.parametrize("t", [RU, EN])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(said=any_details)
def test_whatever_is_written_fits_and_every_screen_leads_on(t: Translator, said: Details) -> None:
    draft = replace(EMPTY, number="1" * 19, details=replace(said, papers=(Paper("ab", "p"),) * 3))
    for screen in every_screen(draft, t):
        assert 0 < visible_units(screen.text) <= TEXT_LIMIT
        labels = buttons(screen)
        assert 0 < len(labels) <= 8
        assert all(0 < units(label) <= 40 for label in labels)


def test_a_window_over_midnight_names_both_days() -> None:
    window = Window(NOON.replace(hour=20), NOON.replace(day=9, hour=1))
    draft = replace(EMPTY, details=Details(window=window, lines=(a_line(),) * 9))
    text = screens.draft_screen(look(draft), None).text
    assert "Когда: Сегодня 23:00 - завтра 04:00" in text
    assert "и ещё 3 позиции" in text


@pytest.mark.parametrize("t", [RU, EN])
def test_an_order_that_is_not_the_marketplaces_is_not_sent_there(t: Translator) -> None:
    own = replace(an_order(ACCEPTED, number="Р-1"), marketplace_status=None)
    theirs = an_order(ACCEPTED)
    assert "Flowwow" in contact(theirs, MANAGER, PAID_RULES, NOON, t).text
    assert "Flowwow" in done(Step.CANCEL, theirs, t)
    assert "Flowwow" not in menus.cancel(own, PAID_RULES, NOON, t).text
    assert "Flowwow" not in done(Step.CANCEL, own, t)
    assert "%" not in menus.decline(own, PAID_RULES, NOON, t).text
    assert "Игорь, +79160000001" in contact(own, MANAGER, PAID_RULES, NOON, t).text
    assert expected_payout(own, PAID_RULES) is None
    assert "Flowwow" not in card(own, MANAGER, PAID_RULES, NOON, t).text
