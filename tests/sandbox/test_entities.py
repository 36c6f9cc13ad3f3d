import pytest

from sandbox.telegram.entities import parse_text
from sandbox.telegram.errors import ApiError
from sandbox.telegram.rendering import to_html
from sandbox.telegram.utf16 import utf16_length

PREFIX = "Bad Request: can't parse entities: "


def html(text: str) -> tuple[str, list[dict[str, object]]]:
    parsed = parse_text(text, "HTML", None, 4096)
    return parsed.text, parsed.entities


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
        ("B", "bold"),
    ],
)
def test_each_tag_makes_its_entity(tag: str, kind: str) -> None:
    assert html(f"a <{tag}>bc</{tag}>") == ("a bc", [{"type": kind, "offset": 2, "length": 2}])


def test_tags_with_arguments_keep_them() -> None:
    assert html('<span class="tg-spoiler">x</span>')[1][0]["type"] == "spoiler"
    assert html("<blockquote expandable>x</blockquote>")[1][0]["type"] == "expandable_blockquote"
    assert html('<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>')[1] == [
        {"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "5368324170671202286"}
    ]
    assert html('<pre><code class="language-python">x</code></pre>')[1] == [
        {"type": "pre", "offset": 0, "length": 1, "language": "python"}
    ]
    assert html("<a href='https://example.com'>x</a>")[1] == [
        {"type": "text_link", "offset": 0, "length": 1, "url": "https://example.com/"}
    ]
    assert html('<a href="tg://user?id=1001">x</a>')[1][0]["user"] == {
        "id": 1001,
        "is_bot": False,
        "first_name": "",
    }


def test_links_telegram_does_not_know_lose_their_link_silently() -> None:
    assert html('<a href="tel:+79990000001">позвонить</a>') == ("позвонить", [])
    assert html('<a href="javascript:alert(1)">x</a>') == ("x", [])


def test_offsets_count_utf16_units() -> None:
    assert html("🌷🌷<b>ё🌷</b>") == ("🌷🌷ё🌷", [{"type": "bold", "offset": 4, "length": 3}])
    assert utf16_length("🌷a") == 3


def test_entities_are_decoded_and_strangers_stay() -> None:
    assert (
        html("&lt;&gt;&amp;&quot; &#1078;&#x436; &nbsp; &copy; & &#0;")[0] == '<>&" жж &nbsp; &copy; & &#0;'
    )


def test_nested_and_empty_tags() -> None:
    text, entities = html("<b>a<i>b</i></b><u></u>")
    assert text == "ab"
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [("bold", 0, 2), ("italic", 1, 1)]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("ж <br>", 'Unsupported start tag "br" at byte offset 3'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<a href=x", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=a/b>x</a>", "Unexpected end of name token at byte offset 8"),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_mistakes_in_html_are_named_as_telegram_names_them(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as caught:
        html(source)
    assert caught.value.description == PREFIX + reason


def test_space_around_the_text_is_cut_and_entities_move_along() -> None:
    assert html(" \n<b> a </b>\n") == ("a", [{"type": "bold", "offset": 0, "length": 1}])


def test_the_limit_counts_after_parsing_and_in_utf16_units() -> None:
    assert html("<b>" + "a" * 4096 + "</b>")[0] == "a" * 4096
    assert html("🌷" * 2048)[0] == "🌷" * 2048
    with pytest.raises(ApiError, match="message is too long"):
        html("🌷" * 2048 + "a")
    with pytest.raises(ApiError, match="message caption is too long"):
        parse_text("a" * 1025, "", None, 1024, caption=True)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "<b> </b>", "\u0000"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(ApiError, match="message text is empty"):
        html(text)


def test_other_parse_modes_are_refused() -> None:
    with pytest.raises(ApiError, match="use HTML"):
        parse_text("*a*", "MarkdownV2", None, 4096)
    with pytest.raises(ApiError, match="unsupported parse_mode"):
        parse_text("a", "bbcode", None, 4096)


def test_given_entities_are_taken_and_checked() -> None:
    bold = {"type": "bold", "offset": 0, "length": 2}
    assert parse_text("ab", "", [bold], 4096).entities == [bold]
    for wrong in (
        [{"type": "bold", "offset": 0, "length": 3}],
        [{"type": "shout", "offset": 0, "length": 1}],
        [{"type": "bold"}],
        ["bold"],
        "bold",
    ):
        with pytest.raises(ApiError):
            parse_text("ab", "", wrong, 4096)


def test_links_commands_mentions_and_phones_are_found() -> None:
    text = "🌷 /start@florist_demo_bot https://example.com/a?b=1, @anna_k a@b.ru #цветы +79990000001"
    found = parse_text(text, "", None, 4096).entities
    units = text.encode("utf-16-le")
    shown = {
        entity["type"]: units[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode(
            "utf-16-le"
        )
        for entity in found
    }
    assert shown == {
        "bot_command": "/start@florist_demo_bot",
        "url": "https://example.com/a?b=1",
        "mention": "@anna_k",
        "email": "a@b.ru",
        "hashtag": "#цветы",
        "phone_number": "+79990000001",
    }


def test_rendering_escapes_everything_but_entities() -> None:
    text, entities = html(
        "&lt;script&gt; <b>a &amp; <i>🌷</i></b> <a href='https://e.com?a=1&amp;b=\"'>x</a>"
    )
    assert to_html(text, entities) == (
        "&lt;script&gt; <b>a &amp; <i>🌷</i></b> "
        '<a href="https://e.com/?a=1&amp;b=&#34;" target="_blank" rel="noopener noreferrer">x</a>'
    )


def test_rendering_closes_overlapping_entities_properly() -> None:
    entities = [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 2}]
    assert to_html("abc", entities) == "<b>a<i>b</i></b><i>c</i>"


def test_rendering_links_what_was_found() -> None:
    text = "a@b.ru +79990000001"
    shown = to_html(text, parse_text(text, "", None, 4096).entities)
    assert 'href="mailto:a@b.ru"' in shown
    assert 'href="tel:+79990000001"' in shown


def test_a_time_that_counts_down_keeps_its_words_for_older_apps() -> None:
    text, entities = html('до <tg-time unix="1772961300" format="r">12:15</tg-time>')
    assert text == "до 12:15"
    when = {"type": "date_time", "offset": 3, "length": 5, "unix_time": 1772961300, "date_time_format": "r"}
    assert entities == [when]
    drawn = '<time class="live" data-unix="1772961300" data-format="r">12:15</time>'
    assert to_html(text, entities) == f"до {drawn}"


@pytest.mark.parametrize("attributes", ["", 'unix="soon"', 'unix="1772961300" format="rr"', 'format="r"'])
def test_a_time_without_a_moment_or_in_no_known_form_is_refused(attributes: str) -> None:
    with pytest.raises(ApiError, match="tg-time"):
        html(f"<tg-time {attributes}>12:15</tg-time>")
