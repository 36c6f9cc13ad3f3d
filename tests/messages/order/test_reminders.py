"""Reminders as people read them: what is due, what to do, and the button that does it."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from messages.i18n.texts import Translator
from messages.order.cards import reminder
from messages.ui.screen import Screen
from orders.access.order_access import can_see
from orders.access.privacy import readable
from orders.model.details import DeliveryKind
from orders.model.order import Order
from orders.model.people import Actor
from orders.schedule.deadlines import DeadlineKind, all_due
from orders.steps import commands as do
from tests.builders import COURIER, MANAGER, NOON, RULES, SELLER, minutes
from tests.messages.journeys import EN, JOURNEYS, PAID_RULES, RU, STAFF, as_read, at, everything, taps
from tests.messages.order.test_privacy import MARKERS, marked
from tests.messages.ui.test_limits import check

PHOTO, RATING, LEAVE = DeadlineKind.PHOTO_DUE, DeadlineKind.RATING_OVERDUE, DeadlineKind.LEAVE_NOW
LATE, CHECK = DeadlineKind.LATE, DeadlineKind.THIRD_PARTY_CHECK
RETURN, ANSWER = DeadlineKind.RETURN_OPEN, DeadlineKind.ANSWER_OVERDUE
ASK = (
    "Здравствуйте! Мы отправили фото вашего заказа. Всё ли хорошо? "
    "Если нужно что-то поправить, напишите, пожалуйста."
)


def screen(order: Order, kind: DeadlineKind, minute: float, viewer: Actor = SELLER) -> Screen:
    """The reminder so many minutes after noon; the order's window is 14:00-15:00."""
    return reminder(order, kind, viewer, RULES, NOON + minutes(minute), RU)


def read(order: Order, kind: DeadlineKind, minute: float, viewer: Actor = SELLER) -> list[str]:
    return as_read(screen(order, kind, minute, viewer)).splitlines()


def steps(order: Order, kind: DeadlineKind, viewer: Actor = SELLER) -> list[Do]:
    return [one.do for one in taps(screen(order, kind, 100, viewer))]


@pytest.mark.requirement("R27")
def test_a_photo_that_is_missing() -> None:
    assert read(at("assigned"), PHOTO, 90) == [
        "🟡 Заказ 25836184: фото ещё нет",
        "Сегодня 14:00-15:00 (через 30 мин) · Пионы «Облако» 15 шт",
        "Загрузите фото сейчас: клиенту нужно время на ответ.",
    ]
    assert steps(at("assigned"), PHOTO) == [Do.PHOTO, Do.OPEN]


@pytest.mark.requirement("R29", "R30", "R31")
def test_a_rating_that_did_not_come_brings_the_words_to_copy_and_the_time_to_leave() -> None:
    shown = screen(at("photo"), RATING, 20)
    assert as_read(shown).splitlines() == [
        "📷 Заказ 25836184: клиент не ответил на фото",
        "Сегодня 14:00-15:00 (через 1 ч 40 мин) · Пионы «Облако» 15 шт",
        "Спросите в чате заказа. Текст копируется касанием:",
        ASK,
        "Доставку не задерживайте: выезд не позже 13:20, даже если ответа нет.",
    ]
    assert f"<code>{ASK}</code>" in shown.text
    assert steps(at("photo"), RATING) == [Do.LIKED, Do.DISLIKED, Do.OPEN]


@pytest.mark.requirement("R31")
def test_where_no_time_to_leave_is_known_or_ahead_the_delivery_still_does_not_wait() -> None:
    for order, minute in ((at("photo", window=None), 20), (at("photo"), 85)):
        assert read(order, RATING, minute)[-1] == "Доставку не задерживайте, даже если ответа нет."


UNSEEN = (
    "Курьер ещё не вышел. Клиент фото не видел: отправьте ему ссылку, но ответа не ждите, отправляйте заказ."
)


@pytest.mark.requirement("R31", "X20")
@pytest.mark.parametrize(
    ("stage", "advice"),
    [
        ("liked", ["Курьер ещё не вышел."]),
        (
            "photo",
            [UNSEEN],
        ),
        ("assigned", ["Курьер ещё не вышел, и фото ещё нет. Загрузите фото и отправляйте заказ."]),
        (
            "photo seen",
            [
                "Курьер ещё не вышел. Ответа на фото не ждите: отправляйте заказ.",
                "Спросите в чате заказа. Текст копируется касанием:",
                ASK,
            ],
        ),
    ],
)
def test_time_to_leave_says_what_is_still_missing(stage: str, advice: list[str]) -> None:
    title, when, *rest = read(at(stage), LEAVE, 80)
    assert title.endswith(" Заказ 25836184: пора выезжать")
    assert when == "Сегодня 14:00-15:00 (через 40 мин) · Пионы «Облако» 15 шт"
    assert rest == advice


@pytest.mark.requirement("R31", "R39", "R40")
def test_the_way_out_of_the_shop_is_one_tap_away() -> None:
    assert steps(at("liked"), LEAVE) == [Do.SELF, Do.OPEN]
    assert steps(at("courier chosen"), LEAVE) == [Do.LEFT, Do.OPEN]
    assert steps(at("courier before photo"), LEAVE) == [Do.PHOTO, Do.LEFT, Do.OPEN]
    assert steps(at("courier chosen"), LEAVE, COURIER) == [Do.LEFT, Do.OPEN]
    when, *told = read(at("courier chosen"), LEAVE, 80, COURIER)[1:]
    assert when == "Сегодня 14:00-15:00 (через 40 мин)", "whoever only carries it reads of no bouquet"
    assert told == ["Заберите заказ в магазине и нажмите «Забрал»."]


