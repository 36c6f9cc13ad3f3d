"""The history of an order as a page for a dispute."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from messages.i18n.texts import Translator
from messages.order.history.dispute_file import Evidence, dispute_page
from messages.order.history.record import readable
from messages.support.to_support import support_message
from orders.client.links import Said, TalkKind
from orders.model.order import Topic
from orders.steps import commands as do
from orders.support.guide import Situation, standard
from tests.builders import (
    ACCEPTED,
    AGREED,
    ASKED_FOR_MORE,
    BILL_SENT,
    CANCELLED,
    CLIENT,
    MANAGER,
    ON_THE_WAY,
    PHOTO_ATTACHED,
    PICKED_UP,
    REFUSED,
    SELLER,
    SELLER_ASSIGNED,
    STOP_SEEN,
    THIRD_PARTY,
    UNDONE,
    Given,
    a_mark,
    a_story,
    an_order,
)
from tests.messages.journeys import EN, NOW, PAID_RULES, RU

LONG = "клиент просил перезвонить и обсудить " * 10
WAY: tuple[Given, ...] = (
    ACCEPTED,
    SELLER_ASSIGNED,
    ASKED_FOR_MORE,
    (do.AnswerProposal(1, agreed=True, words=LONG), CLIENT),
    BILL_SENT,
    PHOTO_ATTACHED,
)


class _Sound(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "link", "iframe", "b"}
        outside = [value for name, value in attrs if name in {"src", "href"} and value]
        assert all(value.startswith("data:") for value in outside)
        if tag not in {"meta", "img", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def page(*way: Given, t: Translator = RU, photos: bool = True, **changes: object) -> _Sound:
    order, events = a_story(*way, **changes)
    kept = {photo.path: b"\xff\xd8picture" for photo in order.progress.photos} if photos else {}
    sound = _Sound()
    sound.feed(dispute_page(Evidence(order, events, kept), PAID_RULES, NOW, t))
    sound.close()
    assert not sound.open
    return sound


@pytest.mark.requirement("X5", "R70")
@pytest.mark.parametrize("t", [RU, EN], ids=["ru", "en"])
def test_the_page_holds_everything_in_whole_words_and_whole_dates(t: Translator) -> None:
    text = page(*WAY, t=t).text
    assert LONG.strip() in text
    assert "08.03.2026 12:03:00" in text
    assert "+79160000002" in text
    assert text.count("Оля") >= 3
    assert "сегодня" not in text
    assert "today" not in text


@pytest.mark.requirement("X5")
def test_photos_are_in_it_and_a_missing_one_is_named() -> None:
    order, events = a_story(*WAY)
    (photo,) = order.progress.photos
    with_photo = dispute_page(Evidence(order, events, {photo.path: b"picture"}), PAID_RULES, NOW, RU)
    assert 'src="data:image/jpeg;base64,cGljdHVyZQ=="' in with_photo
    assert "Файл фото не найден" in page(*WAY, photos=False).text
    assert "возвращён шаг" in page(*WAY, (UNDONE[0], SELLER)).text


@pytest.mark.requirement("X5", "R63")
def test_words_from_outside_stay_words() -> None:
    hostile = "<script>alert(1)</script><b>\u202e"
    asked: Given = (do.Propose(Topic.THIRD_PERSON, hostile), replace(MANAGER, name=hostile))
    text = page(ACCEPTED, asked, AGREED, number=hostile, address=hostile, card_text=hostile).text
    assert "<script>alert(1)</script>" in text
    assert not re.search("[\u202e]", text)


@pytest.mark.requirement("X5", "X7")
def test_the_whole_talk_with_the_client_is_in_it() -> None:
    order, events = a_story(*WAY)
    said = [
        Said(1, a_mark(CLIENT), TalkKind.TEXT, f"Добавьте ленту <b> {LONG}"),
        Said(2, a_mark(MANAGER), TalkKind.TEXT, "Добавим, ждите фото"),
    ]
    sound = _Sound()
    sound.feed(dispute_page(Evidence(order, events, {}, said), PAID_RULES, NOW, RU))
    sound.close()
    for words in (f"Добавьте ленту <b> {LONG}".strip(), "Добавим, ждите фото"):
        assert words in sound.text


@pytest.mark.requirement("R59", "R66", "R81")
def test_the_whole_order_as_a_text_says_what_was_agreed() -> None:
    later: Given = (do.Propose(Topic.WINDOW, "на 1 час позже"), SELLER)
    text = readable(an_order(ACCEPTED, SELLER_ASSIGNED, later, AGREED), PAID_RULES, RU, NOW)
    assert "Согласование с клиентом: Время: 8 марта 2026 14:00-15:00 → 8 марта 2026 15:00-16:00" in text
    assert "клиент согласен" in text
    assert "да, хорошо" in text
    assert "Остановился с отменённым заказом: " in readable(
        an_order(*ON_THE_WAY, CANCELLED, STOP_SEEN), PAID_RULES, RU, NOW
    )


@pytest.mark.requirement("R49", "R71")
@pytest.mark.parametrize(
    ("way", "courier"),
    [
        ((ACCEPTED,), "Курьер ещё не выехал."),
        (ON_THE_WAY, "Курьер в пути, выехал в 12:06."),
        ((*ON_THE_WAY, REFUSED), "Получатель отказался, курьер возвращается в магазин."),
        (
            (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, THIRD_PARTY, PICKED_UP),
            "Заказ уже у стороннего курьера.",
        ),
    ],
)
def test_support_reads_number_wish_reason_and_where_the_courier_is(
    way: tuple[Given, ...], courier: str
) -> None:
    order = an_order(*way, CANCELLED, number="25836184")
    [entry] = [one for one in standard() if one.situation is Situation.CANCELS]
    assert support_message(order, [entry], PAID_RULES, NOW, RU) == (
        "Здравствуйте! Заказ 25836184. Доставка: сегодня 14:00-15:00. "
        f"Клиент просит отменить заказ в чате, причина: передумал. {courier} Просим отменить заказ."
    )
    bare = an_order(*way, (do.Cancel(), MANAGER), number="25836184")
    assert "Клиент просит отменить заказ в чате. " in support_message(bare, [entry], PAID_RULES, NOW, RU)
