"""How long a link works, who may speak with the client, and how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from orders.access.order_access import can_see
from orders.client.contacts import contacts, free_from
from orders.client.links import ClientLink, Said, TalkKind, may_contact, works
from orders.client.ready_texts import ABOUT_THE_PHOTO, ReadyText, offered_texts
from orders.model.details import Category, Line
from orders.model.order import Handover, Mark, Order, Topic
from orders.model.people import Actor, client_of
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.steps import commands as do
from tests.builders import (
    ACCEPTED,
    CLIENT,
    COMPLETED,
    COURIER,
    COURIER_ASSIGNED,
    DIRECTOR,
    DISPATCHED,
    MANAGER,
    NOON,
    PHOTO_ATTACHED,
    PHOTO_SEEN,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    Given,
    a_mark,
    an_order,
    minutes,
    some_details,
)
from tests.orders.table import at

LINK = ClientLink(1, 0, "nonce", a_mark(MANAGER))
DONE = (ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED, PHOTO_ATTACHED, DISPATCHED, COMPLETED)
ORDER = an_order(ACCEPTED)
PATIENT = ShopRules(contacts_most=2, contacts_minutes=30)


def said(at_minute: float, by: Actor = SELLER, kind: TalkKind = TalkKind.TEXT, words: str = "") -> Said:
    return Said(0, Mark(NOON + minutes(at_minute), by.role, by.staff_id), kind, words)


def ended(order: Order) -> datetime:
    assert order.progress.since is not None
    return order.progress.since


@pytest.mark.requirement("X7")
def test_a_link_ends_some_hours_after_its_order_and_at_once_when_it_is_taken_back() -> None:
    living, done = an_order(ACCEPTED), an_order(*DONE)
    assert works(LINK, living, NOON + minutes(100_000), RULES)
    assert works(LINK, done, ended(done) + minutes(72 * 60 - 1), RULES)
    assert not works(LINK, done, ended(done) + minutes(72 * 60), RULES)
    revoked = ClientLink(1, 0, "nonce", a_mark(MANAGER), revoked=a_mark(MANAGER))
    assert not works(revoked, living, NOON, RULES)


@pytest.mark.requirement("X7", "R14")
def test_a_client_stands_to_one_order_only() -> None:
    order = an_order(ACCEPTED, id=7)
    assert can_see(order, client_of(7))
    assert not can_see(order, client_of(8))
    assert not can_see(order, CLIENT)


@pytest.mark.requirement("R19")
def test_chiefs_speak_with_the_client_and_the_seller_while_the_order_lives() -> None:
    living, done = an_order(ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED), an_order(*DONE)
    assert [may_contact(living, actor) for actor in (DIRECTOR, MANAGER, SELLER, COURIER, CLIENT)] == [
        True,
        True,
        True,
        False,
        False,
    ]
    assert [may_contact(done, actor) for actor in (DIRECTOR, SELLER)] == [True, False]


@pytest.mark.requirement("R64")
def test_contacts_without_an_answer_are_held_back_until_the_first_is_long_enough_ago() -> None:
    talk = [said(0), said(10, kind=TalkKind.LINK)]
    now = NOON + minutes(11)
    assert free_from(ORDER, talk[:1], now, PATIENT) is None
    assert free_from(ORDER, talk, now, PATIENT) == NOON + minutes(30)
    assert free_from(ORDER, talk, NOON + minutes(30), PATIENT) is None
    assert free_from(ORDER, [*talk, said(11, by=CLIENT)], now, PATIENT) is None


@pytest.mark.requirement("R64", "R66")
def test_a_proposal_is_a_contact_and_its_answer_the_clients_word_whoever_notes_it() -> None:
    asked: Given = (do.Propose(Topic.THIRD_PERSON, "соседке"), MANAGER)
    order = an_order(ACCEPTED, asked)
    at_asking = order.agreements[0].asked.at
    now = at_asking + minutes(2)
    assert free_from(order, [], now, PATIENT) is None
    talk = [said((now - NOON) / minutes(1))]
    assert free_from(ORDER, talk, now, PATIENT) is None
    assert free_from(order, talk, now, PATIENT) == at_asking + minutes(30)
    for by, words in ((CLIENT, ""), (MANAGER, "да")):
        answered = an_order(ACCEPTED, asked, (do.AnswerProposal(1, agreed=True, words=words), by))
        assert free_from(answered, talk, now, PATIENT) is None
    noted = an_order(
        *DONE[:-1],
        (do.Complete(Handover.THIRD_PERSON, "соседке", True, agreed_words="да"), COURIER),
    )
    assert len(noted.agreements) == 1
    assert contacts(noted, []) == []


@pytest.mark.requirement("R64")
def test_what_the_client_must_know_is_no_contact_too_many() -> None:
    late = said(1, kind=TalkKind.READY_TEXT, words=ReadyText.LATE)
    assert free_from(ORDER, [said(0), late], NOON + minutes(2), PATIENT) is None


@pytest.mark.requirement("R30", "R65")
@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_text_for_the_client(status: Status) -> None:
    assert offered_texts(at(status))


@pytest.mark.requirement("R33")
def test_a_second_photo_has_words_of_its_own() -> None:
    first = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, PHOTO_SEEN)
    assert ReadyText.RATE in offered_texts(first)
    again: Given = (do.AttachPhoto("cd" * 32, "2.jpg"), SELLER)
    seen_again: Given = (do.PhotoShown("cd" * 32), CLIENT)
    second = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, again, seen_again)
    assert ReadyText.NEW_PHOTO in offered_texts(second)
    assert ReadyText.RATE not in offered_texts(second)


@pytest.mark.requirement("X20", "R24")
def test_ready_texts_speak_of_a_photo_only_where_there_is_one() -> None:
    unseen = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED)
    assert not ABOUT_THE_PHOTO & set(offered_texts(unseen))
    assert ReadyText.PHOTO_SOON in offered_texts(unseen)
    for details in (
        some_details(lines=(Line("Мишка", category=Category.OTHER),)),
        some_details(unread=True),
    ):
        accepted = replace(an_order(ACCEPTED), details=details)
        assert ReadyText.ACCEPTED not in offered_texts(accepted)
        assert ReadyText.ACCEPTED_PLAIN in offered_texts(accepted)
