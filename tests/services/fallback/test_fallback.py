"""What Telegram does not take within a minute leaves by e-mail or HTTP, to real servers on this machine."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiohttp import web
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from sqlalchemy import select

from messages.i18n.texts import Translator
from orders.steps import commands as do
from services.fallback import apprise_child, letters, news
from services.fallback.contact import Contact
from services.fallback.fallback import Fallback, OwnAddresses
from services.fallback.ways import Ways
from services.order.desk import Desk
from storage.db.database import Database
from storage.db.tables import outbox as table
from storage.sending import fallback, outbox
from storage.sending.shop_notifications import News, NewsKind
from storage.shop import shops
from storage.team import staff
from tests.builders import MANAGER, a_window
from tests.sandbox.tools import serve
from tests.scenarios.stage import free_port
from tests.services.workplace import (
    DIRECTOR_CHAT,
    GROUP,
    MANAGER_CHAT,
    SELLER_CHAT,
    Clock,
    an_incoming,
    clear,
)

PASSWORD = "very-secret"
PERSONAL = ("79161234567", "Лесная", "Мария", "Пётр", "Люблю")
NEW = "Заказ 25836184: новый, примите до"


@dataclass
class Post:
    """An SMTP server with a password that keeps what it gets."""

    texts: list[str] = field(default_factory=list)
    receivers: list[str] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        mail = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        body = mail.get_body(("plain", "html"))
        self.texts.append(f"{mail['subject']}\n{body.get_content() if body else ''}")
        self.receivers += envelope.rcpt_tos
        return "250 OK"


@contextmanager
def a_post() -> Iterator[tuple[Post, str]]:
    def check(_server: SMTP, _session: Session, _envelope: Envelope, _way: str, given: Any) -> AuthResult:  # noqa: ANN401 - aiosmtpd's
        return AuthResult(success=isinstance(given, LoginPassword) and given.password == PASSWORD.encode())

    post = Post()
    controller = Controller(
        post, "127.0.0.1", free_port(), authenticator=check, auth_required=True, auth_require_tls=False
    )
    controller.start()
    try:
        query = "mode=insecure&from=shop@example.com&to=director@example.com"
        yield post, f"mailto://shop:{PASSWORD}@127.0.0.1:{controller.port}?{query}"
    finally:
        controller.stop()


@asynccontextmanager
async def a_receiver(status: int = 200) -> AsyncIterator[tuple[list[dict[str, Any]], str]]:
    heard: list[dict[str, Any]] = []

    async def take(request: web.Request) -> web.Response:
        heard.append(await request.json())
        return web.Response(status=status, text=f"{PASSWORD} is not known")

    app = web.Application()
    app.router.add_post("/{path:.*}", take)
    runner, url = await serve(app)
    try:
        yield heard, url.replace("http://", f"json://shop:{PASSWORD}@")
    finally:
        await runner.cleanup()


@dataclass
class Postman:
    """Keeps what he is given; `takes` says whether he takes it."""

    takes: bool = True
    brought: list[letters.Envelope] = field(default_factory=list)

    async def send(self, letters: Sequence[letters.Envelope]) -> list[bool]:
        self.brought += letters
        return [self.takes] * len(letters)

    def bodies(self) -> list[str]:
        bodies = [one.body for one in self.brought]
        self.brought.clear()
        return bodies


@pytest.fixture
def clock() -> Clock:
    """The outbox notes the real time."""
    return Clock(datetime.now(UTC))


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def contact(clock: Clock) -> Contact:
    return Contact(clock)


@pytest.fixture
def watch(database: Database, clock: Clock, postman: Postman, contact: Contact) -> Fallback:
    own = OwnAddresses(1, ("json://one.example",), 60)
    return Fallback(database, postman, own, contact, clock)


async def a_new_order(desk: Desk, clock: Clock, number: str = "25836184") -> int:
    window = a_window(clock.now + timedelta(hours=3))
    return (await desk.receive(1, an_incoming(clock.now, number, window=window))).order.id


async def back(database: Database, clock: Clock) -> tuple[list[News], str]:
    """The news that wait for Telegram, and what the director reads once it takes them."""
    kind = NewsKind.TELEGRAM_BACK
    async with database.write() as c:
        rows = await c.execute(
            select(table.c.target, table.c.subject).where(table.c.kind == kind, table.c.shop_id == 1)
        )
        waiting = [News(1, chat, kind, subject, sound=True, not_before=clock.now) for chat, subject in rows]
        await c.execute(table.delete().where(table.c.kind == kind))
        shop = await shops.get(c, 1)
        assert shop is not None
        if not waiting:
            return [], ""
        screen = await news.telegram_back_screen(c, waiting[0], shop, clock.now, Translator("ru"))
    assert screen is not None
    return waiting, screen.text


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # a mail server without TLS
@pytest.mark.requirement("X21")
async def test_a_new_order_leaves_by_mail_and_over_http_with_number_window_and_deadline_and_nothing_personal(
    database: Database, desk: Desk, clock: Clock, contact: Contact, caplog: pytest.LogCaptureFixture
) -> None:
    await a_new_order(desk, clock)
    async with a_receiver() as (heard, http), a_receiver(500) as (_, broken):
        with a_post() as (post, mail):
            own = OwnAddresses(1, (mail, http, broken, f"nothing://shop:{PASSWORD}@b.c"), 60)
            watch = Fallback(database, Ways(), own, contact, clock)
            assert await watch.look() == 0
            clock.turn(1.1)
            assert await watch.look() == 2

    [got] = heard
    assert post.receivers == ["director@example.com"]
    for words in (post.texts[0], f"{got['title']}\n{got['message']}"):
        assert "Лепесток: Telegram не отвечает" in words
        assert NEW in words
        assert "Доставка: " in words
        assert not any(one in words for one in PERSONAL)
    assert PASSWORD not in caplog.text


@pytest.mark.requirement("X21")
async def test_the_same_is_told_once_and_again_only_when_a_reminder_rings(
    database: Database, desk: Desk, clock: Clock, watch: Fallback, postman: Postman
) -> None:
    order_id = await a_new_order(desk, clock)
    clock.turn(1.1)
    assert await watch.look() == 1
    clock.turn(0.2)
    assert await watch.look() == 0
    clock.turn(14)
    await ring(database, order_id, clock)
    assert await watch.look() == 1
    clock.turn(6)
    assert await watch.look() == 0
    await ring(database, order_id, clock)
    assert await watch.look() == 1

    assert ["новый" in body for body in postman.bodies()] == [True, False, False]


async def ring(database: Database, order_id: int, clock: Clock) -> None:
    """The reminder to accept has fired just now."""
    async with database.write() as c:
        await c.exec_driver_sql(
            "INSERT OR REPLACE INTO deadlines VALUES (?, 'accept_overdue', NULL, ?)",
            (order_id, clock.now.strftime("%Y-%m-%d %H:%M:%S.%f")),
        )


@pytest.mark.requirement("X21")
async def test_acceptance_anywhere_ends_the_messages_about_it(
    desk: Desk, clock: Clock, watch: Fallback, postman: Postman
) -> None:
    order_id = await a_new_order(desk, clock)
    await desk.do(order_id, do.Accept(), MANAGER)
    clock.turn(1.1)

    assert await watch.look() == 0
    assert postman.brought == []


@pytest.mark.requirement("X21")
async def test_while_telegram_takes_everything_nothing_leaves_and_nobody_hears_of_an_outage(
    database: Database, desk: Desk, clock: Clock, watch: Fallback, postman: Postman
) -> None:
    await a_new_order(desk, clock)
    await clear(database)
    clock.turn(5)

    assert await watch.look() == 0
    assert (await back(database, clock))[0] == []


@pytest.mark.requirement("X21")
async def test_what_only_waits_for_its_turn_while_telegram_answers_does_not_leave(
    database: Database, desk: Desk, clock: Clock, watch: Fallback, contact: Contact
) -> None:
    order_id = await a_new_order(desk, clock)
    clock.turn(3)
    contact.last_at = clock.now
    assert await watch.look() == 0
    assert (await back(database, clock))[0] == []
    async with database.write() as c:
        await c.execute(table.update().where(table.c.order_id == order_id).values(attempts=1))
    assert await watch.look() == 1


@pytest.mark.requirement("X21")
async def test_an_address_that_takes_nothing_is_tried_again_after_a_pause(
    desk: Desk, clock: Clock, watch: Fallback, postman: Postman
) -> None:
    await a_new_order(desk, clock)
    postman.takes = False
    clock.turn(1.1)
    await watch.look()
    await watch.look()
    assert len(postman.bodies()) == 1
    clock.turn(0.6)
    await watch.look()
    assert len(postman.bodies()) == 1
    postman.takes = True
    clock.turn(1.1)
    assert await watch.look() == 1


@pytest.mark.requirement("X21")
async def test_each_person_hears_what_was_for_their_own_chat_and_the_shop_hears_all(
    database: Database, desk: Desk, clock: Clock, watch: Fallback, postman: Postman
) -> None:
    async with database.write() as c:
        [seller] = [one for one in await staff.of_shop(c, 1) if one.telegram_id == SELLER_CHAT]
        [courier] = [one for one in await staff.of_shop(c, 1) if one.name == "Пётр"]
        await fallback.add_way(c, 1, None, "E-Mail", "json://shop.example", clock.now)
        await fallback.add_way(c, 1, seller.staff_id, "E-Mail", "json://seller.example", clock.now)
        await fallback.add_way(c, 1, courier.staff_id, "E-Mail", "json://courier.example", clock.now)
    await a_new_order(desk, clock)
    clock.turn(1.1)
    await watch.look()

    # the group got the new order, and a florist may accept it there; a courier may not
    assert {one.address for one in postman.brought} == {
        "json://one.example",
        "json://shop.example",
        "json://seller.example",
    }
    async with database.write() as c:
        await staff.remove(c, seller.staff_id, 1)
        assert [one.address for one in await fallback.ways(c, 1)] == [
            "json://shop.example",
            "json://courier.example",
        ]


@pytest.mark.requirement("X21")
async def test_once_telegram_is_back_one_message_tells_the_chiefs_what_happened_meanwhile(
    database: Database, desk: Desk, clock: Clock, watch: Fallback
) -> None:
    await a_new_order(desk, clock)
    clock.turn(1.1)
    await watch.look()
    await a_new_order(desk, clock, "25836185")
    clock.turn(2)
    await watch.look()
    clock.turn(30)
    waiting, words = await back(database, clock)

    assert {one.chat_id for one in waiting} == {DIRECTOR_CHAT, MANAGER_CHAT}
    assert len({one.subject for one in waiting}) == 1
    assert "Telegram снова работает" in words
    assert words.index("25836184") < words.index("25836185")
    assert "сутки" not in words


@pytest.mark.requirement("X21")
async def test_no_summary_leaves_before_it_can_name_what_is_just_being_sent(
    database: Database, desk: Desk, clock: Clock, contact: Contact
) -> None:
    """Telegram comes back while a slow address takes the message."""
    sent_meanwhile: list[News] = []

    class Slow(Postman):
        async def send(self, letters: Sequence[letters.Envelope]) -> list[bool]:
            sent_meanwhile.extend((await back(database, clock))[0])
            return await super().send(letters)

    own = OwnAddresses(1, ("json://one.example",), 60)
    await a_new_order(desk, clock)
    clock.turn(1.1)
    assert await Fallback(database, Slow(), own, contact, clock).look() == 1
    assert sent_meanwhile == []
    waiting, words = await back(database, clock)
    assert len(waiting) == 2
    assert "25836184" in words


@pytest.mark.requirement("X21")
async def test_after_more_than_a_day_without_an_answer_it_says_that_taps_may_be_lost(
    database: Database, desk: Desk, clock: Clock, watch: Fallback, contact: Contact
) -> None:
    contact.last_at = clock.now
    await watch.look()
    clock.turn(25 * 60)
    contact.last_at = clock.now
    await watch.look()
    waiting, words = await back(database, clock)

    assert {one.chat_id for one in waiting} == {DIRECTOR_CHAT, MANAGER_CHAT}
    assert "хранит только сутки" in words
    clock.turn(60)
    contact.last_at = clock.now
    await watch.look()
    assert (await back(database, clock))[0] == []


@pytest.mark.requirement("X21")
async def test_the_word_of_lost_taps_is_in_the_summary_that_waited_all_the_time(
    database: Database, desk: Desk, clock: Clock, watch: Fallback, contact: Contact
) -> None:
    contact.last_at = clock.now
    await a_new_order(desk, clock)
    clock.turn(1.1)
    await watch.look()
    clock.turn(25 * 60)
    waiting, words = await back(database, clock)
    assert len(waiting) == 2
    assert "25836184" in words
    assert "хранит только сутки" in words


async def test_an_address_of_a_chat_is_named_by_its_service_and_never_leads_to_the_bots_own_machine() -> None:
    ways = Ways()
    for address in (
        "json://127.0.0.1:8081/flowwow",
        "json://localhost/",
        "xml://[::1]/",
        "mailto://user:password@10.0.0.5?to=a@b.c",
        "json://169.254.169.254/latest",
        "syslog://",
        "mailto://user:password@203.0.114.5?to=a@b.c&pgpprv=/etc/hostname",
        f"tgram://123456789:{'a' * 35}/1/?Template=http://127.0.0.1:8081/",
        f"tgram://123456789:{'a' * 35}/1/?%74emplate=.env",
        "fcm://project/device/?keyfile=key.json",
        "nothing://at.all",
        "not an address",
        "",
    ):
        assert await ways.service_of(address, is_from_chat=True) is None, address
    assert await ways.service_of("ntfys://a-topic", is_from_chat=True) == "ntfy"
    outside = "mailto://user:password@203.0.114.5?to=a@b.c"
    assert await ways.service_of(outside, is_from_chat=True) == "E-Mail"
    assert await ways.service_of("json://127.0.0.1:8081", is_from_chat=False) == "JSON"


@pytest.mark.requirement("X21")
@pytest.mark.filterwarnings("ignore")  # apprise's own: it runs in this process here
@pytest.mark.parametrize("is_from_chat", [True, False])
async def test_no_answer_from_outside_leads_an_address_of_a_chat_into_the_machine(
    monkeypatch: pytest.MonkeyPatch, *, is_from_chat: bool
) -> None:
    monkeypatch.setattr(apprise_child, "_is_inside", lambda *_: False)  # the first server stands outside
    async with a_receiver() as (heard, inside):
        target = f"http://{inside.rpartition('@')[2]}/"

        async def lead_on(_request: web.Request) -> web.Response:
            raise web.HTTPTemporaryRedirect(target)

        app = web.Application()
        app.router.add_post("/{path:.*}", lead_on)
        runner, url = await serve(app)
        address = url.replace("http://", "json://") + "/?redirect=yes"
        letter = letters.Envelope(address, "title", "body", is_from_chat)
        content = json.dumps([asdict(letter)]).encode()
        try:
            taken = await asyncio.to_thread(apprise_child.deliver, content)
        finally:
            await runner.cleanup()
    assert (taken, len(heard)) == ([not is_from_chat], int(not is_from_chat))


async def test_what_waits_for_the_pause_of_an_undo_is_not_late(
    database: Database, clock: Clock, desk: Desk
) -> None:
    """A row that may leave only now has not been tried."""
    order_id = await a_new_order(desk, clock)
    await clear(database)
    late = outbox.Outgoing(
        outbox.Channel.TELEGRAM,
        outbox.Kind.CARD,
        order_id,
        outbox.Priority.CARD,
        clock.now + timedelta(minutes=10),
        target=GROUP,
        sound=True,
    )
    async with database.write() as c:
        await outbox.put(c, [late])
        assert await fallback.untaken(c, clock.now + timedelta(minutes=5)) == []
        assert len(await fallback.untaken(c, clock.now + timedelta(minutes=11))) == 1


def test_nothing_that_is_printed_of_an_address_shows_it() -> None:
    shown = [
        repr(OwnAddresses(1, (f"mailto://a:{PASSWORD}@b.c",), 60)),
        repr(fallback.Way(1, 1, None, "E-Mail", f"mailto://a:{PASSWORD}@b.c")),
        repr(letters.Envelope(f"mailto://a:{PASSWORD}@b.c", "", "", is_from_chat=True)),
    ]
    assert PASSWORD not in "".join(shown)
