"""The courier shows the client of a delivery where they are: on one map, as long as they like (X23)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from orders.model.order import Handover, Order
from orders.model.refusals import Reason, Refusal
from orders.steps import commands as do
from orders.steps.delivery_commands import Arrive, BringBack
from sandbox.driver import SeenMessage
from services.client.client_cards import ClientCards
from services.client.client_photos import ClientPhotos
from services.client.clients import Clients
from services.client.positions import LiveLocation
from services.order.desk import Desk
from services.photo.photos import Photos
from services.sending.sender import NotNow
from storage.client import positions
from storage.db import serial
from storage.db.client_tables import shown_positions
from storage.db.database import Database
from storage.order import events
from storage.photo.photo_files import PhotoFiles
from storage.sending import outbox
from storage.sending.outbox import Channel
from tests.builders import COURIER, DIRECTOR, MANAGER, NOON, SELLER
from tests.outbox_rows import claim_of_orders
from tests.services.workplace import COURIER_CHAT, Clock, Telegram, receive

CLIENT_CHAT = 1004


@dataclass(frozen=True, slots=True)
class Way:
    """A courier on the way, and a client who follows."""

    database: Database
    telegram: Telegram
    desk: Desk
    clock: Clock
    clients: Clients
    cards: ClientCards
    order: Order

    async def share(self, message_id: int = 77, *, minutes: int = 60, latitude: float = 55.75) -> None:
        until = self.clock() + timedelta(minutes=minutes)
        live = LiveLocation(COURIER_CHAT, message_id, until, latitude, 37.61)
        await self.clients.positions.begin(self.order.id, live, COURIER)

    async def move(self, latitude: float, message_id: int = 77) -> None:
        await self.clients.positions.moved(COURIER_CHAT, message_id, latitude, 37.61)

    async def send(self, seconds: float = 0) -> list[float]:
        """Let everything leave that may leave so many seconds later; gives how long the others wait."""
        self.clock.now += timedelta(seconds=seconds)
        waits = []
        async with self.database.write() as c:
            found = await claim_of_orders(c, Channel.TELEGRAM, self.clock(), 100)
            await outbox.done(c, *(row.id for row in found))
        for row in found:
            if row.kind.value.startswith(("client-", "map-")):
                try:
                    await self.cards.deliver(row)
                except NotNow as later:
                    waits.append(later.seconds)
        return waits

    async def maps(self) -> list[SeenMessage]:
        return [one for one in await self.telegram.shown("client") if one.location is not None]

    async def kept(self) -> int:
        async with self.database.snapshot() as c:
            return len((await c.execute(select(shown_positions))).all())


@pytest.fixture
async def way(database: Database, telegram: Telegram, desk: Desk, clock: Clock, tmp_path: Path) -> Way:
    bot = telegram.bot
    photos = ClientPhotos(bot, database, Photos(database, PhotoFiles(tmp_path), desk, clock), clock)
    clients = Clients(database, clock, "secret")
    order = await receive(desk, NOON)
    await desk.do(order.id, do.Accept(), MANAGER)
    await desk.do(order.id, do.AssignSeller(3, "Оля"), MANAGER)
    await desk.do(order.id, do.AssignCourier(4, "Пётр"), MANAGER)
    order = await desk.do(order.id, do.Dispatch(by_self=False, reason="спешит"), SELLER)
    await telegram.people.start("client")
    await telegram.people.start("courier")
    await clients.open(await clients.link(order.id, MANAGER), CLIENT_CHAT, "ru")
    found = Way(database, telegram, desk, clock, clients, ClientCards(bot, database, photos, clock), order)
    await found.send(60)
    return found


@pytest.mark.requirement("X23")
async def test_the_client_sees_one_silent_map_that_moves_every_15_seconds_at_most(way: Way) -> None:
    await way.share()
    await way.send()
    (shown,) = await way.maps()
    assert shown.silent
    assert shown.location == {"latitude": 55.75, "longitude": 37.61, "live_period": 3600}
    for latitude in (55.76, 55.77, 55.78):
        await way.move(latitude)
    assert await way.send(14) == []
    assert [(one.location or {})["latitude"] for one in await way.maps()] == [55.75]
    await way.send(1)
    (moved,) = await way.maps()
    assert moved.message_id == shown.message_id
    assert (moved.location or {})["latitude"] == 55.78
    await way.desk.do(way.order.id, Arrive(), COURIER)
    assert await way.kept() == 1


async def _hand_over(way: Way) -> None:
    await way.desk.do(way.order.id, do.Complete(Handover.IN_PERSON, early="да"), COURIER)


async def _cancel(way: Way) -> None:
    await way.desk.do(way.order.id, do.Cancel("передумал"), DIRECTOR)


async def _bring_back(way: Way) -> None:
    await way.desk.do(way.order.id, BringBack("адрес неверный"), COURIER)


async def _undo(way: Way) -> None:
    await way.desk.do(way.order.id, do.Undo("ещё не выехал"), DIRECTOR)


async def _hide(way: Way) -> None:
    await way.clients.positions.hide(way.order.id, COURIER_CHAT)


async def _stop(way: Way) -> None:
    await way.clients.positions.stopped(COURIER_CHAT, 77)


async def _revoke(way: Way) -> None:
    await way.clients.revoke(way.order.id, MANAGER)


async def _expire(way: Way) -> None:
    await way.send(3600)


@pytest.mark.requirement("X23")
@pytest.mark.parametrize("end", [_hand_over, _cancel, _bring_back, _undo, _hide, _stop, _revoke, _expire])
async def test_what_ends_it_takes_the_map_away_and_forgets_the_position(
    way: Way, end: Callable[[Way], Awaitable[None]]
) -> None:
    await way.share()
    note = await way.telegram.bot.send_message(COURIER_CHAT, "Клиент видит вас")
    await way.clients.positions.note_answer(way.order.id, 77, note.message_id)
    await way.send()
    assert len(await way.maps()) == 1
    await end(way)
    assert await way.kept() == 0
    await way.send(60)
    assert await way.maps() == []
    seen = await way.telegram.people.message("courier", note.message_id)
    assert seen.text == "Клиент вас на карте больше не видит. Трансляцию можно остановить."
    await way.move(55.9)
    await way.send(60)
    assert await way.maps() == []


@pytest.mark.requirement("X23")
async def test_a_map_that_was_being_sent_when_it_ended_goes_too(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    await way.share()
    monkeypatch.setattr(
        "services.client.client_maps.positions.note_map", _ending_before(way, positions.note_map)
    )
    await way.send()
    assert await way.maps() == []


def _ending_before(way: Way, noted: Callable[..., Awaitable[bool]]) -> Callable[..., Awaitable[bool]]:
    async def note(c: object, *args: object) -> bool:
        await positions.end(c, way.order.id)  # type: ignore[arg-type]
        return await noted(c, *args)

    return note


@pytest.mark.requirement("X23")
async def test_a_map_that_the_client_took_out_does_not_come_back(way: Way) -> None:
    await way.share()
    await way.send()
    (shown,) = await way.maps()
    await way.telegram.bot.delete_message(CLIENT_CHAT, shown.message_id)
    await way.move(55.8)
    await way.send(15)
    await way.move(55.9)
    await way.send(15)
    assert (await way.maps(), await way.kept()) == ([], 0)


@pytest.mark.requirement("X23")
async def test_only_the_one_who_carries_it_shows_it_and_only_on_the_way(way: Way) -> None:
    live = LiveLocation(COURIER_CHAT, 77, way.clock() + timedelta(hours=1), 55.75, 37.61)
    for actor in (MANAGER, SELLER, DIRECTOR):
        with pytest.raises(Refusal) as refused:
            await way.clients.positions.begin(way.order.id, live, actor)
        assert refused.value.reason is Reason.NOT_YOURS
    await way.clients.revoke(way.order.id, MANAGER)
    with pytest.raises(Refusal) as refused:
        await way.clients.positions.begin(way.order.id, live, COURIER)
    assert refused.value.reason is Reason.NO_CLIENT
    await _hand_over(way)
    with pytest.raises(Refusal) as refused:
        await way.clients.positions.check(way.order.id, COURIER)
    assert refused.value.reason is Reason.NOT_NOW
    assert await way.kept() == 0


@pytest.mark.requirement("X23", "R63")
async def test_no_position_stands_in_the_order_its_history_or_a_log(
    way: Way, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    await way.share(latitude=55.123456)
    await way.send()
    await way.move(55.123457)
    await way.send(15)
    order = await way.desk.look(way.order.id, DIRECTOR)
    async with way.database.snapshot() as c:
        history = await events.history(c, order.id)
        shown = await positions.of_order(c, order.id)
    said = [serial.order_document(order), *(serial.event_document(one.event) for one in history), shown]
    printed = capsys.readouterr()
    assert "55.1234" not in f"{said}{caplog.text}{printed.out}{printed.err}"
