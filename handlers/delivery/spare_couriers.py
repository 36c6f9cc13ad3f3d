"""Spare couriers: calling them one after another for an order, and keeping their list (R89)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop, put_menu, remark, say
from handlers.frame.command_flow import answer_tap, ask, carry_out, explain, leave_dialogue, redraw
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, finish_dialogue, open_dialogue
from handlers.frame.keyboard_filter import Named
from handlers.frame.reception import FromStaff, InPrivate, May
from messages.callbacks.delivery import SpareDo, SpareListDo, SpareListTap, SpareTap
from messages.delivery import spare_couriers as screens
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.access.roles import Act
from orders.bell.passing import Kind
from orders.delivery.spare_couriers import SpareCourier, next_to_call
from orders.model.delivery_facts import CallAnswer
from orders.model.order import Order
from orders.model.refusals import Refusal
from orders.steps.commands import HandToThirdParty
from orders.steps.delivery_commands import NoteCall
from services.delivery.spare_couriers import SpareCouriers
from services.order.desk import Desk
from services.phones import card_phone, split_contact
from services.sending.live_cards import LiveCards

router = Router(name="spare_couriers")
router.message.filter(May(Act.KEEP_SPARE_COURIERS), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())


@router.callback_query(SpareTap.filter(F.do == SpareDo.SHOW))
async def show_next(
    query: CallbackQuery,
    callback_data: SpareTap,
    spare_couriers: SpareCouriers,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Show whom to call for this order."""
    order = await _order(query, callback_data, desk, visit)
    if order is not None:
        await answer_tap(query, "")
        await _show(query, order, callback_data.spare, spare_couriers, live_cards, visit)


