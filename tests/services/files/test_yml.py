"""Feeds as shops have them, in every encoding, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flowwow.goods.yml import TAIL, head, offer
from orders.goods.price_list import Entry, PriceList
from orders.model.money import Money
from services.files.file_kinds import read_office_file
from services.files.spreadsheets import Flaw, UnusableFile
from tests.builders import NOON, a_product

FEED = """<?xml version="1.0" encoding="{encoding}"?>
<!DOCTYPE yml_catalog SYSTEM "shops.dtd">
<yml_catalog date="2026-03-08 12:00"><shop><name>Лепесток</name>
<currencies><currency id="RUR" rate="1"/></currencies>
<categories><category id="7">Букеты</category></categories>
<offers>
<offer id="p-15" available="true"><url>https://flowwow.com/1</url><price>4900.00</price><currencyId>RUR</currencyId>
<categoryId>7</categoryId><picture>https://cdn.example/1.jpg</picture><picture>https://cdn.example/2.jpg</picture>
<name>Пионы «Облако» &amp; лента</name><description><![CDATA[<p>15 пионов</p>]]></description>
<count>3</count></offer>
<offer id="p-16" available="false" type="vendor.model"><price>1 000,50</price><currencyId>KZT</currencyId>
<typePrefix>Букет</typePrefix><vendor>Лепесток</vendor><model>«Заря»</model></offer>
<offer><price>1</price><name>Без артикула</name></offer>
</offers></shop></yml_catalog>"""
LISTED = PriceList(
    (
        Entry(
            "p-15",
            "Пионы «Облако» & лента",
            Money(490_000),
            "Букеты",
            "<p>15 пионов</p>",
            "https://cdn.example/1.jpg",
            "https://flowwow.com/1",
            3,
        ),
        Entry("p-16", "Букет Лепесток «Заря»", Money(100_050, "KZT"), available=False),
    ),
    unreadable=1,
)


def flaw_of(content: bytes) -> Flaw:
    with pytest.raises(UnusableFile) as caught:
        read_office_file(content)
    return caught.value.flaw


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16", "koi8-r"])
def test_a_feed_is_read_in_its_own_encoding(encoding: str) -> None:
    text = FEED.format(encoding=encoding).replace("«", '"').replace("»", '"')
    plain = [replace(entry, name=entry.name.replace("«", '"').replace("»", '"')) for entry in LISTED.entries]
    assert read_office_file(text.encode(encoding)) == PriceList(tuple(plain), 1)


def test_a_mark_or_a_space_before_the_file_is_passed_over() -> None:
    feed = FEED.format(encoding="utf-8").encode()
    assert read_office_file(b"\n " + feed) == read_office_file(b"\xef\xbb\xbf" + feed) == LISTED


@pytest.mark.requirement("R61")
def test_our_own_feed_reads_as_the_products_it_was_made_of() -> None:
    product = a_product(description="15 пионов <i>", url="https://flowwow.com/1", category="Букеты")
    feed = head("Лепесток", ["Букеты"], ["RUB"], NOON) + offer(product, "Букеты", is_available=True) + TAIL
    expected = Entry("p-15", product.name, product.price, "Букеты", "15 пионов <i>", url=product.url)
    assert read_office_file(feed.encode()) == PriceList((expected,))


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (f'<!DOCTYPE y [<!ENTITY l0 "ha">{_LAUGHS}]><y>&l11;</y>', Flaw.ENTITIES),
        ('<!DOCTYPE y [<!ENTITY x SYSTEM "file:///etc/passwd">]><y>&x;</y>', Flaw.ENTITIES),
        ('<!DOCTYPE y [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]><y/>', Flaw.ENTITIES),
        ("<yml_catalog><shop>", Flaw.NOT_XML),
        ("<html><br></html>", Flaw.NOT_XML),
        ("<html><br/></html>", Flaw.NO_GOODS),
        ('<?xml version="1.0" encoding="windows-9999"?><y/>', Flaw.NOT_XML),
        ('<?xml version="1.0" encoding="utf-7"?><y/>', Flaw.NOT_XML),
        ("<a>" * 200_000, Flaw.NOT_XML),
        ("<y>" + "<offer id='1'><name>a</name></offer>" * 50_001 + "</y>", Flaw.TOO_MANY_OFFERS),
    ],
)
def test_what_is_no_feed_is_refused_for_its_own_reason(content: str, flaw: Flaw) -> None:
    assert flaw_of(content.encode()) is flaw


def test_a_file_in_another_encoding_than_it_says_is_refused() -> None:
    assert (
        flaw_of(FEED.format(encoding="utf-8").replace("«", "").replace("»", "").encode("koi8-r"))
        is Flaw.NOT_XML
    )


def unusable(content: str) -> UnusableFile:
    with pytest.raises(UnusableFile) as caught:
        read_office_file(content.encode())
    return caught.value


@pytest.mark.requirement("R61")
@pytest.mark.parametrize(
    ("written", "sign"),
    [("&nbsp;", "&nbsp;"), (" & ", "&"), ("&laquo;", "&laquo;"), ("M&M;", "&M;"), ("&#xZZ;", "&#xZZ;")],
)
@pytest.mark.parametrize("doctype", ["", '<!DOCTYPE yml_catalog SYSTEM "shops.dtd">'])
def test_a_sign_that_xml_does_not_know_is_named_with_its_line(written: str, sign: str, doctype: str) -> None:
    offer = f'<offer id="a"><name>Роза{written}алая</name></offer>'
    refused = unusable(f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}<y>\n{offer}</y>')
    assert refused.flaw is Flaw.BAD_SIGN
    assert (refused.details["line"], refused.details["sign"]) == (3, sign)
    assert "Роза" in str(refused.details["near"])


@pytest.mark.requirement("R61")
def test_a_feed_in_utf_8_that_says_it_is_not_is_refused_before_its_names_are_read_wrong() -> None:
    refused = unusable(FEED.format(encoding="Windows-1251"))
    assert (refused.flaw, refused.details) == (
        Flaw.WRONG_ENCODING,
        {"declared": "windows-1251", "found": "UTF-8"},
    )
    plain = '<?xml version="1.0" encoding="windows-1251"?><y><offer id="a"><name>Rose</name></offer></y>'
    assert read_office_file(plain.encode()) == PriceList((Entry("a", "Rose"),))
