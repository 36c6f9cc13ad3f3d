"""Several people, several orders, one moment; and a power cut in the middle of it."""

from __future__ import annotations

import asyncio

import pytest

from orders.model.status import Status
from orders.steps.events import Accepted, MarketplaceTold, PhotoAttached
from sandbox.driver import SeenChat
from storage.order import orders as order_rows
from tests.pictures import a_jpeg
from tests.scenarios.eyes import history, shown
from tests.scenarios.finding import newest
from tests.scenarios.stage import Stage
from tests.scenarios.steps import question

pytestmark = pytest.mark.parametrize(
    "kept_in", ["sqlite", pytest.param("postgresql", marks=pytest.mark.endurance)], indirect=True
)

SIX = range(6)


async def kept_numbers(stage: Stage) -> list[str]:
    database = stage.database()
    async with database.snapshot() as c:
        numbers = [order.number async for order in order_rows.every(c)]
    await database.close()
    return sorted(numbers)


async def steps(stage: Stage, number: str) -> list[str]:
    """What people did with the order; when the marketplace heard of it is another matter."""
    happened = await history(stage, number)
    return [type(event).__name__ for event in happened if not isinstance(event, MarketplaceTold)]


@pytest.mark.requirement("R18", "R23", "X2", "R9")
async def test_what_two_do_at_once_is_done_once_and_the_other_reads_so(stage: Stage) -> None:
    number = await of_two_who_accept_one_wins(stage)
    await a_double_tap_accepts_once(stage)
    await the_shop_does_not_accept_and_decline(stage)
    await stage.tap("director", number, "Назначить сотрудника")
    await stage.choose("director", number, "Оля")
    await stage.card("florist", number)
    await the_same_photo_is_kept_once(stage, number)


async def of_two_who_accept_one_wins(stage: Stage) -> str:
    """The other one reads who it was."""
    number = await stage.new_order()
    names = {"director": "Анна", "manager": "Вера"}
    cards = [await stage.card(person, number) for person in names]

    toasts = await asyncio.gather(
        *(
            stage.driver.press(who, card.message_id, "Принять", stale=True)
            for who, card in zip(names, cards, strict=True)
        )
    )

    said = {who: toast.text or "" for who, toast in zip(names, toasts, strict=True)}
    winner = next(who for who in names if said[who].startswith("Принято"))
    loser = next(who for who in names if who != winner)
    assert said[loser].startswith("Уже принят: ")
    assert said[loser].endswith(f", {names[winner]}")
    for person in names:
        assert names[winner] in (await stage.card(person, number, "Принят")).text
    accepted = [event for event in await history(stage, number) if isinstance(event, Accepted)]
    assert [event.mark.name for event in accepted] == [names[winner]]
    return number


async def a_double_tap_accepts_once(stage: Stage) -> None:
    number = await stage.new_order()
    card = await stage.card("manager", number)

    taps = (stage.driver.press("manager", card.message_id, "Принять", stale=True) for _ in range(3))
    said = sorted((toast.text or "").partition(" ")[0] for toast in await asyncio.gather(*taps))

    assert said == ["Принято.", "Уже", "Уже"]
    await stage.card("director", number, "Принят")
    assert await steps(stage, number) == ["Received", "Accepted"]
    assert len(await shown(stage, "manager", number)) == 1


async def the_shop_does_not_accept_and_decline(stage: Stage) -> None:
    number = await stage.new_order()
    await stage.tap("director", number, "Отказаться")
    await stage.tap("director", number, "Да, отказаться")
    asked = await question(stage, "director", number)
    card = await stage.card("manager", number)

    await asyncio.gather(
        stage.driver.press("director", asked.message_id, "Нет нужных цветов"),
        stage.driver.press("manager", card.message_id, "Принять", stale=True),
    )

    order = await stage.order(number)
    assert order.status is Status.DECLINED
    assert await steps(stage, number) in (["Received", "Declined"], ["Received", "Accepted", "Declined"])
    await stage.card("manager", number, "Магазин отказался")


