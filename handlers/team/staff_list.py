"""The staff list: chiefs add people by phone, card or link, change and remove them (R14, R17)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram.utils.deep_linking import create_start_link
from markupsafe import Markup

from handlers.frame.clean_chat import drop, put_menu, remark
from handlers.frame.command_flow import answer_tap, leave_dialogue, redraw
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, finish_dialogue, open_dialogue
from handlers.frame.keyboard_filter import Label
from handlers.frame.reception import FromStaff, InPrivate, May
from messages.callbacks.team import TeamDo, TeamTap
from messages.i18n.untrusted_text import clean
from messages.team import staff_list as screens
from messages.ui.buttons import keyboard
from messages.ui.screen import Screen
from orders.access.roles import Act, addable
from orders.model.people import Role
from services.phones import card_phone, phone_finder, split_contact
from services.team.staff_list import HOLDS, Team, TeamRefusal, Why
from storage.team.staff import Member

LONGEST_NAME = 60


router = Router(name="team")
router.message.filter(May(Act.SEE_TEAM), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())


@dataclass(frozen=True, slots=True)
class Asked:
    """A tap on the staff list with everything needed to answer it."""

    tap: TeamTap
    state: FSMContext
    bot: Bot
    team: Team
    visit: Visit

    @property
    def given(self) -> screens.Given:
        return given_by(self.visit)


Answer = tuple[Screen, str]
"""The new screen and the toast's words."""


def given_by(visit: Visit) -> screens.Given:
    """Returns the values that the screens are drawn from."""
    return screens.Given(visit.actor, visit.shop.id, visit.rules, visit.now, visit.t)


@router.message(Label("button-team"))
@router.message(Command("team"))
async def show_team(message: Message, state: FSMContext, team: Team, visit: Visit) -> None:
    """List the staff, and who is connected."""
    await leave_dialogue(state, message)
    await put_menu(message, await _team(team, visit))
    await drop(message, message.message_id)


@router.callback_query(TeamTap.filter())
async def turn(
    query: CallbackQuery, callback_data: TeamTap, state: FSMContext, bot: Bot, team: Team, visit: Visit
) -> None:
    """Handle any button of the staff list in the same message. `Team` checks the rights."""
    try:
        screen, words = await _TAPS[callback_data.do](Asked(callback_data, state, bot, team, visit))
    except TeamRefusal as refused:
        await answer_tap(query, refusal_words(refused, visit))
        return
    await answer_tap(query, words)
    if isinstance(query.message, Message):
        await redraw(query.message, screen)


def refusal_words(refused: TeamRefusal, visit: Visit) -> str:
    """Returns the reason of a refusal in the person's language."""
    return visit.t.plain(f"team-refused-{refused.why.value}")


@router.message(Waiting.colleague, F.contact | F.text)
async def take_contact(message: Message, state: FSMContext, visit: Visit) -> None:
    """Read a phone and a name in any order, or a contact card."""
    if message.contact is not None:
        phone = card_phone(message.contact.phone_number) or ""
        name = " ".join(filter(None, (message.contact.first_name, message.contact.last_name)))
    else:
        found = phone_finder(visit.rules.country)(message.text or "")
        if len({phone for phone, _start, _end in found}) > 1:  # never guess who gets the rights
            await _ask_again(message, visit.t("team-two-phones"), state, visit)
            return
        name, phone = split_contact(message.text or "", visit.rules.country)
    name = clean(name, LONGEST_NAME)
    if not phone:
        await _ask_again(message, visit.t("team-no-phone"), state, visit)
        return
    await _forget_talk(message, state)
    known = {"phone": phone, "name": name or phone, "shop": visit.shop.id}
    await open_dialogue(state, Waiting.colleague, known)
    given = given_by(visit)
    roles = [
        given.button(visit.t.plain(f"role-{role.value}"), TeamDo.ROLE, arg=role.value)
        for role in addable(visit.actor)
    ]
    text = visit.t("team-ask-role", name=name or phone, phone=phone)
    await put_menu(message, Screen(str(text), keyboard([roles, given.back()])))


