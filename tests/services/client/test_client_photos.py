"""The order's photo in its client's chat: what cannot be shown, or was another order's, is said once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from orders.model.order import Handover, Order
from orders.model.people import client_of
from orders.schedule.deadlines import DeadlineKind
from orders.steps import commands as do
from orders.steps.delivery_commands import Arrive
from sandbox.driver import SeenMessage
from services.client.client_cards import ClientCards
from services.client.client_photos import ClientPhotos
from services.client.clients import Clients, Opening
from services.client.message_delivery import MessageDelivery
from services.files.downloads import Downloads
from services.order import client_recipients
from services.order.desk import Desk
from services.photo.photos import Photos
from storage.client import shown_photos
from storage.db.database import Database
from storage.photo.photo_files import PhotoFiles
from storage.sending import outbox
from storage.sending.outbox import Channel, Kind
from storage.team import staff
from tests.builders import COURIER, MANAGER, NOON, SELLER
from tests.outbox_rows import claim_of_orders
from tests.pictures import a_jpeg
from tests.services.workplace import SELLER_CHAT, Clock, Telegram, receive, rows

CLIENT_CHAT = 1004
RED, BLUE = a_jpeg("#ff0000"), a_jpeg("#0000ff")
THREE = (RED, BLUE, a_jpeg("#00ff00"))
THUMBS = ["👍 Нравится", "👎 Поправить", "Написать магазину"]
TO_SHOP = {Kind.CLIENT_PHOTO_LOST, Kind.CLIENT_PHOTO_STAYS}


@dataclass(frozen=True, slots=True)
class Counter:
    """The shop's counter towards the client: photos come in, and go out to who has opened the link."""

    database: Database
    telegram: Telegram
    clock: Clock
    photos: Photos
    clients: Clients
    cards: ClientCards
    talks: MessageDelivery
    folder: Path

    async def take(self, order: Order, *pictures: bytes, album: str = "") -> Order:
        """The seller's photos of the order, two seconds between them."""
        for picture in pictures:
            self.clock.now += timedelta(seconds=2)
            order = await self.photos.attach(order.id, await self.photos.keep(picture), SELLER, album)
        return order

    async def follow(self, order: Order) -> None:
        """The client opens the link."""
        await self.telegram.people.start("client")
        token = await self.clients.link(order.id, MANAGER)
        assert await self.clients.open(token, CLIENT_CHAT, "ru") is Opening.OPENED

    async def send(self, after: float = 1) -> None:
        """Let everything leave that the outbox has for the client and about them, `after` so many minutes."""
        self.clock.turn(after)
        async with self.database.write() as c:
            found = await claim_of_orders(c, Channel.TELEGRAM, self.clock(), 100)
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
def counter(database: Database, telegram: Telegram, desk: Desk, clock: Clock, tmp_path: Path) -> Counter:
    bot, folder = telegram.bot, tmp_path / "photos"
    photos = Photos(database, PhotoFiles(folder), desk, clock)
    shown = ClientPhotos(bot, database, photos, clock)
    return Counter(
        database,
        telegram,
        clock,
        photos,
        Clients(database, clock, "secret"),
        ClientCards(bot, database, shown, clock),
        MessageDelivery(bot, database, Downloads(bot), clock),
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
    async with counter.database.snapshot() as c:
        assert len(await shown_photos.shown(c, wrong.id, CLIENT_CHAT)) == 2


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


@pytest.mark.requirement("R26", "R37")
@pytest.mark.parametrize("album", ["7", ""], ids=["an album", "one after another"])
async def test_several_photos_are_one_message_with_one_sound_and_one_pair_of_thumbs(
    counter: Counter, desk: Desk, album: str
) -> None:
    order = await an_order(desk)
    await counter.follow(order)
    await counter.send()
    await counter.take(order, *THREE, album=album)
    await counter.send()
    await counter.send()
    seen = await counter.photos_seen()
    assert len(seen) == 3
    assert len({message.media_group_id for message in seen} - {None}) == 1
    assert [message.text for message in seen] == [f"Заказ {order.number}: 3 фото.", "", ""]
    *_, thumbs = await counter.telegram.shown("client")
    assert thumbs.text == f"Заказ {order.number} готов. Всё ли нравится?"
    assert thumbs.button_texts == THUMBS
    assert thumbs.silent
    assert (await desk.look(order.id, SELLER)).photo_seen_from is not None


@pytest.mark.requirement("R37", "X20")
async def test_a_photo_that_may_be_followed_by_another_waits_and_a_later_one_comes_alone(
    counter: Counter, desk: Desk
) -> None:
    order = await an_order(desk)
    await counter.follow(order)
    await counter.send()
    await counter.take(order, RED)
    await counter.send(0)
    assert await counter.photos_seen() == []
    await counter.send()
    await counter.take(order, BLUE)
    await counter.send()
    first, second = await counter.photos_seen()
    assert (first.media_group_id, second.media_group_id) == (None, None)
    assert second.text == f"Заказ {order.number}: ещё фото. Всё ли нравится?"
    assert second.button_texts == THUMBS


@pytest.mark.requirement("R32", "R33")
async def test_what_answers_a_complaint_is_told_apart_from_what_came_before(
    counter: Counter, desk: Desk
) -> None:
    order = await an_order(desk)
    await counter.follow(order)
    await counter.take(order, RED)
    await counter.send()
    client = client_of(order.id)
    await desk.do(order.id, do.Rate(liked=False, complaint="Цвет не тот"), client)
    await counter.take(order, *THREE[1:])
    await counter.send()
    await counter.send()
    assert len(await counter.photos_seen()) == 3
    *_, thumbs = await counter.telegram.shown("client")
    assert thumbs.text == f"Заказ {order.number}: новое фото. Теперь всё хорошо?"


@pytest.mark.requirement("R37")
async def test_an_album_that_telegram_refuses_comes_as_single_photos(
    counter: Counter, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await an_order(desk)
    await counter.follow(order)
    await counter.send()
    monkeypatch.setattr("sandbox.telegram.methods.albums.ALBUM_SIZES", range(0))
    await counter.take(order, *THREE)
    await counter.send()
    seen = await counter.photos_seen()
    assert [message.media_group_id for message in seen] == [None] * 3
    assert [message.button_texts for message in seen] == [[], [], THUMBS]
    assert [message.silent for message in seen] == [False, True, True]
    await counter.send()
    assert len(await counter.photos_seen()) == 3


@pytest.mark.requirement("R37")
async def test_more_photos_than_an_album_holds_become_several(counter: Counter, desk: Desk) -> None:
    order = await an_order(desk)
    await counter.follow(order)
    await counter.take(order, *(a_jpeg(f"#00{number * 20:02x}ff") for number in range(12)))
    await counter.send()
    seen = await counter.photos_seen()
    albums = [message.media_group_id for message in seen]
    assert [albums.count(album) for album in dict.fromkeys(albums)] == [10, 2]


@pytest.mark.requirement("R23", "R63", "X7")
async def test_one_photo_of_an_album_that_was_of_another_order_leaves_alone_the_whole_with_its_thumbs(
    counter: Counter, desk: Desk
) -> None:
    wrong, right = await an_order(desk), await an_order(desk)
    await counter.follow(wrong)
    await counter.send()
    await counter.take(wrong, RED, BLUE)
    await counter.send()
    await counter.send()
    await counter.photos.move(wrong.id, 2, right.id, SELLER)
    await counter.send()
    assert len(await counter.photos_seen()) == 1
    assert not [one for one in await counter.telegram.shown("client") if THUMBS[0] in one.button_texts]
    await counter.photos.move(wrong.id, 1, right.id, SELLER)
    await counter.send()
    assert await counter.photos_seen() == []


@pytest.mark.requirement("X23")
async def test_the_photo_of_the_hand_over_follows_the_thanks_without_a_second_sound(
    counter: Counter, desk: Desk
) -> None:
    order = await counter.take(await an_order(desk), RED)
    await desk.do(order.id, do.AssignCourier(4, "Пётр"), MANAGER)
    await counter.follow(order)
    await counter.send()
    await desk.do(order.id, do.Dispatch(by_self=False), SELLER)
    await counter.photos.attach_proof(order.id, await counter.photos.keep(BLUE), COURIER)
    await counter.send()
    (bouquet,) = await counter.photos_seen()
    await desk.do(order.id, do.Complete(Handover.IN_PERSON, early="да"), COURIER)
    await counter.send()
    await counter.send()
    thanks, photo = (await counter.telegram.shown("client"))[-2:]
    assert "Спасибо" in (thanks.text or "")
    assert not thanks.silent
    assert "Что-то не так" in thanks.button_texts
    assert photo.photo is not None
    assert (photo.text, photo.silent) == (f"Заказ {order.number} вручён. Спасибо, что выбрали нас.", True)
    await counter.photos.attach_proof(order.id, await counter.photos.keep(THREE[2]), COURIER)
    await counter.send()
    assert len(await counter.photos_seen()) == 3
    assert (await counter.photos_seen())[0].message_id == bouquet.message_id


@pytest.mark.requirement("X23")
async def test_the_card_stays_one_message_and_one_that_the_client_deleted_comes_back(
    counter: Counter, desk: Desk
) -> None:
    order = await an_order(desk)
    await counter.follow(order)
    await counter.send()
    (card,) = await counter.telegram.shown("client")
    await desk.do(order.id, do.AssignCourier(4, "Пётр"), MANAGER)
    await desk.do(order.id, do.Dispatch(by_self=False, reason="спешит"), SELLER)
    await counter.send()
    (on_way,) = await counter.telegram.shown("client")
    assert "●в пути" in (on_way.text or "")
    assert re.search(r"Пётр будет \d\d:\d[05]-\d\d:\d[05]\n", on_way.text or "")
    assert "14:00-15:00" not in (on_way.text or "")  # the window of the order is wider than its route's
    assert not on_way.silent
    await desk.do(order.id, Arrive(), COURIER)
    await counter.send()
    (at_door,) = await counter.telegram.shown("client")
    assert at_door.message_id == on_way.message_id != card.message_id
    assert "Пётр на месте" in (at_door.text or "")
    assert "Курьер в пути" not in (at_door.text or "")
    await counter.telegram.bot.delete_message(CLIENT_CHAT, at_door.message_id)
    await desk.do(order.id, do.Complete(Handover.IN_PERSON, early="да"), COURIER)
    await counter.send()
    (again,) = await counter.telegram.shown("client")
    assert "●вручён" in (again.text or "")


@pytest.mark.requirement("X23")
async def test_a_promise_that_is_over_is_taken_back_without_a_sound(counter: Counter, desk: Desk) -> None:
    order = await an_order(desk)
    rows_of_it = client_recipients.of_deadline(order, DeadlineKind.LATE, CLIENT_CHAT, NOON)
    assert [(row.kind, row.sound) for row in rows_of_it] == [(Kind.CLIENT_CARD, False)]
