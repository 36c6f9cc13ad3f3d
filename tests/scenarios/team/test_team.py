"""The director puts people on the staff list, in the chat; nobody else can (R14, R17)."""

from __future__ import annotations

from typing import Any

import pytest

from messages.callbacks.team import TeamDo, TeamTap
from orders.model.people import Role
from sandbox.driver import SeenMessage
from storage.shop import shops
from storage.team import staff
from storage.team.staff import Member
from tests.scenarios.client_steps import follow
from tests.scenarios.stage import Stage
from tests.scenarios.steps import forge, wait_until_gone, with_courier

NOT_UNDERSTOOD = "Не понял."
NOBODY_ASKED = "Похоже на адрес или телефон"
QUESTION_OVER = "Этот вопрос уже закрыт"
NOT_YOURS = "Это может сделать только директор или менеджер."
DIRECTOR_STAYS = "Это директор магазина, его роль здесь не меняется."
GONE = "Этого сотрудника больше нет в магазине."
OTHER_SHOP = "Эта кнопка вам недоступна или устарела. Откройте заказ заново."


async def _team(stage: Stage) -> dict[str, Member]:
    database = stage.database()
    async with database.snapshot() as c:
        (shop,) = await shops.all_shops(c)
        members = await staff.of_shop(c, shop.id)
    await database.close()
    return {member.phone: member for member in members}


def _tap(do: TeamDo, id_: int = 0, arg: str = "", shop: int = 1) -> str:
    return TeamTap(do=do, shop=shop, id=id_, arg=arg).pack()


async def _open_dialogue(stage: Stage, person: str = "director") -> None:
    await stage.driver.text(person, "Сотрудники")
    await stage.driver.press_last(person, "Добавить сотрудника")
    await stage.driver.wait_message(person, containing="Кого добавить?")


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


@pytest.mark.requirement("R17")
@pytest.mark.parametrize(
    "words",
    [
        "+7 999 000-00-02 Оля",
        "Оля 8 (999) 000 00 02",
        "Оля, +79990000002",
        "тел. +7(999)000-00-02",
        "79990000002 Оля",
    ],
)
async def test_a_phone_and_a_name_come_in_any_order(office: Stage, words: str) -> None:
    await _open_dialogue(office)
    await office.driver.text("director", words)
    await _add(office, "Флорист")
    added = await office.driver.wait_message("director", containing="t.me/florist_demo_bot")
    assert " · Флорист.\n" in added.text
    member = (await _team(office))["+79990000002"]
    assert member.role is Role.SELLER
    if "Оля" in words:
        assert member.name == "Оля"

    await office.driver.start("florist")
    await office.driver.contact("florist")
    await office.driver.wait_message("florist", containing="вы подключены как флорист")
    assert (await office.driver.chat("florist")).keyboard_texts == [
        "Заказы",
        "Магазин",
        "Мой день",
        "🆘 Что делать?",
    ]
    assert (await _team(office))["+79990000002"].telegram_id == 1002


@pytest.mark.requirement("R17")
@pytest.mark.parametrize("card", ["courier", {"phone": "79990000003", "first_name": "Пётр"}])
async def test_a_contact_card_adds_a_person(office: Stage, card: str | dict[str, Any]) -> None:
    await _open_dialogue(office)
    await office.driver.contact("director", card)
    await _add(office, "Курьер")
    member = (await _team(office))["+79990000003"]
    assert (member.name, member.role) == ("Пётр", Role.COURIER)


@pytest.mark.requirement("R17")
async def test_what_is_no_phone_is_asked_for_again(office: Stage) -> None:
    await _open_dialogue(office)
    before = await _team(office)
    for words in ("Оля", "12345", "позвони ей", "+7 999"):
        sent = await office.driver.text("director", words)
        assert (await _said_below(office, "director", sent)).startswith("Не вижу телефона.")
    sent = await office.driver.sticker("director")
    assert (await _said_below(office, "director", sent)).startswith("Не вижу телефона.")
    assert await _team(office) == before
    await office.driver.text("director", "Оля +79990000002")
    await _add(office, "Менеджер")
    assert (await _team(office))["+79990000002"].role is Role.MANAGER


@pytest.mark.requirement("R17")
async def test_the_boards_button_leaves_the_dialogue(office: Stage) -> None:
    await _open_dialogue(office)
    await office.driver.text("director", "Заказы")
    await office.driver.wait_message("director", containing="Заказов нет.")
    await office.driver.text("director", "Оля +79990000002")
    await office.driver.wait_message("director", containing=NOBODY_ASKED)
    assert "+79990000002" not in await _team(office)


@pytest.mark.requirement("R17")
async def test_the_list_says_who_is_not_connected_yet(office: Stage) -> None:
    await _open_dialogue(office)
    await office.driver.text("director", "Оля +79990000002")
    await _add(office, "Флорист")
    await office.driver.wait_message("director", containing="t.me/")
    await office.driver.text("director", "Сотрудники")
    listed = await office.driver.wait_message("director", containing="Сотрудники (2)")
    assert "Анна · Директор\n" in listed.text
    assert "Оля · Флорист · ещё не подключён" in listed.text


