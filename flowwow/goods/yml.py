"""The product feed's format: YML of Yandex Market, which the marketplace reads (R61).

It contains only what the marketplace is known to evaluate, `yml_catalog/shop/offers/offer@id@available`, and
the elements that the format requires. Texts are cut to the format's limits; characters that XML does not
allow are dropped.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape, quoteattr

from orders.goods.products import Product
from orders.model.money import MINOR_UNITS, Money

SHOP_URL = "https://flowwow.com"
"""The format requires the shop's page; its goods are shown on the marketplace."""
TAIL = "</offers></shop></yml_catalog>\n"

_LONGEST_NAME = 256
_LONGEST_DESCRIPTION = 3_000
_LONGEST_URL = 512
_LONGEST_PICTURE = 2_000
_URL_LETTERS = "%/:=&?~#+!$,;'@()*[]"
_PLAIN_URL = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?::[0-9]+)?(?:/[A-Za-z0-9._~/?&=%+,;:@!$#-]*)?")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def head(name: str, categories: Iterable[str], currencies: Iterable[str], changed: datetime) -> str:
    """Returns everything before the first offer; `changed` is an aware time in the shop's zone."""
    listed = "".join(f'<category id="{category_id(one)}">{_text(one)}</category>' for one in categories)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<yml_catalog date="{changed:%Y-%m-%d %H:%M}"><shop>'
        f"<name>{_text(name)}</name><company>{_text(name)}</company><url>{SHOP_URL}</url>"
        f"<currencies>{_currencies(currencies)}</currencies><categories>{listed}</categories><offers>\n"
    )


def offer(product: Product, category: str, *, is_available: bool) -> str:
    """Returns one product as one line; empty for one without price or name, which the format requires."""
    if not can_be_offered(product) or product.price is None:
        return ""
    url, picture = _url(product.url, _LONGEST_URL), _url(product.picture_url, _LONGEST_PICTURE)
    return (
        f'<offer id={_attribute(product.offer_id)} available="{str(is_available).lower()}">'
        f"{_element('url', url)}"
        f"<price>{_price(product.price)}</price><currencyId>{_text(product.price.currency)}</currencyId>"
        f"<categoryId>{category_id(category)}</categoryId>"
        f"{_element('picture', picture)}"
        f"<name>{_text(product.name[:_LONGEST_NAME])}</name>"
        f"{_element('description', product.description[:_LONGEST_DESCRIPTION])}"
        "</offer>\n"
    )


def can_be_offered(product: Product) -> bool:
    """Returns whether the product has the price and the name that the format requires."""
    return product.price is not None and product.price.minor > 0 and bool(_text(product.name).strip())


@lru_cache(maxsize=4_096)
def category_id(name: str) -> int:
    """Returns a number for a category that does not depend on the other categories."""
    digest = hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=6).digest()
    return int.from_bytes(digest) + 1


def _currencies(currencies: Iterable[str]) -> str:
    """The first currency is the main one; for the others the Bank of Russia's rates apply."""
    rates = ((currency, "CBRF" if place else "1") for place, currency in enumerate(currencies))
    return "".join(f'<currency id={_attribute(currency)} rate="{rate}"/>' for currency, rate in rates)


def _price(price: Money) -> str:
    whole, minor = divmod(price.minor, MINOR_UNITS)
    return f"{whole}.{minor:02}" if minor else str(whole)


def _url(url: str, longest: int) -> str:
    """Returns the percent-encoded URL; empty where it is invalid or too long."""
    if _PLAIN_URL.fullmatch(url):  # the fast path for nearly all; the rest takes ten times as long
        return url if len(url) <= longest else ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return ""
    plain = quote(_ILLEGAL.sub("", url.strip()), safe=_URL_LETTERS)
    return plain if len(plain) <= longest else ""


def _element(name: str, text: str) -> str:
    return f"<{name}>{_text(text)}</{name}>" if text.strip() else ""


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("", text))


def _attribute(text: str) -> str:
    return quoteattr(_ILLEGAL.sub("", text))
