from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowwow.api.errors import UnreadableOrder
from flowwow.api.lenient import NotJson, load_json
from flowwow.order.parse import Parsed, Reading, parse
from orders.model.details import Category, DeliveryKind, Details, Line, Person, Window
from orders.model.money import Money
from orders.model.status import Status
from tests.flowwow.samples import ORDER_ID, PLACED, SHOP_ID, WINDOW, raw_card, raw_order, raw_product

READING = Reading({1: Category.FLOWERS_GIFTS, 2: Category.LIVE_PLANTS, 6: Category.OTHER}, Category.HANDMADE)
UNKNOWN = Parsed(str(ORDER_ID), None, None, None, Details())

PIECES: dict[str, dict[str, object]] = {
    "shopId": {"shop_id": None},
    "createdDate": {"placed_at": None},
    "status": {"status": None},
    "price": {"paid": Money(490000), "delivery_fee": None},
    "deliveryType": {},
    "deliveryTimeType": {},
    "deliveryDateFrom": {"window": Window(WINDOW[1], WINDOW[1])},
    "deliveryDateTo": {"window": Window(WINDOW[0], WINDOW[0])},
    "address": {"address": ""},
    "courierInfo": {"courier_note": ""},
    "shopAdditionalInfo": {"shop_note": ""},
    "comment": {"client_note": ""},
    "message": {"card_text": ""},
    "user": {"client": Person()},
    "recipient": {"recipient": Person()},
    "products": {"lines": (), "paid": Money(525000), "delivery_fee": None},
}
"""What becomes unknown when a field of the order is."""

LINE_PIECES: dict[str, dict[str, object]] = {
    "offerId": {"offer_id": ""},
    "type": {},
    "categoryId": {"category": Category.HANDMADE},
    "name": {"name": ""},
    "description": {"description": "Цвет: белый; Размер: L"},
    "currencyCode": {},
    "count": {"count": 1},
    "sum": {"paid": None},
    "images": {"picture_url": ""},
    "selectedProperties": {"description": "15 шт"},
}


def read(**changes: object) -> Parsed:
    return parse(raw_order(**changes), READING)


def read_line(**changes: object) -> Line:
    return read(products=[raw_product(**changes)]).details.lines[0]


def as_fields(parsed: Parsed) -> dict[str, object]:
    own = {name: getattr(parsed, name) for name in ("number", "shop_id", "placed_at", "status")}
    return own | {name: getattr(parsed.details, name) for name in Details.__dataclass_fields__}


def test_a_whole_order_is_read() -> None:
    assert read() == Parsed(
        number="25836184",
        shop_id=SHOP_ID,
        placed_at=PLACED,
        status=Status.NEW,
        details=Details(
            lines=(
                Line(
                    name="Пионы «Облако»",
                    count=1,
                    paid=Money(490000),
                    category=Category.FLOWERS_GIFTS,
                    description="Цвет: белый; Размер: L\n15 шт",
                    picture_url="https://cdn.example/peony.jpg",
                    offer_id="peony-15",
                ),
                Line(name="Открытка", count=1, paid=Money(0), is_addon=True),
            ),
            delivery=DeliveryKind.COURIER,
            window=Window(*WINDOW),
            as_soon_as_possible=False,
            address="Лесная 5, кв 12",
            courier_note="домофон 12К",
            shop_note="без лилий",
            client_note="позвоните мне, не получателю",
            card_text="С днём рождения, мама",
            client=Person("Игорь", "+79161234567"),
            recipient=Person("Мария", "+79990000004"),
            paid=Money(525000),
            delivery_fee=Money(35000),
        ),
    )


def test_the_number_alone_is_enough() -> None:
    assert parse({"id": ORDER_ID}, READING) == UNKNOWN


@pytest.mark.parametrize("number", [None, "", "abc", 0, -1, 1.5, True, [], {}, 2**63, float("inf")])
def test_an_order_without_a_number_is_unreadable(number: object) -> None:
    with pytest.raises(UnreadableOrder):
        parse(raw_order(id=number), READING)


def test_a_number_written_as_text_is_a_number() -> None:
    assert read(id="25836184").number == "25836184"


