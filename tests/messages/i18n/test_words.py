"""The words that people read, and the former ones that they still type."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fluent.syntax import ast as ftl
from fluent.syntax import parse

from messages.i18n.old_words import word_of_today
from messages.i18n.texts import FOLDER, Translator

WORDS = (
    (
        "ru",
        r"(?<!кабинете )(?<!API )\bпродав(?:ец|ца|цу|цом)\b",
        "Флорист",
        "role-seller",
    ),  # its cabinet is Flowwow's
    ("ru", r"^Магазин скрыт$", "Скрыть магазин", "do-shop-hide"),
    ("ru", r"3-му лицу", "Другому человеку", "do-third-person"),
    ("ru", r"согласовать с клиентом", "Спросить клиента", "do-agreements"),
    ("ru", r"яркость", "Слишком темно: букет не разглядеть", "photo-dark"),
    ("ru", r"оценки клиента пока нет", "Клиент ещё не ответил. Выезжайте вовремя", "card-rating-none"),
    ("ru", r"хранятся, дней", "Личные данные храним", "shops-erase"),
    ("ru", r"", "Курьер остановлен", "do-stopped-courier"),
    ("ru", r"перепишите его слова", "что ответил клиент?", "ask-yes-words-needed"),
    ("ru", r"обо мне, мой магазин", "Кто я", "command-me"),
    ("en", r"\bsellers?\b(?! API|'s cabinet)", "Florist", "role-seller"),
    ("en", r"\bwhere:", "Address:", "card-address"),
    ("en", r"(?<![$])\bacquiring\b", "Card fee", "rule-acquiring-fixed"),
    ("en", r"shop answers for it", "The shop is responsible", "spare-shop-answers"),
    ("en", r"\bI deliver it\b", "I'll deliver", "do-self"),
    ("en", r"shall it be instead", "replace with what?", "ask-substitute-needed"),
    ("en", r"not in time any more", "We can't make it in time", "answers-decline-reason-needed"),
    ("en", r"^Contact$", "Message client", "do-contact"),
    ("en", r"\b(?:he|she|him|his|her|hers)\b", "they left", "support-courier-left"),
)
"""Language, the word that no text holds any more, the word of today, and a text in which it stands."""

TYPED = {
    "ru": (
        "Магазин скрыт", "3-му лицу", "Согласовать с клиентом", "Продавец", "Обо мне, мой магазин",
        "«Вижу, остановился»", "Новый", "Принят", "Назначить сотрудника", "Загрузить фото", "Фото",
        "Я доставлю", "Найти курьера", "Курьер вышел", "Выполнен", "Лично", "Связаться", "Архив", "Профиль",
        "Клиент отменил заказ",
    ),
    "en": (
        "Seller", "Contact", "Acquiring", "I deliver it", "To a third person", "About me, my shop", "Archive",
        "Done", "Courier left", "Find a courier", "Магазин скрыт", "3-му лицу",
    ),
}  # fmt: skip
"""Former names of buttons, and the names in the documents that the shops were taught with."""


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Each text that people read, by its name."""
    for path in sorted((FOLDER / language).glob("*.ftl")):
        source = path.read_text(encoding="utf-8")
        for entry in parse(source).body:
            if isinstance(entry, ftl.Message) and entry.value is not None and entry.value.span is not None:
                yield entry.id.name, source[entry.value.span.start : entry.value.span.end]


READ = {language: dict(texts(language)) for language in TYPED}


@pytest.mark.parametrize(("language", "former", "today", "where"), WORDS)
def test_the_word_of_today_has_taken_the_place_of_the_former_one(
    language: str, former: str, today: str, where: str
) -> None:
    assert today in READ[language][where]
    pattern = re.compile(former, re.IGNORECASE | re.MULTILINE) if former else None
    read = {name: words for name, words in READ[language].items() if name != "old-words"}
    assert [name for name, words in read.items() if pattern is not None and pattern.search(words)] == []


@pytest.mark.parametrize(("language", "said"), [(key, one) for key, words in TYPED.items() for one in words])
def test_a_former_word_that_somebody_types_leads_to_the_word_of_today(language: str, said: str) -> None:
    found = word_of_today(said, Translator(language))
    names = {part.strip() for part in re.split(r"→|, ", found)}
    assert names & (set(READ[language].values()) | {"Архив", "Archive"})
