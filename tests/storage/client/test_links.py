"""Links and talk are kept with their order: one open link each, one owner, and nothing after an erasure."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from orders.client.links import TalkKind
from storage.client import conversation, links, shown_photos
from storage.db.client_tables import client_links as link_rows
from storage.db.database import Database
from storage.order import cards, order_chats, orders
from storage.shop import shops
from storage.shop.shops import Shop
from tests.builders import CLIENT, MANAGER, NOON, RULES, a_mark, an_order


@pytest.fixture
async def order_id(database: Database) -> int:
    async with database.write() as c:
        shop = await shops.put(c, Shop(0, 4711, "Лепесток", "ru", RULES, None))
        return (await orders.add(c, an_order(shop_id=shop.id))).id


@pytest.mark.requirement("X7")
async def test_an_order_has_one_link_and_a_link_one_owner(database: Database, order_id: int) -> None:
    async with database.write() as c:
        assert await links.add(c, order_id, "n1", "first", a_mark(MANAGER))
        assert not await links.add(c, order_id, "n2", "second", a_mark(MANAGER))
        link = await links.of_order(c, order_id)
        assert link is not None
        assert await links.bind(c, link.id, 5, "en", NOON)
        assert not await links.bind(c, link.id, 6, "ru", NOON)
        assert await links.note_second(c, link.id, NOON)
        assert not await links.note_second(c, link.id, NOON)
        chats = await order_chats.by_orders(c, [order_id, order_id + 1])
        assert {number: found.client for number, found in chats.items()} == {order_id: 5, order_id + 1: None}
        assert await links.revoke(c, order_id, a_mark(MANAGER))
        assert not await links.revoke(c, order_id, a_mark(MANAGER))
        assert (await order_chats.by_orders(c, [order_id]))[order_id].client is None
        assert await links.of_chat(c, 5) == []
        assert await links.add(c, order_id, "n2", "second", a_mark(MANAGER))
        known = await links.by_token(c, "first")
    assert known is not None
    assert (known.chat_id, known.language, known.revoked) == (5, "en", a_mark(MANAGER))


@pytest.mark.requirement("X7")
async def test_the_secret_part_of_a_link_is_not_kept(database: Database, order_id: int) -> None:
    async with database.write() as c:
        await links.add(c, order_id, "n1", "the secret part", a_mark(MANAGER))
        rows = (await c.execute(select(link_rows))).all()
    assert "the secret part" not in str(rows)


@pytest.mark.requirement("X7", "R63")
async def test_the_talk_is_kept_in_turn_and_erased_with_the_link(database: Database, order_id: int) -> None:
    async with database.write() as c:
        await links.add(c, order_id, "n1", "first", a_mark(MANAGER))
        asked = await conversation.add(c, order_id, a_mark(CLIENT), TalkKind.TEXT, "Когда?")
        shown = await conversation.add(c, order_id, a_mark(MANAGER), TalkKind.PHOTO, "", "file")
        await conversation.note_message(c, 5, 17, order_id)
        await shown_photos.add(c, order_id, 5, 18, "ab" * 32)
        assert await conversation.of_order(c, order_id) == [asked, shown]
        assert await conversation.get(c, shown.id) == shown
        assert await conversation.order_of(c, 5, 17) == order_id
        await links.erase(c, order_id)
        assert await conversation.of_order(c, order_id) == []
        assert await conversation.order_of(c, 5, 17) is None
        assert await shown_photos.shown(c, order_id, 5) == {}
        assert await links.by_token(c, "first") is None


@pytest.mark.requirement("X2", "X7")
async def test_a_photo_in_the_clients_chat_is_no_card(database: Database, order_id: int) -> None:
    async with database.write() as c:
        await shown_photos.add(c, order_id, 5, 18, "ab" * 32)
        await shown_photos.add(c, order_id, 5, 19, "cd" * 32)
        assert await shown_photos.shown(c, order_id, 5) == {18: "ab" * 32, 19: "cd" * 32}
        assert await cards.here(c, order_id, 5) == {}
        assert await cards.shown_in(c, 5, 1) == []
        assert (await order_chats.by_orders(c, [order_id]))[order_id].cards == frozenset()
        await shown_photos.remove(c, order_id, 5, [18])
        assert await shown_photos.shown(c, order_id, 5) == {19: "cd" * 32}
