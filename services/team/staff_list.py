"""The only way in which the staff list changes; every change checks rights (R14, R17, X6)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.access.roles import Act, OverPeople, Target, may_at_home, may_with, new_roles
from orders.model.order import Order
from orders.model.people import Actor, Role, mark_of
from orders.model.refusals import Refusal
from orders.model.status import Status
from orders.order.board import Section, Span
from orders.steps.commands import Release
from orders.team.staff_list import Invitation
from services.order.desk import Desk
from services.team.member_changes import (
    InHand,
    hand_over_drafts,
    redraw_cards,
    tell_chiefs,
    tell_departure,
    tell_role,
)
from services.team.team_notifications import of_adding
from storage.db.database import Database
from storage.order import board
from storage.order.board import BoardQuery
from storage.sending import shop_notifications
from storage.sending.shop_notifications import NewsKind
from storage.team import invitations, staff
from storage.team.staff import BySettings, Member

HOLDS = timedelta(days=3)
"""How long an invitation can be used."""
MOST_IN_HAND = 500
_GIVEN_BACK = frozenset({Status.ACCEPTED, Status.PHOTO})
_ON_THE_WAY = frozenset({Status.COURIER_LEFT, Status.RETURNING})
_SETTINGS = Actor(Role.DIRECTOR, name="DIRECTOR_PHONE")
"""The actor for changes that follow from another director in the settings."""

log = structlog.get_logger(__name__)


class Why(StrEnum):
    """Why the staff list is not changed; the text for each is `team-refused-<value>`."""

    NOT_YOURS = "not-yours"
    GONE = "gone"
    DIRECTOR_STAYS = "director-stays"
    BY_SETTINGS = "by-settings"
    OTHER_ACCOUNT = "other-account"
    LINK_OVER = "link-over"
    HERE_ALREADY = "here-already"
    QUESTION_OVER = "question-over"


class TeamRefusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """The staff list is not changed."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A person who follows an invitation, from their own contact: the phone in E.164."""

    phone: str
    name: str
    telegram_id: int
    language: str


