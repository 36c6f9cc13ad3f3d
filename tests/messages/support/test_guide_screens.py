from __future__ import annotations

from dataclasses import replace

import pytest

from messages.callbacks.support import GuideDo, GuideTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import units
from messages.order.cards import card, group_card
from messages.support.cases import case_screen
from messages.support.guide import GuideView, guide_list, situation, text_of, title_of
from messages.support.to_support import support_message
from messages.ui.order_view import Look
from orders.access.order_access import parties
from orders.model.order import Order
from orders.model.people import Actor
from orders.support.cases import Case
from orders.support.guide import Entry, Situation, by_fit, standard
from orders.support.guide_book import MOST_LINES
from tests.builders import COURIER, DIRECTOR, MANAGER, RULES, SELLER
from tests.messages.journeys import EN, JOURNEYS, NOW, PAID_RULES, RU, STAFF, as_read, at, labels

HUGE = 2**63 - 1
BY_NAME = {one.situation: one for one in standard()}
SECRETS = ("Лесная", "Мария", "Игорь", "+7916", "мама", "12К")


def view(order: Order | None, viewer: Actor, t: Translator = RU) -> GuideView:
    look = Look(order, viewer, PAID_RULES, NOW, t) if order is not None else None
    return GuideView(1, viewer, t, look)


@pytest.mark.parametrize("t", [RU, EN], ids=["ru", "en"])
@pytest.mark.parametrize("entry", standard(), ids=lambda entry: entry.key)
@pytest.mark.requirement("R79")
def test_each_situation_is_one_screen_of_at_most_five_lines_and_eight_buttons(
    entry: Entry, t: Translator
) -> None:
    assert 3 <= len(text_of(entry, t)) <= MOST_LINES
    assert 1 <= units(title_of(entry, t)) <= 36
    # Which buttons there are depends on no language: of the translation the one who sees most is enough.
    for stage in JOURNEYS:
        for viewer in STAFF if t is RU else [MANAGER]:
            screen = situation(view(at(stage), viewer, t), entry)
            assert len(as_read(screen)) < 1200
            assert sum(map(len, labels(screen))) <= 8
            assert labels(screen)[-1] == [t.plain("guide-back")]


@pytest.mark.parametrize("stage", JOURNEYS)
def test_the_list_holds_eight_buttons_at_most_and_every_page_leads_on(stage: str) -> None:
    order = at(stage)
    for viewer in STAFF:
        entries = by_fit(standard(), order, viewer, NOW, RULES)
        seen: set[str] = set()
        for page in range(3):
            screen = guide_list(view(order, viewer), entries, page)
            assert sum(map(len, labels(screen))) <= 8
            seen |= {row[0].removeprefix("❗ ") for row in labels(screen)}
        assert {title_of(entry, RU) for entry in entries} <= seen


@pytest.mark.requirement("R72")
@pytest.mark.parametrize("stage", JOURNEYS)
def test_every_card_of_the_staff_has_the_guide_and_the_group_s_has_not(stage: str) -> None:
    order = at(stage)
    for viewer in STAFF:
        has_guide = "🆘 Что делать?" in str(labels(card(order, viewer, PAID_RULES, NOW, RU)))
        assert has_guide is bool(parties(order, viewer)), viewer.role
    assert "🆘" not in str(labels(group_card(order, PAID_RULES, NOW, RU)))


@pytest.mark.requirement("R78", "R93")
@pytest.mark.parametrize(
    ("days", "offered"),
    [
        ((1, 3), ["Вернуться завтра", "Через 3 дня"]),
        ((2, 21), ["Через 2 дня", "Через 21 день"]),
        ((14,), ["Через 14 дней"]),
    ],
)
def test_a_case_may_be_put_off_for_as_many_days_as_the_rule_of_the_shop_says(
    days: tuple[int, ...], offered: list[str]
) -> None:
    order = at("new")
    look = Look(order, MANAGER, replace(PAID_RULES, come_back_days=days), NOW, RU)
    case = Case(1, 1, order.id, (), (), NOW)
    rows = labels(case_screen(GuideView(1, MANAGER, RU, look), case))
    shown = [label for row in rows for label in row]
    assert [one for one in shown if one.startswith(("Вернуться", "Через"))] == offered
    assert len(shown) <= 8


