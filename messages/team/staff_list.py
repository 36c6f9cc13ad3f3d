"""The staff list: members, roles, invitations, and the consequences of a member's leaving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from urllib.parse import quote

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.team import TeamDo, TeamTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit, fit_lines
from messages.order.board import order_rows
from messages.ui import limits
from messages.ui.buttons import Row, keyboard
from messages.ui.formatting import moment
from messages.ui.heading import number
from messages.ui.names import person_name
from messages.ui.people import signed
from messages.ui.screen import Screen
from orders.access.roles import Act, OverPeople, addable, may, may_with, new_roles
from orders.model.order import Mark, Order
from orders.model.people import Actor, Role
from orders.model.rules import ShopRules
from orders.team.staff_list import Colleague, Invitation

PEOPLE_ON_PAGE = 5
_SHARE = "https://t.me/share/url?url="
"""Telegram's link that lets the reader choose to whom to forward a link."""
LINKS_SHOWN = 5
MOST_ORDERS = 6


@dataclass(frozen=True, slots=True)
class Given:
    """The values that screens of the staff list are drawn from: viewer, time, rules."""

    actor: Actor
    shop_id: int
    rules: ShopRules
    now: datetime
    t: Translator

    def button(
        self, label: str, do: TeamDo, id_: int = 0, arg: str = "", page: int = 0
    ) -> InlineKeyboardButton:
        """A button of this shop's list, with its label cut to fit a phone."""
        data = TeamTap(do=do, shop=self.shop_id, id=id_, arg=arg, page=page).pack()
        return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=data)

    def back(self, do: TeamDo = TeamDo.TEAM, id_: int = 0) -> Row:
        return [self.button(self.t.plain("do-team-back"), do, id_)]


def team(members: Sequence[Colleague], links: int, given: Given) -> Screen:
    """Who works here and who is connected."""
    t = given.t
    lines = [t("team-title", count=len(members)), *(_member_line(one, t) for one in members)]
    rows = [
        [given.button(t.plain("button-add-colleague"), TeamDo.ADD)],
        [given.button(t.plain("do-team-invite"), TeamDo.INVITE)],
        [given.button(t.plain("do-team-people"), TeamDo.PEOPLE)],
        [given.button(t.plain("do-team-links", count=links), TeamDo.LINKS)] if links else [],
    ]
    return Screen(str(fit_lines(lines)), keyboard(rows))


def people(members: Sequence[Colleague], page: int, given: Given) -> Screen:
    """Ask whom to change."""
    pages = max(1, ceil(len(members) / PEOPLE_ON_PAGE))
    page = min(page, pages - 1)
    shown = members[page * PEOPLE_ON_PAGE : (page + 1) * PEOPLE_ON_PAGE]
    rows = [[given.button(_label(one, given.t), TeamDo.PERSON, one.staff_id)] for one in shown]
    turns = (("board-previous", page - 1), ("board-next", page + 1))
    paging = [
        given.button(given.t.plain(key), TeamDo.PEOPLE, page=to) for key, to in turns if 0 <= to < pages
    ]
    return Screen(str(given.t("team-whom")), keyboard([*rows, paging, given.back()]))


def person(member: Colleague, given: Given) -> Screen:
    """One member, and what the reader may change."""
    t, target = given.t, member.target
    lines = [_member_line(member, t), t("team-phone", phone=member.phone)]
    roles = [
        given.button(t.plain(f"do-role-{role.value}"), TeamDo.SET_ROLE, member.staff_id, role.value)
        for role in new_roles(given.actor, target)
    ]
    rows: list[Row] = [[one] for one in roles]
    if may_with(given.actor, OverPeople.RENAME, target):
        rows.append([given.button(t.plain("do-team-rename"), TeamDo.RENAME, member.staff_id)])
    if may_with(given.actor, OverPeople.REMOVE, target):
        is_self = member.staff_id == given.actor.staff_id
        do, key = (TeamDo.LEAVE, "do-team-leave") if is_self else (TeamDo.REMOVE, "do-team-remove")
        rows.append([given.button(t.plain(key), do, member.staff_id)])
    if not rows:
        lines.append(t("team-not-yours"))
    return Screen(str(fit_lines(lines)), keyboard([*rows, given.back(TeamDo.PEOPLE)]))


def removal(
    member: Colleague, returned: Sequence[Order], on_the_way: Sequence[Order], given: Given
) -> Screen:
    """The consequences of this person's leaving, before it is confirmed."""
    t, is_self = given.t, member.staff_id == given.actor.staff_id
    lines = [t("team-leave-sure" if is_self else "team-remove-sure", name=person_name(member.shown_name, t))]
    lines += held_lines(returned, on_the_way, t)
    yes = TeamDo.LEAVE_YES if is_self else TeamDo.REMOVE_YES
    label = t.plain("do-team-leave-yes" if is_self else "do-team-remove-yes")
    back = given.back(TeamDo.ME) if is_self else given.back(TeamDo.PERSON, member.staff_id)
    return Screen(str(fit_lines(lines)), keyboard([[given.button(label, yes, member.staff_id)], back]))


