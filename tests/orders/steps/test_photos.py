from __future__ import annotations

from dataclasses import replace

import pytest

from orders.model.details import Category
from orders.model.order import Order, Topic
from orders.model.people import MARKETPLACE
from orders.model.photo import Item, ItemKind
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.photo.checklist import checklist, valid_check
from orders.photo.quality import Flaw, Measures, flaws
from orders.schedule.deadlines import DeadlineKind, deadlines
from orders.steps import commands as do
from orders.steps.flow import apply, decide
from orders.steps.photos import gone_elsewhere
from tests.builders import (
    ACCEPTED,
    AGREED,
    CHECKED,
    CLIENT,
    MANAGER,
    NOON,
    PHOTO_ATTACHED,
    PHOTO_SEEN,
    RATED,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    WITHDRAWN,
    Given,
    a_line,
    a_story,
    an_order,
    minutes,
    some_details,
)

READY = (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED)
SECOND: Given = (do.AttachPhoto("cd" * 32, "2.jpg"), SELLER)
THIRD: Given = (do.AttachPhoto("ef" * 32, "3.jpg"), SELLER)
LIKED: Given = (do.Rate(liked=True), CLIENT)


def away(*versions: int) -> Given:
    return do.TakePhotosAway(versions, "25836185"), SELLER


def after(order: Order, *commands: Given) -> Order:
    for command, actor in commands:
        order = apply(order, decide(order, command, actor, NOON + minutes(20), RULES))
    return order


def refusal_of(order: Order, given: Given) -> Reason:
    with pytest.raises(Refusal) as refused:
        after(order, given)
    return refused.value.reason


@pytest.mark.requirement("R34", "R36", "R67", "R76")
def test_the_list_is_made_from_the_composition() -> None:
    lines = (a_line(count=2), a_line(name="Открытка Flowwow", is_addon=True), a_line(name="Шар"))
    checks = (Item(ItemKind.QUALITY), Item(ItemKind.VISIBLE))
    goods = tuple(Item(ItemKind.GOODS, line.name, line.count) for line in lines)
    assert checklist(some_details(lines=lines)) == (*goods, *checks)
    with_text = some_details(lines=(a_line(),), card_text="С днём рождения")
    assert checklist(with_text)[1] == Item(ItemKind.CARD)
    assert checklist(some_details(lines=(), card_text=" ")) == checks


@pytest.mark.requirement("R34", "R36")
def test_the_check_is_kept_with_who_and_when_and_leaves_the_undo_as_it_was() -> None:
    order = an_order(ACCEPTED, SELLER_ASSIGNED)
    checked = after(order, CHECKED)
    made = valid_check(checked)
    assert made is not None
    assert (made.items, made.made.name, made.made.at) == (
        checklist(order.details),
        "Оля",
        NOON + minutes(20),
    )
    assert (checked.undo, checked.progress, checked.version) == (
        order.undo,
        order.progress,
        order.version + 1,
    )
    assert refusal_of(checked, CHECKED) is Reason.ALREADY


@pytest.mark.requirement("R33", "R36")
def test_a_check_holds_until_the_composition_changes_or_the_client_complains() -> None:
    checked = an_order(ACCEPTED, SELLER_ASSIGNED, CHECKED, PHOTO_ATTACHED)
    assert valid_check(checked) is not None
    assert valid_check(after(checked, SECOND, LIKED)) is not None
    changed = replace(checked, details=some_details(lines=(a_line(name="Розы"),)))
    assert valid_check(changed) is None
    assert refusal_of(changed, CHECKED) is Reason.LIST_CHANGED
    complained = after(checked, RATED)
    assert valid_check(complained) is None
    assert valid_check(after(complained, SECOND)) is None
    assert valid_check(after(complained, CHECKED, SECOND)) is not None


@pytest.mark.requirement("R24", "R36")
def test_goods_without_a_photo_have_no_list() -> None:
    order = an_order(ACCEPTED, lines=(a_line(category=Category.OTHER),))
    assert refusal_of(order, (do.CheckOff(checklist(order.details)), MANAGER)) is Reason.NO_PHOTO_STEP


