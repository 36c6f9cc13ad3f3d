from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.intake.merge import conflicts, joined, merged
from orders.model.details import DeliveryKind, Details, Line, Paper, Person
from orders.model.draft import Field
from orders.model.money import Money
from tests.builders import NOON, a_line, a_window, some_details

ZONE = ZoneInfo("Europe/Moscow")
EMPTY = Details()
OTHER = Details(
    lines=(Line("Розы"),),
    delivery=DeliveryKind.PICKUP,
    window=a_window(NOON + timedelta(days=1)),
    address="Тверская 1",
    card_text="Люблю",
    client=Person("Ольга", "+79160000007"),
    recipient=Person("Катя", "+79160000008"),
    paid=Money(250_000),
)


def test_whatever_is_unknown_is_filled() -> None:
    assert merged(EMPTY, some_details()) == some_details()
    assert merged(some_details(), EMPTY) == some_details()
    partly = Details(address="Лесная 5", client=Person("Игорь"))
    found = merged(partly, OTHER)
    assert (found.address, found.client) == ("Лесная 5", Person("Игорь", "+79160000007"))
    assert found.lines == OTHER.lines


def test_what_differs_stays_unless_it_is_chosen() -> None:
    known = some_details()
    differing = conflicts(known, OTHER)
    assert set(differing) == set(Field) - {
        Field.NUMBER,
        Field.CLIENT_NOTE,
        Field.SHOP_NOTE,
        Field.COURIER_NOTE,
        Field.PAYMENT_NOTE,
    }
    assert merged(known, OTHER) == known
    for field in differing:
        found = merged(known, OTHER, {field})
        changed = {
            one.name for one in fields(Details) if getattr(found, one.name) != getattr(known, one.name)
        }
        assert changed == {{Field.GOODS: "lines"}.get(field, field.value)}


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (Details(address="Лесная 5, кв 12"), Details(address="лесная, 5 кв. 12")),
        (
            Details(client=Person("Игорь", "+7 916 000-00-01")),
            Details(client=Person("игорь", "+79160000001")),
        ),
        (Details(client=Person("Игорь")), Details(client=Person(phone="+79160000001"))),
        (Details(lines=(a_line(),)), Details(lines=(a_line(paid=None, offer_id="7"),))),
        (Details(as_soon_as_possible=True), Details(window=a_window())),
        (Details(shop_note="лента"), Details(shop_note="записка")),
    ],
)
def test_the_same_in_other_words_is_no_contradiction(mine: Details, theirs: Details) -> None:
    assert conflicts(mine, theirs) == ()


def test_notes_words_and_papers_of_both_are_kept_once() -> None:
    mine = Details(shop_note="лента", written="первый текст", papers=(Paper("ab", "1"),))
    theirs = Details(shop_note="записка", written="второй текст", papers=(Paper("ab", "2"), Paper("cd", "3")))
    found = merged(mine, theirs)
    assert found.shop_note == "лента\nзаписка"
    assert found.written == "первый текст\nвторой текст"
    assert set(found.papers) == {Paper("ab", "1"), Paper("cd", "3")}
    assert merged(found, theirs) == found


def test_the_marketplace_fills_what_the_staff_left_open() -> None:
    ours = Details(shop_note="ленту не класть", written="текст")
    found = joined(ours, some_details(), ZONE)
    assert found == replace(some_details(), shop_note="ленту не класть", written="текст")


def test_what_the_staff_wrote_stays_and_what_the_marketplace_says_otherwise_is_a_note() -> None:
    ours = replace(OTHER, delivery=DeliveryKind.COURIER)
    found = joined(ours, some_details(), ZONE)
    assert (found.address, found.window, found.recipient, found.card_text) == (
        ours.address,
        ours.window,
        ours.recipient,
        ours.card_text,
    )
    assert found.shop_note.splitlines() == [
        "Flowwow: 08.03 14:00-15:00",
        "Flowwow: Лесная 5, кв 12, домофон 12К",
        "Flowwow: Мария",
        "Flowwow: Игорь",
        "Flowwow: С днём рождения, мама",
        "Розы",
    ]


def test_composition_and_sum_are_the_marketplaces() -> None:
    found = joined(OTHER, some_details(), ZONE)
    assert (found.lines, found.paid) == (some_details().lines, some_details().paid)


def test_no_sum_and_no_phone_gets_into_a_note() -> None:
    note = joined(OTHER, some_details(), ZONE).shop_note
    assert "4900" not in note
    assert "+7" not in note


words = st.sampled_from(["", "роза", "Роза!", "тюльпан"])
people = st.builds(Person, words, words)
some = st.builds(
    Details,
    lines=st.lists(st.builds(Line, words), max_size=2).map(tuple),
    delivery=st.sampled_from(DeliveryKind),
    window=st.none() | st.just(a_window()) | st.just(OTHER.window),
    as_soon_as_possible=st.booleans(),
    address=words,
    shop_note=words,
    client=people,
    recipient=people,
    paid=st.none() | st.builds(Money, st.integers(0, 3)),
    written=words,
)


@given(some, some)
def test_nothing_known_is_ever_lost(known: Details, other: Details) -> None:
    found = merged(known, other)
    assert merged(found, other) == found
    assert conflicts(known, found) == ()
    for person in ("client", "recipient"):
        assert getattr(found, person).name == (getattr(known, person).name or getattr(other, person).name)
    for text in (known.shop_note, other.shop_note, known.written, other.written):
        assert text.strip("!").casefold() in f"{found.shop_note} {found.written}".casefold()
