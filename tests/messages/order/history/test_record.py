from __future__ import annotations

import pytest

from messages.i18n.texts import Translator
from messages.order.history.record import readable
from orders.model.details import Paper, Person
from tests.builders import RULES, a_line
from tests.messages.journeys import EN, JOURNEYS, NOW, PAID_RULES, RU, at
from tests.messages.order.test_privacy import PERSONAL, marked

DONE = """\
Заказ 25836184 · Выполнен

Доставить: 08.03.2026 14:00-15:00
Способ получения: доставка
Оформлен: 08.03.2026 12:00
Поступил в магазин: 08.03.2026 12:00

Состав:
1. Пионы «Облако» 15 шт × 1 · 4_900_₽
2. Открытка × 1 · дополнение · 0_₽

Адрес: Лесная 5, кв 12, домофон 12К
Получатель: Мария
Телефон получателя: +79160000002
Клиент: Игорь
Телефон клиента: +79160000001
Текст открытки: С днём рождения, мама
Примечание курьеру: Не звонить в дверь

Оплачено: 4_900_₽
Комиссия: 980_₽
Эквайринг: 98_₽
Магазину: 3_822_₽

Принят: 08.03.2026 12:01, Анна (менеджер)
Собирает: Оля
Доставляет: курьер магазина, Пётр
Фото, версия: 1, 08.03.2026 12:03, Оля (флорист), p/1.jpg
Курьер вышел: 08.03.2026 12:05, Оля (флорист)
Согласование с клиентом: Отдать другому: COMMENT, клиент согласен, 8 марта 2026 12:06, Пётр: да
Выполнен: отдан другому, 08.03.2026 12:06, Пётр (курьер): COMMENT
Статус во Flowwow: Новый

Записано 08.03.2026 12:10, версия 7, часовой пояс Europe/Moscow
"""


@pytest.mark.requirement("R80", "R81")
def test_the_record_reads_without_the_bot() -> None:
    assert readable(at("done to a third person"), PAID_RULES, RU, NOW) == DONE.replace("_", "\u202f")


@pytest.mark.requirement("R81")
@pytest.mark.parametrize("stage", JOURNEYS)
@pytest.mark.parametrize("t", [RU, EN])
def test_nothing_is_masked_at_any_stage(stage: str, t: Translator) -> None:
    order = marked(stage)
    text = readable(order, PAID_RULES, t, NOW)
    written = repr(order)
    missing = [marker for marker in PERSONAL if marker in written and marker not in text]
    assert missing == []


def test_long_texts_and_their_lines_are_kept() -> None:
    poem = "Строка первая\nАдрес: чужой\n" + "ж" * 5000
    text = readable(at("new", card_text=poem), RULES, RU, NOW)
    assert "Текст открытки: Строка первая\n    Адрес: чужой\n    " + "ж" * 5000 + "\n" in text


def test_html_is_no_concern_of_a_plain_text() -> None:
    text = readable(at("new", client=Person("<b>A & B</b>", "")), RULES, RU, NOW)
    assert "Клиент: <b>A & B</b>\n" in text


def test_a_product_brings_all_it_has() -> None:
    line = a_line(
        name="Роза\nбелая",
        count=15,
        description="60 см\nбез шипов",
        picture_url="https://x/y",
        offer_id="R-1",
    )
    text = readable(at("new", lines=(line,)), RULES, RU, NOW)
    assert (
        "1. Роза белая × 15 · 4\u202f900\u202f₽\n"
        "    60 см\n    без шипов\n    https://x/y\n    Код товара: R-1\n"
    ) in text
    assert "Состав не указан" in readable(at("new", lines=()), RULES, RU, NOW)


@pytest.mark.requirement("R81")
def test_the_words_an_order_was_entered_from_are_in_it_and_where_their_pictures_lie() -> None:
    order = at("accepted", written="Заказ 1\nТелефон: 2", papers=(Paper("ab", "2026/03/draft-7/0-ab.jpg"),))
    lines = readable(order, RULES, RU, NOW).splitlines()
    place = lines.index("Исходный текст: Заказ 1")
    assert lines[place + 1 : place + 3] == ["    Телефон: 2", "Бумага: 2026/03/draft-7/0-ab.jpg"]