@router.message(Waiting.colleague_name, F.text)
async def take_name(message: Message, state: FSMContext, team: Team, visit: Visit) -> None:
    """Rename a colleague."""
    name, data = clean(message.text or "", LONGEST_NAME), await state.get_data()
    if not name:
        await _ask_again(message, visit.t("team-name-needed"), state, visit)
        return
    try:
        member = await team.rename(visit.actor, int(data.get("person", 0)), name)
    except TeamRefusal as refused:
        await state.clear()
        await remark(message, visit.t("outcome", words=refusal_words(refused, visit)))
        return
    await _forget_talk(message, state)
    await finish_dialogue(state, message)
    await put_menu(message, screens.person(member.colleague, given_by(visit)))


@router.message(Waiting.colleague)
async def refuse_other(message: Message, state: FSMContext, visit: Visit) -> None:
    """Say that a phone is needed; the question stays open."""
    await _ask_again(message, visit.t("team-no-phone"), state, visit)


@router.message(Waiting.colleague_name)
async def refuse_no_name(message: Message, state: FSMContext, visit: Visit) -> None:
    """Refuse a message without text; the question stays open."""
    await _ask_again(message, visit.t("team-name-needed"), state, visit)


async def _ask_again(message: Message, words: Markup, state: FSMContext, visit: Visit) -> None:
    """Repeat the question; the person's message stays until an answer is accepted."""
    said = (await state.get_data()).get("said", [])
    await state.update_data(said=[*said, message.message_id])
    await put_menu(message, Screen(str(words), keyboard([given_by(visit).back()])))


async def _forget_talk(message: Message, state: FSMContext) -> None:
    """Delete the accepted answer and the person's earlier messages from the chat."""
    said = (await state.get_data()).get("said", [])
    for message_id in (*said, message.message_id):
        await drop(message, message_id)


async def _team(team: Team, visit: Visit) -> Screen:
    members = await team.members(visit.actor)
    links = len(await team.invitations(visit.actor))
    return visit.placed(screens.team([one.colleague for one in members], links, given_by(visit)))


async def _show(asked: Asked) -> Answer:
    await asked.state.clear()
    return await _team(asked.team, asked.visit), ""


async def _ask_who(asked: Asked) -> Answer:
    """Ask for a phone and a name, or a contact card."""
    if not addable(asked.visit.actor):
        raise TeamRefusal(Why.NOT_YOURS)
    await open_dialogue(asked.state, Waiting.colleague, {"shop": asked.visit.shop.id})
    return Screen(str(asked.visit.t("team-ask-contact")), keyboard([asked.given.back()])), ""


async def _add(asked: Asked) -> Answer:
    """Add the person of the open dialogue in this role, and say how they connect."""
    data, visit = await asked.state.get_data(), asked.visit
    is_open = await asked.state.get_state() == Waiting.colleague.state
    is_answered = is_open and "phone" in data and data.get("shop") == visit.shop.id
    if not is_answered or asked.tap.arg not in set(addable(visit.actor)):
        raise TeamRefusal(Why.QUESTION_OVER)
    role = Role(asked.tap.arg)
    member = await asked.team.add(visit.actor, data["phone"], data["name"], role)
    await asked.state.clear()
    lines = [await _added_line(member, asked)]
    if data["name"] not in {member.name, data["phone"]}:
        lines.append(visit.t("team-name-stays", given=data["name"]))
    screen = Screen(str(Markup("\n").join(lines)), keyboard([asked.given.back()]))
    return screen, visit.t.plain("toast-colleague-added")


async def _added_line(member: Member, asked: Asked) -> Markup:
    """The words how a newcomer connects; a connected person need do nothing."""
    t, me = asked.visit.t, await asked.bot.me()
    role = t.plain(f"role-{member.role.value}")
    if member.telegram_id is not None:
        return t("team-added-connected", name=member.name, role=role)
    return t("team-added", name=member.name, role=role, link=f"https://t.me/{me.username}")


async def _people(asked: Asked) -> Answer:
    members = await asked.team.members(asked.visit.actor)
    return screens.people([one.colleague for one in members], asked.tap.page, asked.given), ""


async def _person(asked: Asked) -> Answer:
    await asked.state.clear()
    member = await asked.team.member(asked.visit.actor, asked.tap.id)
    return screens.person(member.colleague, asked.given), ""