@pytest.mark.parametrize("field", sorted(raw_order().keys() - {"id"}))
@pytest.mark.parametrize("is_null", [True, False])
def test_a_missing_field_costs_only_itself(field: str, is_null: bool) -> None:
    raw = raw_order(**{field: None})
    if not is_null:
        del raw[field]

    parsed = parse(raw, READING)

    assert parsed.doubts == ()
    assert as_fields(parsed) == as_fields(read()) | PIECES.get(field, {})


@pytest.mark.parametrize("field", PIECES)
@pytest.mark.parametrize("wrong", [True, [[1]], {"a": {}}, "\ud800\0x", 1e300, -5, float("nan"), 10**400])
def test_a_field_of_a_wrong_type_costs_only_itself(field: str, wrong: object) -> None:
    parsed = read(**{field: wrong})

    changed = {name for name, value in as_fields(parsed).items() if value != as_fields(read())[name]}
    assert changed <= {*PIECES[field], "lines", "delivery", "as_soon_as_possible", "delivery_fee"}


@pytest.mark.parametrize("field", PIECES)
def test_a_field_that_cannot_be_read_is_a_doubt(field: str) -> None:
    parsed = read(**{field: True})

    assert parsed.doubts == (field,)
    assert as_fields(parsed) == as_fields(read()) | PIECES[field]


@pytest.mark.parametrize("field", raw_product())
@pytest.mark.parametrize("is_null", [True, False])
def test_a_missing_field_of_a_product_costs_only_itself(field: str, is_null: bool) -> None:
    product = raw_product(**{field: None})
    if not is_null:
        del product[field]

    parsed = read(products=[product])

    expected = {name: getattr(read_line(), name) for name in Line.__dataclass_fields__}
    found = {name: getattr(parsed.details.lines[0], name) for name in Line.__dataclass_fields__}
    assert found == expected | LINE_PIECES.get(field, {})
    assert parsed.doubts == ()


def test_a_doubt_names_the_field_where_it_stands() -> None:
    products = [raw_product(count="many", selectedProperties=["red"]), "a rose", raw_card(sum="free")]

    parsed = read(products=products, user=["Игорь"], recipient={"phone": {}}, status="new", address=False)

    assert parsed.doubts == (
        "status",
        "address",
        "products[0].count",
        "products[0].selectedProperties[0]",
        "products[1]",
        "products[2].sum",
        "user",
        "recipient.phone",
    )
    assert [line.name for line in parsed.details.lines] == ["Пионы «Облако»", "", "Открытка"]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (1, Status.NEW),
        (2, Status.ACCEPTED),
        (3, Status.DONE),
        (4, Status.COURIER_LEFT),
        (5, Status.PHOTO),
        (7, Status.ACCEPTED),
        (10, Status.ACCEPTED),
        (11, Status.COURIER_LEFT),
        (12, Status.COURIER_LEFT),
        ("2", Status.ACCEPTED),
    ],
)
def test_the_marketplaces_statuses_are_ours(code: int | str, status: Status) -> None:
    assert read(status=code).status is status


@pytest.mark.parametrize("code", [0, 6, 8, 9, 13, 999, -1])
def test_an_unknown_status_is_no_status_and_a_doubt(code: int) -> None:
    assert (read(status=code).status, read(status=code).doubts) == (None, ("status",))


def test_type_four_is_pickup_and_any_other_a_delivery() -> None:
    kinds = {kind: read(deliveryType=kind).details.delivery for kind in (1, 3, 4, 99)}

    assert [kind for kind, delivery in kinds.items() if delivery is DeliveryKind.PICKUP] == [4]


def test_time_type_one_is_as_soon_as_possible() -> None:
    assert read(deliveryTimeType=1).details.as_soon_as_possible
    assert not read(deliveryTimeType=2).details.as_soon_as_possible


def test_a_window_that_ends_before_it_starts_is_its_start_and_a_doubt() -> None:
    early = int((WINDOW[0] - timedelta(hours=1)).timestamp())

    parsed = read(deliveryDateTo=early)

    assert parsed.details.window == Window(WINDOW[0], WINDOW[0])
    assert parsed.doubts == ("deliveryDateTo",)