def test_a_page_too_far_is_the_list_from_its_beginning() -> None:
    beyond = guide_list(view(None, MANAGER), standard(), 99)
    assert beyond in [guide_list(view(None, MANAGER), standard(), page) for page in range(3)]


@pytest.mark.requirement("R87")
def test_without_a_courier_support_is_told_before_anything_else() -> None:
    order = at("photo seen")
    screen = situation(view(order, MANAGER), BY_NAME[Situation.NO_COURIER])
    assert labels(screen)[0] == ["Написать в поддержку"]
    assert as_read(screen).splitlines()[4].startswith("• Сначала напишите в поддержку")


@pytest.mark.requirement("R79")
def test_what_is_done_is_ticked_under_the_text() -> None:
    text = as_read(situation(view(at("nobody there"), COURIER), BY_NAME[Situation.NOBODY]))
    assert "✅ Курьер на месте: 12:07, Пётр\n✅ Отмечено, что никого нет: 12:08, Пётр" in text
    assert "✅" not in as_read(situation(view(at("left"), COURIER), BY_NAME[Situation.NOBODY]))


def test_no_button_is_shown_that_would_be_refused() -> None:
    gone = BY_NAME[Situation.FLOWER_OUT]
    assert "Отказаться" in str(labels(situation(view(at("accepted"), MANAGER), gone)))
    for order, viewer in ((at("assigned"), SELLER), (at("left"), MANAGER)):
        assert "Отказаться" not in str(labels(situation(view(order, viewer), gone)))
    assert labels(situation(view(at("left"), COURIER), BY_NAME[Situation.CANCELS])) == [["← Другие ситуации"]]


@pytest.mark.requirement("R49", "R63")
def test_support_reads_number_time_and_what_happened_and_nothing_personal() -> None:
    order = at("left")
    for entry in standard():
        message = support_message(order, [entry], PAID_RULES, NOW, RU)
        assert message.startswith("Здравствуйте! Заказ 25836184. Доставка: сегодня 14:00-15:00.")
        assert not any(secret in message for secret in SECRETS)
    cancelled = support_message(order, [BY_NAME[Situation.CANCELS]], PAID_RULES, NOW, RU)
    assert cancelled.endswith(
        "Клиент просит отменить заказ в чате. Курьер в пути, выехал в 12:05. Просим отменить заказ."
    )


@pytest.mark.requirement("R94")
def test_several_matters_make_one_message_and_each_is_said_once() -> None:
    matters = [BY_NAME[Situation.NO_PHOTO], BY_NAME[Situation.SILENT], BY_NAME[Situation.NO_PHOTO]]
    message = support_message(at("photo"), matters, PAID_RULES, NOW, RU)
    assert message.count("Здравствуйте") == 1
    assert message.count("Фото заказа не загружается") == 1
    assert message.endswith("Просим связаться с клиентом.")


@pytest.mark.requirement("R96")
@pytest.mark.parametrize("entry", standard(), ids=lambda entry: entry.key)
def test_the_words_are_calm(entry: Entry) -> None:
    for t in (RU, EN):
        assert "!" not in "".join(text_of(entry, t)) + title_of(entry, t)


def test_own_words_are_cleaned_and_bounded() -> None:
    own = Entry("7", title="<b>Снег</b>\u202e" * 30, words="\n".join(["<i>стоп</i> " * 90] * 40))
    screen = situation(view(at("new"), DIRECTOR), own)
    assert as_read(screen).count("\n• ") == MOST_LINES
    assert "\u202e" not in screen.text
    assert sum(map(len, labels(guide_list(view(at("new"), DIRECTOR), [own])))) == 3


def test_every_tap_of_the_guide_fits() -> None:
    for do in GuideDo:
        packed = GuideTap(do=do, shop=2**31 - 1, order=HUGE, key=str(HUGE), page=99).pack()
        assert len(packed.encode()) <= 64
        for situation_ in Situation:
            GuideTap(do=do, shop=2**31 - 1, order=HUGE, key=situation_.value, page=99).pack()
