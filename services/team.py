"""The one door through which the staff list changes; every change asks who it is (R14, R17, X6)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.board import Section, Span
from orders.commands import Release
from orders.order import Mark, Order
from orders.people import CHIEFS, Actor, Role
from orders.refusals import Refusal
from orders.roles import Act, OverPeople, Target, may_at_home, may_with, new_roles
from orders.status import Status
from orders.team import Invitation
from services.desk import Desk
from services.goods_desk import mark_of
from services.pulse import Pulse
from services.team_news import of_adding
from storage import board, cards, drafts, invitations, outbox, serial, shop_news, shop_notes, staff
from storage.board import BoardQuery
from storage.cards import Slot
from storage.database import Database
from storage.outbox import Channel, Kind, Outgoing, Priority
from storage.shop_news import News, NewsKind
from storage.shop_notes import NoteKind
from storage.staff import Member

HOLDS = timedelta(days=3)
"""How long an invitation can be used."""
MOST_IN_HAND = 500
_GIVEN_BACK = frozenset({Status.ACCEPTED, Status.PHOTO})
_ON_THE_WAY = frozenset({Status.COURIER_LEFT, Status.RETURNING})

log = structlog.get_logger(__name__)


class Why(StrEnum):
    """Why the staff list stays as it is; each has its text (key `team-refused-<value>`)."""

    NOT_YOURS = "not-yours"
    GONE = "gone"
    DIRECTOR_STAYS = "director-stays"
    LINK_OVER = "link-over"
    HERE_ALREADY = "here-already"
    QUESTION_OVER = "question-over"


class TeamRefusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """The staff list stays as it is."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class InHand:
    """What a member holds: orders that go back to the managers, and those that are on the way with him."""

    returned: tuple[Order, ...] = ()
    on_the_way: tuple[Order, ...] = ()


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who follows an invitation, by their own contact: the phone in E.164."""

    phone: str
    name: str
    telegram_id: int
    language: str


class Team:
    """Adds, invites, changes and removes people. Raises TeamRefusal."""

    def __init__(self, database: Database, desk: Desk, pulse: Pulse, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._desk = desk
        self._pulse = pulse
        self._clock = clock

    async def members(self, actor: Actor) -> list[Member]:
        """Everybody of the actor's shop."""
        shop_id = _may(actor, Act.SEE_TEAM)
        async with self._database.read() as c:
            return await staff.of_shop(c, shop_id)

    async def member(self, actor: Actor, staff_id: int) -> Member:
        """One of the actor's shop."""
        shop_id = _may(actor, Act.SEE_TEAM)
        async with self._database.read() as c:
            return await _of_shop(c, staff_id, shop_id)

    async def add(self, actor: Actor, phone: str, name: str, role: Role) -> Member:
        """Put somebody on the list, or give a known one another role. Nobody changes their own.

        Whoever works in this shop already keeps their name; who works in another one hears of it.
        """
        shop_id = _may(actor, Act.INVITE)
        async with self._database.write() as c:
            known = await staff.by_phone(c, phone)
            here = next((one for one in known if one.shop_id == shop_id), None)
            _check_addable(actor, here, role, shop_id)
            member = await staff.add(c, shop_id, phone, name, role)
            if here is None:
                await shop_news.put(c, of_adding(member, self._clock()))
        self._pulse.beat()
        log.info("colleague_added", staff_id=member.staff_id, role=role.value)
        return member

    async def set_role(self, actor: Actor, staff_id: int, role: Role) -> Member:
        """Give a colleague another role."""
        shop_id = _may(actor, Act.SEE_TEAM)
        async with self._database.write() as c:
            member = await _of_shop(c, staff_id, shop_id)
            if role is not member.role:
                if role not in new_roles(actor, member.colleague.target):
                    raise _not_with(member)
                await staff.set_role(c, staff_id, shop_id, role)
                await _redraw(c, member, self._clock())
        self._pulse.beat()
        log.info("colleague_changed", staff_id=staff_id, role=role.value)
        return await self.member(actor, staff_id)

    async def renamable(self, actor: Actor, staff_id: int) -> Member:
        """Somebody whom the actor may call otherwise."""
        member = await self.member(actor, staff_id)
        if not may_with(actor, OverPeople.RENAME, member.colleague.target):
            raise _not_with(member)
        return member

    async def rename(self, actor: Actor, staff_id: int, name: str) -> Member:
        """Call a colleague, or oneself, otherwise; in this shop only (X6)."""
        member = await self.renamable(actor, staff_id)
        async with self._database.write() as c:
            await staff.rename(c, staff_id, member.shop_id, name)
        return await self.member(actor, staff_id)

    async def in_hand(self, actor: Actor, staff_id: int) -> tuple[Member, InHand]:
        """A member and what they hold just now; for those who may remove them."""
        async with self._database.read() as c:
            member = await self._removable(c, actor, staff_id)
            return member, await _held(c, member, self._clock())

    async def remove(self, actor: Actor, staff_id: int) -> InHand:
        """Off the list; what the person held goes back to the managers, who hear of it aloud.

        First the orders, then the person: who dies in between has lost nobody's order.
        """
        async with self._database.read() as c:
            member = await self._removable(c, actor, staff_id)
            held = await _held(c, member, self._clock())
        for order in held.returned:
            with suppress(Refusal):  # given to another, or over, in this moment
                await self._desk.do(order.id, Release(staff_id), actor)
        mark = mark_of(actor, self._clock())
        async with self._database.write() as c:
            if await staff.remove(c, staff_id, member.shop_id):
                await _redraw(c, member, mark.at)
                await _hand_over_drafts(c, member, actor)
                await _tell(c, member, held, mark)
        self._pulse.beat()
        log.info("colleague_removed", staff_id=staff_id, orders=len(held.returned))
        return held

    async def invite(self, actor: Actor, role: Role) -> str:
        """A token that makes one person a member in this role; it is told once and never again."""
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
        async with self._database.read() as c:
            return await invitations.of_shop(c, shop_id, self._clock())

    async def revoke(self, actor: Actor, invitation_id: int) -> None:
        """Nobody joins by it any more."""
        shop_id = _may(actor, Act.INVITE)
        async with self._database.write() as c:
            open_ones = await invitations.of_shop(c, shop_id, self._clock())
            if invitation_id not in {one.id for one in open_ones}:
                raise TeamRefusal(Why.LINK_OVER)
            await invitations.use_up(c, invitation_id)

    async def invited(self, token: str) -> Invitation:
        """What an invitation offers."""
        async with self._database.read() as c:
            found = await invitations.find(c, token, self._clock())
        if found is None:
            raise TeamRefusal(Why.LINK_OVER)
        return found

    async def join(self, token: str, newcomer: Newcomer) -> Member:
        """Use an invitation up. Who works in this shop already stays what they are, and it stays open."""
        now = self._clock()
        async with self._database.write() as c:
            found = await invitations.find(c, token, now)
            if found is None:
                raise TeamRefusal(Why.LINK_OVER)
            known = await staff.by_phone(c, newcomer.phone)
            if any(one.shop_id == found.shop_id for one in known):
                raise TeamRefusal(Why.HERE_ALREADY)
            if not await invitations.use_up(c, found.id):
                raise TeamRefusal(Why.LINK_OVER)
            name = known[0].name if known else newcomer.name
            member = await staff.add(c, found.shop_id, newcomer.phone, name, found.role)
            language = known[0].language if known else newcomer.language
            await staff.connect(c, member.staff_id, newcomer.telegram_id, language, "")
            await staff.go_to(c, member.staff_id, found.shop_id)
            await _tell_chiefs(c, member, NewsKind.JOINED, member.staff_id, now, but=None, sound=False)
        self._pulse.beat()
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
        return member


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
    if here is not None and not may_with(actor, OverPeople.CHANGE_ROLE, here.colleague.target):
        raise _not_with(here)


