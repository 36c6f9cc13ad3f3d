"""Several people, several orders, one moment; and a power cut in the middle of it."""

from __future__ import annotations

import asyncio

import pytest

from orders.model.status import Status
from orders.steps.events import Accepted, MarketplaceTold, PhotoAttached
from sandbox.driver import SeenChat, Toast
from storage.order import orders as order_rows
from tests.pictures import a_jpeg
from tests.scenarios.eyes import history, shown
from tests.scenarios.finding import newest
from tests.scenarios.stage import Stage
from tests.scenarios.steps import marketplace_knows, question

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


async def accept(stage: Stage, person: str, number: str) -> Toast:
    """Press «Принять» of the card as it looked when the order was new."""
    card = await stage.card(person, number)
    return await stage.driver.press(person, card.message_id, "Принять", stale=True)


@pytest.mark.requirement("R18", "X2")
async def test_of_two_who_accept_at_once_one_wins_and_the_other_reads_who(stage: Stage) -> None:
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


@pytest.mark.requirement("X2")
async def test_a_double_tap_accepts_once_and_says_so(stage: Stage) -> None:
    number = await stage.new_order()
    card = await stage.card("manager", number)

    taps = (stage.driver.press("manager", card.message_id, "Принять", stale=True) for _ in range(3))
    said = sorted((toast.text or "").partition(" ")[0] for toast in await asyncio.gather(*taps))

    assert said == ["Принято.", "Уже", "Уже"]
    await stage.card("director", number, "Принят")
    assert await steps(stage, number) == ["Received", "Accepted"]
    assert len(await shown(stage, "manager", number)) == 1


@pytest.mark.requirement("R18")
async def test_one_accepts_while_the_other_declines_and_the_shop_does_not_do_both(stage: Stage) -> None:
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


@pytest.mark.requirement("R23", "X3")
async def test_the_same_photo_twice_is_kept_once(stage: Stage) -> None:
    number = await stage.assigned("florist")
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
async def test_old_buttons_work_after_a_restart(stage: Stage) -> None:
    number = await stage.new_order()
    before = await stage.card("director", number)
    await stage.stop_bot()
    await stage.start_bot()

    toast = await stage.driver.press("director", before.message_id, "Принять")
    await stage.card("director", number, "Принят")
    await stage.kill_bot()
    await stage.start_bot()
    await stage.tap("director", number, "Назначить сотрудника")
    await stage.choose("director", number, "Оля")

    assert (toast.text or "").startswith("Принято")
    await stage.card("florist", number)
    (card,) = await shown(stage, "director", number)
    assert card.message_id == before.message_id


@pytest.mark.requirement("X3")
async def test_what_people_did_while_the_bot_was_down_is_done_after_the_start(stage: Stage) -> None:
    number, other = await stage.assigned("florist"), await stage.accepted("director")
    card = await stage.card("florist", number)
    await marketplace_knows(stage, other, Status.ACCEPTED)
    await stage.stop_bot()
    await stage.driver.photo("florist", a_jpeg(), reply_to=card.message_id)
    await stage.driver.press(
        "director", (await stage.card("director", other)).message_id, "Связаться", timeout=0
    )

    await stage.start_bot()

    await stage.card("florist", number, "📷")
    await stage.driver.wait_message(
        "director", containing=f"Чат с клиентом - в приложении Flowwow: «Заказы», поиск по номеру {other}"
    )
    assert (await stage.order(number)).status is Status.PHOTO
