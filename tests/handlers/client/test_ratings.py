"""What a client says of the photo, and what they write after it (R26, R32)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.frame.context import Office
from messages.callbacks.client import ClientDo, ClientTap
from messages.client.card import mark_of_photo
from orders.steps import commands as do
from tests.builders import DIRECTOR as CHIEF
from tests.handlers.conftest import STRANGER, Shop
from tests.services.workplace import receive


@pytest.mark.requirement("R26", "R32")
async def test_words_of_a_client_who_likes_the_photo_after_all_are_no_complaint(shop: Shop) -> None:
    office: Office = shop.app.dispatcher["office"]
    order = await receive(office.desk, datetime.now(UTC))
    await office.desk.do(order.id, do.Accept(), CHIEF)
    order = await office.desk.do(order.id, do.AttachPhoto("ab" * 32, "2026/03/1/1-abab.jpg"), CHIEF)
    await shop.hears(STRANGER, text=f"/start {await office.clients.link(order.id, CHIEF)}")
    mark = mark_of_photo(order)

    await shop.hears(STRANGER, data=ClientTap(do=ClientDo.DISLIKED, order=order.id, arg=mark).pack())
    question = shop.wire.sent[-1]
    await shop.hears(STRANGER, data=ClientTap(do=ClientDo.LIKED, order=order.id, arg=mark).pack())
    await shop.hears(STRANGER, text="Спасибо, очень красиво!")

    rating = (await office.desk.look(order.id, CHIEF)).progress.rating
    assert rating is not None
    assert rating.liked
    assert question in shop.wire.gone
