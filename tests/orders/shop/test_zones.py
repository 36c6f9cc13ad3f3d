from __future__ import annotations

import pytest

from orders.shop.zones import read_zone, suggestions


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Europe/Moscow", "Europe/Moscow"),
        ("europe/moscow", "Europe/Moscow"),
        ("  Москва ", "Europe/Moscow"),
        ("Moscow", "Europe/Moscow"),
        ("СПб", "Europe/Moscow"),
        ("Нижний  Новгород", "Europe/Moscow"),
        ("екатеринбург", "Asia/Yekaterinburg"),
        ("Ekaterinburg", "Asia/Yekaterinburg"),
        ("Новосибирск", "Asia/Novosibirsk"),
        ("New York", "America/New_York"),
        ("Минск", "Europe/Minsk"),
    ],
)
def test_a_zone_or_a_city_is_read_as_people_write_it(words: str, zone: str) -> None:
    assert read_zone(words) == zone
    assert suggestions(words) == (zone,)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Asia/Ekaterinburg", "Asia/Yekaterinburg"),
        ("Europe/Ekaterinburg", "Asia/Yekaterinburg"),
        ("Europe/Moskow", "Europe/Moscow"),
        ("Екатиринбург", "Asia/Yekaterinburg"),
        ("UTC+3", "Europe/Moscow"),
        ("utc +05:00", "Asia/Yekaterinburg"),
        ("+7", "Asia/Krasnoyarsk"),
        ("МСК+2", "Asia/Yekaterinburg"),
        ("GMT+10", "Asia/Vladivostok"),
        ("Europe/Москва", "Europe/Moscow"),
    ],
)
def test_what_is_not_certain_is_suggested_and_not_taken(words: str, first: str) -> None:
    assert read_zone(words) is None
    assert suggestions(words)[0] == first


@pytest.mark.parametrize("words", ["", "пять", "UTC+99", "%", "x" * 500])
def test_where_nothing_is_like_it_nothing_is_suggested(words: str) -> None:
    assert read_zone(words) is None
    assert suggestions(words) == ()
