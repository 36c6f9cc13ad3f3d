from __future__ import annotations

import pytest

from services.phones import normal_phone, phone_finder


def test_every_phone_of_a_text_is_found_in_one_form_with_its_place() -> None:
    text = "Мария 8 (916) 000-00-02, если что +7 916 000 00 03; заказ 25836184"
    found = phone_finder("RU")(text)
    assert [phone for phone, _start, _end in found] == ["+79160000002", "+79160000003"]
    assert [text[start:end] for _phone, start, end in found] == ["8 (916) 000-00-02", "+7 916 000 00 03"]


def test_numbers_without_a_country_need_to_know_which() -> None:
    assert phone_finder(None)("8 916 000-00-02") == []
    assert phone_finder("KZ")("8 701 000 00 02")[0][0] == "+77010000002"


@pytest.mark.requirement("R82")
@pytest.mark.parametrize(
    ("written", "region", "phone"),
    [
        ("447472003498", "GE", "+447472003498"),
        ("380501234567", "RU", "+380501234567"),
        ("79161234567", "GE", "+79161234567"),
        ("00447472003498", "RU", "+447472003498"),
    ],
)
def test_a_number_without_its_plus_is_understood_abroad(written: str, region: str, phone: str) -> None:
    assert normal_phone(written, region) == phone
    assert phone_finder(region)(f"Мария, {written}, Лесная 5")[0][0] == phone


def test_an_extension_and_a_second_number_are_kept() -> None:
    found = phone_finder("RU")("8 (495) 123-45-67 доб. 128, 8 800 555 35 35 добавочный 14, 8(999)0000056")
    assert [phone for phone, _start, _end in found] == [
        "+74951234567 доб. 128",
        "+78005553535 доб. 14",
        "+79990000056",
    ]
