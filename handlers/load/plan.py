"""The plan of the day: assign orders by a tap, days off, shopping list (X27)."""

from __future__ import annotations

from datetime import date

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop, put_menu
from handlers.frame.command_flow import answer_tap, carry_out, leave_dialogue
from handlers.frame.context import Visit
from handlers.frame.keyboard_filter import Named
from handlers.frame.reception import InPrivate, May
from handlers.goods.catalogue_common import show
from handlers.load.load import day_of
from messages.callbacks.load import PlanDo, PlanTap
from messages.load import plan as screens
from messages.load.shopping import shopping_screen
from messages.ui.screen import Screen
from orders.access.roles import Act
from orders.load.plan import Plan
from orders.model.refusals import Refusal
from orders.model.status import IN_THE_SHOP
from orders.steps.commands import AssignSeller
from services.load.days import ShopDays
from services.order.desk import Desk

router = Router(name="plan")
router.message.filter(May(Act.SEE_ALL_ORDERS), InPrivate())
router.callback_query.filter(May(Act.SEE_ALL_ORDERS), InPrivate())


@router.message(Named("do-plan", "command-plan"))
@router.message(Command("plan"))
async def show_plan(message: Message, state: FSMContext, shop_days: ShopDays, visit: Visit) -> None:
    """Show today's plan."""
    await leave_dialogue(state, message)
    await put_menu(message, await _today(shop_days, visit))
    await drop(message, message.message_id)


@router.callback_query(PlanTap.filter(F.do == PlanDo.OPEN))
async def open_plan(query: CallbackQuery, shop_days: ShopDays, visit: Visit) -> None:
    """Show the plan below the pinned board."""
    await answer_tap(query, "")
    if isinstance(query.message, Message):
        await put_menu(query.message, await _today(shop_days, visit))


@router.callback_query(PlanTap.filter(F.do == PlanDo.SHOW))
async def turn_plan(query: CallbackQuery, callback_data: PlanTap, shop_days: ShopDays, visit: Visit) -> None:
    """Show another day or page in the same message."""
    await _show(query, callback_data, shop_days, visit)


@router.callback_query(PlanTap.filter(F.do == PlanDo.WHO))
async def ask_who(query: CallbackQuery, callback_data: PlanTap, shop_days: ShopDays, visit: Visit) -> None:
    """Ask which of the people at work should assemble this order."""
    day = day_of(callback_data.day, visit)
    plan = await shop_days.plan(visit.shop, day)
    job = next((one for one in plan.jobs if one.order.id == callback_data.order), None)
    if job is None:
        await _show(query, callback_data, shop_days, visit, visit.t.plain("toast-plan-gone"))
        return
    people = [florist for florist, works in await shop_days.people_on(visit.shop.id, day) if works]
    screen = screens.who_screen(visit.shop.id, plan, job, people, visit.rules, visit.now, visit.t)
    await show(query, visit, screen)


@router.callback_query(PlanTap.filter(F.do == PlanDo.GIVE))
async def give(
    query: CallbackQuery,
    callback_data: PlanTap,
    desk: Desk,
    shop_days: ShopDays,
    visit: Visit,
) -> None:
    """Assign the order, unless the person no longer works here."""
    name = (await shop_days.assemblers(visit.shop.id)).get(callback_data.person)
    if name is None:
        await _show(query, callback_data, shop_days, visit, visit.t.plain("toast-colleague-gone"))
        return
    command = AssignSeller(callback_data.person, name)
    outcome = await carry_out(callback_data.order, command, desk, visit)
    await _show(query, callback_data, shop_days, visit, outcome.words)


@router.callback_query(PlanTap.filter(F.do == PlanDo.GIVE_ALL))
async def give_all(
    query: CallbackQuery, callback_data: PlanTap, desk: Desk, shop_days: ShopDays, visit: Visit
) -> None:
    """Assign the orders as proposed; one refusal does not stop the others.

    Orders not accepted yet are only counted. Each florist is notified with sound of their first order only.
    """
    plan = await shop_days.plan(visit.shop, day_of(callback_data.day, visit))
    done, refused, not_accepted, called = 0, 0, 0, set[int]()
    for job in plan.proposed:
        if job.florist is None or job.order.status not in IN_THE_SHOP:
            not_accepted += 1
            continue
        florist = job.florist
        command = AssignSeller(florist.staff_id, florist.name, heard=florist.staff_id not in called)
        try:
            await desk.do(job.order.id, command, visit.actor)
            done += 1
            called.add(florist.staff_id)
        except Refusal:
            refused += 1
    await _show(query, callback_data, shop_days, visit, screens.given(done, refused, not_accepted, visit.t))


@router.callback_query(PlanTap.filter(F.do == PlanDo.STAFF))
async def show_staff(query: CallbackQuery, callback_data: PlanTap, shop_days: ShopDays, visit: Visit) -> None:
    """Show who works on this day."""
    await _show_staff(query, day_of(callback_data.day, visit), shop_days, visit)


@router.callback_query(PlanTap.filter(F.do == PlanDo.TURN))
async def turn_person(
    query: CallbackQuery, callback_data: PlanTap, shop_days: ShopDays, visit: Visit
) -> None:
    """Switch whether the person works on this day."""
    day = day_of(callback_data.day, visit)
    await shop_days.turn_day_off(visit.shop.id, callback_data.person, day)
    await _show_staff(query, day, shop_days, visit)


@router.callback_query(PlanTap.filter(F.do == PlanDo.BUY))
async def show_shopping(
    query: CallbackQuery, callback_data: PlanTap, shop_days: ShopDays, visit: Visit
) -> None:
    """Show the shopping list for today and tomorrow."""
    needed = await shop_days.shopping(visit.shop)
    day = day_of(callback_data.day, visit)
    await show(query, visit, shopping_screen(visit.shop.id, needed, day, visit.t))


async def _today(shop_days: ShopDays, visit: Visit) -> Screen:
    plan = await shop_days.plan(visit.shop, day_of(0, visit))
    return visit.placed(screens.plan_screen(visit.shop.id, plan, visit.rules, visit.now, visit.t))


async def _show(
    query: CallbackQuery, tap: PlanTap, shop_days: ShopDays, visit: Visit, words: str = ""
) -> None:
    plan: Plan = await shop_days.plan(visit.shop, day_of(tap.day, visit))
    screen = screens.plan_screen(visit.shop.id, plan, visit.rules, visit.now, visit.t, tap.page)
    await show(query, visit, screen, words)


async def _show_staff(query: CallbackQuery, day: date, shop_days: ShopDays, visit: Visit) -> None:
    people = await shop_days.people_on(visit.shop.id, day)
    await show(
        query, visit, screens.staff_screen(visit.shop.id, day, people, visit.rules, visit.now, visit.t)
    )