@router.callback_query(SpareTap.filter(F.do.in_({SpareDo.CANNOT, SpareDo.NO_ANSWER})))
async def note_answer(
    query: CallbackQuery,
    callback_data: SpareTap,
    spare_couriers: SpareCouriers,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Record the courier's answer, and show the next one to call."""
    order, spare = await _order_and_spare(query, callback_data, spare_couriers, desk, visit)
    if order is None or spare is None:
        return
    command = NoteCall(spare.name, spare.phone, CallAnswer(callback_data.do.value))
    outcome = await carry_out(order.id, command, desk, visit)
    await answer_tap(query, outcome.words)
    if outcome.done:
        await _show(query, await desk.look(order.id, visit.actor), 0, spare_couriers, live_cards, visit)


@router.callback_query(SpareTap.filter(F.do == SpareDo.COMES))
async def hand_to(
    query: CallbackQuery,
    callback_data: SpareTap,
    state: FSMContext,
    spare_couriers: SpareCouriers,
    desk: Desk,
    visit: Visit,
) -> None:
    """Make the spare courier who agreed the order's courier from outside (R41, R43)."""
    order, spare = await _order_and_spare(query, callback_data, spare_couriers, desk, visit)
    if order is not None and spare is not None:
        outcome = await carry_out(order.id, HandToThirdParty(spare.name, spare.phone), desk, visit)
        await answer_tap(query, outcome.words)
        if outcome.question is not None and isinstance(query.message, Message):
            await ask(outcome.question, query.message, state, desk, visit)


@router.message(Named("command-spare"))
@router.message(Command("spare"))
async def send_list(message: Message, state: FSMContext, spare_couriers: SpareCouriers, visit: Visit) -> None:
    """Show the list to directors and managers."""
    await leave_dialogue(state, message)
    await put_menu(message, screens.spare_list(await spare_couriers.of_shop(visit.shop.id), visit.t))
    await drop(message, message.message_id)


@router.callback_query(May(Act.KEEP_SPARE_COURIERS), SpareListTap.filter(F.do == SpareListDo.SHOW))
async def show_list(
    query: CallbackQuery, state: FSMContext, spare_couriers: SpareCouriers, visit: Visit
) -> None:
    """Send the list as a new message: the order's card stays in its place."""
    await state.clear()
    await answer_tap(query, "")
    screen = screens.spare_list(await spare_couriers.of_shop(visit.shop.id), visit.t)
    if isinstance(query.message, Message):
        await put_menu(query.message, screen)


@router.callback_query(May(Act.KEEP_SPARE_COURIERS), SpareListTap.filter(F.do == SpareListDo.OPEN))
async def show_one(
    query: CallbackQuery, callback_data: SpareListTap, spare_couriers: SpareCouriers, visit: Visit
) -> None:
    """Show one courier of the list."""
    spare = await spare_couriers.get(visit.shop.id, callback_data.spare)
    if spare is None:
        await answer_tap(query, visit.t.plain("toast-spare-gone"))
        return
    await answer_tap(query, "")
    await _put(query, screens.one_spare(spare, visit.t))


@router.callback_query(May(Act.KEEP_SPARE_COURIERS), SpareListTap.filter(F.do == SpareListDo.REMOVE))
async def remove(
    query: CallbackQuery, callback_data: SpareListTap, spare_couriers: SpareCouriers, visit: Visit
) -> None:
    """Remove a courier from the list."""
    await spare_couriers.remove(visit.shop.id, callback_data.spare)
    await answer_tap(query, visit.t.plain("toast-spare-removed"))
    await _put(query, screens.spare_list(await spare_couriers.of_shop(visit.shop.id), visit.t))


@router.callback_query(May(Act.KEEP_SPARE_COURIERS), SpareListTap.filter(F.do == SpareListDo.ADD))
async def ask_whom(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    """Ask for name and phone, or a contact card."""
    await answer_tap(query, "")
    await open_dialogue(state, Waiting.spare, {"shop": visit.shop.id})
    if isinstance(query.message, Message):
        await say(query.message, Kind.QUESTION, visit.t("spare-ask"))


@router.callback_query(SpareListTap.filter())
async def refuse_others(query: CallbackQuery, visit: Visit) -> None:
    """Refuse the list to all but directors and managers."""
    await answer_tap(query, visit.t.plain("toast-spare-chiefs"))


@router.message(Waiting.spare, F.contact | F.text)
async def take_spare(
    message: Message, state: FSMContext, spare_couriers: SpareCouriers, visit: Visit
) -> None:
    """Add a courier: name and phone on the first line, a note below; or a contact card."""
    name, phone, note = _read(message, visit)
    if not phone:
        await remark(message, visit.t("spare-no-phone"))
        return
    known = await spare_couriers.of_shop(visit.shop.id)
    if len(known) >= screens.MOST_SPARES and phone not in {spare.phone for spare in known}:
        await remark(message, visit.t("spare-list-full", count=screens.MOST_SPARES))
        return
    await spare_couriers.put(visit.shop.id, name or phone, phone, note)
    await finish_dialogue(state, message)
    screen = screens.spare_list(await spare_couriers.of_shop(visit.shop.id), visit.t)
    await put_menu(message, screen)


@router.message(Waiting.spare)
async def refuse_other(message: Message, visit: Visit) -> None:
    """Say that a phone is needed; the question stays open."""
    await remark(message, visit.t("spare-no-phone"))


def _read(message: Message, visit: Visit) -> tuple[str, str, str]:
    if message.contact is not None:
        names = (message.contact.first_name, message.contact.last_name)
        phone = card_phone(message.contact.phone_number) or ""
        return clean(" ".join(filter(None, names)), limits.STAFF), phone, ""
    first, _, rest = (message.text or "").strip().partition("\n")
    name, phone = split_contact(first, visit.rules.country)
    return clean(name, limits.STAFF), phone, clean(rest, limits.REASON)


async def _order(query: CallbackQuery, tap: SpareTap, desk: Desk, visit: Visit) -> Order | None:
    """Returns the order if this person may call spare couriers for it; None after telling them why not."""
    try:
        return await desk.check(tap.order, NoteCall("", "", CallAnswer.CANNOT), visit.actor)
    except Refusal as refused:
        await answer_tap(query, await explain(refused, tap.order, desk, visit))
        return None


async def _order_and_spare(
    query: CallbackQuery, tap: SpareTap, spare_couriers: SpareCouriers, desk: Desk, visit: Visit
) -> tuple[Order | None, SpareCourier | None]:
    order = await _order(query, tap, desk, visit)
    if order is None:
        return None, None
    spare = await spare_couriers.get(visit.shop.id, tap.spare)
    if spare is None:
        await answer_tap(query, visit.t.plain("toast-spare-gone"))
    return order, spare


async def _show(
    query: CallbackQuery,
    order: Order,
    wanted: int,
    spare_couriers: SpareCouriers,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    spares = await spare_couriers.of_shop(visit.shop.id)
    named = next((spare for spare in spares if spare.id == wanted), None)
    look = Look(order, visit.actor, visit.rules, visit.now, visit.t)
    screen = screens.calling(look, spares, named or next_to_call(spares, order.calls))
    message = query.message
    if isinstance(message, Message):
        await live_cards.adopt_menu(order, query.from_user.id, lambda: redraw(message, screen))


async def _put(query: CallbackQuery, screen: Screen) -> None:
    if isinstance(query.message, Message):
        await redraw(query.message, screen)
