"""Every act of the table of rights, tried in the chat by everybody: by words, by its button, by a forged one.

What is expected is read from `orders.access.roles`; a new act there without a way here fails.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pytest
from aiogram.filters.callback_data import CallbackData

from messages.callbacks.delivery import SpareListDo, SpareListTap
from messages.callbacks.drafts import DraftDo, DraftTap
from messages.callbacks.goods import ShopDo, ShopTap
from messages.callbacks.order import Do, Tap
from messages.callbacks.support import GuideDo, GuideTap
from messages.callbacks.team import TeamDo, TeamTap
from messages.shop.personal_data import PersonalDo, PersonalTap
from messages.shop.shops import ShopsDo, ShopsTap
from orders.access.roles import Act, may
from orders.model.people import STAFF_ROLES, Actor, Role
from orders.model.rules import ShopRules
from sandbox.driver import SeenMessage
from storage.order import orders as order_rows
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from tests.builders import ACCEPTED, an_order
from tests.pictures import a_jpeg
from tests.scenarios.stage import Stage
from tests.scenarios.steps import forge, on_the_way, told_aloud

PEOPLE: Mapping[Role, str] = {
    Role.DIRECTOR: "director",
    Role.MANAGER: "manager",
    Role.SELLER: "florist2",
    Role.COURIER: "courier2",
}
"""One of each role; seller and courier have nothing to do with the order."""

REFUSED = frozenset({
    "Такого заказа нет, или он назначен не вам.",
    "Эта кнопка вам недоступна или устарела. Откройте заказ заново.",
    "Этот шаг делает другой сотрудник: менеджер или тот, кому назначен заказ.",
    "Это может сделать только директор или менеджер.",
    "Это директор магазина, его роль здесь не меняется.",
    "Этого сотрудника больше нет в магазине.",
    "Магазин и товары скрывает директор или менеджер.",
    "Список ведут директор и менеджер.",
    "Инструкцию меняет директор. Вы можете предложить: «Добавить в инструкцию».",
})  # fmt: skip
NOT_UNDERSTOOD = ("Не понял.", "среди ваших нет")


@dataclass(frozen=True, slots=True)
class Place:
    """A shop, and the order in it that is asked for."""

    shop: int
    order: int
    number: str


@dataclass(frozen=True, slots=True)
class Way:
    """`words` open the screen called `title`, which says `shown` or has it on a button for those who may.

    `forged` makes the same button by hand; None where it can name nothing of another shop.
    """

    words: str
    title: str
    shown: str
    forged: Callable[[Place], CallbackData]
    names_shop: bool = True


WAYS: Mapping[Act, Way] = {
    Act.SEE_ALL_ORDERS: Way(
        "{number}", "{number}", "{number}", lambda place: Tap(do=Do.OPEN, order=place.order)
    ),
    Act.SEE_MONEY: Way(
        "{number}",
        "{number}",
        "Клиенту возвращается",
        lambda place: Tap(do=Do.WHOLE, order=place.order),
    ),
    Act.STAND_IN: Way(
        "{number}", "{number}", "Курьер остановлен", lambda place: Tap(do=Do.STOPPED, order=place.order)
    ),
    Act.ENTER_ORDERS: Way(
        "/add", "Черновик", "Черновик", lambda _place: DraftTap(do=DraftDo.NEW), names_shop=False
    ),
    Act.KEEP_SPARE_COURIERS: Way(
        "/spare",
        "Запасные курьеры",
        "Запасные курьеры",
        lambda _place: SpareListTap(do=SpareListDo.SHOW),
        names_shop=False,
    ),
    Act.SEE_GOODS: Way(
        "Магазин", "Магазин ", "Магазин ", lambda place: ShopTap(do=ShopDo.SHOP, shop=place.shop)
    ),
    Act.CHANGE_GOODS: Way(
        "Магазин", "Магазин ", "Скрыть магазин", lambda place: ShopTap(do=ShopDo.HIDE, shop=place.shop)
    ),
    Act.SEE_TEAM: Way(
        "Сотрудники", "Сотрудники (", "Сотрудники (", lambda place: TeamTap(do=TeamDo.TEAM, shop=place.shop)
    ),
    Act.INVITE: Way(
        "Сотрудники",
        "Сотрудники (",
        "Пригласить ссылкой",
        lambda place: TeamTap(do=TeamDo.INVITE, shop=place.shop),
    ),
    Act.RUN_SHOPS: Way(
        "Магазин", "Магазин ", "Настройки…", lambda place: ShopsTap(do=ShopsDo.LIST, shop=place.shop)
    ),
    Act.EDIT_GUIDE: Way(
        "🆘 Что делать?",
        "Что случилось?",
        "Изменить инструкцию",
        lambda place: GuideTap(do=GuideDo.BOOK, shop=place.shop),
    ),
    Act.HANDLE_PERSONAL_DATA: Way(
        "Магазин",
        "Магазин ",
        "Настройки…",
        lambda place: PersonalTap(do=PersonalDo.ASK, shop=place.shop),
    ),
}
"""In this order: what changes something comes after what only looks."""


def actor(role: Role) -> Actor:
    return Actor(role, 0, "", 1)


def test_every_act_has_its_way() -> None:
    assert set(WAYS) == set(Act)
    assert set(PEOPLE) == set(STAFF_ROLES)


async def _two_shops(stage: Stage) -> tuple[Place, Place]:
    """The order that was cancelled on its way, and one of a second shop of the same bot."""
    number = await on_the_way(stage)
    await stage.driver.cancel_order(int(number))
    for chief in ("director", "manager"):
        await told_aloud(stage, chief, number, "Отмен")
    order = await stage.order(number)
    database = stage.database()
    async with database.write() as c:
        other = await shops.put(c, Shop(0, 999, "Чужие цветы", "ru", ShopRules(), None))
        theirs = await order_rows.add(c, replace(an_order(ACCEPTED, number="77777777"), shop_id=other.id))
    await database.close()
    return Place(order.shop_id, order.id, number), Place(other.id, theirs.id, theirs.number)


async def _answer(stage: Stage, person: str, words: str, *known: str) -> SeenMessage:
    """What the bot says to these words, as far as it says one of those that are known to be an answer.

    Whatever else comes in meanwhile is about something else.
    """
    mark = await stage.driver.mark()
    await stage.driver.text(person, words)

    def is_answer(message: SeenMessage) -> bool:
        said = (message.text, *message.button_texts)
        return message.from_bot and any(text in one for text in known for one in said)

    return await stage.driver.wait_message(person, is_answer, since=mark)


async def _by_words(stage: Stage, role: Role, place: Place) -> dict[Act, bool]:
    """What somebody reaches who types the number, or the words of the keyboard and of the commands."""
    person, found = PEOPLE[role], {}
    for act, way in WAYS.items():
        words, title, shown = (text.format(number=place.number) for text in (way.words, way.title, way.shown))
        others = () if may(actor(role), act, place.shop) else (title, *NOT_UNDERSTOOD)
        answer = await _answer(stage, person, words, shown, *others)
        is_known = not any(text in answer.text for text in NOT_UNDERSTOOD)
        found[act] = is_known and (shown in answer.text or shown in answer.button_texts)
    return found


async def _anchor(stage: Stage, person: str) -> int:
    """A message that no menu takes away, to forge buttons on: it brings the keys below the chat."""
    return (await _answer(stage, person, "/start", "вы подключены")).message_id


async def _is_let_in(stage: Stage, person: str, message: int, data: str) -> bool:
    toast = await stage.driver.forge(person, message, data)
    return toast.text not in REFUSED


async def _by_forged(stage: Stage, role: Role, place: Place) -> dict[Act, bool]:
    person, found = PEOPLE[role], {}
    message = await _anchor(stage, person)
    for act, way in WAYS.items():
        if way.names_shop or place.shop == 1:
            found[act] = await _is_let_in(stage, person, message, way.forged(place).pack())
    return found


@pytest.mark.requirement("R5", "R14", "R63", "X6")
async def test_every_act_is_tried_by_everybody_by_words_and_by_buttons_here_and_elsewhere(
    stage: Stage,
) -> None:
    here, elsewhere = await _two_shops(stage)

    async def walk(role: Role) -> None:
        wanted = {act: may(actor(role), act, 1) for act in WAYS}
        assert await _by_words(stage, role, here) == wanted, role
        of_others = await _by_words_of_others(stage, role, elsewhere)
        assert of_others == "", role
        found = await _by_forged(stage, role, elsewhere)
        assert not any(found.values()), (role, found)
        assert await _by_forged(stage, role, here) == wanted, role

    await asyncio.gather(*(walk(role) for role in STAFF_ROLES))
    for person in (PEOPLE[Role.SELLER], PEOPLE[Role.COURIER]):
        await stage.driver.photo(person, a_jpeg(), caption=here.number)
        await stage.driver.wait_message(person, containing=f"Заказа {here.number} здесь нет.")


async def _by_words_of_others(stage: Stage, role: Role, place: Place) -> str:
    """The order of another shop, by its number: what is told of it, but for that there is none."""
    answer = await _answer(stage, PEOPLE[role], place.number, place.number)
    return "" if "среди ваших нет" in answer.text else answer.text


@pytest.mark.requirement("R14", "R63")
async def test_old_buttons_obey_the_new_role_of_a_person(stage: Stage) -> None:
    number = await stage.accepted()
    screens = [await stage.card("manager", number, "Принят")]
    for words, title in (("Магазин", "Магазин открыт"), ("Сотрудники", "Сотрудники (")):
        screens.append(await _answer(stage, "manager", words, title))
    old = [button.callback_data for screen in screens for row in screen.buttons for button in row]
    message = await _anchor(stage, "manager")
    database = stage.database()
    async with database.snapshot() as c:
        (vera,) = [one for one in await staff.of_shop(c, 1) if one.telegram_id == 1005]
    await database.close()
    demoted = TeamTap(do=TeamDo.SET_ROLE, shop=1, id=vera.staff_id, arg=Role.COURIER.value)
    toast = await forge(stage, "director", demoted.pack())
    assert toast.text not in REFUSED
    own_ways = ShopTap(do=ShopDo.WAY).pack().rpartition("way")[0] + "way"  # everybody has those
    pressed = [data for data in old if data is not None and not data.startswith(own_ways)]
    assert len(pressed) >= len(screens) * 3
    for data in pressed:
        assert not await _is_let_in(stage, "manager", message, data), data
    order = await stage.order(number)
    assert (order.progress.seller, order.progress.carrier) == (None, None)