def role_sure(member: Colleague, role: Role, given: Given) -> Screen:
    """Asks for confirmation before somebody becomes a director, or stops being one."""
    t = given.t
    key = "team-director-sure" if role is Role.DIRECTOR else "team-no-director-sure"
    text = t(key, name=person_name(member.shown_name, t), role=t(f"role-{role.value}"))
    label = t.plain(f"do-role-{role.value}")
    yes = given.button(label, TeamDo.ROLE_YES, member.staff_id, role.value)
    return Screen(str(text), keyboard([[yes], given.back(TeamDo.PERSON, member.staff_id)]))


def held_lines(returned: Sequence[Order], on_the_way: Sequence[Order], t: Translator) -> list[Markup]:
    """Orders that go back to the managers, and orders on the way."""
    lines = []
    if returned:
        lines.append(_numbered("team-returned", returned, t))
    if on_the_way:
        lines.append(_numbered("team-on-the-way", on_the_way, t))
    return lines or [t("team-nothing-held")]


def invite(given: Given) -> Screen:
    """Asks for the role to invite."""
    roles = [
        given.button(given.t.plain(f"role-{role.value}"), TeamDo.INVITE_AS, arg=role.value)
        for role in addable(given.actor)
    ]
    return Screen(str(given.t("team-invite-role")), keyboard([roles, given.back()]))


def invited(role: Role, link: str, until: datetime, given: Given) -> Screen:
    """The invitation link, which is shown only once."""
    clock = moment(until, given.now, given.rules.zone, given.t)
    role_name = given.t(f"role-{role.value}")
    text = given.t("team-invited", role=role_name, link=link, until=clock)
    share = InlineKeyboardButton(text=given.t.plain("do-team-share"), url=f"{_SHARE}{quote(link, safe='')}")
    rows = [[share], [given.button(given.t.plain("do-team-links-all"), TeamDo.LINKS)], given.back()]
    return Screen(str(text), keyboard(rows))


def links(open_ones: Sequence[Invitation], given: Given) -> Screen:
    """The open invitations; the links themselves are not stored and cannot be shown again."""
    t = given.t
    if not open_ones:
        return Screen(str(t("team-no-links")), keyboard([given.back()]))
    lines, rows = [t("team-links")], []
    for one in open_ones[:LINKS_SHOWN]:
        role = t(f"role-{one.role.value}")
        until = moment(one.expires_at, given.now, given.rules.zone, t)
        by = signed(one.made, given.rules, given.now, t)
        lines.append(t("team-link", id=one.id, role=role, signed=by, until=until))
        label = t.plain("do-team-revoke", id=one.id, role=role)
        rows.append([given.button(label, TeamDo.REVOKE, one.id)])
    return Screen(str(fit_lines(lines)), keyboard([*rows, given.back()]))


def me(member: Colleague, shop_name: str, given: Given) -> Screen:
    """The person's own data, and the way to leave."""
    t = given.t
    role = t(f"role-{member.role.value}")
    lines = [
        t("me", name=person_name(member.shown_name, t), role=role, shop=shop_name),
        t("team-phone", phone=member.phone),
    ]
    rows: list[Row] = []
    if may_with(given.actor, OverPeople.REMOVE, member.target):
        rows.append([given.button(t.plain("do-team-leave"), TeamDo.LEAVE, member.staff_id)])
    if may(given.actor, Act.SEE_TEAM, given.shop_id):
        rows.append(given.back())
    return Screen(str(fit_lines(lines)), keyboard(rows))


def left_news(
    name: str,
    by: Mark,
    is_own_wish: bool,
    returned: Sequence[Order],
    on_the_way: Sequence[Order],
    rules: ShopRules,
    now: datetime,
    t: Translator,
) -> Screen:
    """For chiefs: a member has left, and these orders need somebody else (R14)."""
    key = "team-has-left" if is_own_wish else "team-was-removed"
    lines = [t(key, name=name, signed=signed(by, rules, now, t)), *held_lines(returned, on_the_way, t)]
    rows = order_rows([*returned, *on_the_way][:MOST_ORDERS], now, rules, t)
    return Screen(str(fit_lines(lines)), keyboard(rows))


def joined_news(member: Colleague, t: Translator) -> Screen:
    """For chiefs: somebody has joined by an invitation."""
    role = t(f"role-{member.role.value}")
    return Screen(str(t("team-joined", name=person_name(member.shown_name, t), role=role)))


def _member_line(member: Colleague, t: Translator) -> Markup:
    connected = "yes" if member.is_connected else "no"
    return t(
        "team-member",
        name=person_name(member.shown_name, t),
        role=t.plain(f"role-{member.role.value}"),
        connected=connected,
    )


def _label(member: Colleague, t: Translator) -> str:
    name = person_name(member.shown_name, t)
    return t.plain("joined", first=name, second=t.plain(f"role-{member.role.value}"))


def _numbered(key: str, found: Sequence[Order], t: Translator) -> Markup:
    return (
        t(key, count=len(found))
        + Markup(" ")
        + Markup(", ").join(t("said", text=number(one)) for one in found)
    )