LATE_ADVICE = (
    "Если заказ вручён, завершите его сейчас. "
    "Если нет, нажмите «Опаздываю» или «Никого нет»: менеджер узнает сразу."
)


@pytest.mark.requirement("R52")
def test_a_late_order_on_the_way_is_to_be_finished_by_its_carrier() -> None:
    assert read(at("left"), LATE, 184, COURIER) == [
        "🚚 Заказ 25836184: время доставки вышло",
        "Сегодня 14:00-15:00",
        LATE_ADVICE,
    ]
    assert (
        read(at("left"), LATE, 184, MANAGER)[2] == "Спросите курьера. Завершайте заказ только после вручения."
    )
    assert steps(at("left"), LATE, COURIER) == [Do.DONE, Do.LATE, Do.NOBODY, Do.OPEN]
    assert steps(at("left"), LATE, MANAGER) == [Do.DONE, Do.SAY, Do.OPEN]


@pytest.mark.requirement("R52")
def test_a_late_order_in_the_shop_is_to_be_sent() -> None:
    assert read(at("liked"), LATE, 184)[2] == (
        "Заказ ещё в магазине. Отправьте его сейчас и напишите клиенту в чате заказа, когда он будет."
    )
    assert steps(at("liked"), LATE) == [Do.SELF, Do.OPEN]
    assert steps(at("courier chosen"), LATE) == [Do.LEFT, Do.OPEN]
    pickup = at("liked", delivery=DeliveryKind.PICKUP)
    assert read(pickup, LATE, 184)[2].startswith("Если заказ забрали, завершите его.")
    assert steps(pickup, LATE) == [Do.DONE, Do.OPEN]


@pytest.mark.requirement("R43", "R54")
def test_delivered_is_asked_with_the_contact_of_the_third_party() -> None:
    assert read(at("third party"), CHECK, 34) == [
        "📷 Заказ 25836184: доставлен?",
        "Сегодня 14:00-15:00 (через 1 ч 26 мин) · Пионы «Облако» 15 шт",
        "Передан стороннему курьеру 30 мин назад",
        "Сторонний курьер THIRDNAME · THIRDPHONE",
        "Спросите курьера. Завершайте заказ только после вручения.",
    ]
    assert steps(at("third party"), CHECK) == [Do.DONE, Do.STILL, Do.OPEN]
    unknown = at("third party", handed_over=None)
    assert read(unknown, CHECK, 34)


@pytest.mark.requirement("R66")
def test_a_proposal_without_an_answer_brings_the_words_to_copy_again() -> None:
    order = at("asked the client")
    title, _, advice, words = read(order, ANSWER, 60)
    assert title == "📷 Заказ 25836184: клиент не ответил на вопрос"
    assert advice == "Спросите в чате заказа. Текст копируется касанием:"
    assert "AGREED" in words
    assert steps(order, ANSWER) == steps(order, ANSWER, MANAGER) == [Do.AGREEMENTS, Do.OPEN]


@pytest.mark.requirement("R90", "R91")
@pytest.mark.parametrize("stage", ["returning", "back in the shop"])
def test_what_becomes_of_an_order_is_asked_once_it_is_back_with_both_answers(stage: str) -> None:
    title, _, advice = read(at(stage), RETURN, 300, MANAGER)
    if stage == "returning":
        assert title == "↩️ Заказ 25836184: едет обратно. Уже в магазине?"
        assert steps(at(stage), RETURN, MANAGER) == [Do.IN_SHOP, Do.OPEN]
        return
    assert title == "↩️ Заказ 25836184: вернулся, что с ним делать?"
    assert advice == "Спросите клиента: передать другому получателю или отменить."
    assert steps(at(stage), RETURN, MANAGER) == [Do.REDISPATCH, Do.CANCEL, Do.OPEN]
    assert steps(at(stage), RETURN) == [Do.OPEN]


def test_an_english_colleague_reads_english() -> None:
    text = as_read(reminder(at("assigned"), PHOTO, SELLER, RULES, NOON + minutes(90), EN))
    assert text.endswith("Upload the photo now: the client needs time to answer.")


@pytest.mark.requirement("R44", "R63", "R68")
@pytest.mark.parametrize("stage", JOURNEYS)
@pytest.mark.parametrize("t", [RU, EN], ids=["ru", "en"])
def test_a_reminder_shows_nothing_that_may_not_be_read_and_always_fits(stage: str, t: Translator) -> None:
    order = marked(stage)
    hostile = at(stage, id=10**15, number="<b>&" * 500)
    for viewer in filter(lambda one: can_see(order, one), STAFF):
        hidden = [
            word
            for secret, words in MARKERS.items()
            if secret not in readable(order, viewer)
            for word in words
        ]
        for kind in (PHOTO, RATING, LEAVE, LATE, CHECK, RETURN, ANSWER):
            shown = reminder(order, kind, viewer, PAID_RULES, NOON + minutes(200), t)
            assert [word for word in hidden if word in everything(shown)] == []
            assert "·" not in as_read(shown).splitlines()[0]
            if t is RU or viewer is MANAGER:  # who sees every order stands for the readers of a translation
                check(reminder(hostile, kind, viewer, PAID_RULES, NOON, t), most_buttons=8)


@pytest.mark.requirement("R2")
def test_what_the_reminder_offers_ends_it() -> None:
    order, now = at("assigned"), NOON + minutes(95)
    assert all_due(order, RULES, NOON + minutes(75))[0] is PHOTO
    assert steps(order, PHOTO)[0] is Do.PHOTO
    after = at("photo")
    assert all_due(after, RULES, now)[0] is LEAVE
    assert steps(after, LEAVE)[0] is Do.SELF
    assert not all_due(at("left"), RULES, now)
    assert isinstance(JOURNEYS["left"][-1][0], do.Dispatch)
