"""Buttons of an order's card."""

from __future__ import annotations

import re

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, InputMediaPhoto, Message
from markupsafe import Markup

from handlers.frame.clean_chat import say
from handlers.frame.command_flow import (
    answer_tap,
    ask,
    carry_out,
    explain,
    leave_dialogue,
    order_for,
    order_for_step,
    take_away_request,
)
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, open_dialogue, open_question
from handlers.frame.follow_ups import further
from handlers.frame.reception import FromStaff, InPrivate
from handlers.frame.shown_pictures import opened, told_once
from messages.callbacks.order import Do, Tap
from messages.delivery.delivery_steps import proof_request
from messages.order.history.record import readable
from messages.order.menus import cancel_reasons
from messages.photo import photos as photo_screens
from messages.ui.available_actions import ACTIONS
from orders.access.roles import Act, may
from orders.bell.passing import Kind
from orders.client.agreements import on_record
from orders.model.delivery_facts import AddressSource, CallAnswer
from orders.model.order import Handover, Order, Topic
from orders.model.refusals import Reason, Refusal
from orders.model.rules import HandoverProof
from orders.steps import commands as do
from orders.steps import delivery_commands as on_the_way
from orders.steps.phone_steps import may_read_phone, without_client_phone
from services.order.desk import Desk
from services.photo.photos import Photos
from services.sending.live_cards import LiveCards
from services.team.visitors import Visitors

STAFF_ID = re.compile(r"[0-9]{1,18}")

MOST_PHOTOS = 10
"""Telegram's maximum for an album; earlier photos are in the history."""

router = Router(name="taps")
router.callback_query.filter(FromStaff(), InPrivate())

COMMANDS = {button: action.at_once for button, action in ACTIONS.items() if action.at_once is not None}
"""Buttons that give a command without a menu; the rules ask for missing words."""


