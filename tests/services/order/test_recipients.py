"""Who is told aloud, of what: the table as people would write it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from typing import get_args

import pytest

from orders.bell.ringing import Hearing, Quiet
from orders.model.order import Order, Topic
from orders.model.people import MARKETPLACE, Role
from orders.schedule.deadlines import DeadlineKind
from orders.steps import commands as do
from orders.steps import delivery_commands as delivery_do
from orders.steps import delivery_events as delivered
from orders.steps import events as happened
from orders.steps.events import Event
from services.order.recipients import Audience, freed, of_change, of_deadline, reaches_anybody, still_to_tell
from storage.sending.outbox import Channel, Kind, Outgoing, Priority
from storage.sending.shop_notifications import NewsKind
from storage.shop.shops import Shop
from storage.team.staff import Member
from tests.builders import (
    ACCEPTED,
    ADDRESS_FOUND,
    AGREED,
    AMENDED,
    AMENDED_AWAY,
    ARRIVED,
    ASKED_FOR_MORE,
    BILL_SENT,
    BROUGHT_BACK,
    CALL_NOTED,
    CAME_BACK,
    CANCELLED,
    CARRIED_ON,
    CHECKED,
    CLIENT,
    CODE_CHOSEN,
    COMPLETED,
    COURIER,
    COURIER_ASSIGNED,
    DECLINED,
    DIRECTOR,
    DISPATCHED,
    DOUBT_RAISED,
    EXTRA_PAID,
    GIVEN_BACK,
    HIDDEN,
    MANAGER,
    MARKETPLACE_TOLD,
    NOBODY_THERE,
    NOON,
    OFFERED,
    ON_THE_WAY,
    PHONE_ASKED,
    PHONE_SHOWN,
    PHOTO_ATTACHED,
    PHOTO_SEEN,
    PROOF_ATTACHED,
    RATED,
    REDISPATCHED,
    REFUSED,
    RELEASED,
    RULES,
    SAID_LATE,
    SELLER,
    SELLER_ASSIGNED,
    STOP_SEEN,
    TAKEN,
    TAKEN_AWAY,
    THIRD_PARTY,
    UNDONE,
    WITHDRAWN,
    WRONG_CODE,
    Given,
    a_story,
    minutes,
    some_details,
)

SHOP = Shop(1, 4711, "Лепесток", "ru", RULES, -1)
NAMES = {"group": -1, "director": 11, "manager": 12, "seller": 13, "courier": 14, "other seller": 15}
CHAT_NAMES = {chat: name for name, chat in NAMES.items()}
MEMBERS = tuple(
    Member(staff_id, 1, role, name, f"+7{staff_id}", chat, "ru")
    for staff_id, role, name, chat in (
        (1, Role.DIRECTOR, "Ирина", 11),
        (2, Role.MANAGER, "Анна", 12),
        (3, Role.SELLER, "Оля", 13),
        (4, Role.COURIER, "Пётр", 14),
        (5, Role.SELLER, "Вера", 15),
        (6, Role.MANAGER, "Лена", None),
    )
)
AUDIENCE = Audience(SHOP, MEMBERS)
IN_WORK = (ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED)
BACK = (*ON_THE_WAY, REFUSED)
OFFERED_BY_CHIEF: Given = (OFFERED[0], MANAGER)

MOVED: Given = (do.Propose(Topic.WINDOW, "на час позже"), MANAGER)

Case = tuple[Sequence[Given], type[Event], str]
DONE = (*ON_THE_WAY, COMPLETED)
COMPLAINED = (do.OpenDispute("завяли"), CLIENT)
SEARCH: Given = (delivery_do.Search(), SELLER)
CAME: Given = (delivery_do.CourierCame(), SELLER)

CASES: tuple[Case, ...] = (
    # what came before and what happens now, who hears it
    ((), happened.Received, "group director manager"),
    ((ACCEPTED,), happened.Accepted, ""),
    (((do.Accept(), DIRECTOR),), happened.Accepted, ""),
    ((ACCEPTED, SELLER_ASSIGNED), happened.SellerAssigned, "seller"),
    ((ACCEPTED, (do.AssignSeller(2, "Анна"), MANAGER)), happened.SellerAssigned, ""),
    ((ACCEPTED, (do.AssignSeller(2, "Анна"), DIRECTOR)), happened.SellerAssigned, "manager"),
    ((*IN_WORK,), happened.CourierAssigned, "courier"),
    ((*IN_WORK, RELEASED), happened.Released, ""),  # one message tells of all that wait
    ((*IN_WORK, PHOTO_ATTACHED), happened.PhotoAttached, ""),
    ((*IN_WORK, CHECKED), happened.CheckedOff, ""),
    ((*IN_WORK, PHOTO_ATTACHED, TAKEN_AWAY), happened.PhotosTakenAway, ""),
    ((*IN_WORK, PHOTO_ATTACHED, (TAKEN_AWAY[0], MANAGER)), happened.PhotosTakenAway, "seller"),
    ((*IN_WORK, PHOTO_ATTACHED, RATED), happened.Rated, "seller"),
    ((*IN_WORK, PHOTO_ATTACHED, (do.Rate(liked=True), CLIENT)), happened.Rated, ""),
    ((*IN_WORK, THIRD_PARTY), happened.HandedToThirdParty, ""),
    (ON_THE_WAY, happened.Dispatched, ""),
    ((*ON_THE_WAY, COMPLETED), happened.Completed, ""),
    (BACK, happened.RecipientRefusedOrder, "director manager"),
    ((*ON_THE_WAY, (REFUSED[0], MANAGER)), happened.RecipientRefusedOrder, "director"),
    ((*BACK, REDISPATCHED), happened.Redispatched, "courier"),
    ((*IN_WORK, DECLINED), happened.Declined, "seller courier"),
    ((DECLINED,), happened.Declined, ""),
    ((DECLINED, HIDDEN), happened.HiddenFromList, ""),
    ((*IN_WORK, CANCELLED), happened.Cancelled, "director manager seller courier"),
    ((*IN_WORK, (CANCELLED[0], MANAGER)), happened.Cancelled, "director seller courier"),
    ((*IN_WORK, AMENDED), happened.Amended, "seller courier"),
    ((*IN_WORK, (do.Amend(some_details(card_text="Маме")), MARKETPLACE)), happened.Amended, ""),
    ((*IN_WORK, (do.Amend(some_details(lines=())), MARKETPLACE)), happened.Amended, "seller"),
    ((ACCEPTED, AMENDED), happened.Amended, ""),
    ((*IN_WORK, DOUBT_RAISED), happened.DoubtRaised, ""),  # its alarm sounds
    ((*IN_WORK, DOUBT_RAISED, CARRIED_ON), happened.CarriedOn, ""),
    ((*IN_WORK, (do.FlagLine("Не звонить в дверь"), MANAGER)), happened.LineFlagged, ""),
    ((*IN_WORK, MARKETPLACE_TOLD), happened.MarketplaceTold, ""),
    ((*IN_WORK, PHOTO_ATTACHED, PHOTO_SEEN), happened.PhotoSeen, ""),
    ((*IN_WORK, ASKED_FOR_MORE), happened.Proposed, ""),
    ((*IN_WORK, ASKED_FOR_MORE, AGREED), happened.ProposalAnswered, "seller"),
    (
        (*IN_WORK, ASKED_FOR_MORE, (do.AnswerProposal(1, agreed=True, words="да"), SELLER)),
        happened.ProposalAnswered,
        "",
    ),
    ((*IN_WORK, MOVED, AGREED), happened.ProposalAnswered, "manager seller courier"),
    ((*IN_WORK, ASKED_FOR_MORE, AGREED, BILL_SENT), happened.AgreementInApp, ""),
    ((*IN_WORK, ASKED_FOR_MORE, AGREED, BILL_SENT, EXTRA_PAID), happened.SurchargePaid, "seller"),
    ((*IN_WORK, ASKED_FOR_MORE, WITHDRAWN), happened.ProposalWithdrawn, ""),
    ((*ON_THE_WAY, CANCELLED, STOP_SEEN), happened.StopSeen, ""),
    ((*IN_WORK, CANCELLED, (do.Undo("не тот"), DIRECTOR)), happened.Undone, "seller courier"),
    ((*IN_WORK, PHOTO_ATTACHED, (do.Undo("не то фото"), SELLER)), happened.Undone, "courier"),
    ((ACCEPTED, SELLER_ASSIGNED, OFFERED), delivered.OfferedToCouriers, "courier"),
    ((ACCEPTED, SELLER_ASSIGNED, OFFERED, TAKEN), delivered.OfferTaken, ""),
    ((ACCEPTED, SELLER_ASSIGNED, OFFERED, TAKEN, GIVEN_BACK), delivered.GaveBack, "director manager"),
    ((*IN_WORK, GIVEN_BACK), delivered.GaveBack, "director manager"),
    ((ACCEPTED, OFFERED_BY_CHIEF, TAKEN, (do.Undo("занят"), DIRECTOR)), happened.Undone, "courier"),
    ((*ON_THE_WAY, SAID_LATE), delivered.SaidLate, "manager"),
    ((*ON_THE_WAY, (SAID_LATE[0], MANAGER)), delivered.SaidLate, ""),
    ((*ON_THE_WAY, ARRIVED), delivered.Arrived, ""),
    ((*ON_THE_WAY, NOBODY_THERE), delivered.NobodyFound, "director manager"),
    ((*ON_THE_WAY, BROUGHT_BACK), delivered.BroughtBack, "director manager"),
    ((*BACK, CAME_BACK), delivered.CameBack, ""),
    ((*ON_THE_WAY, PROOF_ATTACHED), delivered.ProofAttached, ""),
    ((*ON_THE_WAY, CODE_CHOSEN), delivered.ProofChosen, ""),
    ((*ON_THE_WAY, CODE_CHOSEN, WRONG_CODE), delivered.CodeSaid, ""),
    ((*ON_THE_WAY, CODE_CHOSEN, *[WRONG_CODE] * 3), delivered.CodeSaid, "director manager"),
    ((*IN_WORK, CALL_NOTED), delivered.CallNoted, ""),
    ((*ON_THE_WAY, (delivery_do.Say("где ключ?"), COURIER)), delivered.Remarked, "manager"),
    ((*ON_THE_WAY, (delivery_do.Say("у охраны"), MANAGER)), delivered.Remarked, "courier"),
    ((*IN_WORK, THIRD_PARTY, (do.PickUp("спешит"), MANAGER)), happened.PickedUp, ""),
    ((*IN_WORK, PHONE_ASKED), happened.PhoneAsked, "director manager"),
    ((*IN_WORK, PHONE_ASKED, (do.AllowClientPhone(), MANAGER)), happened.PhoneAllowed, "seller"),
    ((*IN_WORK, PHONE_ASKED, (do.RefuseClientPhone(), MANAGER)), happened.PhoneRefused, "seller"),
    ((*IN_WORK, (do.AskClientPhone("нет связи"), DIRECTOR)), happened.PhoneAllowed, ""),
    ((*IN_WORK, (do.GiveGift("конфеты"), SELLER)), happened.GiftGiven, ""),
    (
        (*IN_WORK, (do.GiveGift("конфеты"), SELLER), (do.TakeGiftOut(), SELLER)),
        happened.GiftTakenOut,
        "",
    ),
    ((*DONE, COMPLAINED), happened.DisputeOpened, "director manager"),
    ((*DONE, COMPLAINED, (do.AnswerDispute(), MANAGER)), happened.DisputeAnswered, ""),
    ((*DONE, COMPLAINED, (do.SettleDispute("замена"), MANAGER)), happened.DisputeSettled, ""),
    ((*IN_WORK, PHONE_SHOWN, (do.NotePhoneCall("согласен"), MANAGER)), happened.PhoneCallNoted, ""),
    ((*IN_WORK, SEARCH), delivered.SearchStarted, ""),
    ((*IN_WORK, SEARCH, (delivery_do.CallOff(), SELLER)), delivered.SearchCalledOff, ""),
    ((*IN_WORK, SEARCH, (delivery_do.TellSupport(), SELLER)), delivered.SupportTold, ""),
    ((*IN_WORK, SEARCH, CAME), delivered.MarketplaceCourierCame, ""),
    ((*IN_WORK, SEARCH, CAME, (delivery_do.NoteCost("400 ₽"), SELLER)), delivered.CostNoted, ""),
    ((*IN_WORK, AMENDED_AWAY, *ADDRESS_FOUND[:1]), delivered.AddressAsked, ""),
    ((*IN_WORK, AMENDED_AWAY, *ADDRESS_FOUND[:2]), delivered.AddressFound, "seller courier"),
    ((*IN_WORK, AMENDED_AWAY, *ADDRESS_FOUND), delivered.ZoneChecked, ""),
)


def last(way: Sequence[Given], audience: Audience = AUDIENCE) -> tuple[Order, Event, list[Outgoing]]:
    order, events = a_story(*way)
    return order, events[-1], of_change(order, events[-1], audience)


def heard(rows: Sequence[Outgoing]) -> set[str]:
    return {CHAT_NAMES[row.target] for row in rows if row.sound}


@pytest.mark.requirement("R15", "R20", "R21", "R28", "R40", "R90", "R91")
@pytest.mark.parametrize(("way", "kind", "aloud"), CASES, ids=lambda value: getattr(value, "__name__", None))
def test_each_event_is_told_aloud_to_those_who_must_act_and_never_to_the_doer(
    way: Sequence[Given], kind: type[Event], aloud: str
) -> None:
    _order, event, rows = last(way)
    assert type(event) is kind
    assert heard(rows) == set(aloud.split())


@pytest.mark.requirement("R87")
def test_the_shop_s_courier_who_is_not_needed_any_more_is_told_aloud() -> None:
    order, event, _ = last((*IN_WORK, SEARCH, CAME))
    [told] = freed(order, event, AUDIENCE)
    assert (CHAT_NAMES[told.chat_id], told.kind, told.subject) == (
        "courier",
        NewsKind.COURIER_FREED,
        order.id,
    )
    assert told.sound
    assert freed(*last((*IN_WORK, SEARCH))[:2], AUDIENCE) == []


def test_every_kind_of_event_stands_in_the_table() -> None:
    assert {kind for _, kind, _ in CASES} == {happened.Received, *get_args(happened.Change)}


@pytest.mark.requirement("X2")
@pytest.mark.parametrize(("way", "kind", "aloud"), CASES, ids=lambda value: getattr(value, "__name__", None))
def test_every_card_is_brought_up_to_date_once_and_a_copy_is_written(
    way: Sequence[Given], kind: type[Event], aloud: str
) -> None:
    del kind, aloud
    order, event, rows = last(way, replace(AUDIENCE, card_chats=frozenset({15, 99, -1})))
    cards = [row.target for row in rows if row.kind is Kind.CARD]
    assert len(cards) == len(set(cards))
    ringing = {row.target for row in rows if row.sound and row.kind is not Kind.BELL}
    assert set(cards) == {15, 99, -1} | ringing
    [copy] = [row for row in rows if row.channel is Channel.COPY]
    assert (copy.kind, copy.version, copy.priority) == (Kind.RECORD, order.version, Priority.COPY)
    later = {row.kind for row in rows if row.not_before > event.mark.at}
    assert later <= {Kind.CARD_AGAIN, Kind.CALL}  # what waits for an undo (X18)
    assert {row.order_id for row in rows} == {order.id}


@pytest.mark.requirement("R14")
def test_a_seller_or_courier_who_has_nothing_to_do_with_it_gets_nothing() -> None:
    for way in ((), (ACCEPTED,), (ACCEPTED, SELLER_ASSIGNED)):
        reached = {CHAT_NAMES[row.target] for row in last(way)[2] if row.channel is Channel.TELEGRAM}
        assert "other seller" not in reached
        assert "courier" not in reached
        assert ("seller" in reached) == (way[1:] == (SELLER_ASSIGNED,))


@pytest.mark.requirement("R16")
def test_once_it_is_not_new_its_alarms_are_taken_down_in_silence() -> None:
    def alarms(audience: Audience) -> dict[str, bool]:
        rows = last((ACCEPTED,), audience)[2]
        return {CHAT_NAMES[row.target]: row.sound for row in rows if row.kind is Kind.ALARM}

    assert alarms(AUDIENCE) == {}
    assert alarms(replace(AUDIENCE, alarm_chats=frozenset({-1, 12}))) == {"group": False, "manager": False}


def test_a_shop_without_a_group_and_people_who_are_not_connected_are_passed_over() -> None:
    offline = tuple(replace(member, telegram_id=None) for member in MEMBERS)
    _, _, rows = last((), Audience(replace(SHOP, group_chat_id=None), offline))
    assert [row.channel for row in rows] == [Channel.COPY]


@pytest.mark.requirement("X2")
def test_an_ordinary_order_makes_at_most_four_sounds_for_anybody() -> None:
    liked: Given = (do.Rate(liked=True), CLIENT)
    ordinary = (*IN_WORK, PHOTO_ATTACHED, liked, DISPATCHED, COMPLETED)
    sounds: Counter[int] = Counter()
    for length in range(len(ordinary) + 1):
        sounds.update(row.target for row in last(ordinary[:length])[2] if row.sound)
    order, _ = a_story()
    for step in (1, 2):  # and both reminders come before it is accepted
        reminder = of_deadline(order, DeadlineKind.ACCEPT_SOON, step, AUDIENCE, NOON + minutes(step * 5))
        sounds.update(row.target for row in reminder if row.sound)
    assigned, photographed = a_story(*IN_WORK)[0], a_story(*IN_WORK, PHOTO_ATTACHED)[0]
    for at_hand, kind in (  # the client does not answer, so that all comes that can come in time
        (assigned, DeadlineKind.PHOTO_DUE),
        (photographed, DeadlineKind.RATING_OVERDUE),
        (photographed, DeadlineKind.LEAVE_NOW),
    ):
        reminder = of_deadline(at_hand, kind, 1, AUDIENCE, NOON + minutes(90))
        sounds.update(row.target for row in reminder if row.sound)
    assert max(sounds.values()) <= 4
    assert {CHAT_NAMES[chat]: number for chat, number in sounds.items() if chat > 0}["seller"] == 4


@pytest.mark.requirement("R16")
@pytest.mark.parametrize(
    ("kind", "step", "aloud"),
    [
        (DeadlineKind.ACCEPT_SOON, 1, "group"),
        (DeadlineKind.ACCEPT_SOON, 2, "group manager"),
        (DeadlineKind.ACCEPT_OVERDUE, 2, "group manager director"),
    ],
)
def test_each_step_of_the_ladder_reaches_more_people(kind: DeadlineKind, step: int, aloud: str) -> None:
    order, _ = a_story()
    audience = replace(AUDIENCE, card_chats=frozenset({11, -1}))
    rows = of_deadline(order, kind, step, audience, NOON + minutes(10))
    assert heard(rows) == set(aloud.split())
    assert {row.kind for row in rows if row.sound} == {Kind.BELL}
    # The cards say how much time is left.
    assert {(row.target, row.sound) for row in rows if row.kind is Kind.CARD} == {(11, False), (-1, False)}


NOBODY_CONNECTED = replace(AUDIENCE, members=tuple(replace(one, telegram_id=None) for one in MEMBERS))
WITHOUT_SELLER = replace(
    AUDIENCE, members=tuple(replace(one, telegram_id=None) if one.staff_id == 3 else one for one in MEMBERS)
)
WITHOUT_GROUP = replace(AUDIENCE, shop=replace(SHOP, group_chat_id=None))
DIRECTOR_ALONE = tuple(one for one in MEMBERS if one.role is not Role.MANAGER)
BY_SELLER: Given = (THIRD_PARTY[0], SELLER)
PHOTO, RATING, LEAVE = DeadlineKind.PHOTO_DUE, DeadlineKind.RATING_OVERDUE, DeadlineKind.LEAVE_NOW
LATE, CHECK = DeadlineKind.LATE, DeadlineKind.THIRD_PARTY_CHECK


def called(
    way: Sequence[Given], kind: DeadlineKind, step: int = 0, audience: Audience = AUDIENCE
) -> set[str]:
    return heard(of_deadline(a_story(*way)[0], kind, step, audience, NOON + minutes(90)))


@pytest.mark.requirement("R16")
@pytest.mark.parametrize(
    ("audience", "first", "second", "overdue"),
    [
        (WITHOUT_GROUP, "manager", "manager", "manager director"),
        (replace(WITHOUT_GROUP, members=DIRECTOR_ALONE), "director", "director", "director"),
        (replace(AUDIENCE, members=DIRECTOR_ALONE), "group", "group director", "group director"),
        # The group threw the bot out: it is tried again, and others hear what it would have.
        (
            replace(AUDIENCE, lost_chats=frozenset({-1})),
            "group manager", "group manager", "group manager director",
        ),
        (
            replace(WITHOUT_GROUP, lost_chats=frozenset({12})),
            "manager director", "manager director", "manager director",
        ),
        (replace(NOBODY_CONNECTED, shop=WITHOUT_GROUP.shop), "", "", ""),
    ],
)  # fmt: skip
def test_what_the_group_cannot_hear_the_next_in_line_hears(
    audience: Audience, first: str, second: str, overdue: str
) -> None:
    soon, late = DeadlineKind.ACCEPT_SOON, DeadlineKind.ACCEPT_OVERDUE
    steps = [called((), kind, step, audience) for kind, step in ((soon, 1), (soon, 2), (late, 2))]
    assert steps == [set(words.split()) for words in (first, second, overdue)]


@pytest.mark.requirement("X30", "X14")
@pytest.mark.parametrize(
    ("first", "last", "left", "aloud"),
    [
        (24, 4, 24, "director"),
        (24, 4, 4, "director manager"),
        (24, 4, 2, "director manager"),  # the bot was off in the meantime
        (4, 24, 4, "director manager"),  # named the wrong way round
        (6, 6, 6, "director manager"),
    ],
)
def test_only_the_last_reminder_of_a_complaint_rings_in_quiet_hours(
    first: float, last: float, left: float, aloud: str
) -> None:
    order, events = a_story(*DONE, COMPLAINED)
    rules = replace(RULES, dispute_first_hours=first, dispute_last_hours=last)
    asleep = Hearing(quiet=Quiet(time(0), time.max))  # the manager
    audience = replace(AUDIENCE, shop=replace(SHOP, rules=rules), hearing={2: asleep})
    complaint = events[-1]
    assert isinstance(complaint, happened.DisputeOpened)
    now = complaint.answer_by - minutes(left * 60)
    assert heard(of_deadline(order, DeadlineKind.DISPUTE_DUE, 0, audience, now)) == set(aloud.split())


@pytest.mark.requirement("X13")
def test_a_reminder_that_rings_for_nobody_is_known() -> None:
    order = a_story()[0]
    for audience, is_heard in (
        (AUDIENCE, True),
        (WITHOUT_GROUP, True),
        (replace(NOBODY_CONNECTED, shop=WITHOUT_GROUP.shop), False),
        (replace(NOBODY_CONNECTED, lost_chats=frozenset({-1})), False),
    ):
        assert reaches_anybody(order, DeadlineKind.ACCEPT_SOON, 1, audience) is is_heard


@pytest.mark.requirement("R27", "R29", "R31", "R43", "R52", "R54")
@pytest.mark.parametrize(
    ("way", "kind", "step", "aloud"),
    [
        ((ACCEPTED, SELLER_ASSIGNED), PHOTO, 1, "seller"),
        ((ACCEPTED, SELLER_ASSIGNED), PHOTO, 2, "seller manager"),
        ((ACCEPTED,), PHOTO, 1, "director manager"),
        ((ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED), RATING, 0, "seller"),
        ((ACCEPTED,), RATING, 0, "director manager"),
        ((ACCEPTED, SELLER_ASSIGNED), LEAVE, 0, "seller"),
        ((ACCEPTED, COURIER_ASSIGNED), LEAVE, 0, "courier"),
        (IN_WORK, LEAVE, 0, "seller courier"),
        ((ACCEPTED,), LEAVE, 0, "director manager"),
        ((ACCEPTED, SELLER_ASSIGNED, DOUBT_RAISED), DeadlineKind.IN_DOUBT, 0, "director manager"),
        (ON_THE_WAY, LATE, 0, "courier manager"),
        (IN_WORK, LATE, 0, "seller director manager"),
        ((ACCEPTED, SELLER_ASSIGNED), DeadlineKind.ANSWER_OVERDUE, 0, "seller"),
        ((*ON_THE_WAY, REFUSED), DeadlineKind.RETURN_OPEN, 0, "director manager"),
        ((ACCEPTED, SELLER_ASSIGNED, BY_SELLER), CHECK, 0, "seller"),
        ((ACCEPTED, SELLER_ASSIGNED, THIRD_PARTY), CHECK, 0, "manager"),
    ],
)
def test_a_reminder_is_heard_by_those_who_must_act_and_never_by_the_group(
    way: Sequence[Given], kind: DeadlineKind, step: int, aloud: str
) -> None:
    assert called(way, kind, step) == set(aloud.split())


@pytest.mark.requirement("R27", "R43")
def test_for_those_who_cannot_be_reached_the_chiefs_are_told() -> None:
    for kind in (PHOTO, RATING, LEAVE, CHECK):
        assert called((ACCEPTED, SELLER_ASSIGNED, BY_SELLER), kind, 0, WITHOUT_SELLER) == {
            "director",
            "manager",
        }
    given_away = (ACCEPTED, SELLER_ASSIGNED, BY_SELLER, (do.AssignSeller(5, "Вера"), MANAGER))
    assert called(given_away, CHECK) == {"other seller"}
    director_alone = replace(AUDIENCE, members=MEMBERS[:1])
    assert called(ON_THE_WAY, LATE, 0, director_alone) == {"director"}
    assert of_deadline(a_story(ACCEPTED)[0], LATE, 0, NOBODY_CONNECTED, NOON) == []


@pytest.mark.requirement("R30", "R66", "X7")
def test_a_client_who_follows_is_asked_once_more_for_the_photo_and_for_a_proposal() -> None:
    order, linked = a_story(*IN_WORK)[0], replace(AUDIENCE, client_chat=77)
    for kind, nudge in ((RATING, Kind.CLIENT_NUDGE), (DeadlineKind.ANSWER_OVERDUE, Kind.CLIENT_ANSWER_NUDGE)):
        rows = of_deadline(order, kind, 0, linked, NOON)
        assert [(row.kind, row.sound) for row in rows if row.target == 77] == [(nudge, True)]
    assert not [row for row in of_deadline(order, LEAVE, 0, linked, NOON) if row.target == 77]


@pytest.mark.requirement("X2", "R2")
def test_a_reminder_refreshes_in_silence_what_others_have_before_their_eyes() -> None:
    audience = replace(AUDIENCE, alarm_chats=frozenset({12, 15}), card_chats=frozenset({11}))
    rows = of_deadline(a_story(*IN_WORK)[0], LEAVE, 0, audience, NOON)
    assert {(CHAT_NAMES[row.target], row.kind, row.sound) for row in rows} == {
        ("seller", Kind.ALARM, True),
        ("courier", Kind.ALARM, True),
        ("manager", Kind.ALARM, False),
        ("other seller", Kind.ALARM, False),
        ("director", Kind.CARD, False),
    }


@pytest.mark.requirement("R2", "X2")
def test_every_step_looks_after_the_alarms_of_all_who_may_have_one() -> None:
    way = (*IN_WORK, PHOTO_ATTACHED)
    rows = last(way, replace(AUDIENCE, alarm_chats=frozenset({12, 15})))[2]
    alarms = {CHAT_NAMES[row.target]: row.sound for row in rows if row.kind is Kind.ALARM}
    assert alarms == dict.fromkeys(("manager", "other seller"), False)


@pytest.mark.requirement("R2", "R16")
def test_an_order_that_is_new_again_takes_down_what_was_due_while_it_was_accepted() -> None:
    rows = last((ACCEPTED, UNDONE), replace(AUDIENCE, alarm_chats=frozenset({13})))[2]
    assert 13 in {row.target for row in rows if row.kind is Kind.ALARM and not row.sound}


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("way", "leaves"),
    [
        ((), False),
        ((ACCEPTED,), True),
        (((do.Accept(), MARKETPLACE),), False),
        ((*IN_WORK,), False),
        ((*IN_WORK, PHOTO_ATTACHED), True),
        (ON_THE_WAY, True),
        ((*ON_THE_WAY, COMPLETED), True),
        ((*ON_THE_WAY, REFUSED), False),
        ((*IN_WORK, MARKETPLACE_TOLD), False),
        ((ACCEPTED, UNDONE), False),
        ((DECLINED,), False),
    ],
)
def test_a_step_that_the_marketplace_can_be_told_leaves_as_one_row_of_its_order(
    way: Sequence[Given], leaves: bool
) -> None:
    order, _event, rows = last(way)
    calls = [row for row in rows if row.channel is Channel.MARKETPLACE]
    assert [(row.kind, row.target, row.sound) for row in calls] == [(Kind.CALL, order.id, False)] * leaves


@pytest.mark.requirement("X1")
def test_an_order_made_by_hand_tells_the_marketplace_nothing() -> None:
    order, events = a_story(ACCEPTED, marketplace_status=None)
    assert Channel.MARKETPLACE not in {row.channel for row in of_change(order, events[-1], AUDIENCE)}


@pytest.mark.requirement("X1", "X11")
def test_what_comes_back_from_the_copy_is_told_unless_it_is_known_or_long_over() -> None:
    ahead, _ = a_story(ACCEPTED, id=7)
    done, _ = a_story(*ON_THE_WAY, COMPLETED)
    assert [(row.channel, row.target) for row in still_to_tell(ahead, NOON)] == [(Channel.MARKETPLACE, 7)]
    assert len(still_to_tell(done, NOON + timedelta(days=1))) == 1
    assert still_to_tell(done, NOON + timedelta(days=3)) == []
    assert still_to_tell(a_story(ACCEPTED, MARKETPLACE_TOLD)[0], NOON) == []


@pytest.mark.requirement("R52")
def test_a_director_hears_how_late_it_is_where_no_manager_is_connected() -> None:
    alone = Audience(SHOP, [member for member in MEMBERS if member.role is not Role.MANAGER])
    _order, _event, rows = last((*ON_THE_WAY, SAID_LATE), alone)
    assert heard(rows) == {"director"}


@pytest.mark.requirement("R82")
def test_the_cards_that_show_the_clients_phone_are_drawn_again_when_its_time_is_over() -> None:
    _order, event, rows = last((*IN_WORK, PHONE_ASKED, (do.AllowClientPhone(), MANAGER)))
    until = event.mark.at + minutes(RULES.phone_minutes)
    again = [row for row in rows if row.not_before == until]
    assert {CHAT_NAMES[row.target] for row in again} == {"seller", "manager"}
    assert {(row.kind, row.sound, row.subject) for row in again} == {(Kind.CARD_AGAIN, False, 1)}
