from __future__ import annotations

import pytest

from services.phones import card_phone, normal_phone, phone_finder, rights_phone, sent_phone


def test_every_phone_of_a_text_is_found_in_one_form_with_its_place() -> None:
    text = "Мария 8 (916) 000-00-02, если что +7 916 000 00 03; заказ 25836184"
    found = phone_finder("RU")(text)
    assert [phone for phone, _start, _end in found] == ["+79160000002", "+79160000003"]
    assert [text[start:end] for _phone, start, end in found] == ["8 (916) 000-00-02", "+7 916 000 00 03"]


def test_numbers_without_a_country_need_to_know_which() -> None:
    assert phone_finder(None)("8 916 000-00-02") == []
    assert phone_finder("KZ")("8 701 000 00 02")[0][0] == "+77010000002"


@pytest.mark.requirement("R17")
@pytest.mark.parametrize(
    "text",
    [
        "79990000001" * 20,
        "79990000001" * 2,
        "+79990000001 +79990000002",
        "٧٩٩٩٠٠٠٠٠٠١",
        "７９９９０００００01",
        "7999000000A",
        "79990000001;ext=5",
        "79990000001,,5",
        "++79990000001",
        "tel:+79990000001",
        "",
    ],
)
def test_a_phone_in_odd_dress_gives_no_rights(text: str) -> None:
    assert card_phone(text) is None
    assert rights_phone(text, "RU") is None


@pytest.mark.requirement("R17")
@pytest.mark.parametrize("text", ["79990000001", "+79990000001", "+7 (999) 000-00-01", "7 999 000 00 01 "])
def test_a_card_may_write_its_phone_in_the_usual_ways(text: str) -> None:
    assert card_phone(text) == "+79990000001"


@pytest.mark.parametrize(
    ("written", "region", "meant"),
    [
        ("447472003498", "GE", "+447472003498"),
        ("447472003498", "RU", "+447472003498"),
        ("380501234567", "RU", "+380501234567"),
        ("79161234567", "GE", "+79161234567"),
        ("79161234567", "RU", "+79161234567"),
        ("8 916 123-45-67", "RU", "+79161234567"),
        ("9161234567", "RU", "+79161234567"),
        ("555123456", "GE", "+995555123456"),
        ("995555123456", "GE", "+995555123456"),
        ("998901234567", "KZ", "+998901234567"),
        ("+7 916 123-45-67", "GE", "+79161234567"),
        ("00447472003498", "RU", "+447472003498"),
        ("00 44 7472 003498", "GE", "+447472003498"),
        ("810447472003498", "RU", "+447472003498"),
        ("1234567890", "RU", None),
        ("00000000000", "RU", None),
        ("12", "RU", None),
        ("8 916 123-45-67 доб. 5", "RU", None),
        ("", "RU", None),
    ],
)
def test_a_phone_that_a_program_wrote_is_read_where_it_can_only_mean_one(
    written: str, region: str, meant: str | None
) -> None:
    assert sent_phone(written, region) == meant


def test_two_noughts_before_a_number_are_a_plus() -> None:
    assert normal_phone("00447472003498", "RU") == "+447472003498"
    assert normal_phone("00447472003498", None) == "+447472003498"


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
