"""The order's photo in its client's chat: what cannot be shown, or was another order's, is said once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from orders import commands as do
from orders.order import Order
from sandbox.driver import SeenMessage
from services.client_cards import ClientCards
from services.client_photos import ClientPhotos
from services.clients import Clients, Opening
from services.desk import Desk
from services.downloads import Downloads
from services.photos import Photos
from services.pulse import Pulse
from services.talks import Talks
from storage import client_photos, outbox, staff
from storage.database import Database
from storage.outbox import Channel, Kind
from storage.photo_files import PhotoFiles
from tests.builders import MANAGER, NOON, SELLER
from tests.pictures import a_jpeg
from tests.services.workplace import SELLER_CHAT, Clock, Telegram, receive, rows

CLIENT_CHAT = 1004
RED, BLUE = a_jpeg("#ff0000"), a_jpeg("#0000ff")
TO_SHOP = {Kind.CLIENT_PHOTO_LOST, Kind.CLIENT_PHOTO_STAYS}


@dataclass(frozen=True, slots=True)
class Counter:
    """The shop's counter towards the client: photos come in, and go out to who has opened the link."""

    database: Database
    telegram: Telegram
    photos: Photos
    clients: Clients
    cards: ClientCards
    talks: Talks
    folder: Path

    async def take(self, order: Order, picture: bytes) -> Order:
        """The seller's photo of the order."""
        return await self.photos.attach(order.id, await self.photos.keep(picture), SELLER)

    async def follow(self, order: Order) -> None:
        """The client opens the link."""
        await self.telegram.people.start("client")
        token = await self.clients.link(order.id, MANAGER)
        assert await self.clients.open(token, CLIENT_CHAT, "ru") is Opening.OPENED

    async def send(self) -> None:
        """Let everything leave that the outbox has for the client, and about him."""
        async with self.database.write() as c:
            found = await outbox.claim(c, Channel.TELEGRAM, "worker", NOON, 100)
            await outbox.done(c, *(row.id for row in found))
        for row in found:
            if row.kind in TO_SHOP:
                await self.talks.deliver(row)
            elif row.target == CLIENT_CHAT:
                await self.cards.deliver(row)

    async def words_for_the_shop(self) -> list[tuple[Kind, int]]:
        return [(row.kind, row.target) for row in await rows(self.database) if row.kind in TO_SHOP]

    async def photos_seen(self) -> list[SeenMessage]:
        return [message for message in await self.telegram.shown("client") if message.photo is not None]


@pytest.fixture
def counter(
    database: Database, telegram: Telegram, desk: Desk, pulse: Pulse, clock: Clock, tmp_path: Path
) -> Counter:
    bot, folder = telegram.bot, tmp_path / "photos"
    photos = Photos(database, PhotoFiles(folder), desk, clock)
    shown = ClientPhotos(bot, database, photos, pulse, clock)
    return Counter(
        database,
        telegram,
        photos,
        Clients(database, pulse, clock, "secret"),
        ClientCards(bot, database, shown, clock),
        Talks(bot, database, Downloads(bot), clock),
        folder,
    )


async def an_order(desk: Desk) -> Order:
    """One that Оля assembles."""
    order = await receive(desk, NOON)
    await desk.do(order.id, do.Accept(), MANAGER)
    return await desk.do(order.id, do.AssignSeller(3, "Оля"), MANAGER)


