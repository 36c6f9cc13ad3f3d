"""What a pasted text changes at once, and what only the client can change (R59, R66)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from orders.model.details import DeliveryKind, Details, Line, Person, Window
from orders.model.draft import Field
from orders.model.money import Money
from orders.model.order import Order, Topic
from orders.model.people import MARKETPLACE
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps.agreements import proposed
from orders.steps.filling import filled, takes_past_time, to_ask
from orders.steps.flow import apply, decide
from orders.steps.wishes.proposing import proposal, with_unasked
from tests.builders import ACCEPTED, MANAGER, NOON, RULES, a_line, a_window, an_order

ZONE = ZoneInfo("Europe/Moscow")
LATER = a_window(NOON + timedelta(days=1))
OF_CLIENT = {
    Field.WINDOW: Details(window=LATER),
    Field.DELIVERY: Details(delivery=DeliveryKind.PICKUP),
    Field.ADDRESS: Details(address="Пушкина 7"),
    Field.GOODS: Details(lines=(Line("Розы"),)),
    Field.RECIPIENT: Details(recipient=Person("Пётр", "+79160000099")),
    Field.PAID: Details(paid=Money(100)),
    Field.CARD_TEXT: Details(card_text="Прости"),
}


def of_marketplace(**details: object) -> Order:
    return replace(an_order(ACCEPTED, **details), marketplace_status=Status.ACCEPTED)


@pytest.mark.requirement("R59", "R66")
@pytest.mark.parametrize("field", OF_CLIENT)
def test_what_the_client_ordered_stays_also_where_somebody_chose_otherwise(field: Field) -> None:
    order, said = of_marketplace(), OF_CLIENT[field]
    assert to_ask(order, said) == (field,)
    assert filled(order, said, set(Field)) == order.details


@pytest.mark.requirement("R66")
@pytest.mark.parametrize("field", OF_CLIENT)
def test_the_shops_own_order_changes_at_once(field: Field) -> None:
    order = replace(an_order(ACCEPTED), marketplace_status=None)
    assert to_ask(order, OF_CLIENT[field]) == ()
    assert filled(order, OF_CLIENT[field], set(Field)) != order.details


@pytest.mark.requirement("R66")
@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"window": None, "as_soon_as_possible": True}, Details(window=LATER)),
        ({}, Details(as_soon_as_possible=True)),
    ],
)
def test_from_now_to_later_and_back_is_a_change_of_time_too(known: dict[str, object], said: Details) -> None:
    order = of_marketplace(**known)
    assert to_ask(order, said) == (Field.WINDOW,)
    assert filled(order, said) == order.details


@pytest.mark.requirement("X1")
def test_what_was_unknown_is_filled_beside_what_is_asked() -> None:
    order = of_marketplace(card_text="", address="", recipient=Person("Мария"))
    said = Details(
        window=LATER,
        address="Лесная 5",
        card_text="Люблю",
        recipient=Person("Мария", "+79160000002"),
        shop_note="без ленты",
    )
    assert to_ask(order, said) == (Field.WINDOW,)
    found = filled(order, said)
    assert found.window == order.details.window
    assert (found.address, found.card_text, found.recipient.phone) == ("Лесная 5", "Люблю", "+79160000002")


@pytest.mark.requirement("X13")
def test_an_order_that_the_marketplace_has_not_shown_is_all_gaps() -> None:
    order = replace(an_order(ACCEPTED), marketplace_status=Status.NEW)
    order = replace(order, details=Details(unread=True, address="Лесная 5"))
    said = Details(address="Пушкина 7", window=LATER)
    assert to_ask(order, said) == ()
    assert filled(order, said, {Field.ADDRESS}).address == "Пушкина 7"


@pytest.mark.requirement("R66")
def test_no_other_way_of_the_staff_changes_it_either() -> None:
    order = of_marketplace()
    amend = do.Amend(replace(order.details, window=LATER))
    with pytest.raises(Refusal) as refused:
        decide(order, amend, MANAGER, NOON, RULES)
    assert refused.value.reason is Reason.CLIENT_DECIDES
    decide(order, amend, MARKETPLACE, NOON, RULES)


@pytest.mark.requirement("R66")
def test_the_question_about_time_and_goods_says_what_the_text_says() -> None:
    order = of_marketplace(lines=(a_line(name="Пионы", paid=Money(490_000)), a_line(name="Ваза")))
    said = Details(window=LATER, lines=(Line("Розы 5 шт", paid=Money(100_000)), Line("ваза")))
    when = proposal(order, said, Field.WINDOW, ZONE)
    assert when is not None
    assert proposed(order, when, MANAGER, NOON, RULES).window == LATER
    what = proposal(order, said, Field.GOODS, ZONE)
    assert what is not None
    found = proposed(order, what, MANAGER, NOON, RULES)
    assert (found.replaced and found.replaced.name, found.replacement and found.replacement.name) == (
        "Пионы",
        "Розы 5 шт",
    )
    assert found.extra == Money(-390_000)


@pytest.mark.requirement("R59")
@pytest.mark.parametrize(
    ("said", "replaced"),
    [
        ((Line("Розы"),), "Пионы"),
        ((Line("Розы", 2, Money(490_000)),), "Пионы"),
        ((Line("Розы"), Line("Лента")), ""),
    ],
)
def test_a_price_or_goods_that_the_text_does_not_tell_are_asked_and_not_guessed(
    said: tuple[Line, ...], replaced: str
) -> None:
    order = of_marketplace(lines=(a_line(name="Пионы", paid=Money(490_000)),))
    found = proposal(order, Details(lines=said), Field.GOODS, ZONE)
    assert found == do.Propose(Topic.SUBSTITUTION, "", replaced)


def test_a_higher_price_is_a_surcharge_and_the_rest_is_for_the_marketplaces_chat() -> None:
    order = of_marketplace(paid=Money(490_000))
    more = proposal(order, Details(paid=Money(510_000)), Field.PAID, ZONE)
    assert more == do.Propose(Topic.SURCHARGE)
    assert proposal(order, Details(paid=Money(410_000)), Field.PAID, ZONE) is None
    for field in (Field.ADDRESS, Field.RECIPIENT, Field.DELIVERY, Field.CARD_TEXT):
        assert proposal(order, OF_CLIENT[field], field, ZONE) is None


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("known", "said", "taken", "is_past"),
    [
        (None, a_window(NOON - timedelta(hours=3)), set(), True),
        (None, LATER, set(), False),
        (LATER, a_window(NOON - timedelta(hours=3)), set(), False),
        (LATER, a_window(NOON - timedelta(hours=3)), {Field.WINDOW}, True),
        (a_window(NOON - timedelta(hours=3)), a_window(NOON - timedelta(hours=3)), {Field.WINDOW}, False),
    ],
)
def test_a_time_that_is_over_is_questioned_only_where_the_order_would_get_it(
    known: Window | None, said: Window, taken: set[Field], *, is_past: bool
) -> None:
    order = replace(an_order(ACCEPTED, window=known), marketplace_status=None)
    assert takes_past_time(order, Details(window=said), taken, NOON) is is_past


MARK = "Спросить клиента:"


@pytest.mark.requirement("R59", "R66", "X1")
@pytest.mark.parametrize(
    ("said", "note"),
    [
        (Details(window=LATER), "09.03 12:00-13:00"),
        (Details(address="Пушкина 7, этаж 4, лифт не работает"), "Пушкина 7, этаж 4, лифт не работает"),
        (Details(lines=(Line("Розы, в крафте"), Line("Шар", 3))), "Розы, в крафте; Шар × 3"),
        (Details(recipient=Person("Анна, лично в руки", "+79160000099")), "Анна, лично в руки"),
        (Details(card_text="Прости"), "Прости"),
    ],
)
def test_the_words_of_what_the_client_is_still_to_be_asked_stand_in_the_note(
    said: Details, note: str
) -> None:
    order = of_marketplace()
    after = filled(order, with_unasked(order, said, ZONE, MARK))
    assert after.shop_note.endswith(f" {MARK} {note}")
    assert replace(after, shop_note="") == order.details
    assert filled(replace(order, details=after), with_unasked(order, said, ZONE, MARK)) == after


@pytest.mark.requirement("R13", "X1")
def test_another_price_is_a_note_for_those_who_read_sums() -> None:
    order, said = of_marketplace(), Details(paid=Money(123_450), payment_note="наличными курьеру")
    after = filled(order, with_unasked(order, said, ZONE, MARK))
    assert (after.paid, after.shop_note) == (order.details.paid, order.details.shop_note)
    assert after.payment_note.startswith("наличными курьеру\n")
    assert after.payment_note.endswith(f" {MARK} 1234.50 RUB")


@pytest.mark.requirement("R66", "X1")
def test_what_the_client_is_asked_already_needs_no_note() -> None:
    question = (do.Propose(Topic.WINDOW, "на 1 час позже"), MANAGER)
    order = replace(an_order(ACCEPTED, question), marketplace_status=Status.ACCEPTED)
    said = Details(window=LATER, client_note="если можно, пораньше")
    after = filled(order, with_unasked(order, said, ZONE, MARK))
    assert (after.shop_note, after.client_note) == ("", "если можно, пораньше")


@pytest.mark.requirement("R66", "X1")
def test_a_note_on_what_to_ask_goes_when_the_client_has_answered() -> None:
    order = of_marketplace()
    said = Details(window=LATER, address="Пушкина 7, этаж 4, лифт не работает")
    noted = replace(order, details=filled(order, with_unasked(order, said, ZONE, MARK)))
    assert noted.details.shop_note.count(MARK) == 2
    asked = apply(noted, decide(noted, do.Propose(Topic.WINDOW, "на 1 час позже"), MANAGER, NOON, RULES))
    assert asked.details.shop_note.count(MARK) == 2
    for agreed in (True, False):
        answer = do.AnswerProposal(1, agreed=agreed, words="подумали")
        answered = apply(asked, decide(asked, answer, MANAGER, NOON, RULES))
        assert "Пушкина 7" in answered.details.shop_note
        assert answered.details.shop_note.count(MARK) == 1


@pytest.mark.requirement("R66", "X1")
def test_a_note_on_what_to_ask_goes_when_the_marketplace_has_changed_it() -> None:
    order = of_marketplace()
    said = Details(window=LATER, address="Пушкина 7, этаж 4", paid=Money(123_450))
    after = filled(order, with_unasked(order, said, ZONE, MARK))
    noted = replace(order, details=replace(after, shop_note=f"без лилий\n{after.shop_note}"))
    told = replace(noted.details, window=LATER, address="Пушкина 7, этаж 4", paid=Money(123_450))
    changed = apply(noted, decide(noted, do.Amend(told), MARKETPLACE, NOON, RULES))
    assert (changed.details.shop_note, changed.details.payment_note) == ("без лилий", "")
