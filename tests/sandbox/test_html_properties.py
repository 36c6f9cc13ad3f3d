import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.telegram.entities import MAX_TEXT, parse_text
from sandbox.telegram.errors import ApiError
from sandbox.telegram.html_parser import HtmlParser
from sandbox.telegram.rendering import to_html
from sandbox.telegram.utf16 import utf16_length

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)
tags = st.sampled_from(["b", "i", "u", "s", "code", "pre", "blockquote", "tg-spoiler"])


def unit_slice(text: str, offset: int, length: int) -> str:
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le")


@given(words)
def test_escaped_text_is_read_as_it_was(text: str) -> None:
    assert HtmlParser(html.escape(text, quote=False)).parse().text == text


@given(words, tags, words, words)
def test_a_tag_marks_exactly_what_stands_in_it(before: str, tag: str, inside: str, after: str) -> None:
    source = f"{html.escape(before)}<{tag}>{html.escape(inside)}</{tag}>{html.escape(after)}"
    # html.escape writes an apostrophe as a numeric entity, which Telegram decodes too.
    parsed = HtmlParser(source).parse()
    assert parsed.text == before + inside + after
    for entity in parsed.entities:
        assert unit_slice(parsed.text, entity["offset"], entity["length"]) == inside
    assert len(parsed.entities) == bool(inside)


@given(words, tags, words)
def test_what_was_read_is_shown_with_the_same_words(before: str, tag: str, inside: str) -> None:
    parsed = HtmlParser(f"{html.escape(before)}<{tag}>{html.escape(inside)}</{tag}>").parse()
    shown = to_html(parsed.text, parsed.entities)
    assert html.unescape(re.sub(r"<[^<>]*>", "", shown)) == parsed.text


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_but_never_breaks(source: str) -> None:
    try:
        parsed = HtmlParser(source).parse()
    except ApiError as error:
        assert error.description.startswith("Bad Request: can't parse entities: ")  # noqa: PT017 - either is fine
    else:
        assert utf16_length(parsed.text) <= utf16_length(source)


@given(words)
def test_lengths_are_those_of_utf16(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


def test_half_a_character_still_has_a_length() -> None:
    assert utf16_length("\ud83c") == 1


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a &amp; b", "a & b"),
        ("&lt;b&gt;", "<b>"),
        ("&quot;&#39;&#x1F337;", "\"'🌷"),
        ("&nbsp;&copy; &", "&nbsp;&copy; &"),
        ("&amp;amp;", "&amp;"),
        ("&#0;&#x110000;", "&#0;&#x110000;"),
        ("&lt", "<"),
        ("5 > 4", "5 > 4"),
        ("&&lt;", "&<"),
        ("", ""),
    ],
)
def test_only_telegrams_entities_are_decoded(source: str, text: str) -> None:
    assert HtmlParser(source).parse().text == text


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ('href="https://a.com/?x=1&amp;y=2"', "https://a.com/?x=1&y=2"),
        ("href='https://a.com/&#39;'", "https://a.com/'"),
        ('href="https://a.com/a&b"', "https://a.com/a&b"),
    ],
)
def test_a_link_is_decoded_within_its_quotes(link: str, url: str) -> None:
    (entity,) = HtmlParser(f"<a {link}>сайт</a>").parse().entities
    assert (entity["type"], entity["url"]) == ("text_link", url)


def test_the_limit_counts_what_is_left_after_reading() -> None:
    full = "🌷" * (MAX_TEXT // 2)
    assert parse_text(f"<b>{full}</b>", "HTML", None, MAX_TEXT).entities[0]["length"] == MAX_TEXT
    with pytest.raises(ApiError, match="message is too long"):
        parse_text(full + "a", "HTML", None, MAX_TEXT)