def test_an_order_without_a_window_has_none() -> None:
    assert read(deliveryDateFrom=None, deliveryDateTo=None).details.window is None


def test_unix_zero_is_no_moment() -> None:
    assert read(createdDate=0).placed_at is None


def test_the_sum_of_the_lines_stands_in_for_a_missing_price() -> None:
    details = read(price=None, products=[raw_product(), raw_product(sum="100.50")]).details

    assert (details.paid, details.delivery_fee) == (Money(500050), None)


def test_nothing_is_made_up_from_lines_that_are_not_all_known() -> None:
    products = [raw_product(), raw_product(sum=None)]

    assert read(price=None, products=products).details.paid is None
    known = read(products=products).details
    assert (known.paid, known.delivery_fee) == (Money(525000), None)


@pytest.mark.parametrize("price", ["4900.00", "4000.00", "0.00"])
def test_a_price_that_is_not_larger_than_the_lines_tells_no_delivery_fee(price: str) -> None:
    details = read(price=price).details

    assert (details.paid, details.delivery_fee) == (Money.parse(price), None)


def test_a_price_given_as_a_number_is_a_price() -> None:
    assert read(price=5250).details.paid == Money(525000)
    assert read(price=5250.5).details.paid == Money(525050)


@pytest.mark.parametrize("price", ["-5.00", "1e9", "5 250", "5250,00", "Infinity", "9" * 5000, "", "٥٢٥٠"])
def test_a_price_that_is_no_sum_is_unknown(price: str) -> None:
    parsed = read(price=price)

    assert parsed.details.paid == Money(490000)
    assert parsed.doubts == ("price",)


def test_the_currency_is_that_of_the_lines() -> None:
    details = read(products=[raw_product(currencyCode="KZT")]).details

    assert (details.paid, details.delivery_fee) == (Money(525000, "KZT"), Money(35000, "KZT"))


def test_lines_of_two_currencies_are_not_added_up() -> None:
    products = [raw_product(currencyCode="KZT"), raw_product()]

    assert read(products=products, price=None).details.paid is None
    assert read(products=products).details.delivery_fee is None


def test_the_category_is_the_settings_word_for_the_marketplaces_number() -> None:
    assert read_line(categoryId=2).category is Category.LIVE_PLANTS
    assert read_line(categoryId=6).category is Category.OTHER


@pytest.mark.parametrize("number", [None, 77, "flowers"])
def test_an_unknown_category_is_the_shops_own(number: object) -> None:
    assert read_line(categoryId=number).category is Category.HANDMADE


@pytest.mark.parametrize(
    ("images", "picture"),
    [
        (["https://cdn.example/a.jpg"], "https://cdn.example/a.jpg"),
        ([None, 5, "javascript:alert(1)", "http://cdn.example/b.jpg"], "http://cdn.example/b.jpg"),
        (["file:///etc/passwd"], ""),
        ([], ""),
    ],
)
def test_the_picture_is_the_first_web_address(images: list[object], picture: str) -> None:
    assert read_line(images=images).picture_url == picture


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("8 (916) 123-45-67", "+79161234567"),
        ("9161234567", "+79161234567"),
        ("+49 151 23456789", "+4915123456789"),
        (79161234567, "+79161234567"),
        ("8 916 123-45-67 доб. 12", "8 916 123-45-67 доб. 12"),
        ("не звонить", "не звонить"),
        ("123", "123"),
        ("9" * 5000, "9" * 5000),
        ("", ""),
    ],
)
def test_a_phone_gets_one_form_where_it_is_one_and_stays_otherwise(written: object, kept: str) -> None:
    assert read(user={"name": "Игорь", "phone": written}).details.client == Person("Игорь", kept)


def test_a_phone_is_read_in_the_shops_region() -> None:
    german = parse(raw_order(user={"phone": "0151 23456789"}), Reading(region="DE"))

    assert german.details.client.phone == "+4915123456789"


