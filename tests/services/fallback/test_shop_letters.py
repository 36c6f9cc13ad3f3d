"""The bot's own troubles and urgent news of a shop leave by the second way as well."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from messages.i18n.texts import Translator
from messages.support.fallback import news_words, trouble_words
from services.fallback.contact import Contact
from services.fallback.fallback import OwnAddresses
from services.fallback.shop_letters import TOLD_NEWS, ShopLetters
from services.health.troubles import TroubleKind, Troubles
from storage.db.database import Database
from storage.sending import fallback, shop_notifications
from storage.sending.shop_notifications import News, NewsKind
from storage.team import staff
from tests.services.fallback.test_fallback import Postman
from tests.services.workplace import DIRECTOR_CHAT, MANAGER_CHAT, Clock


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
def troubles(clock: Clock) -> Troubles:
    return Troubles(clock)


@pytest.fixture
def watch(
    database: Database, clock: Clock, postman: Postman, contact: Contact, troubles: Troubles
) -> ShopLetters:
    own = OwnAddresses(1, ("json://own.example",), 60)
    return ShopLetters(database, postman, own, contact, troubles, clock)


@pytest.mark.requirement("X21")
async def test_a_trouble_leaves_once_when_telegram_is_silent_and_so_does_its_end(
    watch: ShopLetters, troubles: Troubles, clock: Clock, postman: Postman
) -> None:
    troubles.report(TroubleKind.MARKETPLACE_TOKEN, "401")
    assert await watch.look() == 0
    clock.turn(1.1)
    assert await watch.look() == 1
    [letter] = postman.brought
    assert letter.title == "Лепесток: неполадка у бота"
    assert letter.body.startswith("Flowwow не принимает ключ магазина")
    assert "<b>" not in letter.body
    assert await watch.look() == 0
    troubles.over(TroubleKind.MARKETPLACE_TOKEN)
    assert await watch.look() == 1
    assert "снова принимает ключ" in postman.bodies()[-1]
    assert await watch.look() == 0


@pytest.mark.requirement("X21")
async def test_what_telegram_has_taken_does_not_leave_a_second_time(
    watch: ShopLetters, troubles: Troubles, contact: Contact, clock: Clock, postman: Postman
) -> None:
    troubles.report(TroubleKind.PHOTOS, "disk full")
    clock.turn(0.1)
    contact.last_at = clock.now
    clock.turn(2)
    assert await watch.look() == 0
    assert postman.brought == []


@pytest.mark.requirement("X21")
async def test_a_trouble_of_the_database_leaves_to_the_addresses_that_were_known_before(
    watch: ShopLetters,
    database: Database,
    troubles: Troubles,
    clock: Clock,
    postman: Postman,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with database.write() as c:
        [director] = [one for one in await staff.of_shop(c, 1) if one.telegram_id == DIRECTOR_CHAT]
        [manager] = [one for one in await staff.of_shop(c, 1) if one.telegram_id == MANAGER_CHAT]
        for whose, name in ((None, "shop"), (director.staff_id, "d"), (manager.staff_id, "m")):
            await fallback.add_way(c, 1, whose, "JSON", f"json://{name}.example", clock.now)
    assert await watch.look() == 0
    troubles.report(TroubleKind.DATABASE, "disk full")
    clock.turn(1.1)
    monkeypatch.setattr(database, "snapshot", _Away)
    assert await watch.look() == 3
    addresses = sorted(one.address for one in postman.brought)
    assert addresses == ["json://d.example", "json://own.example", "json://shop.example"]


class _Away:
    async def __aenter__(self) -> None:
        raise TimeoutError

    async def __aexit__(self, *_: object) -> None:
        """It was never entered."""


@pytest.mark.requirement("X21")
async def test_urgent_news_leave_once_to_the_shop_and_to_those_they_are_for(
    watch: ShopLetters, database: Database, clock: Clock, postman: Postman
) -> None:
    async with database.write() as c:
        [manager] = [one for one in await staff.of_shop(c, 1) if one.telegram_id == MANAGER_CHAT]
        await fallback.add_way(c, 1, manager.staff_id, "JSON", "json://m.example", clock.now)
        for chat in (DIRECTOR_CHAT, MANAGER_CHAT):
            news = News(1, chat, NewsKind.NOT_REOPENED, 1, sound=True, not_before=clock.now)
            joined = News(1, chat, NewsKind.JOINED, 1, sound=True, not_before=clock.now)
            await shop_notifications.put(c, [news, joined])
    assert await watch.look() == 0
    clock.turn(1.1)
    assert await watch.look() == 2
    assert sorted(one.address for one in postman.brought) == ["json://m.example", "json://own.example"]
    assert all("Магазин во Flowwow всё ещё скрыт" in body for body in postman.bodies())
    clock.turn(30)
    assert await watch.look() == 0


def test_each_trouble_and_each_of_these_news_has_plain_words() -> None:
    for t in (Translator("ru"), Translator("en")):
        for kind in TroubleKind:
            for is_over in {False, kind is not TroubleKind.DATABASE_DAMAGED}:
                assert "<" not in trouble_words("Роза", kind.value, "7", t, is_over=is_over)[1]
        for news in TOLD_NEWS:
            assert news_words("Роза", news, "25836184", t)[1]
