from __future__ import annotations

import pytest
from markupsafe import Markup

from messages.i18n.texts import MissingText, Translator
from tests.messages.journeys import EN, RU


def test_an_unknown_language_is_russian() -> None:
    assert Translator("de").language == "ru"
    assert Translator("en").language == "en"


def test_what_comes_from_outside_is_cleaned_and_escaped() -> None:
    assert RU("card-client", text="<b>Игорь\u202e\n& Ко") == "Клиент: &lt;b&gt;Игорь &amp; Ко"


def test_a_text_inside_a_text_is_escaped_once() -> None:
    inner = RU("card-client", text="<i>")
    assert RU("joined", first=inner, second="<") == "Клиент: &lt;i&gt; · &lt;"


def test_plain_text_is_not_escaped() -> None:
    assert RU.plain("card-client", text="A & B") == "Клиент: A & B"
    assert RU.plain("joined", first=RU("said", text="A & B"), second="<") == "A & B · <"


def test_html_is_marked_as_ours() -> None:
    assert isinstance(RU("said", text="x"), Markup)


@pytest.mark.parametrize("key", ["no-such-text", ""])
def test_a_missing_text_raises(key: str) -> None:
    with pytest.raises(MissingText):
        RU(key)


def test_a_missing_argument_raises() -> None:
    with pytest.raises(MissingText, match="card-client"):
        RU.plain("card-client")


def test_nothing_from_outside_is_read_as_a_pattern() -> None:
    assert RU("card-client", text='{ $x } { "y" }') == "Клиент: { $x } { &#34;y&#34; }"


@pytest.mark.parametrize(
    ("count", "russian", "english"),
    [
        (1, "Нашёлся 1 заказ", "1 order found"),
        (2, "Нашлось 2 заказа", "2 orders found"),
        (5, "Нашлось 5 заказов", "5 orders found"),
        (11, "Нашлось 11 заказов", "11 orders found"),
        (21, "Нашёлся 21 заказ", "21 orders found"),
    ],
)
def test_plural_forms(count: int, russian: str, english: str) -> None:
    assert RU("matches", count=count) == russian
    assert EN("matches", count=count) == english


def test_no_isolation_marks_get_into_texts() -> None:
    assert not set(RU("joined", first="a", second="b")) & set("\u2066\u2067\u2068\u2069")