async def _of_shop(c: AsyncConnection, staff_id: int, shop_id: int) -> Member:
    """A person of another shop is nobody here, like one who does not exist (X6)."""
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


async def _redraw(c: AsyncConnection, member: Member, now: datetime) -> None:
    """What stands in the person's chat is drawn anew: they may read more by now, or nothing at all."""
    if member.telegram_id is None:
        return
    shown = await cards.shown_in(c, member.telegram_id, member.shop_id)
    kinds = {Slot.CARD: (Kind.CARD, Priority.CARD), Slot.ALARM: (Kind.ALARM, Priority.ALARM)}
    await outbox.put(c, [
        Outgoing(Channel.TELEGRAM, kind, order_id, priority, now, target=member.telegram_id)
        for order_id, slot in shown if slot in kinds
        for kind, priority in [kinds[slot]]
    ])  # fmt: skip


async def _hand_over_drafts(c: AsyncConnection, member: Member, actor: Actor) -> None:
    """Begun orders are not lost: they go to who removed the person, or to the first of the chiefs."""
    heirs = [one.staff_id for one in await staff.of_shop(c, member.shop_id, CHIEFS)]
    heir = actor.staff_id if actor.staff_id != member.staff_id else next(iter(heirs), None)
    if heir is not None:
        await drafts.hand_over(c, member.shop_id, member.staff_id, heir)


async def _tell(c: AsyncConnection, member: Member, held: InHand, mark: Mark) -> None:
    """The chiefs hear it aloud when orders wait for another; the person is told who did it."""
    document = {
        "staff_id": member.staff_id,
        "name": member.name,
        "role": member.role.value,
        "language": member.language,
        "by": serial.mark_document(mark),
        "returned": [order.id for order in held.returned],
        "on_the_way": [order.id for order in held.on_the_way],
    }
    note = await shop_notes.add(c, member.shop_id, NoteKind.DEPARTURE, mark.at, document)
    sound = bool(held.returned or held.on_the_way)
    await _tell_chiefs(c, member, NewsKind.LEFT, note, mark.at, but=mark.staff_id, sound=sound)
    if member.telegram_id is not None and member.staff_id != mark.staff_id:
        news = News(
            member.shop_id, member.telegram_id, NewsKind.REMOVED, note, sound=True, not_before=mark.at
        )
        await shop_news.put(c, [news])


async def _tell_chiefs(
    c: AsyncConnection,
    member: Member,
    kind: NewsKind,
    subject: int,
    now: datetime,
    *,
    but: int | None,
    sound: bool,
) -> None:
    chiefs = await staff.of_shop(c, member.shop_id, CHIEFS)
    chats = [
        one.telegram_id
        for one in chiefs
        if one.telegram_id is not None and one.staff_id not in {but, member.staff_id}
    ]
    await shop_news.put(c, [News(member.shop_id, chat, kind, subject, sound, now) for chat in chats])