def test_hostile_text_is_kept_whole_but_for_what_no_database_takes() -> None:
    nasty = "<b>\u202e&amp; 👩‍👩‍👧 " + "ж" * 100_000

    details = read(
        address=nasty, comment="a\0b", message="half \ud83d", courierInfo="whole \ud83d\ude00"
    ).details

    assert details.address == nasty.replace("&amp;", "&")
    assert details.client_note == "ab"
    assert details.card_text == "half \ufffd"
    assert details.courier_note == "whole 😀"
    json.dumps(details.card_text, ensure_ascii=False).encode()


def test_fields_that_nobody_knows_change_nothing() -> None:
    assert read(surprise={"deep": [1]}, CDEK=True) == read()


ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.text("\ud83d\ude00\0aж", max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


@given(
    changes=st.dictionaries(st.sampled_from(sorted(raw_order().keys() - {"id"})), ANY_JSON),
    product=st.dictionaries(st.sampled_from(sorted(raw_product())), ANY_JSON),
    person=st.dictionaries(st.sampled_from(["name", "phone"]), ANY_JSON),
)
def test_whatever_stands_in_the_fields_the_order_is_taken_in(
    changes: dict[str, object], product: dict[str, object], person: dict[str, object]
) -> None:
    raw = {**raw_order(products=[raw_product(**product)], user=person), **changes}

    parsed = parse(raw, READING)

    assert parsed.number == str(ORDER_ID)
    details = parsed.details
    texts = [details.address, details.card_text, details.client.name, *(line.name for line in details.lines)]
    assert "\0" not in "".join(texts).encode().decode()
    assert details.paid is None or details.paid.minor >= 0
    assert details.window is None or details.window.start <= details.window.end


@given(ANY_JSON)
def test_an_answer_that_is_anything_at_all_is_read_or_unreadable(raw: object) -> None:
    anything = raw if isinstance(raw, dict) else {"id": raw}
    try:
        parsed = parse(anything, READING)
    except UnreadableOrder:
        return
    assert parsed.number.isdigit()


def test_what_is_not_json_is_said_to_be_so() -> None:
    for content in (b"", b"{", b"\xff", b"[" * 100_000, b"9" * 5000):
        with pytest.raises(NotJson):
            load_json(content)


def test_not_a_number_is_null_like_any_unknown() -> None:
    assert load_json(b'{"price": NaN, "count": -Infinity}') == {"price": None, "count": None}


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("Кафе &quot;Роза&quot;", 'Кафе "Роза"'),
        ("О&#39;Нил &amp; сын", "О'Нил & сын"),
        ("&lt;b&gt;Маме&lt;/b&gt;", "<b>Маме</b>"),
        ("дом&nbsp;5", "дом\u00a05"),
        ("&amp;quot;", "&quot;"),  # undone once: somebody may have written just that
        ("R&D, AT&T; 5&6", "R&D, AT&T; 5&6"),
        ("https://example.org/?a=1&lt=2&copy=3", "https://example.org/?a=1&lt=2&copy=3"),
        ("a&#0;b&#xD800;c", "a\ufffdb\ufffdc"),
    ],
)
def test_what_people_wrote_is_read_without_the_signs_of_html(sent: str, meant: str) -> None:
    order = read(
        address=sent, message=sent, comment=sent, courierInfo=sent, shopAdditionalInfo=sent,
        user={"name": sent}, recipient={"name": sent}, products=[raw_product(name=sent)],
    ).details  # fmt: skip
    found = {
        order.address, order.card_text, order.client_note, order.courier_note, order.shop_note,
        order.client.name, order.recipient.name, order.lines[0].name,
    }  # fmt: skip
    assert found == {meant}


@pytest.mark.parametrize("price", ["2009.00", "400.01"])
def test_a_price_far_above_the_goods_tells_no_delivery_fee(price: str) -> None:
    parsed = read(price=price, products=[raw_product(sum="100.00", currencyCode="GEL")])
    assert (parsed.details.paid, parsed.details.delivery_fee) == (Money.parse(price, "GEL"), None)
    assert parsed.doubts == ("price",)


def test_a_price_beside_goods_of_two_currencies_is_of_neither() -> None:
    products = [raw_product(), raw_product(currencyCode="GEL")]
    parsed = read(price="9000.00", products=products)
    assert (parsed.details.paid, parsed.details.delivery_fee) == (None, None)
    assert parsed.doubts == ("price",)