@router.callback_query(Tap.filter(F.do.in_(COMMANDS)))
async def give_command(
    query: CallbackQuery,
    callback_data: Tap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Give the button's command."""
    await _give(query, callback_data.order, COMMANDS[callback_data.do], state, desk, live_cards, visit)


@router.callback_query(Tap.filter(F.do == Do.TAKE_BACK))
async def take_back(
    query: CallbackQuery,
    callback_data: Tap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Undo a wrong tap at once, without asking for a reason (X18)."""
    command = do.Undo(visit.t.plain("undo-at-once"))
    await _give(query, callback_data.order, command, state, desk, live_cards, visit)


@router.callback_query(Tap.filter(F.do == Do.AS_AGREED))
async def give_as_agreed(
    query: CallbackQuery,
    callback_data: Tap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Complete the order for the person agreed with the client, without more questions (R56, R57)."""
    order = await order_for_step(query, callback_data, desk, visit)
    if order is None:
        return
    agreed = on_record(order, Topic.THIRD_PERSON)
    whom = agreed.proposal.words if agreed is not None else ""
    command = do.Complete(Handover.THIRD_PERSON, whom, agreed_with_client=agreed is not None)
    await _give(query, order.id, command, state, desk, live_cards, visit)


@router.callback_query(Tap.filter(F.do == Do.CANCEL_YES))
async def cancel(
    query: CallbackQuery,
    callback_data: Tap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Cancel at the client's wish, with the chosen reason, if any (R48, R71)."""
    ready = dict(enumerate(cancel_reasons(visit.t)))
    chosen = int(callback_data.arg) if callback_data.arg in {str(index) for index in ready} else None
    command = do.Cancel("" if chosen is None else ready[chosen])
    await _give(query, callback_data.order, command, state, desk, live_cards, visit)


@router.callback_query(Tap.filter(F.do.in_({Do.ASSIGN_TO, Do.COURIER_IS})))
async def give_to_colleague(
    query: CallbackQuery,
    callback_data: Tap,
    state: FSMContext,
    visitors: Visitors,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Assign the chosen seller or courier, unless they no longer work here."""
    wanted = int(callback_data.arg) if STAFF_ID.fullmatch(callback_data.arg) else 0
    colleague = await visitors.colleague(visit.shop.id, wanted)
    if colleague is None:
        await answer_tap(query, visit.t.plain("toast-colleague-gone"))
        return
    kind = do.AssignSeller if callback_data.do is Do.ASSIGN_TO else do.AssignCourier
    command = kind(colleague.staff_id, colleague.name)
    await _give(query, callback_data.order, command, state, desk, live_cards, visit)


@router.callback_query(Tap.filter(F.do == Do.LATE_BY))
async def say_late(
    query: CallbackQuery,
    callback_data: Tap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Report the chosen lateness; the rules refuse any other number (R52)."""
    minutes = int(callback_data.arg) if STAFF_ID.fullmatch(callback_data.arg) else 0
    await _give(query, callback_data.order, on_the_way.SayLate(minutes), state, desk, live_cards, visit)


@router.callback_query(Tap.filter(F.do == Do.ASKED))
async def note_asked(
    query: CallbackQuery,
    callback_data: Tap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Record who was asked for the address (X24)."""
    whom = callback_data.arg if callback_data.arg in set(AddressSource) else AddressSource.CLIENT
    command = on_the_way.AskAddress(AddressSource(whom))
    await _give(query, callback_data.order, command, state, desk, live_cards, visit)


@router.callback_query(Tap.filter(F.do == Do.STILL))
async def still_on_the_way(
    query: CallbackQuery,
    callback_data: Tap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Record that the courier from outside is on the way; the next question waits its interval (R43)."""
    order = await order_for_step(query, callback_data, desk, visit)
    carrier = order.progress.carrier if order else None
    if carrier is None:
        return
    command = on_the_way.NoteCall(carrier.name, carrier.phone, CallAnswer.ON_THE_WAY)
    await _give(query, callback_data.order, command, state, desk, live_cards, visit)


@router.callback_query(Tap.filter(F.do == Do.PROOF_IS))
async def choose_proof(
    query: CallbackQuery,
    callback_data: Tap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Choose which proof this order's hand-over needs (X25)."""
    proof = callback_data.arg if callback_data.arg in set(HandoverProof) else HandoverProof.NONE
    command = on_the_way.ChooseProof(HandoverProof(proof))
    await _give(query, callback_data.order, command, state, desk, live_cards, visit)


async def _give(
    query: CallbackQuery,
    order_id: int,
    command: do.Command,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    outcome = await carry_out(order_id, command, desk, visit)
    await answer_tap(query, outcome.words)
    if outcome.done and isinstance(command, do.Accept):
        await live_cards.open_if_absent(order_id, query.from_user.id)
    if outcome.done and outcome.shown:
        await live_cards.take_in_hand(order_id, query.from_user.id)
    if outcome.done and (next_step := await further(command, order_id, desk, visit)) is not None:
        outcome = await carry_out(order_id, next_step, desk, visit)
    if outcome.question is not None:
        await ask(outcome.question, _chat_of(query), state, desk, visit)
    if outcome.asks_photo:
        order = await desk.look(order_id, visit.actor)
        await _request_picture(order, _chat_of(query), state, live_cards, visit, is_proof=True)


@router.callback_query(Tap.filter(F.do == Do.OPEN))
async def open_card(
    query: CallbackQuery, callback_data: Tap, desk: Desk, live_cards: LiveCards, visit: Visit
) -> None:
    """Send the card as a new message."""
    order = await order_for(query, callback_data.order, desk, visit)
    if order is not None:
        await answer_tap(query, "")
        await live_cards.move_down(order.id, query.from_user.id)


@router.callback_query(Tap.filter(F.do == Do.CARD))
async def back_to_card(
    query: CallbackQuery,
    callback_data: Tap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Return from a menu to the card; an open question that would complete this order is closed.

    The button is «Ещё не вручён».
    """
    order = await order_for(query, callback_data.order, desk, visit)
    if order is not None:
        await answer_tap(query, "")
        question = await open_question(state)
        if question and question.order == order.id and isinstance(question.command, do.Complete):
            await leave_dialogue(state, _chat_of(query))
        await live_cards.adopt(order.id, query.from_user.id, _chat_of(query).message_id)
        await live_cards.refresh(order.id, query.from_user.id, aloud=False)


@router.callback_query(Tap.filter(F.do.in_({Do.PHOTO, Do.PROOF})))
async def ask_for_picture(
    query: CallbackQuery,
    callback_data: Tap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Ask for a photo of the order (R23, R25) or of its hand-over (X8): the person's next picture."""
    order = await order_for_step(query, callback_data, desk, visit)
    if order is None:
        return
    await answer_tap(query, "")
    is_proof = callback_data.do is Do.PROOF
    await _request_picture(order, _chat_of(query), state, live_cards, visit, is_proof=is_proof)


async def _request_picture(
    order: Order, message: Message, state: FSMContext, live_cards: LiveCards, visit: Visit, *, is_proof: bool
) -> None:
    before = await state.get_data()
    # Store the dialogue first: a request that takes no photo would be worse than a photo without a request.
    await open_dialogue(state, Waiting.picture, {"order": order.id, "proof": is_proof})
    screen = proof_request(order, visit.t) if is_proof else photo_screens.request(visit.look(order), 0)
    request = await say(message, Kind.STEP, screen.text, reply_markup=screen.keyboard)
    await state.update_data(request=request.message_id, chat=message.chat.id)
    await take_away_request(before, message)
    if not is_proof:
        prompts, newest = live_cards.prompts, order.progress.next_photo - 1
        await prompts.listed(order.id, message.chat.id, request.message_id, newest)
        await prompts.take_again(order.id, message.chat.id, message.message_id)


@router.callback_query(Tap.filter(F.do == Do.SHOW_PHOTO))
async def show_photo(
    query: CallbackQuery, callback_data: Tap, desk: Desk, photos: Photos, visit: Visit
) -> None:
    """Send the photo's versions, the newest last, each with the complaint it answers (R33)."""
    order = await order_for(query, callback_data.order, desk, visit)
    if order is None:
        return
    if not order.progress.photos:
        await answer_tap(query, visit.t.plain("toast-no-photo"))
        return
    if await order_for_step(query, callback_data, desk, visit) is None:
        return
    await answer_tap(query, "")
    shown: list[InputMediaPhoto] = []
    lost: list[Markup] = []
    for photo in order.progress.photos[-MOST_PHOTOS:]:
        words = visit.t("photo-file-lost", number=order.number, version=photo.version)
        content = await opened(photos.shown(photo), words, visit)
        if isinstance(content, bytes):
            file = BufferedInputFile(content, f"{photo.version}.jpg")
            shown.append(InputMediaPhoto(media=file, caption=photo_screens.caption(order, photo, visit.t)))
        else:
            lost.append(content)
    await _send(shown, lost, _chat_of(query))


async def _send(shown: list[InputMediaPhoto], lost: list[Markup], chat: Message) -> None:
    if len(shown) == 1:  # an album needs at least two pictures
        await chat.answer_photo(shown[0].media, caption=shown[0].caption)
    elif shown:
        await chat.answer_media_group(list(shown))
    if lost:
        await say(chat, Kind.REMARK, told_once(lost))


@router.callback_query(Tap.filter(F.do == Do.SHOW_PROOF))
async def show_proofs(
    query: CallbackQuery, callback_data: Tap, desk: Desk, photos: Photos, visit: Visit
) -> None:
    """Send the photos of the hand-over, for those who work in the shop (X8)."""
    order = await order_for_step(query, callback_data, desk, visit)
    if order is None:
        return
    await answer_tap(query, "")
    lost = []
    for proof in order.proofs:
        words = visit.t("photo-proof-lost", number=order.number, version=proof.version)
        content = await opened(photos.shown(proof), words, visit)
        if isinstance(content, bytes):
            caption = visit.t("caption-proof", number=order.number, version=proof.version)
            photo = BufferedInputFile(content, f"{order.number}.jpg")
            await _chat_of(query).answer_photo(photo, caption=caption)
        else:
            lost.append(content)
    await _send([], lost, _chat_of(query))


@router.callback_query(Tap.filter(F.do == Do.WHOLE))
async def send_whole(query: CallbackQuery, callback_data: Tap, desk: Desk, visit: Visit) -> None:
    """Send the order as a text file to directors and managers; the client's phone as on the card (R82)."""
    order = await order_for(query, callback_data.order, desk, visit)
    if order is None:
        return
    if not may(visit.actor, Act.SEE_MONEY, visit.shop.id):
        await answer_tap(query, await explain(Refusal(Reason.NOT_YOURS), order.id, desk, visit))
        return
    await answer_tap(query, "")
    if not may_read_phone(order, visit.actor, visit.now):
        order = without_client_phone(order)
    text = readable(order, visit.rules, visit.t, visit.now)
    file = BufferedInputFile(text.encode(), f"{order.number}.txt")
    await _chat_of(query).answer_document(file)


def _chat_of(query: CallbackQuery) -> Message:
    """The message of the tapped button; always present, as `InPrivate` checks it."""
    if not isinstance(query.message, Message):
        raise TypeError("a button without its message")
    return query.message
