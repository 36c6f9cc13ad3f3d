from __future__ import annotations

from services.phones import phone_finder


def test_every_phone_of_a_text_is_found_in_one_form_with_its_place() -> None:
    text = "Мария 8 (916) 000-00-02, если что +7 916 000 00 03; заказ 25836184"
    found = phone_finder("RU")(text)
    assert [phone for phone, _start, _end in found] == ["+79160000002", "+79160000003"]
    assert [text[start:end] for _phone, start, end in found] == ["8 (916) 000-00-02", "+7 916 000 00 03"]


def test_numbers_without_a_country_need_to_know_which() -> None:
    assert phone_finder(None)("8 916 000-00-02") == []
    assert phone_finder("KZ")("8 701 000 00 02")[0][0] == "+77010000002"
