"""A group that takes no messages: the chiefs hear of it once, get its alarms, and hear of the end (R15)."""

from __future__ import annotations

import pytest
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)
from aiogram.methods import SendMessage

from orders.model.order import Order
from services.order.desk import Desk
from services.sending.chat_refusals import GroupRefusal, group_refusal, is_out_of_reach
from services.sending.sender import Sender
from services.sending.unreachable_chats import UnreachableChats
from storage.db.database import Database
from storage.sending import outbox
from storage.sending.outbox import Channel, Kind, Outgoing, Priority, Row
from storage.shop import shops
from tests.builders import NOON
from tests.outbox_rows import claim_of_orders
from tests.sandbox.tools import eventually
from tests.services.workplace import (
    DIRECTOR_CHAT,
    GROUP,
    MANAGER_CHAT,
    Clock,
    Sent,
    Telegram,
    clear,
    receive,
    rows,
    running,
)

SEND = SendMessage(chat_id=GROUP, text="Новый заказ")
CLOSED = TelegramBadRequest(SEND, "Bad Request: TOPIC_CLOSED")
CHIEFS = [DIRECTOR_CHAT, MANAGER_CHAT]


@pytest.mark.requirement("R15")
@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("Bad Request: TOPIC_CLOSED", GroupRefusal.TOPIC),
        ("Bad Request: TOPIC_DELETED", GroupRefusal.TOPIC),
        ("Bad Request: message thread not found", GroupRefusal.TOPIC),
        ("Bad Request: not enough rights to send text messages to the chat", GroupRefusal.NO_RIGHT),
        ("Bad Request: have no rights to send a message", GroupRefusal.NO_RIGHT),
        ("Bad Request: need administrator rights in the channel chat", GroupRefusal.NO_RIGHT),
        ("Bad Request: CHAT_WRITE_FORBIDDEN", GroupRefusal.NO_RIGHT),
        ("Bad Request: CHAT_RESTRICTED", GroupRefusal.NO_RIGHT),
        ("Bad Request: CHAT_SEND_PHOTOS_FORBIDDEN", GroupRefusal.NO_RIGHT),
        ("Bad Request: chat not found", GroupRefusal.GONE),
        ("Bad Request: group chat was deactivated", GroupRefusal.GONE),
        ("Bad Request: SOMETHING_NEW", GroupRefusal.OTHER),
        ("Bad Request: can't parse entities: unsupported start tag", None),
        ("Bad Request: message is too long", None),
        ("Bad Request: BUTTON_DATA_INVALID", None),
    ],
)
def test_each_refusal_of_a_group_is_known(description: str, reason: GroupRefusal | None) -> None:
    assert group_refusal(TelegramBadRequest(SEND, description)) is reason


@pytest.mark.parametrize(
    "error",
    [
        TelegramForbiddenError(SEND, "Forbidden: bot was blocked by the user"),
        TelegramForbiddenError(SEND, "Forbidden: user is deactivated"),
        TelegramForbiddenError(SEND, "Forbidden: bot can't initiate conversation with a user"),
        TelegramBadRequest(SEND, "Bad Request: chat not found"),
        TelegramBadRequest(SEND, "Bad Request: PEER_ID_INVALID"),
    ],
)
def test_each_refusal_of_a_person_is_known(error: TelegramAPIError) -> None:
    assert is_out_of_reach(error)
    assert not is_out_of_reach(TelegramBadRequest(SEND, "Bad Request: can't parse entities"))


@pytest.fixture
async def order(desk: Desk, database: Database) -> Order:
    order = await receive(desk, NOON)
    await clear(database)
    return order


@pytest.fixture
def lost(telegram: Telegram, database: Database, clock: Clock) -> UnreachableChats:
    return UnreachableChats(telegram.bot, database, clock)


async def refuse(
    lost: UnreachableChats, database: Database, order: Order, kind: Kind, error: TelegramAPIError
) -> None:
    """A row for the group is claimed, and Telegram refuses it."""
    priority = Priority.ALARM if kind is Kind.BELL else Priority.CARD
    waiting = Outgoing(Channel.TELEGRAM, kind, order.id, priority, NOON, target=GROUP, sound=True)
    async with database.write() as c:
        await outbox.put(c, [waiting])
        claimed = await claim_of_orders(c, Channel.TELEGRAM, NOON, 100, not_to=CHIEFS)
    await lost.give_up(claimed[-1], error)


async def waiting(database: Database, kind: Kind) -> list[Sent]:
    return [row for row in await rows(database) if row.kind is kind and row.state == "pending"]


async def tell_all(lost: UnreachableChats, database: Database) -> None:
    async with database.write() as c:
        claimed = await claim_of_orders(c, Channel.TELEGRAM, NOON, 100)
        for row in claimed:
            await outbox.done(c, row.id)
    for row in claimed:
        await lost.tell(row)


@pytest.mark.requirement("R15")
async def test_chiefs_hear_once_why_the_group_gets_no_orders_and_when_it_does_again(
    telegram: Telegram, lost: UnreachableChats, database: Database, order: Order
) -> None:
    await refuse(lost, database, order, Kind.CARD, CLOSED)
    await refuse(lost, database, order, Kind.BELL, CLOSED)
    assert sorted(row.target for row in await waiting(database, Kind.UNREACHABLE)) == CHIEFS
    alarms = await waiting(database, Kind.BELL)
    assert sorted((row.target, row.sound) for row in alarms) == [(chat, True) for chat in CHIEFS]

    async with database.write() as c:
        await c.exec_driver_sql("DELETE FROM outbox WHERE kind = 'bell'")
    await tell_all(lost, database)
    [told] = await telegram.shown("director")
    assert "не доходят в группу" in told.text
    assert "откройте тему" in told.text

    await telegram.cards.refresh(order.id, GROUP, aloud=True)
    await tell_all(lost, database)
    await telegram.cards.refresh(order.id, GROUP, aloud=True)
    assert await waiting(database, Kind.REACHABLE) == []
    assert "снова доходят" in (await telegram.shown("director"))[-1].text


async def test_a_message_that_is_itself_at_fault_accuses_no_group(
    lost: UnreachableChats, database: Database, order: Order
) -> None:
    await refuse(
        lost, database, order, Kind.CARD, TelegramBadRequest(SEND, "Bad Request: message is too long")
    )
    assert await waiting(database, Kind.UNREACHABLE) == []


@pytest.mark.requirement("R15", "X3")
@pytest.mark.parametrize("is_known", [False, True], ids=["", "and Telegram reported the new chat first"])
async def test_a_group_that_moved_is_followed_and_what_waited_for_it_goes_there(
    lost: UnreachableChats, database: Database, order: Order, clock: Clock, *, is_known: bool
) -> None:
    moved_to, left = -1009, list[int]()

    async def deliver(row: Row) -> None:
        if row.target == GROUP:
            raise TelegramMigrateToChat(SEND, "Bad Request: group chat was upgraded", moved_to)
        left.append(row.target)

    async def is_there() -> bool:
        return moved_to in left

    async with database.write() as c:
        await outbox.put(
            c, [Outgoing(Channel.TELEGRAM, Kind.CARD, order.id, Priority.CARD, NOON, target=GROUP)]
        )
        if is_known:
            await shops.set_group(c, order.shop_id, moved_to)
    async with running(Sender(database, Channel.TELEGRAM, deliver, clock, lost=lost).run()):
        await eventually(is_there)
    async with database.snapshot() as c:
        assert await shops.by_group(c, GROUP) is None
        assert await shops.by_group(c, moved_to) is not None
