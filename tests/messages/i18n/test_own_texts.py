from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from messages.i18n.own_texts import OwnTextsWrong, read_own_texts, sources
from messages.i18n.texts import Translator, use_own_texts


@pytest.fixture(autouse=True)
def ours_again() -> Iterator[None]:
    yield
    use_own_texts({})


def wrong(folder: Path, text: str) -> list[str]:
    (folder / "ru.ftl").write_text(text, encoding="utf-8")
    with pytest.raises(OwnTextsWrong) as caught:
        read_own_texts(folder)
    return caught.value.problems


@pytest.mark.requirement("R78")
def test_a_shop_words_a_text_anew_and_the_others_stay(tmp_path: Path) -> None:
    before = Translator("ru").plain("ready-text-delivered", number="A-1")
    words = (
        "# наши слова\nready-text-late =\n    Простите, заказ { $number } едет дольше.\n    Ваша «Лесная»\n"
    )
    (tmp_path / "ru.ftl").write_text(words, encoding="utf-8-sig")

    use_own_texts(read_own_texts(tmp_path))

    late = Translator("ru").plain("ready-text-late", number="A-1")
    assert late == "Простите, заказ A-1 едет дольше.\nВаша «Лесная»"
    assert Translator("ru").plain("ready-text-delivered", number="A-1") == before
    assert "«Лесная»" not in Translator("en").plain("ready-text-late", number="A-1")


def test_what_comes_from_outside_is_escaped_in_own_texts_too(tmp_path: Path) -> None:
    (tmp_path / "ru.ftl").write_text("card-client = Для: { $text }\n", encoding="utf-8")

    use_own_texts(read_own_texts(tmp_path))

    assert Translator("ru")("card-client", text="<b>") == "Для: &lt;b&gt;"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ready-text-lat = да\n", "line 1: there is no text ready-text-lat; did you mean ready-text-late?"),
        (
            "\n\nready-text-late\n",
            "line 3 cannot be read. Example: ready-text-delivered = Delivered, thank you!",
        ),
        ("-late = да\n", "line 1 cannot be read. Example: ready-text-delivered = Delivered, thank you!"),
        ("button-orders = Мои\n", "line 1: button-orders is the label of a button or a command, which stays"),
        ("ready-text-late = { $phone }\n", "line 1: ready-text-late is not told $phone; it is told $number"),
        (
            "ready-text-late = { NUMBER($number) } { other } { -term }\n",
            "line 1: ready-text-late may hold words and { $names } only, not -term, NUMBER(), other",
        ),
        ("ready-text-late = раз\nready-text-late = два\n", "line 2: ready-text-late stands twice"),
        ("ready-text-late =\n    .title = раз\n", "line 1: ready-text-late needs words behind its ="),
    ],
)
def test_a_wrong_own_text_is_named_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    assert wrong(tmp_path, text) == [f"ru.ftl {problem}"]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "de.ftl").write_text("", encoding="utf-8")
    (tmp_path / "en.ftl").write_bytes("ready-text-late = Поздно\n".encode("cp1251"))

    assert wrong(tmp_path, "nothing-of-ours = x\n") == [
        "de.ftl is not read; the files are en.ftl and ru.ftl",
        "ru.ftl line 1: there is no text nothing-of-ours",
        "en.ftl is not UTF-8; save it in this encoding",
    ]


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(OwnTextsWrong, match="nowhere is no folder"):
        read_own_texts(tmp_path / "nowhere")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_printed_to_be_changed_can_be_used_as_it_is(tmp_path: Path, language: str) -> None:
    (tmp_path / f"{language}.ftl").write_text(sources("", language), encoding="utf-8")

    assert list(read_own_texts(tmp_path)) == [language]
    assert "ready-text-late" in sources("ready-text", language)
    assert "button-orders" not in sources("button-orders", language)
