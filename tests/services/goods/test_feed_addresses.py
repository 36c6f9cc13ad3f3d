"""Where the marketplace reads the goods of each shop (R61)."""

from __future__ import annotations

from dataclasses import replace

from services.goods.feed_addresses import FeedAddresses
from storage.shop.shops import Shop
from tests.builders import RULES

OWN = Shop(1, 111, "Лепесток", "ru", RULES, of_settings=True)
ADDED = Shop(2, 222, "Второй", "ru", RULES)


def test_every_shop_has_the_address_of_its_own_secret() -> None:
    feeds = FeedAddresses("https://bot.example.com/", "own-secret", {222: "added-secret"})
    assert feeds.of(OWN) == "https://bot.example.com/feed/own-secret.xml"
    assert feeds.of(ADDED) == "https://bot.example.com/feed/added-secret.xml"
    assert feeds.of(replace(ADDED, marketplace_id=None)) == ""
    assert FeedAddresses(own="own-secret").of(OWN) == "/feed/own-secret.xml"
    assert FeedAddresses("https://bot.example.com").of(OWN) == ""
