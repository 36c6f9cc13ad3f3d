"""Routes: show them, reorder their stops, compute them again (X26)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop, put_menu, say
from handlers.frame.command_flow import answer_tap, leave_dialogue, redraw
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, open_dialogue
from handlers.frame.keyboard_filter import Named
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.delivery import RouteDo, RouteTap
from messages.delivery.route import Reader, minutes_question, route_screen, routes_screen
from messages.ui.screen import Screen
from orders.access.roles import Act, may
from orders.bell.passing import Kind
from services.delivery.route_choices import RouteChoices
from services.delivery.route_views import empty

router = Router(name="routes")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())

Move = Callable[[Sequence[int]], Sequence[int]]


def reader_of(visit: Visit) -> Reader:
    """The person who views a route, with the current time."""
    return Reader(visit.actor, visit.shop.id, visit.rules, visit.now, visit.t)


@router.message(Named("routes-board", "route-board", "command-routes"))
@router.message(Command("routes"))
async def show_routes(message: Message, state: FSMContext, route_choices: RouteChoices, visit: Visit) -> None:
    """Show chiefs all routes, others their own route."""
    await leave_dialogue(state, message)
    await put_menu(message, await _all(route_choices, visit))
    await drop(message, message.message_id)


@router.callback_query(RouteTap.filter(F.do == RouteDo.LIST))
async def list_routes(query: CallbackQuery, route_choices: RouteChoices, visit: Visit) -> None:
    """Show the list: a new message below the pinned board, otherwise in place of the route."""
    await answer_tap(query, "")
    message = query.message
    if not isinstance(message, Message):
        return
    if await route_choices.is_board(visit.shop.id, message.chat.id, message.message_id):
        await put_menu(message, await _all(route_choices, visit))
    else:
        await redraw(message, await _all(route_choices, visit))


@router.callback_query(RouteTap.filter(F.do == RouteDo.SHOW))
async def show_route(
    query: CallbackQuery, callback_data: RouteTap, route_choices: RouteChoices, visit: Visit
) -> None:
    """Show one route, with the stop that the buttons move marked."""
    if not _may(callback_data, visit):
        await answer_tap(query, visit.t.plain("route-not-yours"))
        return
    await answer_tap(query, "")
    await _redraw(query, callback_data, callback_data.order, route_choices, visit)


@router.callback_query(RouteTap.filter(F.do.in_({RouteDo.UP, RouteDo.DOWN, RouteDo.FIRST})))
async def move_stop(
    query: CallbackQuery,
    callback_data: RouteTap,
    route_choices: RouteChoices,
    visit: Visit,
) -> None:
    """Move the marked stop up, down or to the front."""
    staff_id, order_id = callback_data.staff, callback_data.order
    view = (await route_choices.views(visit.shop, visit.actor, visit.now)).get(staff_id)
    if not _may(callback_data, visit):
        await answer_tap(query, visit.t.plain("route-not-yours"))
        return
    if view is None or view.route.of(order_id) is None:
        await answer_tap(query, visit.t.plain("route-stop-gone"))
    elif len(view.route.stops) == 1:
        await answer_tap(query, visit.t.plain("route-only-stop"))
    else:
        before = len(view.route.lost)
        route = await route_choices.choose(visit.actor, staff_id, _move(callback_data))
        is_worse = route is not None and len(route.lost) > before
        await answer_tap(query, visit.t.plain("route-moved-lost" if is_worse else "route-moved"))
    await _redraw(query, callback_data, order_id, route_choices, visit)


@router.callback_query(RouteTap.filter(F.do == RouteDo.COMPUTE))
async def compute(
    query: CallbackQuery,
    callback_data: RouteTap,
    route_choices: RouteChoices,
    visit: Visit,
) -> None:
    """Restore the computed order of the stops."""
    done = await route_choices.compute(visit.actor, callback_data.staff)
    await answer_tap(query, visit.t.plain("route-not-yours" if done is None else "route-computed"))
    if done is not None:
        await _redraw(query, callback_data, callback_data.order, route_choices, visit)


@router.callback_query(RouteTap.filter(F.do == RouteDo.MINUTES))
async def ask_minutes(
    query: CallbackQuery,
    callback_data: RouteTap,
    state: FSMContext,
    route_choices: RouteChoices,
    visit: Visit,
) -> None:
    """Ask how long the way to the marked stop takes, or where it is."""
    view = (await route_choices.views(visit.shop, visit.actor, visit.now)).get(callback_data.staff)
    stop = view.route.of(callback_data.order) if view is not None else None
    if view is None or stop is None:
        key = "route-stop-gone" if _may(callback_data, visit) else "route-not-yours"
        await answer_tap(query, visit.t.plain(key))
        return
    await answer_tap(query, "")
    message = query.message
    if isinstance(message, Message):
        await leave_dialogue(state, message)
        await say(message, Kind.QUESTION, minutes_question(view.route, stop.order, reader_of(visit)))
        data = {"shop": visit.shop.id, "staff": callback_data.staff, "order": callback_data.order}
        await open_dialogue(state, Waiting.way, data)


def _may(tap: RouteTap, visit: Visit) -> bool:
    of_all = may(visit.actor, Act.SEE_ALL_ORDERS, visit.shop.id)
    return tap.shop == visit.shop.id and (of_all or tap.staff == visit.member.staff_id)


def _move(tap: RouteTap) -> Move:
    """Returns a function that moves the stop within the sequence as stored when it runs."""

    def moved(sequence: Sequence[int]) -> Sequence[int]:
        if tap.order not in sequence:
            return sequence
        at = sequence.index(tap.order)
        to = {RouteDo.UP: max(at - 1, 0), RouteDo.DOWN: at + 1}.get(tap.do, 0)
        others = [one for one in sequence if one != tap.order]
        return [*others[:to], tap.order, *others[to:]]

    return moved


async def _all(route_choices: RouteChoices, visit: Visit) -> Screen:
    found, reader = await route_choices.views(visit.shop, visit.actor, visit.now), reader_of(visit)
    if may(visit.actor, Act.SEE_ALL_ORDERS, visit.shop.id):
        return visit.placed(routes_screen(list(found.values()), reader))
    own = visit.member.staff_id
    return visit.placed(route_screen(found.get(own) or empty(own), reader))


async def _redraw(
    query: CallbackQuery, tap: RouteTap, marked: int, route_choices: RouteChoices, visit: Visit
) -> None:
    view = (await route_choices.views(visit.shop, visit.actor, visit.now)).get(tap.staff) or empty(tap.staff)
    if isinstance(query.message, Message):
        await redraw(query.message, visit.placed(route_screen(view, reader_of(visit), marked)))