@pytest.mark.requirement("R26", "X7")
@pytest.mark.parametrize("content", [RED[: len(RED) // 2], None], ids=["damaged", "gone"])
async def test_a_photo_that_cannot_be_shown_ends_with_one_word_to_the_shop(
    counter: Counter, desk: Desk, content: bytes | None
) -> None:
    order = await counter.take(await an_order(desk), RED)
    file = counter.folder / order.progress.photos[-1].path
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    await counter.follow(order)
    await counter.send()
    assert await counter.words_for_the_shop() == [(Kind.CLIENT_PHOTO_LOST, SELLER_CHAT)]
    await counter.send()
    told = await counter.telegram.people.wait_message("florist", containing="фото не дошло до клиента")
    assert not told.silent
    assert told.button_texts == ["Открыть"]
    await counter.clients.show_again(CLIENT_CHAT)
    await counter.send()
    assert await counter.words_for_the_shop() == []
    assert await counter.photos_seen() == []

    await counter.take(order, BLUE)
    await counter.send()
    assert len(await counter.photos_seen()) == 1


@pytest.mark.requirement("R26", "X7")
async def test_where_no_seller_can_be_reached_the_chiefs_hear_of_a_lost_photo(
    counter: Counter, desk: Desk
) -> None:
    order = await counter.take(await an_order(desk), RED)
    (counter.folder / order.progress.photos[-1].path).unlink()
    async with counter.database.write() as c:
        await staff.remove(c, 3, 1)
    await counter.follow(order)
    await counter.send()
    assert await counter.words_for_the_shop() == [
        (Kind.CLIENT_PHOTO_LOST, 1001),
        (Kind.CLIENT_PHOTO_LOST, 1005),
    ]


@pytest.mark.requirement("R23", "R63", "X7")
async def test_a_photo_of_another_order_leaves_the_chat_and_comes_again_when_it_is_moved_back(
    counter: Counter, desk: Desk
) -> None:
    wrong, right = await an_order(desk), await an_order(desk)
    await counter.follow(wrong)
    wrong = await counter.take(wrong, BLUE)
    await counter.send()
    wrong = await counter.take(wrong, RED)
    await counter.send()
    blue, _red = await counter.photos_seen()
    await counter.photos.move(wrong.id, 2, right.id, SELLER)
    await counter.send()
    assert [message.message_id for message in await counter.photos_seen()] == [blue.message_id]
    *_, last = await counter.telegram.shown("client")
    assert last.text == f"Заказ {wrong.number}: здесь по ошибке было фото другого заказа, магазин его убрал."
    assert last.silent
    assert await counter.words_for_the_shop() == []

    await counter.photos.move(right.id, 1, wrong.id, SELLER)
    await counter.send()
    assert len(await counter.photos_seen()) == 2
    async with counter.database.read() as c:
        assert len(await client_photos.shown(c, wrong.id, CLIENT_CHAT)) == 2


@pytest.mark.requirement("R23", "R63", "X7")
async def test_a_photo_that_telegram_deletes_no_more_is_told_to_both_sides(
    counter: Counter, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, right = await an_order(desk), await an_order(desk)
    await counter.follow(wrong)
    wrong = await counter.take(wrong, RED)
    await counter.send()
    monkeypatch.setattr("sandbox.telegram.methods.deleting.DELETABLE_SECONDS", -1)
    await counter.photos.move(wrong.id, 1, right.id, SELLER)
    await counter.send()
    assert len(await counter.photos_seen()) == 1
    await counter.telegram.people.wait_message("client", containing="оно от другого заказа")
    assert await counter.words_for_the_shop() == [(Kind.CLIENT_PHOTO_STAYS, SELLER_CHAT)]
    await counter.send()
    told = await counter.telegram.people.wait_message("florist", containing="убрать его из чата бот не может")
    assert told.button_texts == ["Связаться"]


@pytest.mark.requirement("R23", "X7")
async def test_a_photo_that_the_client_has_deleted_is_gone(counter: Counter, desk: Desk) -> None:
    wrong, right = await an_order(desk), await an_order(desk)
    await counter.follow(wrong)
    wrong = await counter.take(wrong, RED)
    await counter.send()
    (seen,) = await counter.photos_seen()
    await counter.telegram.bot.delete_message(CLIENT_CHAT, seen.message_id)
    await counter.photos.move(wrong.id, 1, right.id, SELLER)
    await counter.send()
    await counter.telegram.people.wait_message("client", containing="магазин его убрал")
    assert await counter.words_for_the_shop() == []
