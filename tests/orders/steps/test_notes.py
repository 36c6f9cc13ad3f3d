"""Notes on an order: who may write them, who hears them, and what is kept (X19)."""

from __future__ import annotations

import pytest

from orders.bell.table import Recipient, ears, rings_in_quiet_hours
from orders.model.delivery_facts import RemarkKind
from orders.model.numbers import named_in_words, without_number
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.refusals import Reason, Refusal
from orders.parsing.side_channels import without_phones
from orders.shop.erasure import erase, papers_in
from orders.steps import delivery_commands as delivery
from orders.steps.flow import decide
from tests.builders import (
    ACCEPTED,
    CANCELLED,
    COURIER,
    COURIER_ASSIGNED,
    DISPATCHED,
    MANAGER,
    NOON,
    PHOTO_ATTACHED,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    Given,
    a_story,
    an_order,
)

pytestmark = pytest.mark.requirement("X19")

IN_WORK = (ACCEPTED, SELLER_ASSIGNED)
ON_THE_WAY = (*IN_WORK, COURIER_ASSIGNED, PHOTO_ATTACHED, DISPATCHED)
MANAGERS, OF_SELLER, CARRIER = Recipient.MANAGERS, Recipient.SELLER, Recipient.CARRIER


def note(words: str = "белую ленту", by: Actor = MANAGER, source: str = "") -> Given:
    return delivery.Note(words, source=source), by


def heard(*given: Given) -> tuple[set[Recipient], bool]:
    order, events = a_story(*given)
    return set(ears(order, events[-1])), rings_in_quiet_hours(order, events[-1])


@pytest.mark.parametrize(
    ("given", "ear", "in_quiet_hours"),
    [
        ((note(),), set(), True),
        ((*IN_WORK, note()), {OF_SELLER}, False),
        ((*IN_WORK, note(by=SELLER)), {MANAGERS}, False),
        ((*IN_WORK, COURIER_ASSIGNED, note()), {OF_SELLER, CARRIER}, False),
        ((*ON_THE_WAY, note()), {CARRIER}, True),
        ((*ON_THE_WAY, note(by=COURIER)), {MANAGERS}, True),
        ((*ON_THE_WAY, note(by=SELLER)), {MANAGERS, CARRIER}, True),
        ((ACCEPTED, CANCELLED, note()), set(), True),
    ],
)
def test_a_note_is_heard_by_those_who_have_to_act_on_it(
    given: tuple[Given, ...], ear: set[Recipient], in_quiet_hours: bool
) -> None:
    assert heard(*given)[0] == ear
    if ear:
        assert heard(*given)[1] == in_quiet_hours


def test_a_sticker_makes_no_sound() -> None:
    sticker = delivery.Note("👍", RemarkKind.STICKER, "file")
    assert heard(*IN_WORK, (sticker, SELLER))[0] == set()


def test_the_same_message_is_kept_once_and_its_edit_takes_its_place() -> None:
    order = an_order(*IN_WORK, note("белую ленту", SELLER, "7:1"))
    with pytest.raises(Refusal) as refused:
        decide(order, *note("белую ленту", SELLER, "7:1"), NOON, RULES)
    assert refused.value.reason is Reason.ALREADY
    edited = an_order(*IN_WORK, note("белую ленту", SELLER, "7:1"), note("синюю ленту", SELLER, "7:1"))
    assert [one.words for one in edited.remarks] == ["синюю ленту"]
    with pytest.raises(Refusal):
        decide(order, *note("чужое", MANAGER, "7:1"), NOON, RULES)


def test_an_empty_note_and_one_on_an_erased_order_are_refused() -> None:
    done = an_order(ACCEPTED, CANCELLED)
    for order, words, reason in (
        (done, "  ", Reason.NOTE_NEEDED),
        (erase(done, NOON), "звонили ещё раз", Reason.ERASED),
    ):
        with pytest.raises(Refusal) as refused:
            decide(order, *note(words), NOON, RULES)
        assert refused.value.reason is reason


@pytest.mark.requirement("R63")
def test_what_was_noted_is_erased_and_its_file_is_named_to_be_removed() -> None:
    voice = delivery.Note("звонить ей", RemarkKind.VOICE, "file", "2026/03/25-notes/1.ogg", 7, "7:1")
    order, events = a_story(*IN_WORK, (voice, SELLER))
    assert papers_in(order) == ["2026/03/25-notes/1.ogg"]
    assert papers_in(tuple(events)) == ["2026/03/25-notes/1.ogg"]
    [bare] = erase(order, NOON).remarks
    assert bare.is_empty
    assert bare.source == ""


def test_a_note_stays_whatever_is_undone() -> None:
    order = an_order(*IN_WORK, note())
    assert order.remarks[-1].words == "белую ленту"
    assert order.undo is not None
    assert order.undo.step is SELLER_ASSIGNED[0].step


def test_the_manager_can_answer_the_seller_and_the_seller_the_manager() -> None:
    asked = (*IN_WORK, note("роз нет, что делать?", SELLER))
    for writer, given, reason in (
        (MANAGER, asked, Reason.TO_SELLER_NEEDED),
        (SELLER, (*IN_WORK, note()), Reason.TO_SHOP_NEEDED),
        (SELLER, asked, Reason.COURIER_NEEDED),  # nobody answers themselves
    ):
        with pytest.raises(Refusal) as refused:
            decide(an_order(*given), delivery.Say(), writer, NOON, RULES)
        assert refused.value.reason is reason
    assert heard(*asked, (delivery.Say("возьмите пионы"), MANAGER))[0] == {OF_SELLER}


def test_only_a_courier_who_was_there_reads_a_note() -> None:
    def last(order: Order) -> bool:
        return order.remarks[-1].to_carrier

    assert not last(an_order(*IN_WORK, note()))
    assert last(an_order(*IN_WORK, COURIER_ASSIGNED, note()))


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("звоните +7 (916) 000-00-01, ждёт", "звоните •••, ждёт"),
        ("8 916 000 00 01", "•••"),
        ("9160000001", "•••"),
        ("соседка 89169999999", "соседка 89169999999"),
        ("000-00-01 вечером", "••• вечером"),
        ("код 48, кв 12", "код 48, кв 12"),
    ],
)
def test_a_known_phone_is_hidden_however_it_is_written(words: str, shown: str) -> None:
    assert without_phones(words, ["+79160000001", ""]) == shown


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("25836184 клиент просил белую ленту", ("25836184",)),
        ("по 6184 курьера нет", ("6184",)),
        ("заказ 184: клиент не отвечает", ("184",)),
        ("№184 готов", ("184",)),
        ("доплатил 6184 руб за ленту", ()),
        ("роз 25 шт и 2026 год", ()),
        ("роза сломалась", ()),
    ],
)
def test_numbers_are_found_in_words_and_sums_are_none(text: str, named: tuple[str, ...]) -> None:
    assert named_in_words(text) == named


@pytest.mark.parametrize(
    ("text", "number", "left"),
    [
        ("25836184: белую ленту", "25836184", "белую ленту"),
        ("По заказу №6184 курьера нет", "6184", "курьера нет"),
        ("Р-12 без открытки", "Р-12", "без открытки"),
        ("курьер по 6184 не приехал", "6184", "курьер по 6184 не приехал"),
        ("25836184", "25836184", "25836184"),
    ],
)
def test_the_number_in_front_of_a_note_is_left_out(text: str, number: str, left: str) -> None:
    assert without_number(text, number) == left