async def _set_role(asked: Asked) -> Answer:
    if asked.tap.arg not in set(Role):
        raise TeamRefusal(Why.NOT_YOURS)
    role, team = Role(asked.tap.arg), asked.team
    member = await team.changeable(asked.visit.actor, asked.tap.id, role)
    is_directors = Role.DIRECTOR in {role, member.role}
    if is_directors and role is not member.role and asked.tap.do is not TeamDo.ROLE_YES:
        return screens.role_sure(member.colleague, role, asked.given), ""
    member = await team.set_role(asked.visit.actor, asked.tap.id, role)
    return screens.person(member.colleague, asked.given), asked.visit.t.plain("toast-team-role")


async def _ask_name(asked: Asked) -> Answer:
    member = await asked.team.renamable(asked.visit.actor, asked.tap.id)
    await open_dialogue(
        asked.state, Waiting.colleague_name, {"person": member.staff_id, "shop": asked.visit.shop.id}
    )
    text = str(asked.visit.t("team-ask-name", name=member.colleague.shown_name))
    return Screen(text, keyboard([asked.given.back(TeamDo.PERSON, member.staff_id)])), ""


async def _ask_removal(asked: Asked) -> Answer:
    member, held = await asked.team.in_hand(asked.visit.actor, asked.tap.id)
    return screens.removal(member.colleague, held.returned, held.on_the_way, asked.given), ""


async def _remove(asked: Asked) -> Answer:
    held = await asked.team.remove(asked.visit.actor, asked.tap.id)
    lines = screens.held_lines(held.returned, held.on_the_way, asked.visit.t)
    team = await _team(asked.team, asked.visit)
    screen = Screen("\n".join([*map(str, lines), "", team.text]), team.keyboard)
    return screen, asked.visit.t.plain("toast-team-removed")


async def _ask_invite(asked: Asked) -> Answer:
    if not addable(asked.visit.actor):
        raise TeamRefusal(Why.NOT_YOURS)
    return screens.invite(asked.given), ""


async def _invite(asked: Asked) -> Answer:
    return await invitation(asked.tap.arg, asked.bot, asked.team, asked.visit), ""


async def invitation(role: str, bot: Bot, team: Team, visit: Visit) -> Screen:
    """Returns a link by which one person joins in this role. Raises TeamRefusal."""
    if role not in set(addable(visit.actor)):
        raise TeamRefusal(Why.NOT_YOURS)
    token = await team.invite(visit.actor, Role(role))
    link = await create_start_link(bot, f"i{token}")
    return screens.invited(Role(role), link, visit.now + HOLDS, given_by(visit))


async def _links(asked: Asked) -> Answer:
    return screens.links(await asked.team.invitations(asked.visit.actor), asked.given), ""


async def _revoke(asked: Asked) -> Answer:
    await asked.team.revoke(asked.visit.actor, asked.tap.id)
    screen, _ = await _links(asked)
    return screen, asked.visit.t.plain("toast-team-revoked")


async def _me(asked: Asked) -> Answer:
    visit = asked.visit
    return screens.me(visit.member.colleague, visit.shop.name, asked.given), ""


async def _ask_leave(asked: Asked) -> Answer:
    own = asked.tap.model_copy(update={"id": asked.visit.member.staff_id})
    return await _ask_removal(Asked(own, asked.state, asked.bot, asked.team, asked.visit))


async def _leave(asked: Asked) -> Answer:
    visit = asked.visit
    await asked.team.remove(visit.actor, visit.member.staff_id)
    await asked.state.clear()
    text = visit.t("team-you-left", shop=visit.shop.name)
    return Screen(str(text)), ""


_TAPS: dict[TeamDo, Callable[[Asked], Awaitable[Answer]]] = {
    TeamDo.TEAM: _show,
    TeamDo.ADD: _ask_who,
    TeamDo.ROLE: _add,
    TeamDo.PEOPLE: _people,
    TeamDo.PERSON: _person,
    TeamDo.SET_ROLE: _set_role,
    TeamDo.ROLE_YES: _set_role,
    TeamDo.RENAME: _ask_name,
    TeamDo.REMOVE: _ask_removal,
    TeamDo.REMOVE_YES: _remove,
    TeamDo.INVITE: _ask_invite,
    TeamDo.INVITE_AS: _invite,
    TeamDo.LINKS: _links,
    TeamDo.REVOKE: _revoke,
    TeamDo.ME: _me,
    TeamDo.LEAVE: _ask_leave,
    TeamDo.LEAVE_YES: _leave,
}