@pytest.mark.requirement("R32", "R33", "R37")
def test_each_version_is_tied_to_the_complaint_it_answers() -> None:
    order = after(an_order(*READY), RATED, SECOND, THIRD)
    complaint = order.progress.complaint
    assert complaint is not None
    assert (complaint.complaint, complaint.photo_version) == ("Где открытка?", 1)
    assert [photo.answers for photo in order.progress.photos] == [None, complaint, complaint]
    assert order.progress.rating is None


@pytest.mark.requirement("R37")
def test_more_photos_leave_the_word_of_a_client_who_likes_it() -> None:
    order = after(an_order(*READY), RATED, SECOND, LIKED, THIRD)
    assert order.progress.rating is not None
    assert order.progress.rating.liked
    assert order.progress.photos[-1].answers is None
    kinds = [one.kind for one in deadlines(order, RULES, {})]
    assert DeadlineKind.RATING_OVERDUE not in kinds


@pytest.mark.requirement("R23")
def test_an_order_whose_only_photo_goes_to_another_one_waits_for_its_own_again() -> None:
    order = after(an_order(*READY, RATED), away(1))
    assert (order.status, order.progress.photos, order.progress.rating) == (Status.ACCEPTED, (), None)
    assert order.lacks_photo
    assert DeadlineKind.PHOTO_DUE in [one.kind for one in deadlines(order, RULES, {})]
    assert refusal_of(order, (do.Undo("не то"), SELLER)) is Reason.NOTHING_TO_UNDO


@pytest.mark.requirement("R23")
def test_the_other_photos_and_what_was_said_of_them_stay() -> None:
    order = after(an_order(*READY), SECOND, RATED, away(1))
    assert (order.status, [photo.version for photo in order.progress.photos]) == (Status.PHOTO, [2])
    assert order.progress.rating is not None
    assert after(order, THIRD).progress.photos[-1].version == 3
    assert after(order, THIRD, away(2)).progress.rating is None


@pytest.mark.requirement("R23")
def test_where_the_marketplace_has_a_photo_the_status_stays_and_a_new_one_is_due() -> None:
    order = replace(an_order(*READY), marketplace_status=Status.PHOTO)
    assert not order.lacks_photo
    moved = after(order, away(1))
    assert (moved.status, moved.lacks_photo) == (Status.PHOTO, True)
    assert DeadlineKind.PHOTO_DUE in [one.kind for one in deadlines(moved, RULES, {})]
    assert refusal_of(moved, (do.Dispatch(by_self=True), SELLER)) is Reason.PHOTO_REASON_NEEDED


@pytest.mark.requirement("R23")
@pytest.mark.parametrize("versions", [(), (2,), (1, 2)])
def test_a_photo_that_is_not_there_cannot_be_taken_away(versions: tuple[int, ...]) -> None:
    assert refusal_of(an_order(*READY), away(*versions)) is Reason.PHOTO_NOT_HERE


@pytest.mark.requirement("R35")
@pytest.mark.parametrize(
    ("measures", "found"),
    [
        (Measures(40, 200), ()),
        (Measures(40), ()),
        (Measures(10, 15), ()),
        (Measures(9, 200), (Flaw.DARK,)),
        (Measures(9, 3), (Flaw.DARK,)),
        (Measures(40, 14), (Flaw.BLURRED,)),
    ],
)
def test_a_picture_is_held_against_the_limits_of_the_shop(
    measures: Measures, found: tuple[Flaw, ...]
) -> None:
    assert flaws(measures, RULES) == found
    assert flaws(measures, ShopRules(photo_light_percent=0, photo_sharpness=0)) == ()


@pytest.mark.requirement("R63", "X5")
def test_a_photo_of_another_order_is_no_part_of_the_story_unless_it_came_back() -> None:
    _, events = a_story(*READY, SECOND, away(1))
    assert gone_elsewhere(events) == {"2026/03/1/1-abab.jpg"}
    _, events = a_story(*READY, SECOND, away(1), PHOTO_ATTACHED)
    assert gone_elsewhere(events) == frozenset()