class Team:
    """Adds, invites, changes and removes people. Raises TeamRefusal."""

    def __init__(self, database: Database, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._desk = desk
        self._clock = clock

    async def members(self, actor: Actor) -> list[Member]:
        """All members of the actor's shop."""
        shop_id = _may(actor, Act.SEE_TEAM)
        async with self._database.snapshot() as c:
            return await staff.of_shop(c, shop_id)

    async def member(self, actor: Actor, staff_id: int) -> Member:
        """A member of the actor's shop."""
        shop_id = _may(actor, Act.SEE_TEAM)
        async with self._database.snapshot() as c:
            return await _of_shop(c, staff_id, shop_id)

    async def add(self, actor: Actor, phone: str, name: str, role: Role) -> Member:
        """Add a person, or give a known one another role. Nobody changes their own role.

        A person who works in this shop already keeps their name; one who works in another shop is notified.
        """
        shop_id = _may(actor, Act.INVITE)
        async with self._database.write() as c:
            known = await staff.by_phone(c, phone)
            here = next((one for one in known if one.shop_id == shop_id), None)
            _check_addable(actor, here, role, shop_id)
            member = await staff.add(c, shop_id, phone, name, role)
            if here is None:
                await shop_notifications.put(c, of_adding(member, self._clock()))
        log.info("colleague_added", staff_id=member.staff_id, role=role.value)
        return member

    async def set_role(self, actor: Actor, staff_id: int, role: Role) -> Member:
        """Give a colleague another role."""
        shop_id = _may(actor, Act.SEE_TEAM)
        async with self._database.write() as c:
            member = await _of_shop(c, staff_id, shop_id)
            if role is not member.role:
                _check_role(actor, member, role)
                await _check_still(c, actor)
                await staff.set_role(c, staff_id, shop_id, role)
                await redraw_cards(c, member, self._clock())
                if Role.DIRECTOR in {role, member.role}:
                    await tell_role(c, member, role, mark_of(actor, self._clock()))
        log.info("colleague_changed", staff_id=staff_id, role=role.value)
        return await self.member(actor, staff_id)

    async def changeable(self, actor: Actor, staff_id: int, role: Role) -> Member:
        """A member to whom the actor may give this role."""
        member = await self.member(actor, staff_id)
        _check_role(actor, member, role)
        return member

    async def renamable(self, actor: Actor, staff_id: int) -> Member:
        """A member whom the actor may rename."""
        member = await self.member(actor, staff_id)
        if not may_with(actor, OverPeople.RENAME, member.colleague.target):
            raise _not_with(member)
        return member

    async def rename(self, actor: Actor, staff_id: int, name: str) -> Member:
        """Rename a colleague or oneself, in this shop only (X6)."""
        member = await self.renamable(actor, staff_id)
        async with self._database.write() as c:
            await staff.rename(c, staff_id, member.shop_id, name)
        return await self.member(actor, staff_id)

    async def in_hand(self, actor: Actor, staff_id: int) -> tuple[Member, InHand]:
        """A member and their open orders; for those who may remove them."""
        async with self._database.snapshot() as c:
            member = await self._removable(c, actor, staff_id)
            return member, await _held(c, member, self._clock())

    async def remove(self, actor: Actor, staff_id: int) -> InHand:
        """Remove a member; their orders return to the managers, who are notified with sound."""
        async with self._database.snapshot() as c:
            member = await self._removable(c, actor, staff_id)
            held = await _held(c, member, self._clock())
        await self._take_off(member, held, actor)
        return held

    async def follow_settings(self, shop_id: int) -> None:
        """Remove directors whom the settings named before and no longer name (R17).

        A connected one stays until the shop has another connected director, so that no shop is left without.
        The director named now also gets the former one's places as director of other shops.
        """
        async with self._database.snapshot() as c:
            directors = await staff.of_shop(c, shop_id, {Role.DIRECTOR})
            named = next((one for one in directors if one.by_settings is BySettings.NOW), None)
            former = [one for one in directors if named is not None and _is_former(one)]
        others = [one for one in directors if one not in former]
        is_safe = any(one.telegram_id is not None for one in others)
        for member in former:
            if named is not None and (is_safe or member.telegram_id is None):
                await self._replace(member, named)

    async def _replace(self, former: Member, named: Member) -> None:
        async with self._database.write() as c:
            places = [one for one in await staff.by_phone(c, former.phone) if one.role is Role.DIRECTOR]
            for place in places:
                if place.shop_id != named.shop_id:
                    await staff.add(c, place.shop_id, named.phone, named.name, Role.DIRECTOR)
            held = {place.shop_id: await _held(c, place, self._clock()) for place in places}
        for place in places:
            await self._take_off(place, held[place.shop_id], replace(_SETTINGS, shop_id=place.shop_id))

    async def _take_off(self, member: Member, held: InHand, actor: Actor) -> None:
        """Release the orders first, then remove the person: a crash in between loses no order."""
        for order in held.returned:
            with suppress(Refusal):  # reassigned or finished meanwhile
                await self._desk.do(order.id, Release(member.staff_id), actor)
        mark = mark_of(actor, self._clock())
        async with self._database.write() as c:
            if actor.staff_id is not None:
                await _check_still(c, actor)
            if await staff.remove(c, member.staff_id, member.shop_id):
                await redraw_cards(c, member, mark.at)
                await hand_over_drafts(c, member, actor)
                await tell_departure(c, member, held, mark)
        log.info("colleague_removed", staff_id=member.staff_id, orders=len(held.returned))

    async def invite(self, actor: Actor, role: Role) -> str:
        """Create a token that makes one person a member in this role; it is returned only here."""
        shop_id = _may(actor, Act.INVITE)
        if not may_with(actor, OverPeople.ADD, Target(role, shop_id)):
            raise TeamRefusal(Why.NOT_YOURS)
        token, mark = secrets.token_urlsafe(24), mark_of(actor, self._clock())
        async with self._database.write() as c:
            await invitations.add(c, shop_id, role, token, mark, mark.at + HOLDS)
        log.info("colleague_invited", role=role.value)
        return token

    async def invitations(self, actor: Actor) -> list[Invitation]:
        """The open invitations of the actor's shop."""
        shop_id = _may(actor, Act.INVITE)
        async with self._database.snapshot() as c:
            return await invitations.of_shop(c, shop_id, self._clock())

    async def revoke(self, actor: Actor, invitation_id: int) -> None:
        """Revoke an invitation: nobody can join with it any more."""
        shop_id = _may(actor, Act.INVITE)
        async with self._database.write() as c:
            open_ones = await invitations.of_shop(c, shop_id, self._clock())
            if invitation_id not in {one.id for one in open_ones}:
                raise TeamRefusal(Why.LINK_OVER)
            await invitations.use_up(c, invitation_id)

    async def invited(self, token: str) -> Invitation:
        """The invitation of this token."""
        async with self._database.snapshot() as c:
            found = await invitations.find(c, token, self._clock())
        if found is None:
            raise TeamRefusal(Why.LINK_OVER)
        return found

    async def join(self, token: str, newcomer: Newcomer) -> Member:
        """Join with an invitation. Members of this shop keep their role, and the invitation stays open."""
        now = self._clock()
        async with self._database.write() as c:
            found = await invitations.find(c, token, now)
            if found is None:
                raise TeamRefusal(Why.LINK_OVER)
            known = await staff.by_phone(c, newcomer.phone)
            if any(one.shop_id == found.shop_id for one in known):
                raise TeamRefusal(Why.HERE_ALREADY)
            if known and known[0].telegram_id not in {None, newcomer.telegram_id}:
                raise TeamRefusal(Why.OTHER_ACCOUNT)
            if not await invitations.use_up(c, found.id):
                raise TeamRefusal(Why.LINK_OVER)
            name = known[0].name if known else newcomer.name
            member = await staff.add(c, found.shop_id, newcomer.phone, name, found.role)
            language = known[0].language if known else newcomer.language
            await staff.connect(c, member.staff_id, newcomer.telegram_id, language, "")
            await staff.go_to(c, member.staff_id, found.shop_id)
            await tell_chiefs(c, member, NewsKind.JOINED, member.staff_id, now, but=None, sound=False)
        log.info("colleague_joined", staff_id=member.staff_id, role=member.role.value)
        return member

    async def _removable(self, c: AsyncConnection, actor: Actor, staff_id: int) -> Member:
        if actor.shop_id is None:
            raise TeamRefusal(Why.NOT_YOURS)
        if staff_id != actor.staff_id:
            _may(actor, Act.SEE_TEAM)
        member = await _of_shop(c, staff_id, actor.shop_id)
        if not may_with(actor, OverPeople.REMOVE, member.colleague.target):
            raise _not_with(member)
        if member.by_settings is BySettings.NOW and member.role is Role.DIRECTOR:
            raise TeamRefusal(Why.BY_SETTINGS)
        return member


def _is_former(director: Member) -> bool:
    """Whether earlier settings named them; or an earlier release did, mistyped, and nobody connected."""
    if director.by_settings is None:
        return director.telegram_id is None and not director.name
    return director.by_settings is BySettings.BEFORE


def _check_role(actor: Actor, member: Member, role: Role) -> None:
    if role not in new_roles(actor, member.colleague.target):
        raise _not_with(member)
    if member.by_settings is BySettings.NOW and member.role is Role.DIRECTOR:
        raise TeamRefusal(Why.BY_SETTINGS)


async def _check_still(c: AsyncConnection, actor: Actor) -> None:
    """Refuse actors who lost their role since they tapped: two directors must not remove each other."""
    if actor.staff_id is None or actor.shop_id is None:
        raise TeamRefusal(Why.NOT_YOURS)
    await staff.hold_places(c)
    here = await staff.get(c, actor.staff_id, actor.shop_id)
    if here is None or here.role is not actor.role:
        raise TeamRefusal(Why.NOT_YOURS)


def _may(actor: Actor, act: Act) -> int:
    if actor.shop_id is None or not may_at_home(actor, act):
        raise TeamRefusal(Why.NOT_YOURS)
    return actor.shop_id


def _not_with(member: Member) -> TeamRefusal:
    is_director = member.role is Role.DIRECTOR
    return TeamRefusal(Why.DIRECTOR_STAYS if is_director else Why.NOT_YOURS)


def _check_addable(actor: Actor, here: Member | None, role: Role, shop_id: int) -> None:
    if not may_with(actor, OverPeople.ADD, Target(role, shop_id)):
        raise TeamRefusal(Why.NOT_YOURS)
    if here is not None and here.role is Role.DIRECTOR:  # needs a question of its own
        raise TeamRefusal(Why.DIRECTOR_STAYS)
    if here is not None and not may_with(actor, OverPeople.CHANGE_ROLE, here.colleague.target):
        raise _not_with(here)


async def _of_shop(c: AsyncConnection, staff_id: int, shop_id: int) -> Member:
    """The member; a person of another shop counts as unknown here (X6)."""
    member = await staff.get(c, staff_id, shop_id)
    if member is None:
        raise TeamRefusal(Why.GONE)
    return member


async def _held(c: AsyncConnection, member: Member, now: datetime) -> InHand:
    query = BoardQuery(member.shop_id, Section.ALL, Span(), now, member.staff_id)
    live = [one for one in await board.page(c, query, MOST_IN_HAND, 0) if not one.is_final]
    carried = [one for one in live if one.status in _ON_THE_WAY and _carries(one, member.staff_id)]
    return InHand(tuple(one for one in live if one.status in _GIVEN_BACK), tuple(carried))


def _carries(order: Order, staff_id: int) -> bool:
    carrier = order.progress.carrier
    return carrier is not None and carrier.staff_id == staff_id
