from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from messages.callbacks.order import Do, Tap
from messages.callbacks.support import GuideDo, GuideTap
from orders.model.after_delivery import pending
from orders.model.order import Handover, Order
from orders.model.people import Role, client_of
from orders.schedule.deadlines import DeadlineKind, deadlines
from orders.steps import commands as do
from orders.steps.commands import OpenDispute
from storage.db.tables import outbox
from storage.order import deadlines as deadline_rows
from storage.sending.outbox import Kind
from storage.support import cases
from tests.builders import RULES
from tests.handlers.support.conftest import Bot

DONE = (
    (do.Accept(), Role.DIRECTOR),
    (do.Dispatch(by_self=True, reason="спешит"), Role.DIRECTOR),
    (do.Complete(Handover.IN_PERSON), Role.DIRECTOR),
)


def tap(order: Order, what: Do) -> str:
    return Tap(do=what, order=order.id).pack()


async def as_it_is(bot: Bot, order: Order) -> Order:
    return await bot.desk.look(order.id, bot.actors[Role.DIRECTOR])


@pytest.mark.requirement("X30")
async def test_a_low_rating_opens_a_case_with_its_clock_alarms_and_the_file(bot: Bot) -> None:
    order = await bot.order(*DONE)
    asked = await bot.press(Role.MANAGER, tap(order, Do.DISPUTE))
    assert "что пишет клиент" in asked.text
    await bot.say(Role.MANAGER, "1 звезда: <b>завяли</b>")
    opened = await as_it_is(bot, order)
    dispute = pending(opened.disputes)
    assert dispute is not None
    assert (dispute.stars, dispute.answer_by - dispute.opened.at) == (1, timedelta(hours=72))
    card = await bot.press(Role.MANAGER, tap(order, Do.CARD))
    assert "&lt;b&gt;завяли" in card.text
    assert "Без ответа решат в пользу клиента" in card.text
    assert card.labels[0] == "Ответили во Flowwow"
    listed = await bot.press(Role.MANAGER, GuideTap(do=GuideDo.CASES, shop=1).pack())
    assert f"{order.number} · Жалоба после доставки" in listed.text
    case = await bot.press(Role.MANAGER, GuideTap(do=GuideDo.CASE, shop=1, order=order.id).pack())
    assert "Клиент жалуется после доставки" in case.text
    first = await bot.press(Role.MANAGER, tap(order, Do.GUIDE))
    assert first.labels[0] == "❗ Жалоба после доставки"
    situation = await bot.press(Role.MANAGER, first.data("❗ Жалоба после доставки"))
    assert Tap.unpack(situation.data("История файлом")).do is Do.HISTORY_FILE
    await bot.press(Role.MANAGER, situation.data("Ответили во Flowwow"))
    assert "Ждём решения Flowwow" in (await bot.press(Role.MANAGER, tap(order, Do.CARD))).text
    await bot.press(Role.MANAGER, tap(order, Do.DISPUTE_OVER))
    await bot.say(Role.MANAGER, "Промокод")
    over = await bot.press(Role.MANAGER, tap(order, Do.CARD))
    assert "Спор закончен: Промокод" in over.text


@pytest.mark.requirement("X30")
async def test_the_clients_own_complaint_opens_it_by_itself_and_only_chiefs_read_it(bot: Bot) -> None:
    steps = (DONE[0], (do.AssignSeller(3, "Оля"), Role.DIRECTOR), *DONE[1:])
    order = await bot.order(*steps)
    await bot.desk.do(order.id, OpenDispute("завяли за ночь"), client_of(order.id))
    async with bot.app.database.snapshot() as c:
        case = await cases.open_of_order(c, order.id)
        due = await deadline_rows.earliest(c)
        rang = {row.target for row in await c.execute(outbox.select()) if row.sound and row.kind == Kind.CARD}
    assert case is not None
    assert [one.key for one in case.matters] == ["complaint"]
    assert due is not None
    assert timedelta(hours=47) < due - datetime.now(UTC) < timedelta(hours=49)
    assert {100, 101} <= rang
    assert "завяли" in (await bot.press(Role.DIRECTOR, tap(order, Do.CARD))).text
    assert "завяли" not in (await bot.press(Role.SELLER, tap(order, Do.CARD))).text
    refused = await bot.press(Role.SELLER, tap(order, Do.DISPUTE_SENT))
    assert (refused.text, bool(refused.toast)) == ("", True)


@pytest.mark.requirement("X30")
async def test_alarms_ring_with_24_and_4_hours_left_until_somebody_has_answered(bot: Bot) -> None:
    order = await bot.order(*DONE)
    opened = await bot.desk.do(order.id, OpenDispute("2 звезды"), bot.actors[Role.MANAGER])
    dispute = pending(opened.disputes)
    assert dispute is not None

    def due(of: Order, fired: dict[DeadlineKind, datetime]) -> list[timedelta]:
        found = deadlines(of, RULES, fired)
        return [dispute.answer_by - one.due_at for one in found if one.kind is DeadlineKind.DISPUTE_DUE]

    first = dispute.answer_by - timedelta(hours=24)
    assert due(opened, {}) == [timedelta(hours=24)]
    assert due(opened, {DeadlineKind.DISPUTE_DUE: first}) == [timedelta(hours=4)]
    assert due(opened, {DeadlineKind.DISPUTE_DUE: first + timedelta(hours=20)}) == []
    await bot.press(Role.DIRECTOR, tap(order, Do.DISPUTE_SENT))
    assert due(await as_it_is(bot, order), {}) == []


@pytest.mark.requirement("X30", "R58")
async def test_declining_shows_its_whole_price(bot: Bot) -> None:
    order = await bot.order()
    asked = await bot.press(Role.DIRECTOR, tap(order, Do.DECLINE))
    assert "Отказ считается оценкой в 1 звезду" in asked.text
    assert "Отказов в этом месяце: 0. При 3 магазин теряет статус Супермагазина, можно ещё 2" in asked.text
