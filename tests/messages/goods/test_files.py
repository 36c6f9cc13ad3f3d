"""What is wrong with a file that was sent, in words that say what to do."""

from __future__ import annotations

import pytest

from messages.i18n.texts import LANGUAGES, Translator
from services.files.spreadsheets import Flaw

DETAILS: dict[Flaw, dict[str, str | int]] = {
    Flaw.TOO_LONG: {"most": 100_000},
    Flaw.TOO_MANY_OFFERS: {"most": 50_000},
    Flaw.BAD_SIGN: {"line": 2, "sign": "&nbsp;", "near": "<name>Роза&nbsp;алая"},
    Flaw.WRONG_ENCODING: {"declared": "windows-1251", "found": "UTF-8"},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("flaw", Flaw)
def test_each_flaw_has_its_words(flaw: Flaw, language: str) -> None:
    assert Translator(language)(f"file-{flaw.value}", **DETAILS.get(flaw, {}))


@pytest.mark.requirement("R61")
def test_a_wrong_sign_is_shown_as_it_stands_in_the_file() -> None:
    text = Translator("ru")("file-bad-sign", **DETAILS[Flaw.BAD_SIGN])
    assert "в строке 2 стоит <code>&amp;nbsp;</code>" in text
    assert "<code>&lt;name&gt;Роза&amp;nbsp;алая</code>" in text
    assert "<code>&amp;amp;</code>" in text
    assert "&amp;amp;amp;" not in text


def test_the_limits_are_the_true_ones() -> None:
    said = {flaw: Translator("ru")(f"file-{flaw.value}", **DETAILS[flaw]) for flaw in DETAILS}
    assert "100 000 строк" in " ".join(said[Flaw.TOO_LONG].split())
    assert "50 000 товаров" in " ".join(said[Flaw.TOO_MANY_OFFERS].split())
