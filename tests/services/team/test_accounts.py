"""Another Telegram account gets a person's place only with consent; directors follow the settings (R17)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from orders.model.people import Actor, Role
from services.order.desk import Desk
from services.team.accounts import Accounts, AccountTaken, NoClaim
from services.team.staff_list import Newcomer, Team, TeamRefusal, Why
from storage.db.database import Database
from storage.sending.shop_notifications import NewsKind
from storage.team import staff
from storage.team.staff import BySettings
from tests.builders import DIRECTOR, MANAGER, SELLER
from tests.outbox_rows import take_news
from tests.services.workplace import (
    DIRECTOR_CHAT,
    MANAGER_CHAT,
    SELLER_CHAT,
    Clock,
    Telegram,
    running,
    telling,
)

OLYA = "+79160000012"
IRINA = "+79160000010"
NEW_CHAT, CLIENT_CHAT = 3000, 1004
NEWCOMER = Newcomer(OLYA, "Кто-то", NEW_CHAT, "ru")
OTHER = "+79160000077"


@pytest.fixture
def team(database: Database, desk: Desk, clock: Clock) -> Team:
    return Team(database, desk, clock)


@pytest.fixture
def accounts(database: Database, team: Team, clock: Clock) -> Accounts:
    return Accounts(database, team, clock)


@pytest.fixture
async def sender(telegram: Telegram, database: Database, clock: Clock) -> AsyncIterator[None]:
    await telegram.people.start("client")
    async with running(telling(telegram, database, clock).run()):
        yield


async def news(database: Database) -> dict[int, tuple[NewsKind, int]]:
    async with database.write() as c:
        found = await take_news(c)
    return {one.chat_id: (one.kind, one.subject) for one in found}


async def account_of(database: Database, phone: str) -> int | None:
    async with database.snapshot() as c:
        return (await staff.by_phone(c, phone))[0].telegram_id


async def directors(database: Database, shop_id: int = 1) -> set[str]:
    async with database.snapshot() as c:
        return {one.phone for one in await staff.of_shop(c, shop_id, {Role.DIRECTOR})}


async def claim(accounts: Accounts, database: Database, newcomer: Newcomer = NEWCOMER) -> int:
    with pytest.raises(AccountTaken):
        await accounts.connect(newcomer)
    told = await news(database)
    assert {kind for kind, _ in told.values()} == {NewsKind.ACCOUNT_CLAIMED}
    return next(subject for _, subject in told.values())


@pytest.mark.requirement("R17")
async def test_the_first_account_connects_at_once_and_again(accounts: Accounts, database: Database) -> None:
    vera = Newcomer("+79160000014", "Вера К.", NEW_CHAT, "en")
    for _ in range(2):
        member = await accounts.connect(vera)
        assert member is not None
        assert (member.name, member.telegram_id) == ("Вера", NEW_CHAT)
    assert await accounts.connect(replace(vera, phone="+79160000099", telegram_id=1)) is None
    assert await news(database) == {}


@pytest.mark.requirement("R17")
@pytest.mark.parametrize("decider", [SELLER_CHAT, DIRECTOR_CHAT])
async def test_another_account_gets_the_place_when_the_person_or_a_director_agrees(
    accounts: Accounts, database: Database, decider: int
) -> None:
    with pytest.raises(AccountTaken):
        await accounts.connect(NEWCOMER)
    asked = await news(database)
    assert set(asked) == {SELLER_CHAT, DIRECTOR_CHAT}
    assert await account_of(database, OLYA) == SELLER_CHAT
    _, claim_id = asked[SELLER_CHAT]
    await accounts.decide(claim_id, decider, allow=True)
    assert await account_of(database, OLYA) == NEW_CHAT
    told = await news(database)
    assert set(told) == {SELLER_CHAT, DIRECTOR_CHAT, NEW_CHAT} - {decider}
    assert {kind for kind, _ in told.values()} == {NewsKind.ACCOUNT_DECIDED}
    with pytest.raises(NoClaim):
        await accounts.decide(claim_id, decider, allow=True)


@pytest.mark.requirement("R17")
async def test_who_refuses_leaves_everything_as_it_is(accounts: Accounts, database: Database) -> None:
    claim_id = await claim(accounts, database)
    await accounts.decide(claim_id, SELLER_CHAT, allow=False)
    assert await account_of(database, OLYA) == SELLER_CHAT
    assert set(await news(database)) == {DIRECTOR_CHAT, NEW_CHAT}
    with pytest.raises(NoClaim):
        await accounts.decide(claim_id, DIRECTOR_CHAT, allow=True)


@pytest.mark.requirement("R17", "X6")
@pytest.mark.parametrize("decider", [NEW_CHAT, MANAGER_CHAT, 1003, 7777, 4242])
async def test_nobody_else_decides(accounts: Accounts, database: Database, decider: int) -> None:
    claim_id = await claim(accounts, database)
    for allow in (True, False):
        with pytest.raises(NoClaim):
            await accounts.decide(claim_id, decider, allow=allow)
    assert await account_of(database, OLYA) == SELLER_CHAT


@pytest.mark.requirement("R17", "X6")
async def test_a_director_opens_no_shop_that_he_does_not_run(
    accounts: Accounts, team: Team, database: Database
) -> None:
    await team.add(Actor(Role.DIRECTOR, 6, "Зоя", shop_id=2), OLYA, "Ольга", Role.COURIER)
    await news(database)
    claim_id = await claim(accounts, database)
    for director in (DIRECTOR_CHAT, 7777):
        with pytest.raises(NoClaim):
            await accounts.decide(claim_id, director, allow=True)
    await accounts.decide(claim_id, 7777, allow=False)
    assert await account_of(database, OLYA) == SELLER_CHAT


@pytest.mark.requirement("R17")
async def test_the_same_claim_is_not_announced_again_and_again_nor_does_it_hold_for_ever(
    accounts: Accounts, database: Database, clock: Clock
) -> None:
    claim_id = await claim(accounts, database)
    with pytest.raises(AccountTaken):
        await accounts.connect(NEWCOMER)
    assert await news(database) == {}
    clock.turn(61)
    again = await claim(accounts, database)
    assert again != claim_id
    with pytest.raises(NoClaim):
        await accounts.decide(claim_id, SELLER_CHAT, allow=True)
    clock.turn(3 * 24 * 60)
    with pytest.raises(NoClaim):
        await accounts.decide(again, SELLER_CHAT, allow=True)


@pytest.mark.requirement("R17")
async def test_an_invitation_is_no_way_round_the_question(
    accounts: Accounts, team: Team, database: Database
) -> None:
    token = await team.invite(Actor(Role.DIRECTOR, 6, "Зоя", shop_id=2), Role.COURIER)
    with pytest.raises(AccountTaken):
        await accounts.check(NEWCOMER)
    with pytest.raises(TeamRefusal) as refused:
        await team.join(token, NEWCOMER)
    assert refused.value.why is Why.OTHER_ACCOUNT
    assert await account_of(database, OLYA) == SELLER_CHAT


@pytest.mark.requirement("R17")
@pytest.mark.usefixtures("sender")
async def test_all_concerned_read_the_question_and_how_it_ended(
    accounts: Accounts, telegram: Telegram
) -> None:
    with pytest.raises(AccountTaken):
        await accounts.connect(replace(NEWCOMER, telegram_id=CLIENT_CHAT, name="<b>Х</b>"))
    people = telegram.people
    asked = await people.wait_message("florist", containing="Это вы?")
    assert "«<b>Х</b>»" in asked.text
    assert asked.button_texts == ["Да, это я", "Нет, это не я"]
    told = await people.wait_message("director", containing="Оля · Флорист: с этим номером")
    assert told.button_texts == ["Разрешить", "Отказать"]
    assert not told.silent
    await accounts.decide(1, DIRECTOR_CHAT, allow=True)
    await people.wait_message("florist", containing="теперь работаете из другого аккаунта")
    await people.wait_message("client", containing="Оля, вы подключены к магазину «Лепесток»")
    assert (await people.chat("client")).keyboard_texts == ["Заказы", "Магазин", "Мой день", "🆘 Что делать?"]


async def _name(database: Database, phone: str) -> None:
    async with database.write() as c:
        await staff.name_by_settings(c, 1, phone)


@pytest.mark.requirement("R17")
async def test_a_mistyped_director_is_gone_at_the_next_start(team: Team, database: Database) -> None:
    await _name(database, OTHER)
    await team.follow_settings(1)
    assert await directors(database) == {IRINA, OTHER}  # who was added before settings were followed stays
    await _name(database, IRINA)
    await team.follow_settings(1)
    assert await directors(database) == {IRINA}
    async with database.snapshot() as c:
        assert [one.by_settings for one in await staff.by_phone(c, IRINA)] == [BySettings.NOW]


@pytest.mark.requirement("R17")
async def test_a_former_director_stays_until_the_new_one_is_connected_and_all_hear_of_it(
    accounts: Accounts, team: Team, database: Database
) -> None:
    await _name(database, IRINA)
    await _name(database, OTHER)
    await team.follow_settings(1)
    assert await directors(database) == {IRINA, OTHER}
    member = await accounts.connect(Newcomer(OTHER, "Новая", NEW_CHAT, "ru"))
    assert member is not None
    assert (member.role, member.name) == (Role.DIRECTOR, "Новая")
    assert await directors(database) == {OTHER}
    told = await news(database)
    assert {chat: kind for chat, (kind, _) in told.items()} == {
        NEW_CHAT: NewsKind.LEFT,
        MANAGER_CHAT: NewsKind.LEFT,
        DIRECTOR_CHAT: NewsKind.REMOVED,
    }
    with pytest.raises(TeamRefusal):
        await team.members(replace(DIRECTOR, shop_id=None))


@pytest.mark.requirement("R17", "X6")
async def test_the_new_director_gets_the_further_shops_of_the_former_one(
    accounts: Accounts, database: Database
) -> None:
    async with database.write() as c:
        await staff.add(c, 2, IRINA, "Ирина", Role.DIRECTOR)
    await _name(database, IRINA)
    await _name(database, OTHER)
    await accounts.connect(Newcomer(OTHER, "Новая", NEW_CHAT, "ru"))
    assert await directors(database, 2) == {"+79160000020", OTHER}


@pytest.fixture
async def second(database: Database, team: Team) -> Actor:
    """Another director of the shop, made one in the chat."""
    member = await team.set_role(DIRECTOR, 2, Role.DIRECTOR)
    assert set(await news(database)) == {MANAGER_CHAT}
    return member.actor


@pytest.mark.requirement("R14", "R17")
async def test_a_director_removes_or_demotes_another_one_and_all_hear_of_it(
    team: Team, database: Database, second: Actor
) -> None:
    await team.set_role(second, 1, Role.SELLER)
    assert {chat: kind for chat, (kind, _) in (await news(database)).items()} == {
        DIRECTOR_CHAT: NewsKind.ROLE_CHANGED
    }
    await team.set_role(second, 1, Role.DIRECTOR)
    await news(database)
    await team.remove(second, 1)
    assert await directors(database) == {"+79160000011"}
    assert set(await news(database)) == {DIRECTOR_CHAT}


@pytest.mark.requirement("R14", "R17")
async def test_a_shop_never_loses_its_last_director(team: Team, second: Actor) -> None:
    await team.remove(second, 1)
    for wish in (team.remove(second, 2), team.set_role(second, 2, Role.SELLER)):
        with pytest.raises(TeamRefusal):
            await wish
    assert {one.staff_id for one in await team.members(second) if one.role is Role.DIRECTOR} == {2}


@pytest.mark.requirement("R14", "R17")
async def test_what_a_director_wanted_before_he_lost_his_place_is_not_done(
    team: Team, database: Database, second: Actor
) -> None:
    await team.set_role(DIRECTOR, 2, Role.MANAGER)
    for wish in (team.remove(second, 1), team.set_role(second, 1, Role.SELLER)):
        with pytest.raises(TeamRefusal) as refused:
            await wish
        assert refused.value.why is Why.NOT_YOURS
    assert await directors(database) == {IRINA}


@pytest.mark.requirement("R17")
async def test_the_director_of_the_settings_is_changed_there(
    team: Team, database: Database, second: Actor
) -> None:
    await _name(database, IRINA)
    for wish in (team.remove(second, 1), team.set_role(second, 1, Role.SELLER)):
        with pytest.raises(TeamRefusal) as refused:
            await wish
        assert refused.value.why is Why.BY_SETTINGS
    for actor in (MANAGER, SELLER):
        with pytest.raises(TeamRefusal):
            await team.set_role(replace(actor, staff_id=3), 2, Role.SELLER)
