"""Who works here: added, invited or removed in the chat, and what they then see (R14, R17).

What others may not do with the list is in tests/handlers/team/test_team_buttons.py.
"""

from __future__ import annotations

import pytest

from orders.model.people import Role
from sandbox.driver import SeenMessage
from storage.shop import shops
from storage.team import staff
from storage.team.staff import Member
from tests.scenarios.client_steps import follow
from tests.scenarios.stage import Stage
from tests.scenarios.steps import wait_until_gone, with_courier

NOBODY_ASKED = "Похоже на адрес или телефон"
GONE = "Этого сотрудника больше нет в магазине."


async def _team(stage: Stage) -> dict[str, Member]:
    database = stage.database()
    async with database.snapshot() as c:
        (shop,) = await shops.all_shops(c)
        members = await staff.of_shop(c, shop.id)
    await database.close()
    return {member.phone: member for member in members}


async def _open_dialogue(stage: Stage) -> None:
    await stage.driver.text("director", "Сотрудники")
    await stage.driver.press_last("director", "Добавить сотрудника")
    await stage.driver.wait_message("director", containing="Кого добавить?")


async def _said_below(stage: Stage, person: str, sent: SeenMessage) -> str:
    below = await stage.driver.wait_message(person, lambda m: m.message_id > sent.message_id)
    return below.text


async def _add(stage: Stage, role: str) -> None:
    asked = await stage.driver.wait_message("director", containing="Кем добавить?")
    assert asked.button_texts == ["Флорист", "Курьер", "Менеджер", "← Назад"]
    toast = await stage.driver.press("director", asked.message_id, role)
    assert toast.text == "Добавлено"


@pytest.fixture
async def office(empty_stage: Stage) -> Stage:
    """A shop of which only the director is connected, in a zone whose country numbers may leave out."""
    await empty_stage.start_bot(SHOP_TIMEZONE="Europe/Moscow")
    await empty_stage.hire("director")
    return empty_stage


@pytest.mark.requirement("R14", "R17")
async def test_the_director_fills_the_staff_list_by_words_and_by_contact_cards(office: Stage) -> None:
    await _what_is_no_phone_is_asked_for_again(office)
    await office.driver.text("director", "Оля 8 (999) 000 00 02")
    await _add(office, "Флорист")
    added = await office.driver.wait_message("director", containing="t.me/florist_demo_bot")
    assert " · Флорист.\n" in added.text
    await _open_dialogue(office)
    await office.driver.contact("director", {"phone": "79990000003", "first_name": "Пётр"})
    await _add(office, "Курьер")
    team = await _team(office)
    assert [(team[phone].name, team[phone].role) for phone in ("+79990000002", "+79990000003")] == [
        ("Оля", Role.SELLER),
        ("Пётр", Role.COURIER),
    ]
    await office.driver.text("director", "Сотрудники")
    listed = await office.driver.wait_message("director", containing="Сотрудники (3)")
    assert "Анна · Директор\n" in listed.text
    assert "Оля · Флорист · ещё не подключён" in listed.text

    await office.driver.start("florist")
    await office.driver.contact("florist")
    await office.driver.wait_message("florist", containing="вы подключены как флорист")
    keys = (await office.driver.chat("florist")).keyboard_texts
    assert keys == ["Заказы", "Магазин", "Мой день", "🆘 Что делать?"]
    assert (await _team(office))["+79990000002"].telegram_id == 1002
    await _a_changed_role_holds_at_once(office)
    await _the_directors_own_role_stays(office)


async def _what_is_no_phone_is_asked_for_again(office: Stage) -> None:
    """And what is said after the dialogue was left adds nobody."""
    before = await _team(office)
    await _open_dialogue(office)
    await office.driver.text("director", "Заказы")
    await office.driver.wait_message("director", containing="Заказов нет.")
    await office.driver.text("director", "Оля +79990000002")
    await office.driver.wait_message("director", containing=NOBODY_ASKED)
    await _open_dialogue(office)
    for words in ("12345", "позвони ей"):
        sent = await office.driver.text("director", words)
        assert (await _said_below(office, "director", sent)).startswith("Не вижу телефона.")
    sent = await office.driver.sticker("director")
    assert (await _said_below(office, "director", sent)).startswith("Не вижу телефона.")
    assert await _team(office) == before