@pytest.mark.requirement("R14", "R17")
async def test_a_changed_role_holds_at_once(office: Stage) -> None:
    await office.hire("florist")
    number = await office.new_order()
    await office.driver.text("florist", number)
    await office.driver.wait_message("florist", containing="среди ваших нет")
    await _open_dialogue(office)
    await office.driver.text("director", "Оля +79990000002")
    await _add(office, "Менеджер")
    await office.driver.text("florist", number)
    await office.card("florist", number)


@pytest.mark.requirement("R17")
async def test_the_directors_own_role_does_not_change_in_the_chat(office: Stage) -> None:
    before = await _team(office)
    await _open_dialogue(office)
    await office.driver.contact("director")
    asked = await office.driver.wait_message("director", containing="Кем добавить?")
    toast = await office.driver.press("director", asked.message_id, "Флорист")
    assert toast.text == "Это директор магазина, его роль здесь не меняется."
    assert await _team(office) == before


@pytest.mark.requirement("R17")
async def test_a_role_without_a_dialogue_or_a_made_up_one_adds_nobody(office: Stage) -> None:
    before = await _team(office)
    add = {role: _tap(TeamDo.ROLE, arg=role) for role in ("seller", "director", "client", "king", "")}
    assert (await forge(office, "director", add["seller"])).text == QUESTION_OVER
    await _open_dialogue(office)
    assert (await forge(office, "director", add["seller"])).text == QUESTION_OVER
    await office.driver.text("director", "Оля +79990000002")
    await office.driver.wait_message("director", containing="Кем добавить?")
    for role in ("director", "client", "king", ""):
        assert (await forge(office, "director", add[role])).text == QUESTION_OVER, role
    assert await _team(office) == before


@pytest.mark.requirement("R14", "R17", "X6")
async def test_each_role_may_with_the_team_what_the_table_says_by_whatever_button(stage: Stage) -> None:
    people = {member.name: member.staff_id for member in (await _team(stage)).values()}
    for person in ("florist", "courier"):
        assert "Сотрудники" not in (await stage.driver.chat(person)).keyboard_texts
        said = (
            ("Сотрудники", NOT_UNDERSTOOD),
            ("/team", NOT_UNDERSTOOD),
            ("Чужой +79990000008", NOBODY_ASKED),
        )
        for words, answer in said:
            sent = await stage.driver.text(person, words)
            assert (await _said_below(stage, person, sent)).startswith(answer)
        for do in set(TeamDo) - {TeamDo.ME, TeamDo.LEAVE, TeamDo.LEAVE_YES, TeamDo.ROLE}:
            toast = await forge(stage, person, _tap(do, people["Вера"], "seller"))
            assert toast.text == NOT_YOURS, (person, do)
    await stage.driver.text("manager", "Сотрудники")
    await stage.driver.press_last("manager", "Изменить или убрать")
    await stage.driver.press_last("manager", "Анна · Директор")
    shown = await stage.driver.wait_message(
        "manager", containing="Менеджеров и директоров меняет только директор."
    )
    assert shown.button_texts == ["← Назад"]
    for do in (TeamDo.SET_ROLE, TeamDo.RENAME, TeamDo.REMOVE, TeamDo.REMOVE_YES):
        toast = await forge(stage, "manager", _tap(do, people["Анна"], "seller"))
        assert toast.text == DIRECTOR_STAYS, do
        assert (await forge(stage, "manager", _tap(do, 999, "seller"))).text == GONE, do
    toast = await forge(stage, "manager", _tap(TeamDo.SET_ROLE, people["Оля"], "director"))
    assert toast.text == NOT_YOURS
    toast = await forge(stage, "manager", _tap(TeamDo.SET_ROLE, people["Оля"], "seller", shop=999))
    assert toast.text == OTHER_SHOP
    assert {member.name: member.staff_id for member in (await _team(stage)).values()} == people


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


@pytest.mark.requirement("R17")
async def test_an_invitation_makes_one_stranger_a_colleague(office: Stage) -> None:
    await office.driver.text("director", "Сотрудники")
    await office.driver.press_last("director", "Пригласить ссылкой")
    await office.driver.press_last("director", "Курьер")
    shown = await office.driver.wait_message("director", containing="Больше я её не покажу")
    token = shown.text.partition("?start=")[2].split()[0]
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


@pytest.mark.requirement("R17", "X7")
async def test_a_client_of_the_shop_joins_it_by_an_invitation(stage: Stage) -> None:
    await follow(stage, await stage.assigned())
    await stage.driver.text("director", "Сотрудники")
    await stage.driver.press_last("director", "Пригласить ссылкой")
    await stage.driver.press_last("director", "Курьер")
    shown = await stage.driver.wait_message("director", containing="Больше я её не покажу")
    await stage.driver.start("client", shown.text.partition("?start=")[2].split()[0])
    await stage.driver.wait_message("client", containing="Вас приглашают в магазин")
    await stage.driver.contact("client")
    await stage.driver.wait_message("client", containing="Вы подключены к магазину")
    assert (await _team(stage))["+79990000004"].role is Role.COURIER