async def the_same_photo_is_kept_once(stage: Stage, number: str) -> None:
    card = await stage.card("florist", number)
    photo = a_jpeg()

    sendings = (stage.driver.photo("florist", photo, reply_to=card.message_id) for _ in range(2))
    await asyncio.gather(*sendings)

    await stage.driver.wait_message("florist", containing="Это фото уже загружено. Пришлите новое.")
    await stage.card("director", number, "Фото")
    attached = [event for event in await history(stage, number) if isinstance(event, PhotoAttached)]
    assert len(attached) == 1
    files = [path for path in (stage.folder / "data/photos").rglob("*") if path.is_file()]
    assert len(files) == 1


@pytest.mark.requirement("R15", "X1", "X3")
async def test_six_orders_at_once_are_all_announced_once(stage: Stage) -> None:
    placed = await asyncio.gather(*(stage.driver.place_order() for _ in SIX))

    assert {order.webhook_status for order in placed} <= {200, None}  # None: too busy to answer in time
    numbers = [str(order.id) for order in placed]
    for person, chat in (("director", "group"), ("director", "bot"), ("manager", "bot")):

        def stand_once(seen: SeenChat) -> bool:
            return all(sum(number in one.text for one in newest(seen)) == 1 for number in numbers)

        await stage.driver.wait_chat(person, stand_once, chat=chat)
    aloud = [m for m in await stage.driver.messages("director", "group") if m.from_bot and not m.silent]
    assert len(aloud) == 1  # the first rings for all that join it within a minute


@pytest.mark.requirement("R15", "X3")
async def test_a_power_cut_among_six_orders_loses_no_order_and_no_card(stage: Stage) -> None:
    placing = [asyncio.create_task(stage.driver.place_order()) for _ in SIX]
    await stage.driver.wait_message("director", lambda seen: seen.text.startswith("🔴"), chat="group")
    await stage.kill_bot()
    numbers = sorted(str(order.id) for order in await asyncio.gather(*placing))

    await stage.start_bot()

    for number in numbers:
        for person in ("director", "manager"):
            assert "Принять" in (await stage.card(person, number)).button_texts
        await stage.driver.wait_message("director", containing=number, chat="group")
    assert await kept_numbers(stage) == numbers


@pytest.mark.requirement("R16", "X3")
async def test_a_power_cut_before_the_alarm_loses_no_alarm(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start_bot(ACCEPT_MINUTES="0.03", ACCEPT_REPEAT_MINUTES="0.03")
    await stage.hire("director", "manager")
    number = await stage.new_order()
    await stage.kill_bot()
    mark = await stage.driver.mark()

    await stage.start_bot()

    overdue = f"{number} не принят уже"
    await stage.driver.wait_message("director", containing=overdue, chat="group", since=mark)
    for person in ("director", "manager"):
        await stage.driver.wait_message(person, containing=overdue, since=mark)


@pytest.mark.requirement("X2", "X3")
async def test_old_buttons_and_what_people_did_while_the_bot_was_down_work_after_a_restart(
    stage: Stage,
) -> None:
    number, other = await stage.assigned("florist"), await stage.new_order()
    florists, directors = await stage.card("florist", number), await stage.card("director", other)
    await stage.stop_bot()
    await stage.driver.photo("florist", a_jpeg(), reply_to=florists.message_id)
    await stage.driver.press("director", directors.message_id, "Связаться", timeout=0)

    await stage.start_bot()

    await stage.card("florist", number, "📷")
    await stage.driver.wait_message(
        "director", containing=f"Чат с клиентом - в приложении Flowwow: «Заказы», поиск по номеру {other}"
    )
    assert (await stage.order(number)).status is Status.PHOTO
    await stage.tap("director", other, "← Назад")
    toast = await stage.tap("director", other, "Принять")
    assert (toast.text or "").startswith("Принято")
    await stage.card("director", other, "Принят")
    await stage.kill_bot()
    await stage.start_bot()
    await stage.tap("director", other, "Назначить сотрудника")
    await stage.choose("director", other, "Оля")
    await stage.card("florist", other)
    (card,) = await shown(stage, "director", other)
    assert card.message_id == directors.message_id