async def _a_changed_role_holds_at_once(office: Stage) -> None:
    number = await office.new_order()
    await office.driver.text("florist", number)
    await office.driver.wait_message("florist", containing="среди ваших нет")
    await _open_dialogue(office)
    await office.driver.text("director", "Оля +79990000002")
    await _add(office, "Менеджер")
    await office.driver.text("florist", number)
    await office.card("florist", number)


async def _the_directors_own_role_stays(office: Stage) -> None:
    before = await _team(office)
    await _open_dialogue(office)
    await office.driver.contact("director")
    asked = await office.driver.wait_message("director", containing="Кем добавить?")
    toast = await office.driver.press("director", asked.message_id, "Флорист")
    assert toast.text == "Это директор магазина, его роль здесь не меняется."
    assert await _team(office) == before


@pytest.mark.requirement("R14", "R17")
async def test_who_is_removed_or_leaves_gives_the_orders_back_and_sees_no_more(stage: Stage) -> None:
    held, carried = await stage.assigned("florist"), await with_courier(stage)
    await stage.driver.text("manager", "Сотрудники")
    await stage.driver.press_last("manager", "Изменить или убрать")
    await stage.driver.press_last("manager", "Оля · Флорист")
    await stage.driver.press_last("manager", "Убрать из магазина")
    asked = await stage.driver.wait_message("manager", containing="Убрать из магазина: Оля")
    assert held in asked.text
    await stage.driver.press("manager", asked.message_id, "Убрать")
    told = await stage.driver.wait_message("director", containing="Оля больше не работает")
    assert not told.silent
    assert held in told.text
    await stage.driver.wait_message("florist", containing="Вы больше не работаете в магазине")
    await wait_until_gone(stage, "florist", held)
    assert (await stage.order(held)).progress.seller is None
    again = await stage.driver.press("manager", asked.message_id, "Убрать", stale=True)
    assert again.text == GONE
    sent = await stage.driver.text("florist", held)
    assert (await _said_below(stage, "florist", sent)).startswith("Здесь работают сотрудники магазина.")

    await stage.driver.text("courier", "/me")
    await stage.driver.press_last("courier", "Уйти из магазина")
    asked = await stage.driver.wait_message("courier", containing="Вы уходите из магазина.")
    await stage.driver.press("courier", asked.message_id, "Ухожу")
    await stage.driver.wait_message("courier", containing="Вы ушли из магазина")
    told = await stage.driver.wait_message("manager", containing="по собственному желанию")
    assert carried in told.text
    await wait_until_gone(stage, "courier", carried)
    assert (await stage.order(carried)).progress.carrier is None


@pytest.mark.requirement("R17", "X7")
async def test_an_invitation_makes_one_stranger_or_client_a_colleague(office: Stage) -> None:
    token = await _invitation(office)
    for guess in (token[:-1], token[:-2] + "zz", "i" + "A" * 32):
        await office.driver.start("stranger", guess)
    await office.driver.start("courier", token)
    offered = await office.driver.wait_message("courier", containing="Вас приглашают в магазин")
    assert "роль: Курьер" in offered.text
    await office.driver.contact("courier", "florist")
    await office.driver.wait_message("courier", containing="Это чужой контакт")
    await office.driver.contact("courier")
    await office.driver.wait_message("courier", containing="Вы подключены к магазину")
    await office.driver.wait_message("director", containing="Пётр теперь с вами: Курьер")
    member = (await _team(office))["+79990000003"]
    assert (member.role, member.telegram_id) == (Role.COURIER, 1003)
    await office.driver.start("stranger", token)
    await office.driver.wait_message("stranger", containing="Приглашение уже использовано")
    assert set(await _team(office)) == {"+79990000001", "+79990000003"}
    await _a_client_joins(office)


async def _invitation(office: Stage) -> str:
    """The secret part of an invitation for a courier."""
    mark = await office.driver.mark()
    await office.driver.text("director", "Сотрудники")
    await office.driver.press_last("director", "Пригласить ссылкой")
    await office.driver.press_last("director", "Курьер")
    shown = await office.driver.wait_message("director", containing="Больше я её не покажу", since=mark)
    return shown.text.partition("?start=")[2].split()[0]


async def _a_client_joins(office: Stage) -> None:
    await follow(office, await office.accepted())
    await office.driver.start("client", await _invitation(office))
    await office.driver.wait_message("client", containing="Вас приглашают в магазин")
    await office.driver.contact("client")
    await office.driver.wait_message("client", containing="Вы подключены к магазину")
    assert (await _team(office))["+79990000004"].role is Role.COURIER
