"""What the client reads: no word of the recipient, the address, the sums or the staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from messages.client.card import client_card, photo_to_rate, rating_nudge, what_is_wrong
from messages.client.contact import contact
from messages.client.conversation import from_client, from_shop, said_line
from messages.client.link import link_given
from messages.client.proposals import reminded
from messages.client.ready_texts import ready_text, ready_texts
from messages.i18n.texts import Translator
from orders.client.links import ClientLink, Said, TalkKind
from orders.client.ready_texts import ReadyText
from orders.model.details import DeliveryKind
from orders.model.order import Handover, Order, Topic
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps.delivery_commands import Arrive, SayLate
from tests.builders import (
    ACCEPTED,
    CLIENT,
    COURIER,
    MANAGER,
    NOON,
    ON_THE_WAY,
    RULES,
    THIRD_PARTY,
    Given,
    a_mark,
    an_order,
)
from tests.orders.table import at

RU, EN = Translator("ru"), Translator("en")
PRIVATE = ("Лесная", "Мария", "Игорь", "+7916", "900", "Оля", "Анна", "мама")
URL = "https://t.me/a_bot_with_a_very_long_name_indeed?start=c" + "x" * 32


@pytest.mark.requirement("X7", "R63", "R68")
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("t", [RU, EN])
def test_the_clients_card_names_nobody(status: Status, t: Translator) -> None:
    screen = client_card(at(status), "Лепесток", RULES, NOON, t)
    assert [word for word in PRIVATE if word in screen.text] == []
    assert "Лепесток" in screen.text
    assert screen.keyboard is not None


@pytest.mark.requirement("X7", "R41")
def test_an_order_with_a_third_party_is_on_its_way_for_the_client() -> None:
    left = an_order(ACCEPTED, THIRD_PARTY, (do.PickUp("клиент спешит"), MANAGER))
    screen = client_card(left, "Лепесток", RULES, NOON, RU)
    assert "передан в доставку" in screen.text
    assert "Такси" not in screen.text


@pytest.mark.requirement("R56")
def test_the_client_reads_to_whom_it_was_given_and_nobodys_phone() -> None:
    given = do.Complete(
        Handover.THIRD_PERSON,
        "соседке Кате, 8 916 123-45-67",
        agreed_with_client=True,
        agreed_words="да",
        early="да",
    )
    text = client_card(an_order(*ON_THE_WAY, (given, COURIER)), "Лепесток", RULES, NOON, RU).text
    assert "Отдан: соседке Кате" in text
    assert "123" not in text


def lines_of(order: Order, now: datetime = NOON) -> list[str]:
    return client_card(order, "Лепесток", RULES, now, RU).text.splitlines()


@pytest.mark.requirement("X23")
def test_one_line_says_how_far_it_is() -> None:
    shown = [lines_of(at(status))[1] for status in (Status.NEW, Status.ACCEPTED, Status.PHOTO)]
    assert shown == [
        "○принят ○собран ○в пути ○вручён",
        "●принят ○собран ○в пути ○вручён",
        "●принят ●собран ○в пути ○вручён",
    ]
    assert lines_of(at(Status.COURIER_LEFT))[1] == "●принят ●собран ●в пути ○вручён"
    assert lines_of(at(Status.DONE))[1] == "●принят ●собран ●в пути ●вручён"
    assert "○" not in client_card(at(Status.CANCELLED), "Лепесток", RULES, NOON, RU).text
    pickup = an_order(ACCEPTED, delivery=DeliveryKind.PICKUP)
    assert lines_of(pickup)[1] == "●принят ○собран ○выдан"


@pytest.mark.requirement("X23")
def test_on_the_way_the_client_reads_who_comes_and_when_and_never_a_time_that_is_over() -> None:
    left = an_order(*ON_THE_WAY)
    window = left.details.window
    assert window is not None
    start, end = (f"{one.astimezone(RULES.zone):%H:%M}" for one in (window.start, window.end))
    assert lines_of(left)[2] == f"Пётр будет {start}-{end}"
    assert lines_of(left, window.end + timedelta(minutes=1))[2] == (
        "Пётр задерживается, магазин уточняет время"
    )
    late = an_order(*ON_THE_WAY, (SayLate(15), COURIER))
    told = f"{(window.end + timedelta(minutes=15)).astimezone(RULES.zone):%H:%M}"
    assert lines_of(late)[2] == f"Пётр будет к {told}"
    assert lines_of(an_order(*ON_THE_WAY, (Arrive(), COURIER)))[2] == "Пётр на месте"


@pytest.mark.requirement("X23", "R63")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Пётр Самойлов", "Пётр"),
        ("Самойлов Пётр Ильич", "Пётр"),
        ("Самойлов", "Курьер"),
        ("+7 916 000-00-01", "Курьер"),
        ("Иван <b>Грозный</b>", "Иван"),
    ],
)
def test_of_the_courier_only_a_first_name_reaches_the_client(name: str, said: str) -> None:
    left = an_order(*ON_THE_WAY)
    assert left.progress.carrier is not None
    named = replace(left, progress=replace(left.progress, carrier=replace(left.progress.carrier, name=name)))
    assert lines_of(named)[2].startswith(f"{said} будет")
    assert "Самойлов" not in client_card(named, "Лепесток", RULES, NOON, RU).text


@pytest.mark.requirement("X23")
def test_for_three_days_the_client_may_say_that_something_was_wrong() -> None:
    done = at(Status.DONE)
    assert done.progress.since is not None
    for after, offered in ((timedelta(hours=71), True), (timedelta(hours=73), False)):
        screen = client_card(done, "Лепесток", RULES, done.progress.since + after, RU)
        assert screen.keyboard is not None
        labels = [button.text for row in screen.keyboard.inline_keyboard for button in row]
        assert ("Что-то не так" in labels) is offered


@pytest.mark.requirement("R26", "R32")
def test_the_photo_has_thumbs_and_what_is_wrong_has_ready_answers() -> None:
    order = at(Status.PHOTO)
    for screen in (photo_to_rate(order, RULES, RU), rating_nudge(order, RU)):
        assert screen.keyboard is not None
        labels = [button.text for row in screen.keyboard.inline_keyboard for button in row]
        assert labels == ["👍 Нравится", "👎 Поправить", "Написать магазину"]
    asked = what_is_wrong(order, RU)
    assert asked.keyboard is not None
    assert len(asked.keyboard.inline_keyboard) == 4


@pytest.mark.requirement("R66", "X7")
@pytest.mark.parametrize("t", [RU, EN])
def test_a_question_without_an_answer_is_put_once_more_and_never_after_one(t: Translator) -> None:
    asked: Given = (do.Propose(Topic.THIRD_PERSON, "соседке <b>из 14</b>"), MANAGER)
    shown = reminded(an_order(ACCEPTED, asked), RULES, NOON, t)
    assert shown is not None
    assert shown.keyboard is not None
    assert "<b>" not in shown.text
    assert t.plain("client-proposal-nudge") in shown.text
    assert len(shown.keyboard.inline_keyboard[0]) == 2
    for ended in (do.AnswerProposal(1, agreed=True, words="да"), do.Withdraw(1, "не нужно"), do.Cancel()):
        assert reminded(an_order(ACCEPTED, asked, (ended, MANAGER)), RULES, NOON, t) is None


@pytest.mark.requirement("R30", "R65")
@pytest.mark.parametrize("t", [RU, EN])
@pytest.mark.parametrize("text", ReadyText)
def test_every_ready_text_can_be_copied_by_a_button(text: ReadyText, t: Translator) -> None:
    order = replace(at(Status.PHOTO), number="9" * 20)
    screen = ready_text(order, text, MANAGER, RULES, NOON, t)
    assert screen.keyboard is not None
    button = screen.keyboard.inline_keyboard[0][0]
    assert button.copy_text is not None
    assert button.copy_text.text in screen.text.replace("&#39;", "'").replace("&#34;", '"')
    assert len(screen.keyboard.inline_keyboard) <= 8
    assert ready_texts(order, RULES, NOON, t).keyboard is not None


@pytest.mark.requirement("X7")
@pytest.mark.parametrize("t", [RU, EN])
def test_the_link_fits_its_button(t: Translator) -> None:
    screen = link_given(at(Status.PHOTO), URL, RULES, NOON, t, is_open=False)
    assert screen.keyboard is not None
    assert screen.keyboard.inline_keyboard[0][0].copy_text is not None
    assert URL in screen.text


@pytest.mark.requirement("R19", "X7")
def test_who_follows_is_written_to_and_all_others_in_the_marketplaces_chat() -> None:
    link = ClientLink(1, 0, "n", a_mark(MANAGER))
    opened = replace(link, chat_id=5, opened_at=NOON)
    found = []
    for one in (None, link, opened):
        screen = contact(at(Status.PHOTO), MANAGER, RULES, NOON, RU, one)
        assert screen.keyboard is not None
        found.append([row[0].text for row in screen.keyboard.inline_keyboard][:2])
    assert found[0] == found[1] == ["Ссылка для клиента", "Готовые тексты"]
    assert found[2] == ["Написать клиенту", "Ссылка для клиента"]


@pytest.mark.requirement("X7")
def test_words_are_escaped_and_keep_their_lines_on_both_sides() -> None:
    order = at(Status.PHOTO)
    said = Said(1, a_mark(CLIENT), TalkKind.TEXT, "<b>первая</b>\nвторая & третья")
    for screen in (from_client(order, said, RU), from_shop(order, said, RU)):
        assert "&lt;b&gt;первая&lt;/b&gt;\nвторая &amp; третья" in screen.text
    assert said_line(said, RU) == "сказал: &lt;b&gt;первая&lt;/b&gt; вторая &amp; третья"
    voice = Said(2, a_mark(MANAGER), TalkKind.VOICE, "", "file")
    assert said_line(voice, EN) == "wrote to the client: a voice message"