@pytest.mark.requirement("R33", "R59", "R84")
def test_after_an_agreed_substitution_the_photo_of_the_old_goods_counts_no_more() -> None:
    asked = (do.Propose(Topic.SUBSTITUTION, "Розы 15 шт без доплаты", a_line().name), SELLER)
    at_first = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, PHOTO_SEEN, asked)
    replaced = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, PHOTO_SEEN, asked, AGREED)
    assert (at_first.lacks_photo, replaced.lacks_photo) == (False, True)
    kinds = {one.kind for one in deadlines(replaced, RULES, {})}
    assert DeadlineKind.PHOTO_DUE in kinds
    assert not kinds & {DeadlineKind.RATING_OVERDUE, DeadlineKind.PHOTO_UNSEEN}
    assert refusal_of(replaced, (do.Dispatch(by_self=True), SELLER)) is Reason.NEW_PHOTO_REASON_NEEDED

    new = (do.AttachPhoto("ef" * 32, "2026/03/1/1-efef.jpg"), SELLER)
    assert not an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, asked, AGREED, new).lacks_photo
    noted = (do.AnswerProposal(1, agreed=True, words="да"), MANAGER)
    back = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, asked, noted, WITHDRAWN)
    assert not back.lacks_photo
    assert an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, asked, noted, new, WITHDRAWN).lacks_photo


@pytest.mark.requirement("R33")
def test_who_leaves_under_a_complaint_says_why_and_it_is_kept() -> None:
    complained = (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, RATED)
    leave = do.Dispatch(by_self=True)
    assert refusal_of(an_order(*complained), (leave, SELLER)) is Reason.NEW_PHOTO_REASON_NEEDED
    left = an_order(*complained, (do.Dispatch(by_self=True, reason="согласился так"), SELLER))
    assert left.progress.left_without_photo == "согласился так"
    newer = (do.AttachPhoto("ef" * 32, "2026/03/1/1-efef.jpg"), SELLER)
    assert an_order(*complained, newer, (leave, SELLER)).progress.left_without_photo == ""


def changed_by_marketplace(order: Order, *names: str) -> Order:
    lines = tuple(a_line(name=name) for name in names)
    amended = do.Amend(replace(order.details, lines=lines))
    return apply(order, decide(order, amended, MARKETPLACE, NOON + minutes(10), RULES))


@pytest.mark.requirement("R33", "R59")
def test_after_the_marketplace_changes_the_goods_the_photo_of_the_old_ones_counts_no_more() -> None:
    theirs = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, marketplace_status=Status.ACCEPTED)
    others = changed_by_marketplace(theirs, "Розы 15 шт")
    assert (theirs.lacks_photo, others.lacks_photo) == (False, True)
    assert refusal_of(others, (do.Dispatch(by_self=True), SELLER)) is Reason.NEW_PHOTO_REASON_NEEDED
    assert not after(others, SECOND).lacks_photo
    assert not changed_by_marketplace(others, "Пионы «Облако» 15 шт").lacks_photo


@pytest.mark.requirement("R33")
def test_another_name_for_what_was_entered_by_hand_leaves_the_photo_as_it_is() -> None:
    by_hand = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, marketplace_status=None)
    assert not changed_by_marketplace(by_hand, "Букет «Пионовое облако»").lacks_photo


@pytest.mark.requirement("X4", "X20")
def test_a_photo_that_the_client_has_seen_stays_seen_when_a_newer_one_is_undone() -> None:
    shown = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, PHOTO_SEEN)
    newer = after(shown, SECOND)
    seen = after(newer, (do.PhotoShown("cd" * 32), CLIENT))
    undone = after(seen, (do.Undo("не туда"), SELLER))
    assert [photo.version for photo in undone.progress.photos] == [1]
    assert (shown.is_photo_unseen, newer.is_photo_unseen, undone.is_photo_unseen) == (False, True, False)
    assert undone.photo_seen_from == shown.photo_seen_from
    assert after(undone, THIRD).is_photo_unseen
