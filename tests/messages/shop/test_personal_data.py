from __future__ import annotations

import pytest

from messages.shop.personal_data import Known, export
from orders.client.links import Said, TalkKind
from orders.model.rules import ShopRules
from tests.builders import CLIENT, MANAGER, NOON, a_mark, an_order
from tests.messages.journeys import RU


@pytest.mark.requirement("R63")
def test_what_is_handed_out_holds_the_order_the_talk_and_what_the_marketplace_sent() -> None:
    long = "подробно " * 100
    talk = [
        Said(1, a_mark(CLIENT), TalkKind.TEXT, f"<b>{long}"),
        Said(2, a_mark(MANAGER), TalkKind.VOICE, "", "file"),
    ]
    order = an_order()
    text = export([Known(order, {"buyer": "Игорь"}, talk)], ShopRules(), NOON, RU)
    assert order.number in text
    assert f": <b>{long}\n" in text
    assert "голосовое" in text
    assert '"buyer": "Игорь"' in text


@pytest.mark.requirement("R63")
def test_an_order_without_talk_has_no_empty_heading() -> None:
    assert "Переписка" not in export([Known(an_order(), None, [])], ShopRules(), NOON, RU)
